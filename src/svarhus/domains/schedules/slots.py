"""The slots of a work schedule: the times that callers are promised, and how many calls fit at each.

A slot is a whole minute, because that is what the caller is told. A period with n calls an hour has its
k-th slot k·60/n minutes after its start, rounded down: more than 60 calls an hour give several slots in
the same minute. Where parallel periods meet in a minute their slots add up.

A period is wall-clock time. Slots in the hour that does not exist on a spring day are not there; in the
hour that occurs twice on an autumn day they are in the first of the two.

What an exception of the opening hours closes has no slots: `closing` are the opening hours by which callers come.
Where there are several, all of them must close a time; the week of opening hours says nothing of calling back.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from svarhus.domains.hours.model import CLOSED, WEEKDAYS, OpeningHours
from svarhus.domains.schedules.model import Period, Schedule
from svarhus.kit.clock import Instant, LocalTime, from_local, local_date, to_local

Taken = Callable[[Instant], int] | Mapping[Instant, int]
"""How many live bookings there are at an instant."""

Stretches = tuple[tuple[int, int], ...]
"""Of a day, in minutes from midnight."""

Laid = tuple[Instant, int]
"""An instant and the number of calls that fit at it."""

_DAY = timedelta(days=1)


def next_slot(
    schedule: Schedule,
    now: Instant,
    zone: ZoneInfo,
    taken: Taken,
    not_before: Instant | None = None,
    closing: Sequence[OpeningHours] = (),
) -> Instant | None:
    """The first slot with room that may be offered now, and not before `not_before`. None: all are taken."""
    earliest = Instant(now + timedelta(minutes=schedule.notice_minutes))
    if not_before is not None and not_before > earliest:
        earliest = not_before
    count = taken if callable(taken) else _counted(taken)
    last_day = local_date(now, zone) + timedelta(days=schedule.days_ahead)
    for day in _days(local_date(earliest, zone), last_day):
        laid = _laid_out_on(schedule, day, zone, closing)
        for start, room in laid[bisect_left(laid, (earliest, 0)) :]:
            if count(start) < room:
                return start
    return None


def slots(
    schedule: Schedule, first_day: date, last_day: date, zone: ZoneInfo, closing: Sequence[OpeningHours] = ()
) -> list[Laid]:
    """All slots of the local days from first to last, in order, whether they are taken or not."""
    return [laid for day in _days(first_day, last_day) for laid in _laid_out_on(schedule, day, zone, closing)]


def room_at(schedule: Schedule, start: Instant, zone: ZoneInfo, closing: Sequence[OpeningHours] = ()) -> int:
    """How many calls fit at the instant: 0 when it is no slot of the schedule."""
    day = local_date(start, zone)
    laid = _laid_out_on(schedule, day, zone, closing)
    index = bisect_left(laid, (start, 0))
    return laid[index][1] if index < len(laid) and laid[index][0] == start else 0


def _counted(taken: Mapping[Instant, int]) -> Callable[[Instant], int]:
    return lambda start: taken.get(start, 0)


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += _DAY


def periods_on(schedule: Schedule, day: date) -> tuple[Period, ...]:
    """The periods of a local day."""
    if day in schedule.closed_days:
        return ()
    weekday = WEEKDAYS[day.weekday()]
    return tuple(
        period
        for period in schedule.periods
        if weekday in period.days
        and (period.first_day is None or period.first_day <= day)
        and (period.last_day is None or day <= period.last_day)
    )


def open_stretches(schedule: Schedule, day: date, closing: Sequence[OpeningHours] = ()) -> Stretches:
    """What periods cover of a local day, as far as no exception closes it."""
    left = _left_open(schedule, day, closing)
    spans = [(minute_of(period.start), minute_of(period.end)) for period in periods_on(schedule, day)]
    if left is None:
        return tuple(spans)
    cut = [(max(start, first), min(end, last)) for start, end in spans for first, last in left]
    return tuple((start, end) for start, end in cut if start < end)


def _laid_out_on(schedule: Schedule, day: date, zone: ZoneInfo, closing: Sequence[OpeningHours]) -> tuple[Laid, ...]:
    return _laid_out(periods_on(schedule, day), day, zone, _left_open(schedule, day, closing))


def _left_open(schedule: Schedule, day: date, closing: Sequence[OpeningHours]) -> Stretches | None:
    """What exceptions leave open of the day. None: all that there is."""
    exceptions = [hours.exception_on(day) for hours in closing]
    if schedule.sells_when_closed or not exceptions or None in exceptions:
        return None
    spans = [span for exception in exceptions if exception for span in exception.spans if span.category != CLOSED]
    return tuple((minute_of(span.start), minute_of(span.end)) for span in spans)


@lru_cache(maxsize=256)
def _laid_out(periods: tuple[Period, ...], day: date, zone: ZoneInfo, left_open: Stretches | None) -> tuple[Laid, ...]:
    """The slots of one day, in order. Kept, because every caller asks for the same few days."""
    room: Counter[int] = Counter()
    for period in periods:
        room.update(minute for minute in _minutes(period) if left_open is None or _is_in(minute, left_open))
    midnight = datetime.combine(day, time.min)
    walls = ((LocalTime(midnight + timedelta(minutes=minute)), room[minute]) for minute in sorted(room))
    there = ((from_local(wall, zone), wall, calls) for wall, calls in walls)
    return tuple((start, calls) for start, wall, calls in there if to_local(start, zone) == wall)


def _is_in(minute: int, stretches: Stretches) -> bool:
    return any(start <= minute < end for start, end in stretches)


def _minutes(period: Period) -> Iterator[int]:
    """Minutes from midnight of the slots of a period, a minute as often as calls fit in it."""
    start, end = minute_of(period.start), minute_of(period.end)
    count = -(-(end - start) * period.calls_per_hour // 60)
    return (start + slot * 60 // period.calls_per_hour for slot in range(count))


def minute_of(text: str) -> int:
    """Minutes from midnight of HH:MM."""
    return int(text[:2]) * 60 + int(text[3:])
