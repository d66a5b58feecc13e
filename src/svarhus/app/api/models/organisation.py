"""The organisation, its revisions and changes as the API shows them."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from svarhus.app.api.things import ThingShown
from svarhus.domains.people.unnamed import Unnamed
from svarhus.kit.ids import PersonKey


class WarningShown(BaseModel):
    """What a change does to you, or leaves undone, such as that you lock yourself out."""

    model_config = ConfigDict(from_attributes=True)

    message: str = Field(description="A sentence.")
    reason: str = Field(description="Stable id of what it warns of.")
    values: tuple[str, ...] = Field(description="What the message names, in its order.")


class Changed(BaseModel):
    """What a change did, or would do."""

    revision: int
    changes: tuple[str, ...]
    dry_run: bool
    warnings: tuple[WarningShown, ...]


class RevisionShown(BaseModel):
    revision: int
    author: PersonKey
    author_name: str | None = Field(description="The person's name; null for programs and whoever is not known.")
    at: datetime
    comment: str
    about: ThingShown | None = Field(description="The part that was changed; null when it was more than one.")

    def unnamed(self, by: Unnamed) -> Self:
        return self.model_copy(update={"comment": by.words(self.comment)})


class ElementTypeShown(BaseModel):
    """A type of call-flow element."""

    type: str
    title: str
    description: str
    waits: bool
    settings: JsonValue
