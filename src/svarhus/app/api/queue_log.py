"""The queue log: callers whom nobody answered, and who takes care of them."""

from typing import Annotated

from fastapi import Path, Query

from svarhus.app.api.access import Services, SignedIn
from svarhus.app.api.models.queue_log import UnansweredShown
from svarhus.app.api.paging import Cursor, Limit, Paged, paged
from svarhus.app.api.problems import PROBLEMS
from svarhus.app.api.routing import ApiRouter
from svarhus.domains.people.rights import Right, may
from svarhus.kit.clock import instant
from svarhus.kit.document import Key
from svarhus.kit.ids import CallId, QueueKey
from svarhus.kit.moment import Moment

router = ApiRouter(prefix="/api/queue-log", tags=["queue log"], responses=PROBLEMS)

CallPath = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,120}$")]


@router.get("")
async def unanswered(
    actor: SignedIn,
    services: Services,
    queue: Annotated[
        tuple[Key, ...], Query(max_length=200, description="Of these queues; of all when none is named.")
    ] = (),
    since: Annotated[Moment | None, Query(description="Default: two weeks ago.")] = None,
    all: Annotated[bool, Query(description="Also those who need not be called back any more, and why.")] = False,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Paged[UnansweredShown]:
    """Who is to be called back, the newest first; each caller once for each queue."""
    found = await services.centre.switchboard.queue_log.unanswered(
        actor,
        cursor,
        limit,
        queues=tuple(QueueKey(each) for each in queue),
        since=instant(since) if since else None,
        open_only=not all,
    )
    shown = found.map(UnansweredShown.model_validate)
    if not may(actor, Right.SEE_DIRECTORY):
        return paged(shown)
    numbers = {each.caller for each in shown.items if each.caller}
    names = await services.centre.switchboard.directory.names(actor, numbers)
    return paged(shown.map(lambda line: line.model_copy(update={"known_as": names.get(line.caller or "", "")})))


@router.put("/{call}/handled", status_code=204)
async def handle(call: CallPath, actor: SignedIn, services: Services) -> None:
    """Mark it as taken care of, by you unless somebody was before you."""
    await services.centre.switchboard.queue_log.handle(actor, CallId(call))


@router.delete("/{call}/handled", status_code=204)
async def take_up(call: CallPath, actor: SignedIn, services: Services) -> None:
    """Take that back: the caller is still to be called."""
    await services.centre.switchboard.queue_log.take_up(actor, CallId(call))
