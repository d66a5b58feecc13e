"""The work schedule: when staff answer and call back, for whom, and how many calls fit."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from svarhus.domains.hours.model import Weekday
from svarhus.domains.people.skills import SkillName
from svarhus.kit.document import DocumentPart, Key, Keyed, Language, ShownName, TimeOfDay, UnitRef
from svarhus.kit.unfit import Unfit


class Calling(StrEnum):
    """Which calls a period is for."""

    OUT = "out"
    """Staff call back: its places are promised."""
    IN = "in"
    """Staff answer who waits in a queue: its places set the pace of queues that go by the schedule."""
    BOTH = "both"


class PeriodChannel(StrEnum):
    """A way by which people get in touch. Those that share a period share its places."""

    CALL = "call"
    CHAT = "chat"
    EMAIL = "email"
    VIDEO = "video"
    QUESTION = "question"


class Meets(StrEnum):
    """How callers are met while a period lasts."""

    ANSWERED = "answered"
    """They wait in the queue."""
    OFFERED = "offered"
    """They are offered a time, and nothing else."""
    CHOICE = "choice"
    """They choose between the two."""


class Occurrence(DocumentPart):
    """A day on which a period is not as on the others."""

    day: date
    start: TimeOfDay = Field(alias="from")
    end: TimeOfDay = Field(alias="to")
    calls_per_hour: int | None = Field(default=None, ge=1, le=600, description="None: as on other days.")
    staff: int | None = Field(default=None, ge=1, le=500, description="None: as on other days.")

    @model_validator(mode="after")
    def _ends_after_start(self) -> Self:
        _ends_after(self.start, self.end)
        return self


class Period(DocumentPart):
    """A time of day on some weekdays in which calls are made or taken.

    How many fit is said by `calls_per_hour`, or follows from `staff`: see `layout`.
    """

    name: ShownName | None = Field(default=None, description="As the calendar shows it; empty: by what it is for.")
    calling: Calling = Field(
        default=Calling.BOTH, description="out: for callbacks. in: for callers who wait. both: for either."
    )
    days: tuple[Weekday, ...] = Field(min_length=1)
    start: TimeOfDay = Field(alias="from")
    end: TimeOfDay = Field(alias="to")
    calls_per_hour: int | None = Field(
        default=None, ge=1, le=600, description="Places an hour, spread evenly from the start."
    )
    staff: int | None = Field(
        default=None,
        ge=1,
        le=500,
        description="Or how many are at work: each takes one call after the other.",
    )
    minutes_a_call: float | None = Field(
        default=None,
        ge=1,
        le=480,
        description="With `staff`: how long each call keeps somebody busy; empty: the mean of its categories' call and "
        "handling times, of all categories when it names none.",
    )
    categories: tuple[Key, ...] = Field(
        default=(), max_length=50, description="Its places are kept for these alone. None named: for everybody."
    )
    skills: tuple[SkillName, ...] = Field(
        default=(), max_length=20, description="Kept for categories that need one of these skills. None named: for all."
    )
    languages: tuple[Language, ...] = Field(
        default=(), max_length=10, description="Kept for who is spoken with in one of these. None named: for all."
    )
    precedence: bool = Field(
        default=False, description="Callers for whom it is go before others in the queue while it lasts."
    )
    channels: tuple[PeriodChannel, ...] = Field(default=(PeriodChannel.CALL,), min_length=1, max_length=5)
    meets: Meets | None = Field(
        default=None,
        description="How callers are met while it lasts; empty: answered when it is for calling in, offered a time "
        "when for calling out, and their choice when for both.",
    )
    days_ahead: int | None = Field(
        default=None, ge=0, le=366, description="Bookable so many days ahead; empty: as the schedule says."
    )
    least_days_ahead: int = Field(
        default=0, ge=0, le=366, description="Bookable no later than so many days before; 0: also on the same day."
    )
    minutes_ahead: int | None = Field(
        default=None, ge=1, le=24 * 60, description="Bookable only so many minutes before its time at most."
    )
    first_day: date | None = Field(default=None, description="Not before this date.")
    last_day: date | None = Field(default=None, description="Not after this date.")
    left_out: tuple[date, ...] = Field(default=(), max_length=400, description="Dates on which it is not repeated.")
    changed: tuple[Occurrence, ...] = Field(default=(), max_length=400, description="Days on which it is otherwise.")

    @model_validator(mode="after")
    def _ends_after_start(self) -> Self:
        _ends_after(self.start, self.end)
        if self.first_day and self.last_day and self.last_day < self.first_day:
            days = (self.last_day, self.first_day)
            raise Unfit(f"last_day {days[0]} is before first_day {days[1]}", "last-before-first", *days)
        return self

    @model_validator(mode="after")
    def _has_one_capacity(self) -> Self:
        if (self.calls_per_hour is None) == (self.staff is None):
            raise Unfit("give either calls_per_hour or staff", "capacity-is-one")
        if twice := _twice([each.day for each in self.changed]):
            raise Unfit(f"`{twice}` is named twice", "named-twice", twice)
        return self

    @property
    def reserved(self) -> bool:
        """Its places are kept for some."""
        return bool(self.categories or self.skills or self.languages)

    def on(self, day: date) -> "Period":
        """As it is on this day, which is one of its own."""
        found = next((each for each in self.changed if each.day == day), None)
        if found is None:
            return self
        capacity = {"calls_per_hour": self.calls_per_hour, "staff": self.staff}
        if found.calls_per_hour or found.staff:
            capacity = {"calls_per_hour": found.calls_per_hour, "staff": None if found.calls_per_hour else found.staff}
        return self.model_copy(update={"start": found.start, "end": found.end, **capacity})


class Schedule(Keyed):
    """A named work schedule. Its places are what callers are promised."""

    periods: tuple[Period, ...] = ()
    closed_days: tuple[date, ...] = Field(default=(), description="Dates without places, such as holidays.")
    hours: Key | None = Field(
        default=None,
        description="The opening hours whose exceptions hold here too. Left out: those of call flows that book here.",
    )
    sells_when_closed: bool = Field(
        default=False, description="Whether there are places also at times that an exception of the hours closes."
    )
    days_ahead: int = Field(default=7, ge=0, le=366, description="0: only today; 1: today and tomorrow; and so on.")
    notice_minutes: int = Field(
        default=15, ge=0, le=24 * 60, description="A place is offered no later than this before its time."
    )
    unit: UnitRef = None


def _ends_after(start: str, end: str) -> None:
    if end <= start:
        raise Unfit(f"the period ends at {end}, which is not after {start}", "ends-before", end, start)


def _twice(days: Sequence[date]) -> date | None:
    return next((day for day in days if days.count(day) > 1), None)
