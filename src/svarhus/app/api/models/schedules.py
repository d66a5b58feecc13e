"""Work schedules at work, as the API shows them."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from svarhus.domains.schedules.fill import Fill
from svarhus.domains.schedules.meeting import Openness
from svarhus.domains.schedules.model import Meets


class FilledShown(BaseModel):
    """Some places, and what has become of them."""

    model_config = ConfigDict(from_attributes=True)

    places: int
    taken: int
    left: int = Field(description="That can still be promised.")
    state: Fill = Field(description="`full`: none is left. `nearly_full`: one in five, or fewer.")


class FilledPeriodShown(BaseModel):
    """A period on one day."""

    model_config = ConfigDict(from_attributes=True)

    period: int = Field(description="Its number in the schedule, from 0.")
    start: datetime
    end: datetime
    filled: FilledShown


class FilledCategoryShown(BaseModel):
    """All places that a category may have: those that are kept for it, and general ones."""

    model_config = ConfigDict(from_attributes=True)

    category: str | None = Field(description="Null: callers of whom nobody said what they call about.")
    filled: FilledShown


class ScheduleFilled(BaseModel):
    """How full a work schedule is on some days, and how callers are met now."""

    openness: Openness
    meets: Meets | None = Field(description="When it is open: how.")
    whole: FilledShown
    above: int = Field(description="Bookings for which there is no place at their time.")
    periods: tuple[FilledPeriodShown, ...] = Field(description="By their time.")
    categories: tuple[FilledCategoryShown, ...]
