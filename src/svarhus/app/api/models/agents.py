"""What people who take calls say of themselves."""

from pydantic import BaseModel, Field

from svarhus.domains.presence.absence import LONGEST_NOTE, AbsenceKind
from svarhus.kit.document import Key
from svarhus.kit.moment import Moment
from svarhus.kit.written import Lines


class NewAbsence(BaseModel):
    kind: AbsenceKind
    until: Moment | None = Field(default=None, description="It ends by itself then; null: when somebody says so.")
    note: Lines = Field(default="", max_length=LONGEST_NOTE)


class NewPause(BaseModel):
    reason: Key = Field(description="Key of one of the organisation's `pauses`, or of a shipped reason without those.")
    until: Moment | None = Field(default=None, description="It ends by itself then; null: at the reason's own time.")


class MoreTime(BaseModel):
    seconds: int = Field(ge=5, le=900, description="From now on.")


class Queues(BaseModel):
    queues: tuple[Key, ...] = Field(default=(), max_length=200, description="All of the person's when none are named.")
