"""The noticeboard: notices to all of a unit, or to everybody. What is written stays."""

from datetime import date, datetime
from typing import Annotated, Self

from fastapi import Path, Query
from pydantic import BaseModel, ConfigDict, Field

from svarhus.app.api.access import Services, SignedIn
from svarhus.app.api.paging import Cursor, Limit
from svarhus.app.api.problems import PROBLEMS
from svarhus.app.api.routing import ApiRouter
from svarhus.domains.noticeboard.model import LONGEST_TEXT, Period
from svarhus.domains.people.unnamed import UNNAMED, Unnamed
from svarhus.kit.document import Key
from svarhus.kit.ids import PersonKey
from svarhus.kit.moment import Day
from svarhus.kit.written import Lines

router = ApiRouter(prefix="/api/notices", tags=["noticeboard"], responses=PROBLEMS)

Id = Annotated[int, Path(ge=1, le=2**63 - 1)]


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


@router.get("")
async def notices(
    actor: SignedIn,
    services: Services,
    period: Period = Period.DAY,
    day: Annotated[Day | None, Query(description="A day of the period; today when it is left out.")] = None,
    unit: Annotated[Key | None, Query(description="Of this unit only; else of all yours, and those to all.")] = None,
    cursor: Cursor = None,
    limit: Limit = 100,
) -> NoticesOf:
    """The history of a day, week or month."""
    found = await services.centre.noticeboard.history(actor, unit, period, day, cursor, limit)
    items = tuple(NoticeShown.model_validate(notice) for notice in found.notices.items)
    return NoticesOf(first=found.first, end=found.end, items=items, next=found.notices.next)


@router.get("/current")
async def current(actor: SignedIn, services: Services) -> CurrentNotices:
    """What is new, what is pinned, and the latest notices."""
    return CurrentNotices.model_validate(await services.centre.noticeboard.current(actor))


@router.post("", status_code=201)
async def write(written: NoticeWritten, actor: SignedIn, services: Services) -> NoticeShown:
    """Write to all of a unit, or to everybody. It cannot be taken back."""
    notice = await services.centre.noticeboard.write(actor, written.unit, written.text, written.important)
    return NoticeShown.model_validate(notice)


@router.post("/read", status_code=204)
async def read(wanted: NoticesRead, actor: SignedIn, services: Services) -> None:
    """Say how far you have read."""
    await services.centre.noticeboard.read(actor, wanted.to)


@router.post("/{id}/pin")
async def pin(id: Id, actor: SignedIn, services: Services) -> NoticeShown:
    """Keep it at the top for all."""
    return NoticeShown.model_validate(await services.centre.noticeboard.pin(actor, id, True))


@router.delete("/{id}/pin")
async def unpin(id: Id, actor: SignedIn, services: Services) -> NoticeShown:
    return NoticeShown.model_validate(await services.centre.noticeboard.pin(actor, id, False))
