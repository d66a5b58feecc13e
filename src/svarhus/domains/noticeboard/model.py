"""A notice: a few lines from a colleague to all of a unit. It stays; nobody can take it away."""

from datetime import date, timedelta
from enum import StrEnum

import msgspec

from svarhus.kit.clock import Instant

LONGEST_TEXT = 1000
"""Characters: what is read at a glance. Longer things belong in a document."""


class Period(StrEnum):
    """Which part of the noticeboard's history is looked at."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Notice(msgspec.Struct, frozen=True):
    """What was written, by whom, and to whom."""

    id: int
    """Later notices have higher ones."""
    unit: str | None
    """None: to everybody."""
    at: Instant
    author: str
    author_name: str
    """As it was when it was written."""
    text: str
    important: bool
    pinned_at: Instant | None = None
    pinned_by: str | None = None


def days_of(period: Period, day: date) -> tuple[date, date]:
    """The first day of the period that the day is in, and the first day after it. Weeks begin on Monday."""
    if period is Period.DAY:
        return day, day + timedelta(days=1)
    if period is Period.WEEK:
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=7)
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1)
