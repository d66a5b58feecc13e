"""A kept place stands in its queue, in a call in which nobody is until its turn comes; and what becomes of it when that
call is over."""

from datetime import timedelta

from svarhus.domains.callbacks.state import (
    AttemptEnded,
    AttemptMarked,
    Booking,
    BookingDue,
    BookingPostponed,
    BookingStatus,
)
from svarhus.domains.calls.facts import CallBegan, CategoryGiven
from svarhus.domains.calls.model import Call, CallKind, LegRecord, LegRole, Outcome
from svarhus.domains.calls.reasons import LegCause
from svarhus.domains.queues.state import QueueEntered
from svarhus.domains.queues.ways import CameBy
from svarhus.exchange.core.decisions.promises.finding import settings_of
from svarhus.exchange.core.facts import BookingTimer
from svarhus.exchange.core.turn import Turn
from svarhus.kit.clock import Instant, after, seconds_between
from svarhus.kit.ids import BookingId, LegId

POSTPONED = timedelta(minutes=2)
"""After so long it is tried again, when the customer's phone could not be rung at all."""
_NOT_RUNG = frozenset({LegCause.FAILED, LegCause.ENGINE_FAILED})
"""Faults on our side: nobody can say that the customer did not answer."""


def begin(turn: Turn, own: Call) -> None:
    """The customer's own call is over: who is on the line with us is not called."""
    booking = turn.state.bookings.get(own.keeps) if own.keeps else None
    if booking and booking.kept:
        stand(turn, booking.id)


def stand(turn: Turn, id: BookingId) -> None:
    """In the queue, with the rank that the place has, whatever has come meanwhile. Where the queue is no more, it is on
    the list of callbacks from here."""
    booking = turn.state.bookings[id]
    kept = booking.kept
    assert kept is not None, "no place is kept"
    turn.clear_timer(f"booking:{id}")
    if booking.queue not in turn.rules.queues:
        turn.record(BookingDue(booking=id))
        return
    call = turn.new_call()
    turn.record(
        CallBegan(
            call=call,
            kind=CallKind.CALLBACK,
            revision=turn.rules.revision,
            caller=booking.number,
            dialled=booking.number,
            language=booking.language,
            first_leg=LegId(f"{call}-customer"),
            booking=id,
        )
    )
    if booking.category:
        turn.record(CategoryGiven(call=call, category=booking.category))
    turn.record(
        QueueEntered(
            call=call,
            queue=booking.queue,
            priority=kept.priority,
            position=kept.position,
            staff=kept.staff,
            place=kept.place,
            since=kept.entered_at,
            came=CameBy.KEPT_PLACE,
            language=booking.language,
            estimated=kept.estimated,
            at_once=kept.at_once,
            caller_list=kept.caller_list,
            service_level=kept.service_level,
            category=booking.category,
            kept_for=id,
            precedence=kept.precedence,
            let_through=kept.let_through,
        )
    )


def over(turn: Turn, call: Call, booking: Booking) -> None:
    """The call in which it stood, or in which the customer was called. What was not tried is on the list of callbacks
    from here; what was tried in vain stands again at its time, or is closed."""
    if booking.status is not BookingStatus.IN_ATTEMPT:
        turn.record(BookingDue(booking=booking.id))
        return
    customer = next((leg for leg in call.ended_legs if leg.role is LegRole.CUSTOMER), None)
    connected, tried = call.outcome is Outcome.ANSWERED, customer is not None and _was_tried(customer)
    turn.record(
        AttemptEnded(
            booking=booking.id, call=call.id, dialled=tried or connected, connected=connected, taken_back=not tried
        )
    )
    if customer is not None and not tried and customer.rang_at is None and customer.cause not in _NOT_RUNG:
        stand(turn, booking.id)
    else:
        _mark(turn, turn.state.bookings[booking.id], connected, tried)


def _was_tried(customer: LegRecord) -> bool:
    """It was up to the customer."""
    given_up = customer.cause is LegCause.WE_HUNG_UP and customer.answered_at is None
    return not given_up and customer.cause not in _NOT_RUNG


def _mark(turn: Turn, booking: Booking, connected: bool, tried: bool) -> None:
    settings = settings_of(turn.rules, booking)
    again = not connected and (not tried or booking.attempts < settings.attempts)
    next_at = after(turn.now, timedelta(minutes=settings.retry_minutes)) if again else None
    by = booking.person if connected else None
    turn.record(AttemptMarked(booking=booking.id, answered=connected, by=by, next_at=next_at))
    if next_at:
        look_again_at(turn, booking.id, next_at)


def postpone(turn: Turn, booking: BookingId) -> None:
    """The customer cannot be called at this moment: it stands again, at its rank, a little later."""
    at = after(turn.now, POSTPONED)
    turn.record(BookingPostponed(booking=booking, at=at))
    look_again_at(turn, booking, at)


def look_again_at(turn: Turn, booking: BookingId, at: Instant) -> None:
    turn.set_timer(f"booking:{booking}", max(0.0, seconds_between(turn.now, at)), BookingTimer(booking))
