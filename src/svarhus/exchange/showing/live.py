"""Live state as those who are watching see it: one view for each kind of thing."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Self, TypeVar

import msgspec

from svarhus.domains.callbacks.state import BookingStatus
from svarhus.domains.calls.model import Call, Leg, LegRole
from svarhus.domains.calls.purpose import Supervising
from svarhus.domains.calls.supervision import Supervision
from svarhus.domains.calls.talk import StepKind
from svarhus.domains.channels.model import DeskItem
from svarhus.domains.people.unnamed import UNNAMED, Unnamed
from svarhus.domains.presence.absence import AbsenceKind
from svarhus.domains.presence.device import DeviceKind
from svarhus.domains.presence.state import Agent
from svarhus.domains.queues.alerts import AlertOn
from svarhus.domains.queues.estimate import estimated_wait
from svarhus.exchange.core.conversations import conversations_in, is_away, is_held, join_of
from svarhus.exchange.core.core import Core
from svarhus.exchange.core.decisions.calls import recording_talks, supervising
from svarhus.exchange.core.decisions.calls.dialling import device_of, person_reachable
from svarhus.exchange.core.decisions.people.agents import may_extend
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.state import State
from svarhus.kit.clock import Instant
from svarhus.kit.ids import BookingId, CallId, LegId, PauseKey, PersonKey, QueueKey, TimerId

V = TypeVar("V")


class LiveLegView(msgspec.Struct, frozen=True):
    leg: str
    role: str
    party: str
    person: PersonKey | None
    state: str
    """`ringing`, `up`, `talking`, `held`: this party is on hold and hears music, or `away`: it has put on hold the two
    others, who talk on."""
    device: str | None = None
    """Of a person of ours: `browser`, `desk` or `number`."""


class LiveConsult(msgspec.Struct, frozen=True):
    """Somebody asks a third party while the other one waits."""

    by: PersonKey | None
    """The person who asks."""
    leg: str
    """Of the one who is asked."""
    party: str
    person: PersonKey | None
    state: str
    """`ringing`, `talking`, or `held` while the one who asks talks with the first again."""
    since: Instant


class LiveTransfer(msgspec.Struct, frozen=True):
    """A caller was handed over, and nobody has answered yet."""

    by: PersonKey | None
    to: str
    """A person's key or a number."""
    person: PersonKey | None
    returning: bool
    """Nobody took it: it is on its way back to `by`."""
    since: Instant
    parked: int | None = None
    """The number of the parking place at which the caller is."""

    def unnamed(self, by: Unnamed) -> Self:
        return msgspec.structs.replace(self, to=UNNAMED) if by.hides(self.to) else self


class LiveSupervision(msgspec.Struct, frozen=True):
    """One who leads is with the conversation."""

    person: PersonKey | None
    how: Supervision
    member: PersonKey | None
    """With whose part in it."""
    state: str
    """`ringing`, or `up`."""
    since: Instant
    told: bool
    """Everybody may see it; otherwise only who may do so as well."""


class LiveStep(msgspec.Struct, frozen=True):
    """One thing that a call has been through."""

    kind: StepKind
    key: str
    """The number, or the key of the flow, queue or person."""
    at: Instant
    until: Instant | None
    by: PersonKey | None
    """The person who sent the call there."""
    asked: bool
    """Only asked by a colleague while the caller waited."""

    def unnamed(self, by: Unnamed) -> Self:
        named = self.kind is StepKind.PERSON and by.hides(self.key)
        return msgspec.structs.replace(self, key=UNNAMED) if named else self


class LiveRecording(msgspec.Struct, frozen=True):
    """The conversation is being recorded."""

    state: str
    """`recording`; `pausing` until the engine has said that it records silence, then `paused`; `held` while the party
    is on hold, when nothing is recorded either."""
    asked_by: PersonKey | None
    """Who has asked for it, and may end it; None when the queue records it."""


