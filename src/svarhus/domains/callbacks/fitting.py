"""Which promises a work schedule has no place for any more."""

from collections import Counter
from collections.abc import Callable, Iterable

from svarhus.domains.callbacks.state import Booking
from svarhus.kit.clock import Instant


def without_place(bookings: Iterable[Booking], room: Callable[[Booking], int]) -> tuple[Booking, ...]:
    """Of promises that wait for their time, those for which there is no room then: by age, in whatever order they come.

    Who was promised a time first keeps the place. Who is kept above capacity takes none from the others, and is not
    among those who lack one.
    """
    taken: Counter[tuple[str, Instant]] = Counter()
    lacking = []
    for booking in sorted(bookings, key=_age):
        slot = booking.schedule, booking.due_at
        if taken[slot] < room(booking):
            taken[slot] += 1
        elif not booking.above_capacity:
            lacking.append(booking)
    return tuple(lacking)


def _age(booking: Booking) -> tuple[bool, int, str]:
    """Bookings are numbered as they are made."""
    return booking.above_capacity, len(booking.id), booking.id
