"""Notices as the API shows them."""

from datetime import date, datetime
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from svarhus.domains.noticeboard.model import LONGEST_TEXT
from svarhus.domains.people.unnamed import UNNAMED, Unnamed
from svarhus.kit.document import Key
from svarhus.kit.ids import PersonKey
from svarhus.kit.written import Lines


class NoticeShown(BaseModel):
    """A notice."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    unit: str | None = Field(description="Null: to everybody.")
    at: datetime
    author: PersonKey
    author_name: str = Field(description="Empty when the author is hidden from you.")
    text: str = Field(description="Plain text with line breaks; nothing in it is markup.")
    important: bool
    pinned_at: datetime | None
    pinned_by: PersonKey | None

    def unnamed(self, by: Unnamed) -> Self:
        name = "" if self.author == UNNAMED else by.name(self.author_name)
        return self.model_copy(update={"author_name": name})


class NoticeWritten(BaseModel):
    """What is to be told to colleagues."""

    text: Lines = Field(max_length=LONGEST_TEXT * 2, description=f"At most {LONGEST_TEXT} characters.")
    unit: Key | None = Field(default=None, description="Null: to everybody.")
    important: bool = False


class NoticesOf(BaseModel):
    """The notices of a period, the newest first."""

    first: date
    end: date = Field(description="The first day after it.")
    items: tuple[NoticeShown, ...]
    next: str | None


class CurrentNotices(BaseModel):
    """What you should know of now."""

    model_config = ConfigDict(from_attributes=True)

    unread: int
    unread_important: int
    read_to: int = Field(description="The last notice that you have read; later ones are new.")
    units: tuple[str, ...] = Field(description="Whose boards you read and write on, besides the one to everybody.")
    pinned: tuple[NoticeShown, ...]
    latest: tuple[NoticeShown, ...]


class NoticesRead(BaseModel):
    to: int = Field(ge=1, le=2**63 - 1, description="This notice and all before it are read.")
