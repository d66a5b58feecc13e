"""A member who picks up at an outside number shows by a key that it is a person.

So a mobile's voicemail never counts as an answer.
"""

from svarhus.domains.queues.state import OfferConfirming
from svarhus.exchange.core.decisions.calls import legs
from svarhus.exchange.core.facts import ConfirmTimer
from svarhus.exchange.core.state import State
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import LegId
from svarhus.ports.speech import TemplatePhrase
from svarhus.ports.telephony import HangUp

KEY = "1"
SECONDS = 15.0
"""How long the member has to press it."""


def ask(turn: Turn, leg: LegId) -> None:
    call, member = turn.state.legs[leg].call, turn.state.legs[leg].person
    if turn.state.offer_at(leg):
        turn.record(OfferConfirming(call=call, leg=leg))
    person = turn.rules.people.get(member) if member else None
    legs.say(
        turn, leg, (TemplatePhrase("agent.confirm", person.language if person else turn.rules.organisation.language),)
    )
    turn.set_timer(_timer(leg), SECONDS, ConfirmTimer(leg), call)


def asked(state: State, leg: LegId) -> bool:
    """Whether we wait for the key."""
    return _timer(leg) in state.timers


def done(turn: Turn, leg: LegId) -> None:
    """The key was pressed, or need not be any more."""
    turn.clear_timer(_timer(leg))


def not_done(turn: Turn, leg: LegId) -> None:
    """Nobody pressed the key: hang up, which makes it a missed call."""
    if leg in turn.state.legs:
        turn.order(HangUp(leg))


def _timer(leg: LegId) -> str:
    return f"confirm:{leg}"
