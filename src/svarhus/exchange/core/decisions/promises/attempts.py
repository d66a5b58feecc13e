"""An attempt at keeping a promise: the customer's phone is rung, and what follows from how it went."""

from datetime import timedelta

from svarhus.domains.callbacks.state import AttemptMarked, Booking, BookingMoved, WhyMoved
from svarhus.domains.calls.facts import RecordingNoticeOver
from svarhus.domains.calls.model import Call, Leg, Outcome
from svarhus.domains.calls.reasons import EndReason
from svarhus.domains.numbers.outgoing import OutgoingRefusal
from svarhus.domains.queues.carrying import AfterLast
from svarhus.domains.queues.keeping import KeepPlaceSettings
from svarhus.domains.queues.model import CallbackSettings, Queue
from svarhus.domains.schedules.reserving import Asked
from svarhus.exchange.core.decisions.calls import customers, legs, noticing
from svarhus.exchange.core.decisions.calls.closing import end_call
from svarhus.exchange.core.decisions.calls.talking import join
from svarhus.exchange.core.decisions.promises.finding import callbacks_of, queue_of, settings_of
from svarhus.exchange.core.decisions.promises.promising import free_slot, soonest, wake
from svarhus.exchange.core.decisions.queues import offering
from svarhus.exchange.core.turn import Turn
from svarhus.kit.clock import after
from svarhus.kit.ids import BookingId, PersonKey
from svarhus.ports.speech import MessagePhrase, Phrase


def conclude(turn: Turn, booking: Booking, answered: bool, by: PersonKey | None) -> None:
    """It went so. In vain, another attempt follows, a new time, or nothing more."""
    settings = settings_of(turn.rules, booking)
    again = not answered and booking.queue in turn.rules.queues
    made = booking.attempts - booking.attempts_before
    if again and (not settings.attempts or made < settings.attempts):
        wanted = after(turn.now, timedelta(minutes=settings.retry_minutes))
        next_at = soonest(turn, turn.rules, booking.queue, wanted) or wanted
        turn.record(AttemptMarked(booking=booking.id, answered=False, by=by, next_at=next_at))
        wake(turn, booking.id, next_at)
    elif again and _books_anew(settings) and not booking.attempts_before:
        _new_time(turn, booking, by)
    else:
        turn.record(AttemptMarked(booking=booking.id, answered=answered, by=by))


def _books_anew(settings: CallbackSettings | KeepPlaceSettings) -> bool:
    return isinstance(settings, CallbackSettings) and settings.after_last is AfterLast.NEW_TIME


def _new_time(turn: Turn, booking: Booking, by: PersonKey | None) -> None:
    """After the last attempt the next free place is booked; without one, it is over."""
    about, settings = Asked(booking.category, booking.language), callbacks_of(turn.rules, booking)
    at = free_slot(turn, turn.rules, booking.queue, None, asked=about)
    turn.record(AttemptMarked(booking=booking.id, answered=False, by=by, next_at=at))
    if at:
        was = booking.due_at
        turn.record(
            BookingMoved(booking=booking.id, schedule=settings.schedule, at=at, was=was, why=WhyMoved.NOT_REACHED)
        )
        wake(turn, booking.id, at)


def _talks_at_turn(turn: Turn, booking: Booking) -> bool:
    """It counts as reached when the call is over, unless whoever is there says that it is no person."""
    attempt = turn.state.calls.get(booking.attempt_call) if booking.attempt_call else None
    return booking.kept is not None and attempt is not None and attempt.outcome is Outcome.ANSWERED


def agent_answered(turn: Turn, call: Call, leg: Leg) -> None:
    """The agent is on the line: ring the customer."""
    booking = turn.state.bookings[_booking_of(call)]
    way = customers.way_to(turn, queue_of(turn.rules_of(call.id), booking), booking.number)
    if isinstance(way, OutgoingRefusal):
        end_call(turn, call.id, EndReason.refused(way))
    else:
        customers.ring(turn, call, booking, way, leg.id)


def customer_answered(turn: Turn, call: Call, leg: Leg) -> None:
    """Who calls, and that the call may be recorded, is told first where the queue wants it, while the agent hears the
    ringing go on."""
    queue = turn.rules_of(call.id).queues.get(turn.state.bookings[_booking_of(call)].queue)
    greeting = _greeting(queue, call) if queue else ()
    if queue and noticing.needed(turn, call.id, queue):
        noticing.tell(turn, call.id, leg.id, queue, first=greeting)
    elif greeting:
        legs.say(turn, leg.id, greeting)
    else:
        _connect(turn, call, leg)


def customer_told(turn: Turn, call: Call, leg: Leg, heard: bool) -> None:
    """Of that; or there was no sound, and then the call is not recorded."""
    if call.recorded.notice:
        turn.record(RecordingNoticeOver(call=call.id, heard=heard))
    _connect(turn, call, leg)


def _connect(turn: Turn, call: Call, leg: Leg) -> None:
    """The customer and whoever is on the line for that."""
    place = turn.state.place_of(call.id)
    if place is None:
        join(turn, call.id, call.first_leg, leg.id, Outcome.ANSWERED)
    else:
        offering.take_call(turn, next(turn.state.offers[offer] for offer in place.offers))


def _greeting(queue: Queue, call: Call) -> tuple[Phrase, ...]:
    own = queue.callbacks.greeting if queue.callbacks else None
    return (MessagePhrase(own, call.language),) if own else ()


def _booking_of(call: Call) -> BookingId:
    assert call.booking is not None, "not a callback"
    return call.booking
