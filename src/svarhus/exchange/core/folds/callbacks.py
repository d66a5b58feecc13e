"""Promises and their attempts."""

from zoneinfo import ZoneInfo

import msgspec

from svarhus.domains.callbacks import state as callbacks
from svarhus.domains.callbacks.state import Booking, BookingKind, BookingStatus, WhyMoved
from svarhus.domains.calls.purpose import CallingBack
from svarhus.domains.queues.place import Place, ToCallBack
from svarhus.domains.queues.ways import LeftBy
from svarhus.exchange.core.folds.state import Folds, set_call, set_leg
from svarhus.exchange.core.state import State
from svarhus.kit.clock import Instant
from svarhus.kit.ids import BookingId, CallId, PlaceId, TimerId

replace = msgspec.structs.replace


def _slot_kept(state: State, fact: callbacks.SlotKept, at: Instant, zone: ZoneInfo) -> None:
    state.kept_slots[fact.call] = fact.slot


def _slot_let_go(state: State, fact: callbacks.SlotLetGo, at: Instant, zone: ZoneInfo) -> None:
    state.kept_slots.pop(fact.call, None)


def _slot_withheld(state: State, fact: callbacks.SlotWithheld, at: Instant, zone: ZoneInfo) -> None:
    state.kept_slots.pop(fact.call, None)
    left = (slot for slot in state.stored.withheld_slots if slot.until > at)
    state.stored.withheld_slots = (*left, fact.slot)


def _booked(state: State, fact: callbacks.Booked, at: Instant, zone: ZoneInfo) -> None:
    state.stored.bookings_made += 1
    booking = Booking(
        fact.booking,
        fact.queue,
        fact.schedule,
        fact.number,
        promised_at=fact.at if fact.kind is BookingKind.TIMED else None,
        due_at=fact.at,
        booked_at=at,
        call=fact.call,
        language=fact.language,
        kind=fact.kind,
        category=fact.category,
        kept=fact.kept,
    )
    state.bookings[booking.id] = booking
    if fact.call:
        state.kept_slots.pop(fact.call, None)
        _needs_no_place(state, fact.call)
        if fact.kept:
            _keeps_place(state, fact.call, fact.booking)
    state.book(booking)
    state.touch("bookings", booking.id)


def _needs_no_place(state: State, call_id: CallId) -> None:
    """Who is called back has no more use for the place in the queue that was left."""
    call = state.calls.get(call_id)
    if call and call.left_place:
        state.calls[call_id] = replace(call, left_place=None)


def _keeps_place(state: State, call_id: CallId, booking: BookingId) -> None:
    """The stay in the queue goes on in another call."""
    call = state.calls[call_id]
    part = replace(call.parts[-1], outcome=LeftBy.KEPT_PLACE)
    set_call(state, replace(call, parts=(*call.parts[:-1], part), keeps=booking))


def _booking_due(state: State, fact: callbacks.BookingDue, at: Instant, zone: ZoneInfo) -> None:
    booking = replace(state.bookings[fact.booking], status=BookingStatus.DUE, attempt_call=None)
    _set_booking(state, replace(booking, due_at=fact.early or booking.due_at))


def _booking_moved(state: State, fact: callbacks.BookingMoved, at: Instant, zone: ZoneInfo) -> None:
    booking = state.bookings[fact.booking]
    state.unbook(booking)
    talks = booking.status is BookingStatus.IN_ATTEMPT
    booking = replace(
        booking,
        kind=BookingKind.TIMED,
        queue=fact.queue or booking.queue,
        kept=None,
        attempt_call=booking.attempt_call if booking.status is BookingStatus.IN_ATTEMPT else None,
        schedule=fact.schedule,
        promised_at=fact.at,
        due_at=fact.at,
        status=booking.status if talks else BookingStatus.BOOKED,
        put_off=talks,
        above_capacity=False,
        attempts_before=booking.attempts if fact.why is WhyMoved.NOT_REACHED else booking.attempts_before,
    )
    state.book(booking)
    if fact.call:
        state.kept_slots.pop(fact.call, None)
        _needs_no_place(state, fact.call)
    _set_booking(state, booking)


def _booking_kept(state: State, fact: callbacks.BookingKept, at: Instant, zone: ZoneInfo) -> None:
    _set_booking(state, replace(state.bookings[fact.booking], above_capacity=True))


def _booking_postponed(state: State, fact: callbacks.BookingPostponed, at: Instant, zone: ZoneInfo) -> None:
    _set_booking(state, replace(state.bookings[fact.booking], status=BookingStatus.BOOKED, attempt_call=None))


def _booking_cancelled(state: State, fact: callbacks.BookingCancelled, at: Instant, zone: ZoneInfo) -> None:
    _set_booking(state, replace(state.bookings[fact.booking], status=BookingStatus.CANCELLED))


def _place_taken_back(state: State, fact: callbacks.PlaceTakenBack, at: Instant, zone: ZoneInfo) -> None:
    set_call(state, replace(state.calls[fact.call], left_place=fact.place))


