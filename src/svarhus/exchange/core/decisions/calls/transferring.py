"""Handing a caller over without asking first: to a person, a queue, a number; and back when nobody takes it."""

from svarhus.domains.calls.errors import NotPossibleNow
from svarhus.domains.calls.facts import (
    CallParked,
    NowServing,
    TransferBegan,
    TransferEnded,
    TransferReturning,
    TransferRinging,
)
from svarhus.domains.calls.model import Call, Leg, Outcome
from svarhus.domains.calls.party import name_of
from svarhus.domains.calls.purpose import Handed, Returned
from svarhus.domains.calls.reasons import EndReason, TransferOutcome
from svarhus.domains.calls.talk import Consult
from svarhus.domains.queues.state import LedToQueue
from svarhus.domains.queues.ways import CameBy
from svarhus.exchange.core.decisions.calls import conferring, flow, legs, talking
from svarhus.exchange.core.decisions.calls.closing import end_call
from svarhus.exchange.core.decisions.calls.dialling import (
    Way,
    is_engaged,
    person_reachable,
    presented_outside,
    way_to_person,
)
from svarhus.exchange.core.decisions.calls.own import talking_leg
from svarhus.exchange.core.decisions.calls.routes import Route, ToFlow, ToQueue, is_outside, usable_route
from svarhus.exchange.core.facts import ReturnTimer
from svarhus.exchange.core.requests import TransferCall
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import CallId, LegId, PersonKey
from svarhus.ports.telephony import EndCause

RETURN_AFTER = 20
"""Seconds after which a call that nobody takes comes back, when nothing else is said."""
WITHOUT_RETURN = 60
"""Seconds of ringing before a call that does not come back is given up."""
RETURN_RING = 20
RETURN_PATIENCE = 60.0
"""Seconds in which the one who handed it over must become free."""
FRONT = 100
"""Priority in its queue of a caller whom nobody took: before everybody who is just waiting."""


def begin(turn: Turn, request: TransferCall) -> str:
    """Hand the other one over. NotPossibleNow and all that routes raise; then nothing has happened."""
    hand_over(turn, way_for(turn, request), request)
    return request.call


def way_for(turn: Turn, request: TransferCall) -> Route:
    """Where the other one would go, if that is possible. NotPossibleNow and all that routes raise."""
    call, leg, _ = talking_leg(turn, request.call, request.person)
    if call.consult:
        raise NotPossibleNow("you are asking somebody in this call", "Complete or cancel that.")
    conferring.refuse_in_conference(turn, leg.id)
    found = usable_route(turn, turn.rules, request.to, request.person)
    if isinstance(found, ToQueue | ToFlow):
        _check_still_there(turn, call.id, found)
    return found


def hand_over(turn: Turn, found: Route, request: TransferCall) -> None:
    """The other party goes on to the route; the person's leg is let go."""
    call, leg, kept = talking_leg(turn, request.call, request.person)
    talking.part(turn, leg.id)
    turn.record(NowServing(call=call.id, leg=kept.id))
    turn.record(TransferBegan(call=call.id, by=leg.person, to=request.to, return_after=request.return_after))
    legs.release(turn, leg.id)
    match found:
        case ToQueue(queue):
            flow.wait_in(turn, call.id, queue, CameBy.TRANSFERRED)
            if turn.state.calls[call.id].transfer:
                # A queue that is full, or has nobody, leads on at once.
                outcome = TransferOutcome.QUEUED if turn.state.place_of(call.id) else TransferOutcome.FLOW
                turn.record(TransferEnded(call=call.id, outcome=outcome))
        case ToFlow(number):
            turn.record(TransferEnded(call=call.id, outcome=TransferOutcome.FLOW))
            turn.record(LedToQueue(call=call.id, came=CameBy.TRANSFERRED))
            flow.begin(turn, call.id, turn.rules_of(call.id).numbers[number])
        case Way():
            legs.music(turn, kept.id, legs.music_of(turn, call.id))
            _ring(turn, call, found, leg, request.return_after)


def _ring(turn: Turn, call: Call, way: Way, by: Leg, return_after: int | None) -> None:
    presented, name = shown_to(turn, way, turn.state.calls[call.id], by)
    seconds = return_after or WITHOUT_RETURN
    leg = legs.dial(turn, call.id, Handed(), way.target, presented, name, seconds, way.person)
    turn.record(TransferRinging(call=call.id, leg=leg))


