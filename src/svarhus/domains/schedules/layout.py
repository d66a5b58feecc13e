"""Where the places of a work schedule lie: which periods a day has, and how many calls fit at each minute of them.

A slot is a whole minute, because that is what the caller is told. A period with n calls an hour has its k-th slot
k·60/n minutes after its start, rounded down: more than 60 calls an hour give several slots in the same minute.

A period with s people at work has s slots at its start, and s more each time a call is over, as long as one that
begins then ends within the period. This is the workload of call centre planning, staff = calls · handling time /
period, solved for the calls: s · ⌊minutes of the period / handling time⌋ places. The handling time is the mean of the
conversation and the work beside it over the categories that the period is for (`with_lengths`), as though they were
equally frequent: where that is far off, each has a period of its own.

A period is wall-clock time. Slots in the hour that does not exist on a spring day are not there; in the hour that
occurs twice on an autumn day they are in the first of the two.

What an exception of the opening hours closes has no slots: `closing` are the opening hours by which callers come.
Where there are several, all of them must close a time; the week of opening hours says nothing of calling back.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from statistics import fmean
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

import msgspec

from svarhus.domains.categories.model import Category
from svarhus.domains.hours.model import CLOSED, WEEKDAYS, OpeningHours
from svarhus.domains.schedules.model import Calling, Period, PeriodChannel, Schedule
from svarhus.kit.clock import Instant, LocalTime, from_local, to_local
from svarhus.kit.ids import CategoryKey

Stretches = tuple[tuple[int, int], ...]
"""Of a day, in minutes from midnight."""

Laid = tuple[Instant, int]
"""An instant and the number of calls that fit at it."""

USUAL_MINUTES = 10.0
"""A call, where nothing says how long one is."""

_MINUTE = timedelta(minutes=1)


class LaidDay(msgspec.Struct, frozen=True):
    """A local day of a schedule."""

    periods: tuple[Period, ...]
    """As they are on that day."""
    numbers: tuple[int, ...]
    """Which of the schedule's periods they are, from 0."""
    spans: tuple[tuple[Instant, Instant], ...]
    """From when to when each of them lasts."""
    places: tuple[Laid, ...]
    """In order, of all periods together."""
    rooms: tuple[tuple[tuple[int, int], ...], ...]
    """Of each of these: which of the periods have how much of it."""
    alike: bool
    """Everybody may have every place, as the schedule says."""


def laid_day(
    schedule: Schedule,
    day: date,
    zone: ZoneInfo,
    closing: Sequence[OpeningHours] = (),
    calling: Calling = Calling.OUT,
    channel: PeriodChannel = PeriodChannel.CALL,
) -> LaidDay:
    """The places of a day. Kept, because every caller asks for the same few days of the same schedule."""
    return _laid_day(_Same(schedule), day, zone, tuple(map(_Same, closing)), calling, channel)


def periods_on(
    schedule: Schedule,
    day: date,
    calling: Calling = Calling.OUT,
    channel: PeriodChannel = PeriodChannel.CALL,
) -> tuple[Period, ...]:
    """The periods of a local day, as they are then."""
    return tuple(period for _, period in _numbered_on(schedule, day, calling, channel))


def _numbered_on(
    schedule: Schedule, day: date, calling: Calling, channel: PeriodChannel
) -> tuple[tuple[int, Period], ...]:
    if day in schedule.closed_days:
        return ()
    weekday = WEEKDAYS[day.weekday()]
    return tuple(
        (number, period.on(day))
        for number, period in enumerate(schedule.periods)
        if weekday in period.days
        and period.calling in (calling, Calling.BOTH)
        and channel in period.channels
        and (period.first_day is None or period.first_day <= day)
        and (period.last_day is None or day <= period.last_day)
        and day not in period.left_out
    )


def open_stretches(schedule: Schedule, day: date, closing: Sequence[OpeningHours] = ()) -> Stretches:
    """What periods for calling back cover of a local day, as far as no exception closes it."""
    left = left_open(schedule, day, closing)
    spans = [(minute_of(period.start), minute_of(period.end)) for period in periods_on(schedule, day)]
    if left is None:
        return tuple(spans)
    cut = [(max(start, first), min(end, last)) for start, end in spans for first, last in left]
    return tuple((start, end) for start, end in cut if start < end)


def left_open(schedule: Schedule, day: date, closing: Sequence[OpeningHours]) -> Stretches | None:
    """What exceptions leave open of the day. None: all that there is."""
    exceptions = [hours.exception_on(day) for hours in closing]
    if schedule.sells_when_closed or not exceptions or None in exceptions:
        return None
    spans = [span for exception in exceptions if exception for span in exception.spans if span.category != CLOSED]
    return tuple((minute_of(span.start), minute_of(span.end)) for span in spans)


