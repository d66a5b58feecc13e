"""How many calls a work schedule lets through: in each of its periods as many as the period has places."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import msgspec

from svarhus.domains.hours.model import OpeningHours
from svarhus.domains.schedules.layout import laid_day
from svarhus.domains.schedules.model import Calling, Schedule
from svarhus.kit.clock import Instant, local_date


class PacePeriod(msgspec.Struct, frozen=True):
    """The period at a moment; of several that overlap, from the first one's start to the last one's end."""

    start: Instant
    end: Instant
    places: int


def pace_at(
    schedule: Schedule, now: Instant, zone: ZoneInfo, closing: Sequence[OpeningHours] = ()
) -> PacePeriod | None:
    """None: outside of all periods for calling in, where the schedule says nothing."""
    laid = laid_day(schedule, local_date(now, zone), zone, closing, Calling.IN)
    around = [(start, end) for start, end in laid.spans if start <= now < end]
    if not around:
        return None
    start, end = min(first for first, _ in around), max(last for _, last in around)
    return PacePeriod(start, end, sum(room for at, room in laid.places if start <= at < end))
