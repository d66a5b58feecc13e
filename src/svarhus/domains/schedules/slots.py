"""The slots of a work schedule: the times that callers are promised, and how many calls fit at each.

`layout` says where they lie, and `reserving` who may have them.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import islice
from types import MappingProxyType
from zoneinfo import ZoneInfo

import msgspec

from svarhus.domains.categories.model import Category
from svarhus.domains.hours.model import OpeningHours
from svarhus.domains.schedules.layout import Laid, LaidDay, laid_day
from svarhus.domains.schedules.model import Schedule
from svarhus.domains.schedules.reserving import Asked, Demand, SeatPlan, seats_for
from svarhus.kit.clock import Instant, after, local_date
from svarhus.kit.ids import CategoryKey

Taken = Callable[[Instant], int] | Mapping[Instant, int]
"""How many live bookings there are at an instant."""

_DAY = timedelta(days=1)


class Sought(msgspec.Struct, frozen=True):
    """For what a place is sought, and what others have, where places are kept for some."""

    asked: Asked
    taken: Demand
    categories: Mapping[CategoryKey, Category] = MappingProxyType({})


def next_slot(
    schedule: Schedule,
    now: Instant,
    zone: ZoneInfo,
    taken: Taken,
    not_before: Instant | None = None,
    closing: Sequence[OpeningHours] = (),
    sought: Sought | None = None,
) -> Instant | None:
    """The first slot with room that may be offered now, and not before `not_before`. None: all are taken."""
    found = islice(free_slots(schedule, now, zone, taken, not_before, closing, sought), 1)
    return next((at for at, _ in found), None)


def free_slots(
    schedule: Schedule,
    now: Instant,
    zone: ZoneInfo,
    taken: Taken,
    not_before: Instant | None = None,
    closing: Sequence[OpeningHours] = (),
    sought: Sought | None = None,
) -> Iterator[Laid]:
    """All slots that may be offered now, in order, and how many calls still fit at each."""
    earliest = after(now, timedelta(minutes=schedule.notice_minutes))
    if not_before is not None and not_before > earliest:
        earliest = not_before
    count = taken if callable(taken) else _counted(taken)
    today = local_date(now, zone)
    for day in _days(local_date(earliest, zone), today + _DAY * _furthest(schedule)):
        laid, ahead = laid_day(schedule, day, zone, closing), (day - today).days
        begin = bisect_left(laid.places, (earliest, 0))
        if not laid.alike:
            offer = _Offer(laid, count, sought, bookable=_bookable(schedule, laid, ahead), now=now)
            found = ((laid.places[place][0], offer.left(place)) for place in range(begin, len(laid.places)))
            yield from ((at, free) for at, free in found if free)
        elif ahead <= schedule.days_ahead:
            yield from ((at, free) for at, room in laid.places[begin:] if (free := room - count(at)) > 0)


def is_free(
    schedule: Schedule,
    at: Instant,
    zone: ZoneInfo,
    taken: Taken,
    closing: Sequence[OpeningHours] = (),
    sought: Sought | None = None,
) -> bool:
    """Whether one more call fits at the instant, however long before it may be offered."""
    count = taken if callable(taken) else _counted(taken)
    laid = laid_day(schedule, local_date(at, zone), zone, closing)
    place = bisect_left(laid.places, (at, 0))
    if place == len(laid.places) or laid.places[place][0] != at:
        return False
    if laid.alike:
        return count(at) < laid.places[place][1]
    return _Offer(laid, count, sought).left(place) > 0


def slots(
    schedule: Schedule, first_day: date, last_day: date, zone: ZoneInfo, closing: Sequence[OpeningHours] = ()
) -> list[Laid]:
    """All slots of the local days from first to last, in order, whether they are taken or not."""
    days = (laid_day(schedule, day, zone, closing) for day in _days(first_day, last_day))
    return [laid for day in days for laid in day.places]


def room_at(schedule: Schedule, start: Instant, zone: ZoneInfo, closing: Sequence[OpeningHours] = ()) -> int:
    """How many calls fit at the instant, whoever they are kept for: 0 when it is no slot of the schedule."""
    laid = laid_day(schedule, local_date(start, zone), zone, closing).places
    index = bisect_left(laid, (start, 0))
    return laid[index][1] if index < len(laid) and laid[index][0] == start else 0


class _Offer:
    """The places of a day that one who seeks may have. An instant at which as many calls are promised as fit is full
    for everybody, whoever they are kept for."""

    def __init__(
        self,
        laid: LaidDay,
        count: Callable[[Instant], int],
        sought: Sought | None,
        bookable: Sequence[bool] | None = None,
        now: Instant | None = None,
    ) -> None:
        """`bookable`: by period, where it matters; with `now`, also how long before."""
        self._laid, self._count, self._sought, self._now = laid, count, sought, now
        asked, categories = (sought.asked, sought.categories) if sought else (Asked(), {})
        may = seats_for(laid.periods, asked, categories)
        self._open = frozenset(number for number in may if bookable is None or bookable[number])
        self._kept = frozenset(number for number in self._open if laid.periods[number].reserved)
        self._seats: dict[Asked, tuple[int, ...]] = {}
        self._plan = SeatPlan(self._seats_of)
        self._last: dict[int, Instant | None] = {}

    def left(self, place: int) -> int:
        """How many more fit there."""
        at, most = self._laid.places[place]
        if self._count(at) >= most:
            return 0
        mine = tuple(
            number for number, _ in self._laid.rooms[place] if number in self._open and self._is_time(number, at)
        )
        kept = tuple(number for number in mine if number in self._kept)
        if kept and (free := self._free_kept(place, kept)):
            return free
        general = tuple(number for number in mine if number not in self._kept)
        if not general or any(self._is_kept_at(number, at) for number in self._kept):
            return 0
        return self._plan.left(self._laid.rooms[place], self._taken(at), general)

    def _is_time(self, number: int, at: Instant) -> bool:
        """Where a period is bookable only so long before."""
        minutes = self._laid.periods[number].minutes_ahead
        return self._now is None or minutes is None or at <= after(self._now, timedelta(minutes=minutes))

    def _is_kept_at(self, number: int, at: Instant) -> bool:
        """Whether the period lasts then, and has a place left from then on that is kept for whoever seeks."""
        start, end = self._laid.spans[number]
        if not start <= at < end:
            return False
        if number not in self._last:
            places = range(len(self._laid.places) - 1, -1, -1)
            free = (self._laid.places[place][0] for place in places if self._has_kept(place, number))
            self._last[number] = next(free, None)
        last = self._last[number]
        return last is not None and last >= at

    def _has_kept(self, place: int, number: int) -> bool:
        at, most = self._laid.places[place]
        if self._count(at) >= most or all(number != each for each, _ in self._laid.rooms[place]):
            return False
        return self._is_time(number, at) and self._free_kept(place, (number,)) > 0

    def _free_kept(self, place: int, periods: tuple[int, ...]) -> int:
        """How many more fit in these periods, when all that are kept for somebody have taken what they can."""
        kept = tuple(each for each in self._laid.rooms[place] if self._laid.periods[each[0]].reserved)
        return self._plan.left(kept, self._taken(self._laid.places[place][0]), periods)

    def _taken(self, at: Instant) -> Mapping[Asked, int] | Mapping[None, int]:
        return self._sought.taken(at) if self._sought else {None: self._count(at)}

    def _seats_of(self, asked: Asked | None) -> tuple[int, ...]:
        """Where such a booking may be; None: that is not known, and may be anywhere."""
        if asked is None or self._sought is None:
            return tuple(range(len(self._laid.periods)))
        if asked not in self._seats:
            self._seats[asked] = seats_for(self._laid.periods, asked, self._sought.categories)
        return self._seats[asked]


def _bookable(schedule: Schedule, laid: LaidDay, ahead: int) -> list[bool]:
    """Of each period: whether it may be booked so many days ahead."""
    most = (schedule.days_ahead if each.days_ahead is None else each.days_ahead for each in laid.periods)
    return [each.least_days_ahead <= ahead <= last for each, last in zip(laid.periods, most, strict=True)]


def _furthest(schedule: Schedule) -> int:
    own = (period.days_ahead for period in schedule.periods if period.days_ahead is not None)
    return max(schedule.days_ahead, *own, 0)


def _counted(taken: Mapping[Instant, int]) -> Callable[[Instant], int]:
    return lambda start: taken.get(start, 0)


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += _DAY
