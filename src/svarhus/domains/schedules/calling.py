"""When customers are called whom no time was promised: within the periods of the work schedule."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from svarhus.domains.hours.model import OpeningHours
from svarhus.domains.schedules.layout import open_stretches
from svarhus.domains.schedules.model import Schedule
from svarhus.kit.clock import Instant, LocalTime, from_local, local_date

LOOKED_AHEAD = timedelta(days=92)
"""How far away the next period may be."""


def calling_from(
    schedule: Schedule, moment: Instant, zone: ZoneInfo, closing: Sequence[OpeningHours] = ()
) -> Instant | None:
    """The first moment from this one on that is in a period. None: no period comes in three months."""
    day = local_date(moment, zone)
    last = day + LOOKED_AHEAD
    while day <= last:
        midnight = datetime.combine(day, time.min)
        for stretch in sorted(open_stretches(schedule, day, closing)):
            start, end = (from_local(LocalTime(midnight + timedelta(minutes=each)), zone) for each in stretch)
            if moment < end:
                return max(start, moment)
        day += timedelta(days=1)
    return None