class LiveCall(msgspec.Struct, frozen=True):
    """A call in progress."""

    id: str
    kind: str
    state: str
    """`in_flow`, `waiting`, `ringing`, `talking`, `parked`, `ending`."""
    began_at: Instant
    caller: str | None
    caller_name: str
    dialled: str
    language: str
    queue: str | None
    waiting_since: Instant | None
    offered_to: PersonKey | None
    talking_since: Instant | None
    booking: str | None
    legs: tuple[LiveLegView, ...]
    held: bool = False
    """One of the two in conversation is on hold."""
    held_since: Instant | None = None
    wait: float = 0.0
    """Seconds in queues, without the present wait (`waiting_since`)."""
    path: tuple[LiveStep, ...] = ()
    """Through which number, flows, queues and people the call has come, in order."""
    conference: bool = False
    """Three are in conversation, or one of them is on the way back."""
    consult: LiveConsult | None = None
    transfer: LiveTransfer | None = None
    recording: LiveRecording | None = None
    may_be_recorded: bool | None = None
    """Whether somebody who talks in it may have it recorded; None: with the right to record calls of no queue."""
    raised: bool = False
    """Of one who waits: somebody has put it before the others."""
    supervised: tuple[LiveSupervision, ...] = ()
    missing: PersonKey | None = None
    """The person whose phone was lost in the conversation; the other one is kept until it is back."""

    def without_supervision(self) -> Self:
        """As those see it who are not told of everything."""
        told = tuple(each for each in self.supervised if each.told)
        return self if told == self.supervised else msgspec.structs.replace(self, supervised=told)

    def unnamed(self, by: Unnamed) -> Self:
        from_unnamed = any(leg.role == LegRole.CALLER and leg.person == UNNAMED for leg in self.legs)
        name = "" if from_unnamed else by.name(self.caller_name, self.caller)
        return self if name == self.caller_name else msgspec.structs.replace(self, caller_name=name)


class LiveClosing(msgspec.Struct, frozen=True):
    """A queue is closed for now."""

    since: Instant
    until: Instant | None
    """When it opens by itself."""
    message: str | None
    """Key of the message that callers hear."""
    by: PersonKey | None
    """Key of the person who closed it; None for a program."""


class LiveAlert(msgspec.Struct, frozen=True):
    """Something in a queue is not as it should be; it was told."""

    on: AlertOn
    limit: int
    """Seconds, callers or members."""
    since: Instant


class LiveQueue(msgspec.Struct, frozen=True):
    key: str
    name: str
    waiting: tuple[str, ...]
    """Calls that wait, next first: a caller's place is its position here."""
    longest_since: Instant | None
    logged_in: int
    free: int
    estimated_wait: float | None
    """Seconds for a caller who came now; None when it cannot be known."""
    closed: LiveClosing | None = None
    paused: int = 0
    """Of those who are logged in."""
    held_until: Instant | None = None
    """Its schedule lets nobody through before then."""
    red_after: int = 90
    """Seconds of waiting after which it is shown in red."""
    on_switchboard: bool = True
    alerts: tuple[LiveAlert, ...] = ()
    """What is not as it should be."""


class AgentState(StrEnum):
    LOGGED_OUT = "logged_out"
    AVAILABLE = "available"
    UNREACHABLE = "unreachable"
    RINGING = "ringing"
    TALKING = "talking"
    AFTER_CALL_WORK = "after_call_work"
    PAUSED = "paused"
    """Logged in, and rung for no queue."""


class LiveAbsence(msgspec.Struct, frozen=True):
    """Why somebody cannot be had. It decides nothing about calls."""

    kind: AbsenceKind
    since: Instant
    until: Instant | None
    """When it ends by itself."""
    note: str
    by: PersonKey | None
    """Key of the person who set it; None for a program."""


class LivePause(msgspec.Struct, frozen=True):
    """Why a member who is logged in is rung for no queue."""

    reason: PauseKey | None
    """None: it began with the log-in."""
    name: str | None
    """In the organisation's words; None for a shipped reason, for which the console has words."""
    since: Instant
    until: Instant | None
    """When it ends by itself."""
    by: PersonKey | None
    """Key of the person who set it; None for a program, and for the log-in."""


class LiveAgent(msgspec.Struct, frozen=True):
    key: str
    name: str
    state: AgentState
    queues: tuple[str, ...]
    after_call_until: Instant | None
    idle_since: Instant | None
    calls: tuple[str, ...]
    phone_reachable: bool
    since: Instant | None = None
    """When the state began; None when that is not known."""
    device: str = DeviceKind.DESK.value
    """Where the person's calls ring: `browser`, `desk` or `number`."""
    absence: LiveAbsence | None = None
    pause: LivePause | None = None
    may_extend: bool = True
    """Whether the after-call work that goes on may be made longer."""
    member_of: tuple[str, ...] = ()
    """Queues that the person may be logged in to: as one who is named, or as one of a team."""


