"""The desk: all that waits for somebody, whatever the channel, in one list."""

from typing import Annotated, Literal

import msgspec
from fastapi import Query

from svarhus.app.api.access import Services, SignedIn
from svarhus.app.api.live_json import LiveJson, described, live_json
from svarhus.app.api.models.desk import CaseNamed, DeskViewShown, DoneShown, Kind, LastCase
from svarhus.app.api.paging import Cursor, Limit, Paged, page_of, paged
from svarhus.app.api.problems import PROBLEMS
from svarhus.app.api.routing import ApiRouter, unnamed_for
from svarhus.domains.channels.model import DeskItem
from svarhus.domains.desk.model import DeskView
from svarhus.exchange.showing.desk import Desk
from svarhus.kit.clock import instant
from svarhus.kit.document import Key
from svarhus.kit.moment import Moment

router = ApiRouter(prefix="/api/desk", tags=["desk"], responses=PROBLEMS)


@router.get("", response_class=LiveJson, responses=described(Desk))
async def desk(
    actor: SignedIn,
    services: Services,
    scope: Annotated[
        Literal["view", "all"], Query(description="`view`: without what you have hidden; `all`: everything.")
    ] = "view",
    queue: Key | None = None,
    kind: Kind | None = None,
    cursor: Cursor = None,
    limit: Limit = 200,
) -> LiveJson:
    """What is due first at the front. The live topic `desk` begins with the same and follows every change."""
    items = [
        item
        for item in services.centre.running.desk(actor)
        if (queue is None or item.queue == queue) and (kind is None or item.kind == kind)
    ]
    view = await services.centre.cases.view(actor) if scope == "view" and actor.person else DeskView()
    shown = [item for item in items if not view.hides(item)]
    page = page_of(shown, _place, cursor, limit)
    unnamed = await unnamed_for(actor, services)
    return live_json(unnamed.of(Desk(page.items, page.next, hidden=len(items) - len(shown))))


def _place(item: DeskItem) -> str:
    return f"{item.due_at.isoformat()} {item.key}"


@router.get("/view")
async def view(actor: SignedIn, services: Services) -> DeskViewShown:
    """What you have hidden. Until you have chosen, it is what is not of your queues and units."""
    return _shown(await services.centre.cases.view(actor))


@router.put("/view")
async def keep_view(wanted: DeskViewShown, actor: SignedIn, services: Services) -> DeskViewShown:
    """Hide these, here and wherever else you sign in."""
    kept = DeskView(wanted.hidden_queues, wanted.hidden_units, wanted.hidden_kinds)
    return _shown(await services.centre.cases.keep_view(actor, kept))


@router.get("/done")
async def done(
    actor: SignedIn,
    services: Services,
    since: Annotated[Moment, Query(description="Done at this moment or later.")],
    who: Annotated[Literal["me", "all"], Query(description="By you, or by anybody.")] = "all",
    kind: Kind | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Paged[DoneShown]:
    """Callbacks that are closed and voicemails that are handled, the one that was done last first."""
    found = await services.centre.cases.done(actor, instant(since), who == "me", kind, cursor, limit)
    return paged(found.map(DoneShown.model_validate))


@router.get("/last")
async def last(actor: SignedIn, services: Services) -> LastCase:
    """What you spoke about last, within a working day: for notes and tags after the call."""
    found = await services.centre.cases.last_of(actor)
    return LastCase(case=CaseNamed(kind=found.kind, id=found.id) if found else None)


def _shown(view: DeskView) -> DeskViewShown:
    return DeskViewShown.model_validate(msgspec.structs.asdict(view))