def ringing_already(turn: Turn, call: CallId, consult: Consult, by: PersonKey | None) -> None:
    """Who asked a third one leaves before the answer: it becomes a transfer that comes back."""
    turn.record(TransferBegan(call=call, by=by, to=consult.to, return_after=RETURN_AFTER))
    turn.record(TransferRinging(call=call, leg=consult.other))


def shown_to(turn: Turn, way: Way, call: Call, by: Leg) -> tuple[str | None, str]:
    """Number and name that the phone shows: inside, of the one who comes; outside, our own."""
    rules = turn.rules
    if is_outside(way) and way.person is None:
        return presented_outside(rules, by.person), rules.organisation.name
    kept = turn.state.legs.get(call.first_leg) if call.first_leg != by.id else talking.partner(turn, by.id)
    party = (kept.party if kept else "") or call.caller
    return party or None, (name_of(call, kept) if kept else "") or rules.organisation.name


def _check_still_there(turn: Turn, call: CallId, found: Route) -> None:
    """The call goes by the configuration that it began on."""
    rules = turn.rules_of(call)
    known = found.queue in rules.queues if isinstance(found, ToQueue) else False
    if isinstance(found, ToFlow):
        known = found.number in rules.numbers
    if not known:
        raise NotPossibleNow("that was not there yet when this call began", "Transfer it to a person.")


# ------------------------------------------------------------------ how it goes on


def answered(turn: Turn, call: Call, leg: Leg) -> None:
    assert call.transfer is not None
    turn.clear_timer(_timer(call.id))
    turn.clear_timer(parked_timer(call.id))
    talking.join(turn, call.id, call.first_leg, leg.id, Outcome.ANSWERED)
    outcome = TransferOutcome.RETURNED if call.transfer.returning else TransferOutcome.TAKEN
    turn.record(TransferEnded(call=call.id, outcome=outcome))


def not_taken(turn: Turn, call: Call, cause: EndCause) -> None:
    """What rang for the caller has ended without an answer."""
    transfer = call.transfer
    assert transfer is not None
    if transfer.parked is not None and transfer.leg:
        # Who wanted to take it did not: it goes on being parked.
        turn.record(CallParked(call=call.id, place=transfer.parked))
    elif transfer.returning:
        give_up(turn, call.id)
    elif transfer.return_after is None:
        turn.record(TransferEnded(call=call.id, outcome=TransferOutcome.NOT_TAKEN))
        end_call(turn, call.id, EndReason.NOT_TAKEN, cause)
    else:
        turn.record(TransferReturning(call=call.id, reason=cause))
        turn.set_timer(_timer(call.id), RETURN_PATIENCE, ReturnTimer(call.id), call.id)
        if transfer.by is None:
            give_up(turn, call.id)


def ring_back(turn: Turn) -> None:
    """Ring those who handed calls over that came back, as soon as they are free."""
    for call_id in sorted(turn.state.stored.returning):
        call = turn.state.calls[call_id]
        person = turn.rules.people.get(call.transfer.by) if call.transfer and call.transfer.by else None
        if person is None:
            give_up(turn, call_id)
            continue
        way = way_to_person(turn, turn.rules, person)
        if not isinstance(way, Way) or way.person is None or is_engaged(turn.state, way):
            continue
        if person_reachable(turn.state, turn.rules, way.person):
            first = turn.state.legs[call.first_leg]
            shown = first.party or call.caller
            name = name_of(call, first) or turn.rules.organisation.name
            leg = legs.dial(turn, call_id, Returned(), way.target, shown, name, RETURN_RING, way.person)
            turn.record(TransferRinging(call=call_id, leg=leg))


def give_up(turn: Turn, call_id: CallId) -> None:
    """Nobody takes the caller back: the queue by which the call came does, before all others."""
    call = turn.state.calls.get(call_id)
    if call is None or call.transfer is None or call.ending:
        return
    ringing: LegId | None = call.transfer.leg
    turn.clear_timer(_timer(call_id))
    turn.record(TransferEnded(call=call_id, outcome=TransferOutcome.NOT_TAKEN))
    if ringing in turn.state.legs:
        legs.release(turn, LegId(str(ringing)))
    queue = call.parts[-1].queue if call.parts else None
    if queue and (turn.state.logged_in(queue) or flow.waiting_position_of(turn, call_id, queue)):
        flow.wait_in(turn, call_id, queue, CameBy.RETURNED, FRONT)
    else:
        end_call(turn, call_id, EndReason.NOT_TAKEN)


def _timer(call: CallId) -> str:
    return f"return:{call}"


def parked_timer(call: CallId) -> str:
    return f"parked:{call}"
