"""How a call comes to its end: everybody hangs up, and when no leg is left the record is written."""

from svarhus.domains.callbacks.state import AttemptEnded, CallbackStoodDown
from svarhus.domains.calls.facts import CallClosed, CallEnding, OutcomeReached
from svarhus.domains.calls.model import PROVEN, Call, CallKind, CallRecord, LegRecord, LegRole, Outcome
from svarhus.domains.calls.reasons import EndReason, LegCause
from svarhus.domains.calls.recording import OfQueue
from svarhus.domains.queues.offer import Offer, OfferOutcome
from svarhus.domains.queues.state import OfferEnded, QueueLeft
from svarhus.domains.queues.ways import LeftBy
from svarhus.exchange.core.decisions.calls import confirming
from svarhus.exchange.core.decisions.promises import standing
from svarhus.exchange.core.decisions.queues import announcing
from svarhus.exchange.core.facts import RecordingTimer
from svarhus.exchange.core.turn import Turn
from svarhus.kit.clock import seconds_between
from svarhus.kit.ids import CallId, PersonKey, QueueKey
from svarhus.ports.telephony import EndCause, HangUp

RECORDING_GRACE = 5.0
"""Seconds in which the engine should tell of a recording whose leg has ended."""

_SPOKEN = frozenset({Outcome.ANSWERED, Outcome.TRANSFERRED})
_HELPED = frozenset({Outcome.CALLBACK_BOOKED, Outcome.VOICEMAIL})


def reach(turn: Turn, call: CallId, outcome: Outcome) -> None:
    """Note what the call has come to.

    That somebody spoke with the caller stays, whatever comes after; so does, short of that, a booking or
    a message: most callers hang up when they have made theirs.
    """
    reached = turn.state.calls[call].outcome
    if reached in _SPOKEN or (reached in _HELPED and outcome not in _SPOKEN | _HELPED):
        return
    if reached is not outcome:
        turn.record(OutcomeReached(call=call, outcome=outcome))


def withdraw_offer(turn: Turn, offer: Offer, outcome: OfferOutcome = OfferOutcome.WITHDRAWN) -> None:
    """Stop ringing a member: the caller is gone, has gone elsewhere, or another member has answered."""
    assert offer.leg is not None
    confirming.done(turn, offer.leg)
    turn.record(OfferEnded(call=turn.state.call_of(offer), leg=offer.leg, person=offer.person, outcome=outcome))
    turn.order(HangUp(offer.leg, elsewhere=outcome is OfferOutcome.ANSWERED_ELSEWHERE))


def leave_queue(turn: Turn, call: CallId, left: LeftBy, person: PersonKey | None = None) -> None:
    """Leave the queue, if the call is in one. Without a person whoever is being rung is let go."""
    place = turn.state.place_of(call)
    if place is None:
        return
    for offer in place.offers:
        outcome = OfferOutcome.ANSWERED_ELSEWHERE if person else OfferOutcome.WITHDRAWN
        withdraw_offer(turn, turn.state.offers[offer], outcome)
    announcing.no_more(turn, call)
    turn.clear_timer(f"call-out:{call}")
    turn.clear_timer(f"widen:{call}")
    booking = turn.state.calls[call].booking
    if booking and place.to_call_back:
        turn.record(CallbackStoodDown(booking=booking, call=call, queue=place.queue))
    else:
        turn.record(QueueLeft(call=call, queue=place.queue, outcome=left, person=person))


def end_call(turn: Turn, call: CallId, reason: EndReason, cause: EndCause = EndCause.WE_HUNG_UP) -> None:
    """Take the call down. `cause` is what a caller not yet answered is told."""
    if turn.state.calls[call].ending:
        return
    leave_queue(turn, call, LeftBy.ABANDONED if reason is EndReason.ABANDONED else LeftBy.ENDED)
    turn.record(CallEnding(call=call, reason=reason))
    for leg in turn.state.calls[call].legs:
        confirming.done(turn, leg)
        turn.order(HangUp(leg, cause))
    close_if_over(turn, call)


