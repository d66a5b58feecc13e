"""The noticeboard: notices to all of a unit, or to everybody. What is written stays."""

from typing import Annotated

from fastapi import Path, Query

from svarhus.app.api.access import Services, SignedIn
from svarhus.app.api.models.noticeboard import CurrentNotices, NoticeShown, NoticesOf, NoticesRead, NoticeWritten
from svarhus.app.api.paging import Cursor, Limit
from svarhus.app.api.problems import PROBLEMS
from svarhus.app.api.routing import ApiRouter
from svarhus.domains.noticeboard.model import Period
from svarhus.kit.document import Key
from svarhus.kit.moment import Day

router = ApiRouter(prefix="/api/notices", tags=["noticeboard"], responses=PROBLEMS)

Id = Annotated[int, Path(ge=1, le=2**63 - 1)]


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
