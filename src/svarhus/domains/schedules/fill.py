"""How full a work schedule is: for each period, each category, and all together.

`FULL`: no place is left that could still be promised. `NEARLY_FULL`: of all places of it no more than one in five is.
Places whose time has passed count, taken or not, but are not left.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

import msgspec

from svarhus.domains.categories.model import Category
from svarhus.domains.hours.model import OpeningHours
from svarhus.domains.schedules.layout import LaidDay, laid_day
from svarhus.domains.schedules.model import Schedule
from svarhus.domains.schedules.reserving import Asked, Demand, SeatPlan, seats_for
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

    def __init__(
        self, laid: LaidDay, taken: Demand, earliest: Instant, categories: Mapping[CategoryKey, Category]
    ) -> None:
        self.laid, self._categories = laid, categories
        self.taken = [taken(at) for at, _ in laid.places]
        self._seats: dict[Asked, tuple[int, ...]] = {}
        self._plan = SeatPlan(self._seats_of)
        self._seatings = [self._plan.seated(rooms, each) for rooms, each in zip(laid.rooms, self.taken, strict=True)]
        self._begin = bisect_left(laid.places, (earliest, 0))
        """The first place that can still be promised."""

    def of_period(self, number: int) -> Filled:
        rooms = [dict(each).get(number, 0) for each in self.laid.rooms]
        taken = [seating.taken(number) for seating in self._seatings]
        left = sum(rooms[self._begin :]) - sum(taken[self._begin :])
        return Filled(sum(rooms), sum(taken), left)

    def of_category(self, key: CategoryKey | None) -> Filled:
        seats = self._seats_of(Asked(key))
        places = sum(room for rooms in self.laid.rooms for number, room in rooms if number in seats)
        taken = sum(count for each in self.taken for who, count in each.items() if who.category == key)
        still = zip(self.laid.rooms[self._begin :], self.taken[self._begin :], strict=True)
        return Filled(places, taken, sum(self._plan.left(rooms, each, seats) for rooms, each in still))

    @property
    def above(self) -> int:
        wanted = sum(sum(each.values()) for each in self.taken)
        return wanted - sum(seating.taken(n) for seating in self._seatings for n in range(len(self.laid.periods)))

    def _seats_of(self, asked: Asked | None) -> tuple[int, ...]:
        assert asked is not None, "it is known for what each booking is"
        if asked not in self._seats:
            self._seats[asked] = seats_for(self.laid.periods, asked, self._categories)
        return self._seats[asked]


def filled_on(
    schedule: Schedule,
    now: Instant,
    day: date,
    zone: ZoneInfo,
    taken: Demand,
    categories: Mapping[CategoryKey, Category],
    closing: Sequence[OpeningHours] = (),
) -> FilledSchedule:
    """How full a local day is. `taken`: bookings, and places that are being offered."""
    laid = laid_day(schedule, day, zone, closing)
    look = _Day(laid, taken, Instant(now + timedelta(minutes=schedule.notice_minutes)), categories)
    periods = [
        FilledPeriod(number, *laid.spans[place], look.of_period(place)) for place, number in enumerate(laid.numbers)
    ]
    return FilledSchedule(
        tuple(sorted(periods, key=lambda each: (each.start, each.end, each.period))),
        tuple(FilledCategory(key, look.of_category(key)) for key in _asked(look, categories)),
        _sum(each.filled for each in periods),
        look.above,
    )


def together(days: Sequence[FilledSchedule]) -> FilledSchedule:
    """All days, in order."""
    keys = dict.fromkeys(each.category for day in days for each in day.categories)
    return FilledSchedule(
        tuple(period for day in days for period in day.periods),
        tuple(
            FilledCategory(key, _sum(each.filled for day in days for each in day.categories if each.category == key))
            for key in keys
        ),
        _sum(day.whole for day in days),
        sum(day.above for day in days),
    )


def _asked(day: _Day, categories: Mapping[CategoryKey, Category]) -> Iterable[CategoryKey | None]:
    """All that there are, or that somebody has booked for."""
    booked = (who.category for each in day.taken for who in each)
    return dict.fromkeys((*categories, None, *booked))


def _sum(parts: Iterable[Filled]) -> Filled:
    each = list(parts)
    return Filled(sum(one.places for one in each), sum(one.taken for one in each), sum(one.left for one in each))
