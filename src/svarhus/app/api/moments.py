"""Moments that others send."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime


def _in_utc(moment: datetime) -> datetime:
    """In other words, which those at the ends of the calendar may not have."""
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("there is no such moment in UTC") from None


Moment = Annotated[AwareDatetime, AfterValidator(_in_utc)]
"""With its offset, and in UTC once it has been read."""
