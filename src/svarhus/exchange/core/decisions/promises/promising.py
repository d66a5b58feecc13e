"""Promising a callback: which times are free, and what is booked, taken back and due."""

from datetime import timedelta

from svarhus.domains.callbacks.state import (
    Booked,
    Booking,
    BookingCancelled,
    BookingDue,
    BookingKind,
    BookingStatus,
    KeptSlot,
    SlotKept,
    SlotWithheld,
)
from svarhus.domains.calls.model import Outcome
from svarhus.domains.calls.reasons import EndReason
from svarhus.domains.cases.state import Episode
from svarhus.domains.numbers.outgoing import OutgoingRefusal
from svarhus.domains.queues.model import CallbackSettings
from svarhus.domains.schedules import slots
from svarhus.domains.schedules.calling import calling_from
from svarhus.domains.schedules.meeting import Meeting, meeting_at
from svarhus.domains.schedules.reserving import Asked
from svarhus.domains.schedules.slots import Sought, next_slot
from svarhus.exchange.core.decisions.calls import customers
from svarhus.exchange.core.decisions.calls.closing import end_call
from svarhus.exchange.core.decisions.promises import standing
from svarhus.exchange.core.facts import BookingTimer
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.turn import Turn
from svarhus.kit.clock import Instant, after, seconds_between
from svarhus.kit.ids import BookingId, CallId, CategoryKey, PersonKey, QueueKey

KEPT = timedelta(minutes=2)
"""How long a caller may think about a slot, and key a number, while nobody else is offered it."""
WITHHELD = timedelta(minutes=15)
"""For so long does the next call not tell that nothing was booked in this one."""


def free_slot(
    turn: Turn,
    rules: Rules,
    queue: QueueKey,
    later_than: Instant | None,
    call: CallId | None = None,
    asked: Asked | None = None,
) -> Instant | None:
    """The next slot of the queue's schedule that can still be sold, to this call, or for what is asked."""
    settings = rules.queues[queue].callbacks
    if settings is None:
        return None
    schedule = rules.schedules[settings.schedule]
    not_before = after(later_than, timedelta(seconds=1)) if later_than else None
    taken = turn.state.taken(settings.schedule, turn.now, call)
    sought = _sought(turn, rules, queue, settings.schedule, call, asked)
    return next_slot(schedule, turn.now, rules.zone, taken, not_before, rules.closing(schedule.key), sought)


def is_free(
    turn: Turn, rules: Rules, queue: QueueKey, at: Instant, call: CallId | None = None, asked: Asked | None = None
) -> bool:
    """Whether this very slot can still be sold, to this call, or for what is asked."""
    settings = rules.queues[queue].callbacks
    if settings is None or at < turn.now:
        return False
    schedule, closing = rules.schedules[settings.schedule], rules.closing(settings.schedule)
    taken = turn.state.taken(settings.schedule, turn.now, call)
    sought = _sought(turn, rules, queue, settings.schedule, call, asked)
    return slots.is_free(schedule, at, rules.zone, taken, closing, sought)


def meeting(turn: Turn, rules: Rules, schedule: str, call: CallId) -> Meeting:
    """How the work schedule lets this caller be met now."""
    caller = turn.state.calls[call]
    taken = turn.state.taken(schedule, turn.now, call)
    sought = Sought(
        Asked(caller.category, caller.language), turn.state.taken_for(schedule, turn.now, call), rules.categories
    )
    return meeting_at(rules.schedules[schedule], turn.now, rules.zone, taken, sought, rules.closing(schedule))


def _sought(
    turn: Turn, rules: Rules, queue: QueueKey, schedule: str, call: CallId | None, asked: Asked | None
) -> Sought:
    """For what a place is wanted, beside what others have."""
    if asked is None:
        asked = _asked_by(turn, rules, queue, call) if call else Asked()
    return Sought(asked, turn.state.taken_for(schedule, turn.now, call), rules.categories)


def _asked_by(turn: Turn, rules: Rules, queue: QueueKey, call: CallId) -> Asked:
    return Asked(category_of(turn, rules, queue, call), turn.state.calls[call].language)


def asked_for(turn: Turn, booking: BookingId | None) -> Asked | None:
    """For what a booking that is to be moved wants a place; None when there is none."""
    found = turn.state.bookings.get(booking) if booking else None
    return Asked(found.category, found.language) if found else None


def soonest(turn: Turn, rules: Rules, queue: QueueKey, earliest: Instant | None = None) -> Instant | None:
    """From when on a customer of the queue is called who was told no time: now, or from the next period on."""
    settings = rules.queues[queue].callbacks
    if settings is None:
        return None
    schedule = rules.schedules[settings.schedule]
    return calling_from(schedule, earliest or turn.now, rules.zone, rules.closing(schedule.key))


def keep_slot(turn: Turn, rules: Rules, queue: QueueKey, at: Instant, call: CallId, asked: Asked | None = None) -> None:
    """Offer nobody else the slot while this caller hears of it and answers, within reason."""
    settings = rules.queues[queue].callbacks
    assert settings is not None, "the queue takes no bookings"
    asked = asked or _asked_by(turn, rules, queue, call)
    turn.record(SlotKept(call=call, slot=_kept(turn, settings, at, asked, KEPT)))


