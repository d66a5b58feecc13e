"""What opening hours say of a moment, or of a time on the wall, as people ask it."""

from dataclasses import dataclass
from datetime import date, time
from typing import Literal
from zoneinfo import ZoneInfo

from svarhus.domains.hours.category import category_at, next_change
from svarhus.domains.hours.model import OpeningHours
from svarhus.kit.clock import Instant, at, from_local, local_date, to_local

Shown = Literal["once", "never", "twice"]


@dataclass(frozen=True)
class Answer:
    """Of a time that the clock never shows it is that of the moment to which clocks are put; of two, the first's."""

    at: Instant
    category: str
    until: Instant | None
    """None: it stays so for as long as `next_change` looks ahead."""
    then: str | None
    exception: str | None
    """The name of what decides for the day in place of the week."""
    clock: Shown = "once"


def answer_at(hours: OpeningHours, moment: Instant, zone: ZoneInfo, clock: Shown = "once") -> Answer:
    until = next_change(hours, moment, zone)
    exception = hours.exception_on(local_date(moment, zone))
    return Answer(
        moment,
        category_at(hours, moment, zone),
        until,
        category_at(hours, until, zone) if until else None,
        exception.name if exception else None,
        clock,
    )


def answer_on(hours: OpeningHours, day: date, wall: str, zone: ZoneInfo) -> Answer:
    """`wall`: HH:MM on that day."""
    meant = at(day, time.fromisoformat(wall))
    moment = from_local(meant, zone)
    there = to_local(moment, zone) == meant
    second = meant.replace(tzinfo=zone, fold=1).utcoffset() != meant.replace(tzinfo=zone, fold=0).utcoffset()
    return answer_at(hours, moment, zone, "twice" if there and second else "once" if there else "never")
