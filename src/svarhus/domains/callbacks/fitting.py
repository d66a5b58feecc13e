"""Which promises a work schedule has no place for any more."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from svarhus.domains.callbacks.state import Booking
from svarhus.domains.schedules.reserving import Rooms, Seating
from svarhus.kit.clock import Instant


class PlacesThen(NamedTuple):
    """What a work schedule has at the time of a booking."""

    rooms: Rooms
    """The same for all bookings of that schedule and time."""
    open_to_it: Sequence[int]
    """The periods in which it may be, by their numbers."""


def without_place(bookings: Iterable[Booking], places: Callable[[Booking], PlacesThen]) -> tuple[Booking, ...]:
    """Of promises that wait for their time, those for which there is no room then: by age, in whatever order they come.

    Who was promised a time first keeps the place. Who is kept above capacity takes none from the others, and is not
    among those who lack one.
    """
    seatings: dict[tuple[str, Instant], Seating] = {}
    lacking = []
    for booking in sorted(bookings, key=_age):
        rooms, open_to_it = places(booking)
        seating = seatings.setdefault((booking.schedule, booking.due_at), Seating(rooms))
        if not seating.add(open_to_it) and not booking.above_capacity:
            lacking.append(booking)
    return tuple(lacking)


def _age(booking: Booking) -> tuple[bool, int, str]:
    """Bookings are numbered as they are made."""
    return booking.above_capacity, len(booking.id), booking.id
