"""Alerts of queues, as they were. Those that last are in what the live API tells of queues."""

from typing import Annotated

from fastapi import Query

from svarhus.app.api.access import Services, SignedIn
from svarhus.app.api.models.alerts import AlertShown
from svarhus.app.api.paging import Cursor, Limit, Paged, paged
from svarhus.app.api.problems import PROBLEMS
from svarhus.app.api.routing import ApiRouter
from svarhus.domains.alerts.past import Wanted
from svarhus.domains.queues.alerts import AlertOn
from svarhus.kit.clock import instant
from svarhus.kit.document import Key
from svarhus.kit.ids import QueueKey
from svarhus.kit.moment import Moment

router = ApiRouter(prefix="/api/alerts", tags=["alerts"], responses=PROBLEMS)


@router.get("")
async def alerts(
    actor: SignedIn,
    services: Services,
    queue: Key | None = None,
    on: Annotated[AlertOn | None, Query(description="What was watched.")] = None,
    raised_from: Annotated[Moment | None, Query(alias="from", description="Raised at this moment or later.")] = None,
    raised_before: Annotated[Moment | None, Query(alias="to", description="Raised before this moment.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Paged[AlertShown]:
    """The newest first, also those that last still."""
    wanted = Wanted(
        QueueKey(queue) if queue else None,
        on,
        instant(raised_from) if raised_from else None,
        instant(raised_before) if raised_before else None,
    )
    found = await services.centre.past_alerts.find(actor, wanted, cursor, limit)
    return paged(found.map(AlertShown.model_validate))
