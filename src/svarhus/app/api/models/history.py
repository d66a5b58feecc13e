"""How a part came to be as it is, and what depends on it."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel, Field, JsonValue

from svarhus.domains.people.unnamed import Unnamed
from svarhus.kit.ids import PersonKey


class VersionShown(BaseModel):
    """A part as it was from one revision on, until the next version."""

    revision: int
    author: PersonKey
    author_name: str | None = Field(description="The person's name; null for programs and whoever is not known.")
    at: datetime
    comment: str
    value: JsonValue = Field(description="Null: it was not there.")

    def unnamed(self, by: Unnamed) -> Self:
        return self.model_copy(update={"comment": by.words(self.comment), "value": by.stored(self.value)})


class PartHistory(BaseModel):
    versions: tuple[VersionShown, ...] = Field(description="The newest first.")


class PartUses(BaseModel):
    paths: tuple[str, ...] = Field(description="Places that name it, such as `queues.reception.unit`.")