class LeftQueues(LiveAgent, frozen=True, kw_only=True):
    """What somebody is doing after a log-out."""

    nobody_left_in: tuple[str, ...] = ()
    """Queues of which it was the last member."""


class LiveBooking(msgspec.Struct, frozen=True):
    id: str
    queue: str
    number: str
    status: BookingStatus
    promised_at: Instant
    due_at: Instant
    attempts: int
    person: PersonKey | None
    call: str | None


LiveView = LiveCall | LiveQueue | LiveAgent | LiveBooking


class LiveTopic(StrEnum):
    """What can be watched."""

    CALLS = "calls"
    QUEUES = "queues"
    AGENTS = "agents"
    CALLBACKS = "callbacks"
    DESK = "desk"
    """All that waits for somebody; its keys are kind and id together: `callback:demo-b1`."""
    VOICEMAILS = "voicemails"
    """Only that one has changed: read it by the API."""
    CONTACTS = "contacts"
    """As voicemails: which contact has changed; the key is empty when many have."""
    PHONE = "phone"
    """As voicemails: the phone of the person with this key. Read one's own by `/api/phone`."""
    UNANSWERED = "unanswered"
    """As voicemails: the unanswered call that somebody has handled, or taken up anew."""
    NOTICES = "notices"
    """As voicemails: the notice that was written or pinned."""


class Snapshot(msgspec.Struct, frozen=True, tag="snapshot"):
    """All that is live at one moment, of the topics that are watched.

    The number of each message that follows is one higher than that of the one before.
    """

    seq: int
    calls: tuple[LiveCall, ...] | msgspec.UnsetType = msgspec.UNSET
    queues: tuple[LiveQueue, ...] | msgspec.UnsetType = msgspec.UNSET
    agents: tuple[LiveAgent, ...] | msgspec.UnsetType = msgspec.UNSET
    callbacks: tuple[LiveBooking, ...] | msgspec.UnsetType = msgspec.UNSET
    desk: tuple[DeskItem, ...] | msgspec.UnsetType = msgspec.UNSET


def calls(core: Core) -> tuple[LiveCall, ...]:
    return tuple(_present(_call(core, key) for key in core.state.calls))


def queues(core: Core) -> tuple[LiveQueue, ...]:
    return tuple(_present(_queue(core, key) for key in core.rules.queues))


def agents(core: Core) -> tuple[LiveAgent, ...]:
    return tuple(_present(agent(core, key) for key in core.rules.people))


def callbacks(core: Core) -> tuple[LiveBooking, ...]:
    return tuple(_present(_booking(core, key) for key in core.state.bookings))


def _present(views: Iterable[V | None]) -> Iterable[V]:
    return (view for view in views if view is not None)


def _call(core: Core, key: str) -> LiveCall | None:
    state = core.state
    call = state.calls.get(CallId(key))
    if call is None:
        return None
    place = state.place_of(call.id)
    offer = state.offers[place.offers[0]] if place and place.offers else None
    return LiveCall(
        id=call.id,
        kind=call.kind.value,
        state=_call_state(core, key),
        began_at=call.began_at,
        caller=call.caller,
        caller_name=call.caller_name,
        dialled=call.dialled,
        language=call.language,
        queue=place.queue if place else (call.parts[-1].queue if call.parts else None),
        waiting_since=place.entered_at if place else None,
        offered_to=offer.person if offer else None,
        talking_since=call.talk_since,
        booking=call.booking,
        legs=tuple(_leg(state, leg) for leg in call.legs if _is_shown(state, leg)),
        held=call.consult is None and call.hold_since is not None,
        held_since=call.hold_since,
        wait=sum(part.wait for part in call.parts),
        path=tuple(LiveStep(step.kind, step.key, step.at, step.until, step.by, step.asked) for step in call.path),
        conference=any(each.is_conference for each in conversations_in(state, call.id)),
        consult=_consult(state, call),
        transfer=_transfer(state, call),
        raised=place is not None and place.raised_from is not None,
        supervised=tuple(_supervision(core, leg) for leg in supervising.supervised(state, call.id)),
        missing=call.missing.person if call.missing else None,
        recording=_recording(call),
        may_be_recorded=recording_talks.may_be_recorded(core.revisions[call.revision], state, call),
    )


