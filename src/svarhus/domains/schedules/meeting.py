"""How a work schedule lets callers be met now: whether it is open, and what they get.

Who calls is answered while a period for calling in lasts that is for them, and offered a time as long as one can be
promised. The schedule is open when there is the one or the other. It is full when there is neither, but a period
lasts, or all times that could be booked by now are taken; and closed when there is nothing of all that. A period that
lasts may say itself how callers are met (`meets`), whatever else it is for; one that is kept for the caller before
others.
"""

from collections.abc import Sequence
from enum import StrEnum
from zoneinfo import ZoneInfo

import msgspec

from svarhus.domains.hours.model import OpeningHours
from svarhus.domains.schedules.layout import is_open_at, laid_day
from svarhus.domains.schedules.model import Calling, Meets, Period, Schedule
from svarhus.domains.schedules.reserving import is_for
from svarhus.domains.schedules.slots import Sought, Taken, next_slot
from svarhus.kit.clock import Instant, local_date


class Openness(StrEnum):
    """Whether a work schedule has anything for who calls now."""

    OPEN = "open"
    CLOSED = "closed"
    FULL = "full"


class Meeting(msgspec.Struct, frozen=True):
    """What a caller gets now."""

    openness: Openness
    meets: Meets | None = None
    """When it is open: how."""


def meeting_at(
    schedule: Schedule,
    now: Instant,
    zone: ZoneInfo,
    taken: Taken,
    sought: Sought,
    closing: Sequence[OpeningHours] = (),
) -> Meeting:
    """How a caller is met who calls now about what is sought."""
    lasting = [
        each for each in periods_at(schedule, now, zone, closing) if is_for(each, sought.asked, sought.categories)
    ]
    says = next((each.meets for each in sorted(lasting, key=_kept_first) if each.meets), None)
    answered = says is not Meets.OFFERED and (
        says is not None or any(each.calling is not Calling.OUT for each in lasting)
    )
    offered = says is not Meets.ANSWERED and (next_slot(schedule, now, zone, taken, None, closing, sought) is not None)
    if answered or offered:
        return Meeting(Openness.OPEN, _met(answered=answered, offered=offered))
    sold_out = lasting or next_slot(schedule, now, zone, _nobody, None, closing, _alone(sought)) is not None
    return Meeting(Openness.FULL if sold_out else Openness.CLOSED)


def periods_at(schedule: Schedule, now: Instant, zone: ZoneInfo, closing: Sequence[OpeningHours] = ()) -> list[Period]:
    """The periods of now, for calling in or out, as far as no exception closes them."""
    day, found = local_date(now, zone), dict[int, Period]()
    if not is_open_at(schedule, now, zone, closing):
        return []
    for calling in (Calling.IN, Calling.OUT):
        laid = laid_day(schedule, day, zone, closing, calling)
        each = zip(laid.numbers, laid.periods, laid.spans, strict=True)
        found |= {number: period for number, period, (start, end) in each if start <= now < end}
    return [found[number] for number in sorted(found)]


def _kept_first(period: Period) -> bool:
    return not period.reserved


def _met(*, answered: bool, offered: bool) -> Meets:
    if answered and offered:
        return Meets.CHOICE
    return Meets.ANSWERED if answered else Meets.OFFERED


def _nobody(at: Instant) -> int:
    return 0


def _alone(sought: Sought) -> Sought:
    """The same, if nobody else had booked anything."""
    return msgspec.structs.replace(sought, taken=lambda at: {})
