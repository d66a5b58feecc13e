"""Moments and days as they come in over the API."""

from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime

from svarhus.kit.clock import Instant, instant
from svarhus.kit.unfit import Unfit

_EARLIEST, _LATEST = datetime(1970, 1, 2, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
_BETWEEN = f"it must be between the years {_EARLIEST.year} and {_LATEST.year}"


def in_range(moment: datetime) -> Instant:
    """A moment of a time in which telephones are used. ValueError for any other."""
    # Of the years at the ends of the calendar, some moments have no words in UTC.
    if not _EARLIEST.year <= moment.year <= _LATEST.year or not _EARLIEST <= instant(moment) <= _LATEST:
        raise Unfit(_BETWEEN, "years", _EARLIEST.year, _LATEST.year)
    return instant(moment)


def _day_in_range(day: date) -> date:
    if not _EARLIEST.date() <= day <= _LATEST.date():
        raise Unfit(_BETWEEN, "years", _EARLIEST.year, _LATEST.year)
    return day


Moment = Annotated[AwareDatetime, AfterValidator(in_range)]
"""An instant with its zone, of a time in which telephones are used: arithmetic on it cannot overflow."""

Day = Annotated[date, AfterValidator(_day_in_range)]
"""A day of such a time."""