def _callback_stood(state: State, fact: callbacks.CallbackStood, at: Instant, zone: ZoneInfo) -> None:
    state.stored.arrivals += 1
    id, subject = PlaceId(state.stored.arrivals), ToCallBack(fact.call)
    state.stand(Place(id=id, queue=fact.queue, entered_at=at, priority=fact.priority, subject=subject))
    _set_booking(state, replace(state.bookings[fact.booking], standing=fact.call))
    state.touch("queues", fact.queue)


def _callback_stood_down(state: State, fact: callbacks.CallbackStoodDown, at: Instant, zone: ZoneInfo) -> None:
    place = state.place_of(fact.call)
    assert place is not None
    state.leave(place)
    booking = state.bookings.get(fact.booking)
    if booking:
        _set_booking(state, replace(booking, standing=None))
    state.touch("queues", fact.queue)


def _attempt_began(state: State, fact: callbacks.AttemptBegan, at: Instant, zone: ZoneInfo) -> None:
    booking = state.bookings[fact.booking]
    _set_booking(
        state,
        replace(booking, status=BookingStatus.IN_ATTEMPT, attempt_call=fact.call, person=fact.person, judged=None),
    )
    if fact.leg:
        set_leg(state, replace(state.legs[fact.leg], purpose=CallingBack()))
        set_call(state, replace(state.calls[fact.call], first_leg=fact.leg))


def _customer_dialled(state: State, fact: callbacks.CustomerDialled, at: Instant, zone: ZoneInfo) -> None:
    booking = state.bookings[fact.booking]
    first = booking.first_attempt_at or at
    _set_booking(
        state,
        replace(
            booking,
            attempts=booking.attempts + 1,
            first_attempt_at=first,
            again_at=at if booking.first_attempt_at else None,
        ),
    )


def _attempt_ended(state: State, fact: callbacks.AttemptEnded, at: Instant, zone: ZoneInfo) -> None:
    booking = state.bookings[fact.booking]
    status = BookingStatus.TO_MARK if fact.dialled else BookingStatus.DUE
    if fact.put_off:
        status = BookingStatus.BOOKED if booking.due_at > at else BookingStatus.DUE
    attempts = booking.attempts - 1 if fact.taken_back else booking.attempts
    first = booking.first_attempt_at if attempts else None
    booking = replace(booking, status=status, attempt_call=None, attempts=attempts, first_attempt_at=first)
    _set_booking(state, replace(booking, put_off=False))


def _attempt_judged(state: State, fact: callbacks.AttemptJudged, at: Instant, zone: ZoneInfo) -> None:
    _set_booking(state, replace(state.bookings[fact.booking], judged=fact.answered))


def _attempt_marked(state: State, fact: callbacks.AttemptMarked, at: Instant, zone: ZoneInfo) -> None:
    booking = replace(state.bookings[fact.booking], attempt_call=None)
    if fact.answered:
        booking = replace(booking, status=BookingStatus.REACHED)
    elif fact.next_at is None:
        booking = replace(booking, status=BookingStatus.NOT_REACHED)
    else:
        booking = replace(booking, status=BookingStatus.BOOKED, due_at=fact.next_at)
    _set_booking(state, booking)


def _set_booking(state: State, booking: Booking) -> None:
    """A booking that is no longer live leaves the state; the journal and the log keep it."""
    before = state.bookings[booking.id]
    state.set_booking(booking)
    if not booking.status.live:
        state.unbook(before)
        del state.bookings[booking.id]
        state.timers.pop(TimerId(f"booking:{booking.id}"), None)


def _telling_due(state: State, fact: callbacks.TellingDue, at: Instant, zone: ZoneInfo) -> None:
    """It is for those who send messages."""


def _text_read(state: State, fact: callbacks.TextRead, at: Instant, zone: ZoneInfo) -> None:
    """What it asked for has facts of its own."""


FOLDS: Folds = {
    callbacks.SlotKept: _slot_kept,
    callbacks.SlotLetGo: _slot_let_go,
    callbacks.SlotWithheld: _slot_withheld,
    callbacks.Booked: _booked,
    callbacks.BookingDue: _booking_due,
    callbacks.BookingMoved: _booking_moved,
    callbacks.BookingKept: _booking_kept,
    callbacks.BookingPostponed: _booking_postponed,
    callbacks.BookingCancelled: _booking_cancelled,
    callbacks.PlaceTakenBack: _place_taken_back,
    callbacks.CallbackStood: _callback_stood,
    callbacks.CallbackStoodDown: _callback_stood_down,
    callbacks.AttemptBegan: _attempt_began,
    callbacks.CustomerDialled: _customer_dialled,
    callbacks.AttemptEnded: _attempt_ended,
    callbacks.AttemptJudged: _attempt_judged,
    callbacks.AttemptMarked: _attempt_marked,
    callbacks.TellingDue: _telling_due,
    callbacks.TextRead: _text_read,
}