def close_if_over(turn: Turn, call_id: CallId) -> None:
    """Write the record when no leg and no recording is left, and nobody is to be rung yet."""
    call = turn.state.calls.get(call_id)
    if call is None or call.legs or turn.state.place_of(call_id):
        return
    if any(each.runs for each in call.recordings):
        turn.set_timer(f"recording:{call_id}", RECORDING_GRACE, RecordingTimer(call_id), call_id)
        return
    _end_attempt(turn, call)
    turn.record(CallClosed(call=call_id, record=_record(turn, call)))
    standing.begin(turn, call)


def _end_attempt(turn: Turn, call: Call) -> None:
    booking = turn.state.bookings.get(call.booking) if call.booking else None
    if booking is None or booking.attempt_call != call.id:
        return
    if booking.kept:
        standing.over(turn, call, booking)
        return
    customer = [leg for leg in call.ended_legs if leg.role is LegRole.CUSTOMER]
    given_up = all(leg.cause is LegCause.WE_HUNG_UP and leg.answered_at is None for leg in customer)
    never_rang = all(leg.cause is LegCause.ENGINE_FAILED and leg.rang_at is None for leg in customer)
    rung, taken_back = bool(customer), bool(customer) and (never_rang or (given_up and _nobody_was_there(call)))
    turn.record(
        AttemptEnded(
            booking=booking.id,
            call=call.id,
            dialled=rung and not taken_back,
            connected=call.outcome is Outcome.ANSWERED,
            taken_back=taken_back,
            put_off=booking.put_off,
        )
    )


def _nobody_was_there(call: Call) -> bool:
    """The agent's own phone was gone as soon as it had answered."""
    own = next((leg for leg in call.ended_legs if leg.leg == call.first_leg), None)
    answered = own.answered_at if own else None
    return own is not None and answered is not None and seconds_between(answered, own.ended_at) < PROVEN


def _record(turn: Turn, call: Call) -> CallRecord:
    first = next((leg for leg in call.ended_legs if leg.leg == call.first_leg), None)
    return CallRecord(
        call=call.id,
        kind=call.kind,
        began_at=call.began_at,
        answered_at=first.answered_at if first else None,
        ended_at=turn.now,
        caller=call.caller,
        caller_name=call.caller_name,
        dialled=call.dialled,
        language=call.language,
        outcome=call.outcome or _default_outcome(call),
        queue=_queue_of(turn, call),
        person=_spoke_with(call),
        wait=sum(part.wait for part in call.parts),
        talk=call.talk,
        revision=call.revision,
        booking=call.booking,
        parts=call.parts,
        legs=call.ended_legs,
        hold=call.hold,
        path=call.path,
        category=call.category,
    )


def _queue_of(turn: Turn, call: Call) -> QueueKey | None:
    """The last queue that the caller stood in; else the one that the message or the callback is for."""
    if call.parts:
        return call.parts[-1].queue
    booking = turn.state.bookings.get(call.booking) if call.booking else None
    messages = (each.owner.queue for each in reversed(call.recordings) if isinstance(each.owner, OfQueue))
    return next(messages, booking.queue if booking else None)


def _default_outcome(call: Call) -> Outcome:
    """Nobody spoke: somebody whom we rang did not answer, or the call came to the end of its flow."""
    rang = any(leg.role in (LegRole.TARGET, LegRole.CUSTOMER) for leg in call.ended_legs)
    if call.kind is CallKind.CALLBACK or (rang and call.kind is not CallKind.INCOMING):
        return Outcome.UNANSWERED
    return Outcome.COMPLETED


def _spoke_with(call: Call) -> PersonKey | None:
    if call.outcome not in _SPOKEN:
        return None
    listened = {leg.leg for leg in call.ended_legs if leg.role is LegRole.SUPERVISOR} - {step.leg for step in call.path}
    others = [leg for leg in call.ended_legs if leg.role is not LegRole.CALLER and leg.leg not in listened]
    answered = [leg for leg in others if leg.answered_at]
    return next((leg.person for leg in reversed(answered) if leg.person), _caller_person(call.ended_legs))


def _caller_person(legs: tuple[LegRecord, ...]) -> PersonKey | None:
    return next((leg.person for leg in legs if leg.role is LegRole.CALLER), None)
