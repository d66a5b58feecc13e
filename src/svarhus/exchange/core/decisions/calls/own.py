"""What a person asks about a call acts on the person's own leg in it."""

from svarhus.domains.calls.errors import CallNotFound, NotPossibleNow
from svarhus.domains.calls.model import Call, Leg
from svarhus.exchange.core.decisions.calls.talking import partner
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import CallId, PersonKey


def own_leg(turn: Turn, call_id: CallId, person: PersonKey) -> tuple[Call, Leg]:
    """The call and the person's leg in it. CallNotFound, also for calls that the person has no part in."""
    call = turn.state.calls.get(call_id)
    mine = [turn.state.legs[leg] for leg in call.legs] if call else []
    mine = [leg for leg in mine if leg.person == person and not leg.released and leg.replaces is None]
    if call is None or not mine:
        raise CallNotFound(f"you have no part in a call {call_id} in progress")
    return call, mine[0]


def talking_leg(turn: Turn, call_id: CallId, person: PersonKey) -> tuple[Call, Leg, Leg]:
    """The call, the person's leg, and the one with whom the person talks. NotPossibleNow."""
    call, leg = own_leg(turn, call_id, person)
    other = partner(turn, leg.id)
    if other is None or call.ending:
        raise NotPossibleNow("you are not in conversation in this call")
    return call, leg, other