def _recording(call: Call) -> LiveRecording | None:
    running = recording_talks.running_of(call)
    if running is None:
        return None
    if call.recorded.paused_by:
        shown = "paused" if running.silent else "pausing"
    else:
        shown = "held" if running.silenced else "recording"
    return LiveRecording(shown, call.recorded.asked_by)


def _is_shown(state: State, key: LegId) -> bool:
    """Who only listens is told of by itself."""
    leg = state.legs[key]
    return not leg.released and not leg.only_listens


def _supervision(core: Core, leg: Leg) -> LiveSupervision:
    purpose = leg.purpose
    assert isinstance(purpose, Supervising)
    queue = core.rules.queues.get(purpose.queue)
    told = bool(leg.conversation) or (queue is not None and queue.supervision.tells_members)
    shown, since = "up" if leg.answered_at else "ringing", leg.answered_at or leg.began_at
    return LiveSupervision(leg.person, purpose.how, purpose.member, shown, since, told)


def _consult(state: State, call: Call) -> LiveConsult | None:
    consult = call.consult
    if consult is None:
        return None
    by, other = state.legs.get(consult.by), state.legs.get(consult.other)
    person = by.person if by else (call.missing.person if call.missing else None)
    if other is None or not (by or person):
        return None
    shown = "ringing" if not other.answered_at else ("held" if is_held(state, other.id) else "talking")
    return LiveConsult(person, other.id, other.party, other.person, shown, consult.began_at)


def _transfer(state: State, call: Call) -> LiveTransfer | None:
    transfer = call.transfer
    if transfer is None:
        return None
    rung = state.legs.get(transfer.leg) if transfer.leg else None
    person = rung.person if rung else None
    return LiveTransfer(transfer.by, transfer.to.name, person, transfer.returning, transfer.began_at, transfer.parked)


def _call_state(core: Core, key: str) -> str:
    state, call = core.state, core.state.calls[CallId(key)]
    if call.ending:
        return "ending"
    if call.talk_since:
        return "talking"
    if call.transfer and call.transfer.parked is not None:
        return "parked"
    place = state.place_of(call.id)
    if place:
        return "ringing" if place.offers else "waiting"
    return "in_flow" if call.position else "ringing"


def _leg(state: State, key: str) -> LiveLegView:
    leg = state.legs[LegId(key)]
    if is_held(state, leg.id):
        shown = "held"
    elif is_away(state, leg.id):
        shown = "away"
    elif join_of(state, leg.id):
        shown = "talking"
    else:
        shown = "up" if leg.answered_at else "ringing"
    device = leg.device.value if leg.device else None
    return LiveLegView(leg.id, leg.role.value, leg.party, leg.person, shown, device)


def _queue(core: Core, key: str) -> LiveQueue | None:
    queue = core.rules.queues.get(QueueKey(key))
    if queue is None:
        return None
    state, queue_key = core.state, QueueKey(key)
    line = [state.places[place] for place in state.matching.line(queue_key)]
    staff = state.logged_in(queue_key)
    closing = state.stored.closed.get(queue_key)
    return LiveQueue(
        key=key,
        name=queue.name,
        waiting=tuple(place.call for place in line),
        longest_since=min((place.entered_at for place in line), default=None),
        logged_in=staff,
        free=len(state.matching.ready(queue_key)),
        estimated_wait=estimated_wait(state.stored.waits.get(queue_key, ()), len(line) + 1, staff),
        held_until=_held_until(core, queue_key),
        red_after=queue.red_after,
        on_switchboard=queue.on_switchboard,
        closed=LiveClosing(closing.since, closing.until, closing.message, closing.by) if closing else None,
        paused=state.paused[queue_key],
        alerts=tuple(
            LiveAlert(alert.on, alert.limit, alert.since) for alert in state.alerts.values() if alert.queue == key
        ),
    )


def _held_until(core: Core, queue: QueueKey) -> Instant | None:
    timer = core.state.timers.get(TimerId(f"pace:{queue}"))
    return timer.due if timer else None


