"""What customers are told, as the API shows it."""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from svarhus.domains.queues import telling
from svarhus.domains.telling.service import Previewed
from svarhus.domains.telling.words import Template
from svarhus.kit.document import Language


class WantedPreview(BaseModel):
    """Words to be looked at."""

    template: Template
    language: Language
    text: telling.Template | None = Field(
        default=None, description="Words that are not kept yet; null: those that are kept, or shipped."
    )


class PreviewShown(BaseModel):
    """A text as the customer gets it, and how long it is as SMS."""

    model_config = ConfigDict(from_attributes=True)

    text: str
    parts: int = Field(description="Short messages that it becomes.")
    letters: int = Field(description="As they are counted: € and brackets are two.")
    room: int = Field(description="Letters that fit into so many parts.")
    plain: bool = Field(description="False: a letter that is not in the SMS alphabet makes all of the text longer.")

    @classmethod
    def of(cls, found: Previewed) -> Self:
        size = found.length
        return cls(text=found.text, parts=size.parts, letters=size.letters, room=size.room, plain=size.plain)
