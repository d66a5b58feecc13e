"""Opening hours: a week of named categories, and the dates that differ."""

from datetime import date, timedelta
from typing import Literal, Self

from pydantic import Field, model_validator

from svarhus.kit.document import DocumentPart, Key, Keyed, ShownName, TimeOfDay, UnitRef
from svarhus.kit.unfit import Unfit

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_YEAR = timedelta(days=365)

CLOSED = "closed"
"""The category of all time that is not laid out."""


class Span(DocumentPart):
    """A time of day that has a category. It may not pass midnight: end it at 24:00 and begin again at 00:00."""

    start: TimeOfDay = Field(alias="from")
    end: TimeOfDay = Field(alias="to")
    category: Key = Field(default="open", description="A name such as open, lunch or evening.")

    @model_validator(mode="after")
    def _ends_after_start(self) -> Self:
        if self.end <= self.start:
            raise Unfit(
                f"the span ends at {self.end}, which is not after {self.start}", "ends-before", self.end, self.start
            )
        return self


class WeekSpan(Span):
    days: tuple[Weekday, ...] = Field(min_length=1)


class HoursException(DocumentPart):
    """Dates on which the week does not hold. No spans: closed all day."""

    name: ShownName
    first: date = Field(alias="from")
    last: date = Field(alias="to")
    yearly: bool = Field(default=False, description="On these days of every year.")
    spans: tuple[Span, ...] = Field(default=(), description="Times of these days; half a day, for example.")

    @model_validator(mode="after")
    def _ends_after_start(self) -> Self:
        if self.last < self.first:
            raise Unfit(
                f"the last day {self.last} is before the first {self.first}", "last-before-first", self.last, self.first
            )
        if self.yearly and self.last - self.first >= _YEAR:
            raise Unfit("what holds every year is shorter than a year", "yearly-too-long")
        return self

    def covers(self, day: date) -> bool:
        if not self.yearly:
            return self.first <= day <= self.last
        first, last, wanted = (_day_of_year(each) for each in (self.first, self.last, day))
        return first <= wanted <= last if first <= last else wanted >= first or wanted <= last

    @property
    def rank(self) -> tuple[int, bool]:
        """Smaller decides where several cover a date: the shorter one, so that a day goes before a season; of equally
        long ones that of one year."""
        return (self.last - self.first).days, self.yearly


def _day_of_year(day: date) -> tuple[int, int]:
    return day.month, day.day


HoursColour = Literal["green", "blue", "violet", "yellow", "red", "grey"]


class HoursCategory(DocumentPart):
    """What people call a category, and how it is shown."""

    key: Key
    name: ShownName
    colour: HoursColour = Field(default="blue", description="In the console; each has its pattern too.")


class OpeningHours(Keyed):
    """Named opening hours, used wherever they are named. Time without a category is closed."""

    unit: UnitRef = None
    categories: tuple[HoursCategory, ...] = Field(
        default=(), description="Names and colours. A category that is not here is shown by its key."
    )
    week: tuple[WeekSpan, ...] = ()
    exceptions: tuple[HoursException, ...] = Field(
        default=(),
        description="Of several that cover a date the shortest decides; of equally long ones that of one year.",
    )

    def exception_on(self, day: date) -> HoursException | None:
        """The exception that decides for the day. None: the week does."""
        return min((each for each in self.exceptions if each.covers(day)), key=lambda each: each.rank, default=None)

    @model_validator(mode="after")
    def _categories_named_once(self) -> Self:
        keys = [category.key for category in self.categories]
        twice = next((key for key in keys if keys.count(key) > 1), None)
        if twice:
            raise Unfit(f"`{twice}` is named twice", "named-twice", twice)
        return self

    @property
    def in_use(self) -> tuple[str, ...]:
        """All categories that can be in force, in order of first mention, `closed` last."""
        named = [span.category for span in self.week]
        named += [span.category for exception in self.exceptions for span in exception.spans]
        return tuple(dict.fromkeys([name for name in named if name != CLOSED] + [CLOSED]))
