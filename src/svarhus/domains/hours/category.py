"""Which category of the opening hours holds at a moment, and when that changes.

Opening hours are wall-clock time in a zone. Every moment shows one time on the wall, so a moment has one
category also on the days when clocks are changed: a span in the hour that does not exist is skipped, and
one in the hour that occurs twice holds both times.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from svarhus.domains.hours.model import CLOSED, WEEKDAYS, OpeningHours, Span
from svarhus.kit.clock import Instant, local_date, to_local

LOOK_AHEAD = timedelta(days=60)
"""How far ahead `next_change` looks: further than any holiday, near enough to be quick."""

_DAY = timedelta(days=1)


class _Stretch(NamedTuple):
    """A part of a day, from minute to minute, that has one category."""

    start: int
    end: int
    category: str


def category_at(hours: OpeningHours, moment: Instant, zone: ZoneInfo) -> str:
    """The category in force at the moment: that of the first span which covers it, else `closed`."""
    wall = to_local(moment, zone)
    minute = wall.hour * 60 + wall.minute
    spans = _spans(hours, wall.date())
    return next((span.category for span in spans if _minute(span.start) <= minute < _minute(span.end)), CLOSED)


def next_change(hours: OpeningHours, moment: Instant, zone: ZoneInfo) -> Instant | None:
    """When the category becomes another one than at the moment. None: not in the next 60 days."""
    current = category_at(hours, moment, zone)
    for start, end in _steady(moment, Instant(moment + LOOK_AHEAD), zone):
        change = _change_between(hours, start, end, zone, current)
        if change is not None:
            return change
    return None


def _change_between(hours: OpeningHours, start: Instant, end: Instant, zone: ZoneInfo, current: str) -> Instant | None:
    """The first moment from start, before end, with another category. The clocks do not change between."""
    first, day = to_local(start, zone), local_date(start, zone)
    while (midnight := datetime.combine(day, time.min)) < first + (end - start):
        for stretch in _line(_spans(hours, day)):
            begins = max(midnight + timedelta(minutes=stretch.start), first)
            ends = midnight + timedelta(minutes=stretch.end)
            if stretch.category != current and begins < min(ends, first + (end - start)):
                return Instant(start + (begins - first))
        day += _DAY
    return None


@lru_cache(maxsize=256)
def _line(spans: tuple[Span, ...]) -> tuple[_Stretch, ...]:
    """A whole day, in order and without gaps."""
    edges = sorted({0, 24 * 60, *(_minute(edge) for span in spans for edge in (span.start, span.end))})
    return tuple(
        _Stretch(start, end, next((span.category for span in spans if _covers(span, start)), CLOSED))
        for start, end in pairwise(edges)
    )


def _spans(hours: OpeningHours, day: date) -> tuple[Span, ...]:
    """What is laid out for the day: by the exception that decides for it, else by the week."""
    exception = hours.exception_on(day)
    if exception is not None:
        return exception.spans
    weekday = WEEKDAYS[day.weekday()]
    return tuple(span for span in hours.week if weekday in span.days)


def _covers(span: Span, minute: int) -> bool:
    return _minute(span.start) <= minute < _minute(span.end)


def _minute(text: str) -> int:
    """Minutes from midnight of HH:MM."""
    return int(text[:2]) * 60 + int(text[3:])


def _steady(start: Instant, end: Instant, zone: ZoneInfo) -> Iterator[tuple[Instant, Instant]]:
    """The time from start to end in parts of at most a day in which the clocks are not changed."""
    while start < end:
        stop = min(Instant(start + _DAY), end)
        if _offset(start, zone) != _offset(stop, zone):
            stop = _clocks_change(start, stop, zone)
        yield start, stop
        start = stop


def _clocks_change(start: Instant, end: Instant, zone: ZoneInfo) -> Instant:
    """The first whole second after start that has the offset of end."""
    low, high = 0, int((end - start).total_seconds()) + 1
    start = Instant(start.replace(microsecond=0))
    while high - low > 1:
        middle = (low + high) // 2
        changed = _offset(Instant(start + timedelta(seconds=middle)), zone) != _offset(start, zone)
        low, high = (low, middle) if changed else (middle, high)
    return Instant(start + timedelta(seconds=high))


def _offset(moment: Instant, zone: ZoneInfo) -> timedelta | None:
    return moment.astimezone(zone).utcoffset()
