"""Promises for which the work schedule has no place any more: found, and settled one by one.

What is found follows from the promises and the rules, so that it is never forgotten and ends by itself.
"""

from collections.abc import Callable, Iterable
from datetime import date

from svarhus.domains.callbacks.errors import CannotStart, HasPlace
from svarhus.domains.callbacks.fitting import PlacesThen, without_place
from svarhus.domains.callbacks.state import Booking, BookingDue, BookingKept, BookingStatus
from svarhus.domains.schedules.layout import LaidDay, laid_day
from svarhus.domains.schedules.reserving import Asked, Rooms, is_for
from svarhus.exchange.core.decisions.promises.finding import live, require_no_kept_place
from svarhus.exchange.core.requests import CallNow, KeepCallback
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.state import State
from svarhus.exchange.core.turn import Turn
from svarhus.kit.clock import Instant, local_date


def unplaced(state: State, rules: Rules, now: Instant) -> tuple[Booking, ...]:
    """All promises still to come that have lost their place, what is due first at the front."""
    found = without_place(_to_come(state.bookings.values(), now), _places(rules))
    return tuple(sorted(found, key=lambda booking: (booking.due_at, booking.id)))


def require_no_place(turn: Turn, booking: Booking) -> None:
    """HasPlace when there is one: somebody has settled it, or the schedule was changed again."""
    same = (
        other
        for other in turn.state.bookings.values()
        if (other.schedule, other.due_at) == (booking.schedule, booking.due_at)
    )
    if booking not in without_place(_to_come(same, turn.now), _places(turn.rules)):
        raise HasPlace(f"the booking {booking.id} has a place in the work schedule")


def keep_for(turn: Turn, request: KeepCallback) -> str:
    """Let the time stand, above what the schedule has places for."""
    booking = live(turn, request.booking)
    require_no_place(turn, booking)
    turn.record(BookingKept(booking=booking.id, by=request.person))
    return booking.id


def call_now_for(turn: Turn, request: CallNow) -> str:
    """Let the next free agent call at once, before the time that was promised."""
    booking = live(turn, request.booking)
    require_no_kept_place(booking)
    if booking.status is not BookingStatus.BOOKED:
        raise CannotStart(f"the booking is {booking.status.value.replace('_', ' ')}")
    turn.clear_timer(f"booking:{booking.id}")
    turn.record(BookingDue(booking=booking.id, early=turn.now, by=request.person))
    return booking.id


def _to_come(bookings: Iterable[Booking], now: Instant) -> Iterable[Booking]:
    return (booking for booking in bookings if booking.waits_for_its_time and booking.due_at > now)


def _places(rules: Rules) -> Callable[[Booking], PlacesThen]:
    """What the schedule has at the time of a booking. For a queue that has another schedule by now, it has nothing."""
    days: dict[tuple[str, date], dict[Instant, Rooms]] = {}

    def places(booking: Booking) -> PlacesThen:
        schedule = rules.schedules.get(booking.schedule)
        if schedule is None:
            return PlacesThen({}, ())
        local = local_date(booking.due_at, rules.zone)
        laid, day = laid_day(schedule, local, rules.zone, rules.closing(schedule.key)), (schedule.key, local)
        if day not in days:
            days[day] = {at: dict(rooms) for (at, _), rooms in zip(laid.places, laid.rooms, strict=True)}
        return PlacesThen(days[day].get(booking.due_at, {}), _open_to(rules, booking, laid))

    return places


def _open_to(rules: Rules, booking: Booking, laid: LaidDay) -> list[int]:
    queue = rules.queues.get(booking.queue)
    if queue is None or queue.callbacks is None or queue.callbacks.schedule != booking.schedule:
        return []
    asked = Asked(booking.category, booking.language)
    return [number for number, period in enumerate(laid.periods) if is_for(period, asked, rules.categories)]