def agent(core: Core, key: str) -> LiveAgent | None:
    person = core.rules.people.get(PersonKey(key))
    if person is None:
        return None
    state = core.state
    now = state.agents.get(PersonKey(key))
    theirs = [state.legs[leg] for leg in now.legs] if now else []
    taking_part = {leg.call for leg in theirs if not leg.only_listens}
    in_calls = sorted(taking_part | now.missed_in) if now else []
    return LiveAgent(
        key=key,
        name=person.name,
        state=_agent_state(core, key),
        queues=tuple(sorted(now.queues)) if now else (),
        after_call_until=now.after_call_until if now else None,
        idle_since=now.idle_since if now else None,
        calls=tuple(in_calls),
        phone_reachable=person_reachable(state, core.rules, PersonKey(key)),
        device=device_of(state, person).kind.value,
        since=_since(core, key),
        absence=_absence(now),
        pause=_pause(core.rules, now),
        may_extend=now is None or may_extend(core.rules, now),
        member_of=tuple(sorted(core.rules.queues_of.get(PersonKey(key), ()))),
    )


def _pause(rules: Rules, agent: Agent | None) -> LivePause | None:
    if agent is None or agent.pause is None:
        return None
    pause = agent.pause
    own = rules.pauses.get(pause.reason) if pause.reason else None
    return LivePause(pause.reason, own.name if own else None, pause.since, pause.until, pause.by)


def _absence(agent: Agent | None) -> LiveAbsence | None:
    if agent is None or agent.absence is None:
        return None
    absence = agent.absence
    return LiveAbsence(absence.kind, absence.since, absence.until, absence.note, absence.by)


def _since(core: Core, key: str) -> Instant | None:
    """When the person began what `_agent_state` says."""
    agent = core.state.agents.get(PersonKey(key))
    if agent is None:
        return None
    match _agent_state(core, key):
        case AgentState.TALKING | AgentState.RINGING:
            legs = [core.state.legs[leg] for leg in agent.legs]
            answered = [leg.answered_at for leg in legs if leg.answered_at]
            # Who has no leg is waited for: the phone was lost in a conversation.
            missing = [core.state.calls[call].missing for call in agent.missed_in]
            lost = [each.since for each in missing if each]
            return min(answered or [leg.rang_at or leg.began_at for leg in legs] or lost, default=None)
        case AgentState.AFTER_CALL_WORK:
            return agent.after_call_since
        case AgentState.AVAILABLE:
            return agent.idle_since
        case AgentState.PAUSED:
            return agent.pause.since if agent.pause else None
        case AgentState.LOGGED_OUT:
            return agent.logged_out_at
    return None


def _agent_state(core: Core, key: str) -> AgentState:
    state = core.state
    agent = state.agents.get(PersonKey(key))
    if agent and agent.legs:
        answered = any(state.legs[leg].answered_at for leg in agent.legs)
        return AgentState.TALKING if answered else AgentState.RINGING
    if agent and agent.missed_in:
        return AgentState.TALKING
    if agent is None or not agent.queues:
        return AgentState.LOGGED_OUT
    if agent.after_call_until:
        return AgentState.AFTER_CALL_WORK
    if agent.pause:
        return AgentState.PAUSED
    reachable = person_reachable(state, core.rules, agent.person)
    return AgentState.AVAILABLE if reachable else AgentState.UNREACHABLE


def _booking(core: Core, key: str) -> LiveBooking | None:
    booking = core.state.bookings.get(BookingId(key))
    if booking is None:
        return None
    return LiveBooking(
        booking.id,
        booking.queue,
        booking.number,
        booking.status,
        booking.promised_at,
        booking.due_at,
        booking.attempts,
        booking.person,
        booking.attempt_call,
    )


VIEWS: dict[str, tuple[LiveTopic, Callable[[Core, str], LiveView | None]]] = {
    "calls": (LiveTopic.CALLS, _call),
    "queues": (LiveTopic.QUEUES, _queue),
    "agents": (LiveTopic.AGENTS, agent),
    "bookings": (LiveTopic.CALLBACKS, _booking),
    "phone": (LiveTopic.PHONE, lambda core, key: None),
    "voicemails": (LiveTopic.VOICEMAILS, lambda core, key: None),
}
"""By the kinds of `svarhus.exchange.core.state.Topic`."""
