"""Opening hours and holidays as the API tells of them."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from svarhus.kit.document import TimeOfDay


class HolidayShown(BaseModel):
    """A day on which people close, by law or by habit."""

    model_config = ConfigDict(from_attributes=True)

    day: date
    name: str
    public: bool = Field(description="By law; else by habit, as on many eves.")
    closes_at: TimeOfDay = Field(description="From when on people usually close; 00:00: all day.")


class HolidaysShown(BaseModel):
    """Those of a year, in order."""

    items: tuple[HolidayShown, ...]


class HoursAt(BaseModel):
    """What opening hours say of a moment."""

    at: datetime
    category: str = Field(description="`closed` where nothing is laid out.")
    until: datetime | None = Field(description="When it becomes another; null: not in the next 60 days.")
    then: str | None = Field(description="Which other it becomes.")
    exception: str | None = Field(description="The name of the exception that decides for the day; null: the week.")
    clock: Literal["once", "never", "twice"] = Field(
        description="How often the clock on the wall shows this time on that day: when clocks are changed, an hour is "
        "left out or comes twice. Of one that comes never, what follows it is told; of two, the first."
    )
