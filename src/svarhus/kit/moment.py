"""Moments as they come in over the API."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime

from svarhus.kit.clock import Instant, instant

_EARLIEST, _LATEST = datetime(1970, 1, 2, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def _in_range(moment: datetime) -> Instant:
    if not _EARLIEST <= moment <= _LATEST:
        raise ValueError(f"the moment must be between the years {_EARLIEST.year} and {_LATEST.year}")
    return instant(moment)


Moment = Annotated[AwareDatetime, AfterValidator(_in_range)]
"""An instant with its zone, of a time in which telephones are used: arithmetic on it cannot overflow."""