def is_open_at(schedule: Schedule, moment: Instant, zone: ZoneInfo, closing: Sequence[OpeningHours]) -> bool:
    """Whether no exception closes the moment."""
    wall = to_local(moment, zone)
    left = left_open(schedule, wall.date(), closing)
    return left is None or _is_in(wall.hour * 60 + wall.minute, left)


def with_lengths(schedule: Schedule, categories: Mapping[CategoryKey, Category]) -> Schedule:
    """The schedule in which each period that goes by staff says how long a call is; the same where none does."""
    if all(period.staff is None or period.minutes_a_call for period in schedule.periods):
        return schedule
    periods = tuple(_with_length(period, schedule.unit, categories) for period in schedule.periods)
    return schedule.model_copy(update={"periods": periods})


def minute_of(text: str) -> int:
    """Minutes from midnight of HH:MM."""
    return int(text[:2]) * 60 + int(text[3:])


def _with_length(period: Period, unit: str | None, categories: Mapping[CategoryKey, Category]) -> Period:
    if period.staff is None or period.minutes_a_call:
        return period
    named = [found for key in period.categories if (found := categories.get(CategoryKey(key)))]
    meant = named or [each for each in categories.values() if each.unit in (None, unit)]
    length = fmean(each.length / _MINUTE for each in meant) if meant else USUAL_MINUTES
    return period.model_copy(update={"minutes_a_call": length})


T = TypeVar("T")


class _Same(Generic[T]):
    """The very same object, which is never changed: to compare a schedule of a year takes longer than to use it."""

    __slots__ = ("it",)

    def __init__(self, it: T) -> None:
        self.it = it

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.it is self.it

    def __hash__(self) -> int:
        return id(self.it)


@lru_cache(maxsize=1024)
def _laid_day(
    schedule: _Same[Schedule],
    day: date,
    zone: ZoneInfo,
    closing: tuple[_Same[OpeningHours], ...],
    calling: Calling,
    channel: PeriodChannel,
) -> LaidDay:
    numbered = _numbered_on(schedule.it, day, calling, channel)
    periods = tuple(period for _, period in numbered)
    left = left_open(schedule.it, day, [each.it for each in closing])
    midnight = datetime.combine(day, time.min)
    room: dict[int, dict[int, int]] = {}
    for index, period in enumerate(periods):
        for minute in _minutes(period):
            if left is None or _is_in(minute, left):
                at = room.setdefault(minute, {})
                at[index] = at.get(index, 0) + 1
    walls = ((LocalTime(midnight + minute * _MINUTE), room[minute]) for minute in sorted(room))
    there = [(start, rooms) for wall, rooms in walls if to_local(start := from_local(wall, zone), zone) == wall]
    return LaidDay(
        periods,
        tuple(number for number, _ in numbered),
        tuple(_span(period, midnight, zone) for period in periods),
        tuple((start, sum(rooms.values())) for start, rooms in there),
        tuple(tuple(rooms.items()) for _, rooms in there),
        not any(map(_is_limited, periods)),
    )


def _is_limited(period: Period) -> bool:
    own = period.days_ahead is not None or period.least_days_ahead or period.minutes_ahead
    return period.reserved or bool(own)


def _span(period: Period, midnight: datetime, zone: ZoneInfo) -> tuple[Instant, Instant]:
    start, end = (midnight + minute_of(text) * _MINUTE for text in (period.start, period.end))
    return from_local(LocalTime(start), zone), from_local(LocalTime(end), zone)


def _is_in(minute: int, stretches: Stretches) -> bool:
    return any(start <= minute < end for start, end in stretches)


def _minutes(period: Period) -> Iterator[int]:
    """Minutes from midnight of the slots of a period, a minute as often as calls fit in it."""
    start, end = minute_of(period.start), minute_of(period.end)
    if period.calls_per_hour is not None:
        count = -(-(end - start) * period.calls_per_hour // 60)
        return (start + slot * 60 // period.calls_per_hour for slot in range(count))
    return _of_staff(start, end, period.staff or 0, period.minutes_a_call or USUAL_MINUTES)


def _of_staff(start: int, end: int, staff: int, length: float) -> Iterator[int]:
    rounds: Iterable[int] = range(int((end - start) / length))
    return (start + int(each * length) for each in rounds for _ in range(staff))
