"""How many calls a work schedule lets through: in each of its periods as many as the period has places."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from svarhus.domains.hours.model import OpeningHours
from svarhus.domains.schedules.model import Schedule
from svarhus.domains.schedules.slots import minute_of, periods_on, slots
from svarhus.kit.clock import Instant, LocalTime, from_local, local_date, to_local


class PacePeriod(msgspec.Struct, frozen=True):
    """The period at a moment; of several that overlap, from the first one's start to the last one's end."""

    start: Instant
    end: Instant
    places: int


def pace_at(
    schedule: Schedule, now: Instant, zone: ZoneInfo, closing: Sequence[OpeningHours] = ()
) -> PacePeriod | None:
    """None: outside of all periods, where the schedule says nothing."""
    day = local_date(now, zone)
    minute = to_local(now, zone)
    since_midnight = minute.hour * 60 + minute.minute
    spans = [(minute_of(period.start), minute_of(period.end)) for period in periods_on(schedule, day)]
    around = [span for span in spans if span[0] <= since_midnight < span[1]]
    if not around:
        return None
    midnight = datetime.combine(day, time.min)
    start, end = (
        from_local(LocalTime(midnight + timedelta(minutes=each)), zone)
        for each in (min(first for first, _ in around), max(last for _, last in around))
    )
    laid = slots(schedule, day, day, zone, closing)
    return PacePeriod(start, end, sum(room for at, room in laid if start <= at < end))
