"""The only place that reads the clock. Instants are UTC; local wall-clock time is another type."""

from datetime import UTC, date, datetime, time, timedelta
from typing import NewType, Protocol
from zoneinfo import ZoneInfo

Instant = NewType("Instant", datetime)
"""A moment, always aware and in UTC."""

LocalTime = NewType("LocalTime", datetime)
"""Wall-clock time in some zone, always naive. Only meaningful together with its zone."""


class Clock(Protocol):
    """Gives the present moment. Handed to whoever needs it; tests hand in a virtual one."""

    def now(self) -> Instant: ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> Instant:
        return Instant(datetime.now(UTC))


def instant(moment: datetime) -> Instant:
    """An aware datetime of any zone as an Instant. ValueError when it is naive."""
    if moment.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return Instant(moment.astimezone(UTC))


def to_local(moment: Instant, zone: ZoneInfo) -> LocalTime:
    """What the clock on the wall shows at that moment."""
    return LocalTime(moment.astimezone(zone).replace(tzinfo=None))


def from_local(wall: LocalTime, zone: ZoneInfo) -> Instant:
    """The moment at which the wall clock shows this time.

    Of an hour that occurs twice the first is meant. A time that does not exist (spring) is moved
    on by the length of the gap, as clocks are (PEP 495, fold=0).
    """
    return Instant(wall.replace(tzinfo=zone, fold=0).astimezone(UTC))


def after(moment: Instant, wait: timedelta) -> Instant:
    """The moment `wait` later."""
    return Instant(moment + wait)


def seconds_between(start: Instant, end: Instant) -> float:
    """Seconds from start to end, negative when end is earlier."""
    return (end - start).total_seconds()


def local_date(moment: Instant, zone: ZoneInfo) -> date:
    """The calendar day at that moment in the zone."""
    return to_local(moment, zone).date()


def at(day: date, wall: time) -> LocalTime:
    """A day and a time of day together."""
    return LocalTime(datetime.combine(day, wall))
