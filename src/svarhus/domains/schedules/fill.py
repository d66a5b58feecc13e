"""How full a work schedule is: for each period, each category, and all together.

`FULL`: no place is left that could still be promised. `NEARLY_FULL`: of all places of it no more than one in five is.
Places whose time has passed count, taken or not, but are not left.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

import msgspec

from svarhus.domains.categories.model import Category
from svarhus.domains.hours.model import OpeningHours
from svarhus.domains.schedules.layout import LaidDay, laid_day
from svarhus.domains.schedules.model import Schedule
from svarhus.domains.schedules.reserving import Asked, Demand, Seating, seated, seats_for
from svarhus.kit.clock import Instant
from svarhus.kit.ids import CategoryKey

NEARLY = 5
"""Of so many places one is left, or fewer."""


class Fill(StrEnum):
    """How full something is."""

    FREE = "free"
    NEARLY_FULL = "nearly_full"
    FULL = "full"


class Filled(msgspec.Struct, frozen=True):
    """Some places, and what has become of them."""

    places: int
    taken: int
    left: int
    """That can still be promised."""

    @property
    def state(self) -> Fill:
        if not self.left:
            return Fill.FULL
        return Fill.NEARLY_FULL if self.left * NEARLY <= self.places else Fill.FREE


class FilledPeriod(msgspec.Struct, frozen=True):
    """A period on one day."""

    period: int
    """Its number in the schedule, from 0."""
    start: Instant
    end: Instant
    filled: Filled


class FilledCategory(msgspec.Struct, frozen=True):
    """All places that a category may have: those that are kept for it, and general ones."""

    category: CategoryKey | None
    """None: callers of whom nobody said what they call about."""
    filled: Filled


class FilledSchedule(msgspec.Struct, frozen=True):
    periods: tuple[FilledPeriod, ...]
    """By their time."""
    categories: tuple[FilledCategory, ...]
    whole: Filled
    above: int
    """Bookings for which there is no place at their time."""


class _Day:
    """The places of a day, with who has them."""

    def __init__(self, laid: LaidDay, taken: Demand, earliest: Instant, categories: Mapping[CategoryKey, Category]):
        self.laid, self._categories = laid, categories
        self.taken = [taken(at) for at, _ in laid.places]
        self._seats: dict[Asked, tuple[int, ...]] = {}
        self.seatings = [self._seated(place) for place in range(len(laid.places))]
        self.begin = bisect_left(laid.places, (earliest, 0))
        """The first place that can still be promised."""

    def seats_of(self, asked: Asked) -> tuple[int, ...]:
        if asked not in self._seats:
            self._seats[asked] = seats_for(self.laid.periods, asked, self._categories)
        return self._seats[asked]

    def _seated(self, place: int) -> Seating:
        return seated(
            dict(self.laid.rooms[place]), [(self.seats_of(who), count) for who, count in self.taken[place].items()]
        )

    def of_period(self, number: int) -> Filled:
        rooms = [(place, dict(self.laid.rooms[place]).get(number, 0)) for place in range(len(self.laid.places))]
        left = sum(room - self.seatings[place].taken(number) for place, room in rooms if place >= self.begin)
        taken = sum(self.seatings[place].taken(number) for place, _ in rooms)
        return Filled(sum(room for _, room in rooms), taken, left)

    def of_category(self, asked: Asked) -> Filled:
        seats = self.seats_of(asked)
        places = [sum(room for number, room in rooms if number in seats) for rooms in self.laid.rooms]
        taken = sum(count for each in self.taken for who, count in each.items() if who.category == asked.category)
        left = sum(self._seated(place).add(seats, places[place]) for place in range(self.begin, len(places)))
        return Filled(sum(places), taken, left)

    @property
    def above(self) -> int:
        wanted = sum(sum(each.values()) for each in self.taken)
        return wanted - sum(seating.taken(n) for seating in self.seatings for n in range(len(self.laid.periods)))


def filled(
    schedule: Schedule,
    now: Instant,
    days: tuple[date, date],
    zone: ZoneInfo,
    taken: Demand,
    categories: Mapping[CategoryKey, Category],
    closing: Sequence[OpeningHours] = (),
) -> FilledSchedule:
    """How full the local days from the first to the last are. `taken`: bookings, and places that are being offered."""
    earliest = Instant(now + timedelta(minutes=schedule.notice_minutes))
    found = [_Day(laid_day(schedule, day, zone, closing), taken, earliest, categories) for day in _days_between(*days)]
    periods = [
        FilledPeriod(number, *day.laid.spans[place], day.of_period(place))
        for day in found
        for place, number in enumerate(day.laid.numbers)
    ]
    return FilledSchedule(
        tuple(sorted(periods, key=lambda each: (each.start, each.end, each.period))),
        tuple(
            FilledCategory(key, _sum(day.of_category(Asked(key)) for day in found)) for key in _asked(found, categories)
        ),
        _sum(each.filled for each in periods),
        sum(day.above for day in found),
    )


def _asked(days: Iterable[_Day], categories: Mapping[CategoryKey, Category]) -> Iterable[CategoryKey | None]:
    """All that there are, or that somebody has booked for."""
    booked = Counter(who.category for day in days for each in day.taken for who in each)
    return dict.fromkeys((*categories, *booked, None))


def _sum(parts: Iterable[Filled]) -> Filled:
    each = list(parts)
    return Filled(sum(one.places for one in each), sum(one.taken for one in each), sum(one.left for one in each))


def _days_between(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))
