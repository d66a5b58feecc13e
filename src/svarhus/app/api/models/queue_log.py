"""The queue log as the API shows it."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from svarhus.domains.people.unnamed import Unnamed
from svarhus.domains.queuelog.model import Resolution
from svarhus.kit.ids import PersonKey


class ResolvedShown(BaseModel):
    """Why nobody has to call back any more."""

    model_config = ConfigDict(from_attributes=True)

    how: Resolution
    at: datetime
    by: PersonKey | None = Field(description="Who spoke with the caller, or marked it.")
    call: str | None = Field(description="The later call.")


class UnansweredShown(BaseModel):
    """A caller whom nobody answered: the last such call to a queue."""

    model_config = ConfigDict(from_attributes=True)

    call: str
    queue: str
    at: datetime
    caller: str | None = Field(description="E.164; null when withheld.")
    caller_name: str
    known_as: str = Field(default="", description="The name of the contact with that number.")
    dialled: str
    wait: float = Field(description="Seconds.")
    earlier: int = Field(description="Unanswered calls before this one, since anybody took care of the caller.")
    resolved: ResolvedShown | None
    category: str | None = Field(default=None, description="Key of what the caller called about.")

    def unnamed(self, by: Unnamed) -> Self:
        return self.model_copy(update={"caller_name": by.name(self.caller_name, self.caller)})
