"""Codes that people dial at their own phones: to log in and out, pause, and end after-call work. What was done is said.

*61  log in to all own queues      *61 and a queue's extension: to that one
*60  log out of all                *60 and a queue's extension: of that one
*62  pause, for the first reason   *62 and a digit: for the reason at that place of the list
*63  end the pause
*64  end after-call work           *65 have five more minutes of it
"""

from collections.abc import Sequence

from svarhus.domains.callflows.keys import TakesKeys
from svarhus.domains.callflows.steps import Deed
from svarhus.domains.calls.reasons import EndReason
from svarhus.domains.people.model import Person, rights_of
from svarhus.domains.people.rights import Right
from svarhus.domains.presence.errors import NoExtension, NoSuchPause, NotInAfterCallWork, NotLoggedIn, OthersLogIn
from svarhus.exchange.core.decisions.calls import legs
from svarhus.exchange.core.decisions.calls.closing import end_call
from svarhus.exchange.core.decisions.people import agents, pauses
from svarhus.exchange.core.requests import BeginPause, EndAfterCallWork, EndPause, ExtendAfterCallWork, LogIn, LogOut
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.turn import Turn
from svarhus.kit.errors import SvarhusError
from svarhus.kit.ids import CallId, LegId, PersonKey, QueueKey
from svarhus.ports.speech import TemplatePhrase
from svarhus.ports.telephony import EndCause

LOG_IN, LOG_OUT, PAUSE, END_PAUSE, FREE, MORE_TIME = "*61", "*60", "*62", "*63", "*64", "*65"
MORE = 300
"""Seconds."""

_DEEDS = {Deed.LOG_IN: LOG_IN, Deed.LOG_OUT: LOG_OUT, Deed.PAUSE: PAUSE, Deed.END_PAUSE: END_PAUSE}

_LENGTH = 3
_WITH_MORE = frozenset({LOG_IN, LOG_OUT, PAUSE})
_ALONE = frozenset({END_PAUSE, FREE, MORE_TIME})

_REFUSED: dict[type[SvarhusError], str] = {
    OthersLogIn: "agent.others_log_in",
    NotLoggedIn: "agent.not_logged_in",
    NoSuchPause: "agent.no_such_pause",
    NotInAfterCallWork: "agent.after_call_over",
    NoExtension: "agent.no_extension",
}
"""What is said of what could not be done. Who is no member at all is not answered."""


def is_code(dialled: str) -> bool:
    code, more = dialled[:_LENGTH], dialled[_LENGTH:]
    return dialled in _ALONE or (code in _WITH_MORE and (not more or (more.isascii() and more.isdecimal())))


def carry_out(turn: Turn, call: CallId, leg: LegId, dialled: str, person: Person) -> None:
    """Do it, and say what was done."""
    said = outcome(turn, dialled[:_LENGTH], dialled[_LENGTH:], person)
    if said is None:
        end_call(turn, call, EndReason.NOT_A_MEMBER, EndCause.REFUSED)
    else:
        legs.say(turn, leg, phrases(said, person.language))


def for_who_has_shown_it(turn: Turn) -> None:
    """Do what members want who have shown by a PIN who they are, as far as they may, and say what was done."""
    for id, action in turn.deeds:
        call, person = turn.state.calls[id], turn.rules.people.get(action.person)
        said = outcome(turn, _DEEDS[action.deed], "", person) if person else None
        language = person.language if person else call.language
        legs.say(
            turn, call.first_leg, phrases(said or ["member.no_queue"], language), takes_keys=TakesKeys.HIDDEN_CHOICE
        )
    turn.deeds.clear()


def outcome(turn: Turn, code: str, more: str, person: Person) -> list[str] | None:
    """Do it: what is to be said of it, or of why it could not be done. None: the person is no member."""
    try:
        return _done(turn, code, more, person)
    except SvarhusError as refusal:
        told = _REFUSED.get(type(refusal))
        return [told] if told else None


def phrases(said: Sequence[str], language: str) -> tuple[TemplatePhrase, ...]:
    return tuple(TemplatePhrase(each, language) for each in said)


def _done(turn: Turn, code: str, more: str, person: Person) -> list[str]:
    key = PersonKey(person.key)
    match code:
        case "*61":
            agents.log_in(turn, LogIn(key, _queues(turn.rules, more), _as_member(turn.rules, person)))
            return ["agent.paused" if pauses.pause_of(turn, key) else "agent.logged_in"]
        case "*60":
            return _logged_out(turn, key, LogOut(key, _queues(turn.rules, more), _as_member(turn.rules, person)))
        case "*62":
            pauses.begin(turn, BeginPause(key, pauses.choice(turn.rules, int(more or "1")), None, key))
            return ["agent.paused"]
        case "*63":
            pauses.end(turn, EndPause(key, key))
            return ["agent.pause_over"]
        case "*64":
            agents.end_after_call_work(turn, EndAfterCallWork(key))
            return ["agent.after_call_over"]
        case _:
            agents.extend_after_call_work(turn, ExtendAfterCallWork(key, MORE))
            return ["agent.after_call_longer"]


def _logged_out(turn: Turn, person: PersonKey, request: LogOut) -> list[str]:
    """The last one out of a queue is told so."""
    agent = turn.state.agents.get(person)
    before = agent.queues if agent else frozenset()
    agents.log_out(turn, request)
    left = before - turn.state.agents[person].queues if agent else frozenset()
    deserted = any(not turn.state.logged_in(queue) for queue in left)
    return ["agent.logged_out", "agent.last_out"] if deserted else ["agent.logged_out"]


def _queues(rules: Rules, extension: str) -> tuple[QueueKey, ...]:
    """The one of this extension; none: all. One that is nobody's is not the person's either."""
    if not extension:
        return ()
    queue = rules.queue_by_extension.get(extension)
    return (QueueKey(queue.key if queue else extension),)


def _as_member(rules: Rules, person: Person) -> bool:
    """Whether the person is bound by what a queue lets its members do."""
    return Right.LOG_OTHERS_IN not in rights_of(person.role, rules.document.roles)