def withhold_slot(turn: Turn, rules: Rules, queue: QueueKey, at: Instant, call: CallId) -> None:
    """Offer nobody the slot for a while, as if this call had booked it."""
    settings = rules.queues[queue].callbacks
    assert settings is not None, "the queue takes no bookings"
    asked = _asked_by(turn, rules, queue, call)
    turn.record(SlotWithheld(call=call, slot=_kept(turn, settings, at, asked, WITHHELD)))


def _kept(turn: Turn, settings: CallbackSettings, at: Instant, asked: Asked, span: timedelta) -> KeptSlot:
    return KeptSlot(settings.schedule, at, after(turn.now, span), asked.category, asked.language)


def live_booking(turn: Turn, rules: Rules, queue: QueueKey, number: str) -> BookingId | None:
    """The promise that keeps the number from another one: of the queue, or of any where a number has one at a time."""
    promised = {id for id in turn.state.live_bookings_to.get(number, ()) if not _is_of_abandoned(turn, id)}
    booking = turn.state.live_bookings.get((queue, number))
    if booking in promised or rules.organisation.several_callbacks:
        return booking if booking in promised else None
    return min(promised, default=None)


def _is_of_abandoned(turn: Turn, booking: BookingId) -> bool:
    """Nobody was promised it."""
    return turn.state.bookings[booking].kind is BookingKind.ABANDONED


def book(
    turn: Turn,
    rules: Rules,
    queue: QueueKey,
    number: str,
    at: Instant,
    language: str,
    call: CallId | None = None,
    by: PersonKey | None = None,
    of: Episode | None = None,
    kind: BookingKind = BookingKind.TIMED,
    email: str | None = None,
    category: CategoryKey | None = None,
) -> BookingId:
    """Make the promise; of a time, its slot must be free. `of`: the case that goes on with it. `email`: where the
    customer is told of it too."""
    settings = rules.queues[queue].callbacks
    assert settings is not None, "the queue takes no bookings"
    cancel_abandoned(turn, number, call)
    booking = BookingId(f"{turn.state.organisation}-b{turn.state.stored.bookings_made + 1}")
    turn.record(
        Booked(
            booking=booking,
            call=call,
            queue=queue,
            schedule=settings.schedule,
            number=number,
            at=at,
            language=language,
            by=by,
            kind=kind,
            told=settings.new_entries.anybody,
            case=of.case if of else None,
            notes=of.marks.notes if of else 0,
            email=email,
            category=category,
        )
    )
    wake(turn, booking, at)
    return booking


def cancel_abandoned(turn: Turn, number: str, call: CallId | None) -> None:
    """Whoever is promised something need not be called for having hung up, in whatever queue."""
    for booking in sorted(turn.state.live_bookings_to.get(number, ())):
        if _is_of_abandoned(turn, booking):
            cancel(turn, booking, call)


def category_of(turn: Turn, rules: Rules, queue: QueueKey, call: CallId) -> CategoryKey | None:
    """What a caller who books in the queue calls about: as somebody said, or the queue."""
    about, own = turn.state.calls[call], rules.queues[queue].category
    return CategoryKey(own) if own and (about.category is None or about.category_by_queue) else about.category


def cancel(turn: Turn, booking: BookingId, call: CallId | None = None, by: PersonKey | None = None) -> None:
    """Take the promise back, at the customer's wish. An attempt that has not reached anybody is given up."""
    attempt, standing = turn.state.bookings[booking].attempt_call, turn.state.bookings[booking].standing
    turn.record(BookingCancelled(booking=booking, call=call, by=by))
    give_up(turn, attempt)
    give_up(turn, standing)


def give_up(turn: Turn, attempt: CallId | None) -> None:
    """Nobody is to be called in it any more, unless they talk already."""
    if attempt and turn.state.calls[attempt].outcome is not Outcome.ANSWERED:
        end_call(turn, attempt, EndReason.CANCELLED)


def wake(turn: Turn, booking: BookingId, at: Instant) -> None:
    turn.set_timer(f"booking:{booking}", max(0.0, seconds_between(turn.now, at)), BookingTimer(booking))


def due(turn: Turn, booking: BookingId) -> None:
    """The promised time has come."""
    found = turn.state.bookings.get(booking)
    if found and found.kept and found.attempt_call is None:
        _stand_again(turn, found)
    elif found and found.status is BookingStatus.BOOKED:
        turn.record(BookingDue(booking=booking))


def _stand_again(turn: Turn, booking: Booking) -> None:
    """No member is rung in vain while the customer's number may not be called."""
    queue = turn.rules.queues.get(booking.queue)
    way = customers.way_to(turn, queue, booking.number) if queue else None
    if isinstance(way, OutgoingRefusal) and way.passes:
        standing.postpone(turn, booking.id)
    else:
        standing.stand(turn, booking.id)
