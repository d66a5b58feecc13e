"""The work schedule: when staff call back, and how many calls fit."""

from datetime import date
from typing import Self

from pydantic import Field, model_validator

from svarhus.domains.hours.model import Weekday
from svarhus.kit.document import DocumentPart, Key, Keyed, TimeOfDay, UnitRef
from svarhus.kit.unfit import Unfit


class Period(DocumentPart):
    """A time of day on some weekdays in which callbacks are made, with so many places an hour."""

    days: tuple[Weekday, ...] = Field(min_length=1)
    start: TimeOfDay = Field(alias="from")
    end: TimeOfDay = Field(alias="to")
    calls_per_hour: int = Field(ge=1, le=600, description="Places an hour, spread evenly from the start.")
    first_day: date | None = Field(default=None, description="Not before this date.")
    last_day: date | None = Field(default=None, description="Not after this date.")

    @model_validator(mode="after")
    def _ends_after_start(self) -> Self:
        if self.end <= self.start:
            raise Unfit(
                f"the period ends at {self.end}, which is not after {self.start}", "ends-before", self.end, self.start
            )
        if self.first_day and self.last_day and self.last_day < self.first_day:
            days = (self.last_day, self.first_day)
            raise Unfit(f"last_day {days[0]} is before first_day {days[1]}", "last-before-first", *days)
        return self


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
    days_ahead: int = Field(default=7, ge=0, le=90, description="0: only today; 1: today and tomorrow; and so on.")
    notice_minutes: int = Field(
        default=15, ge=0, le=24 * 60, description="A place is offered no later than this before its time."
    )
    unit: UnitRef = None
