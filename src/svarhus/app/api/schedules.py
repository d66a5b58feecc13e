"""How full work schedules are."""

from datetime import date
from typing import Annotated

from fastapi import Path, Query

from svarhus.app.api.access import Services, SignedIn
from svarhus.app.api.models.schedules import (
    FilledCategoryShown,
    FilledPeriodShown,
    FilledShown,
    ScheduleFilled,
)
from svarhus.app.api.problems import PROBLEMS
from svarhus.app.api.routing import ApiRouter
from svarhus.kit.document import Key

router = ApiRouter(prefix="/api/schedules", tags=["schedules"], responses=PROBLEMS)


@router.get("/{key}/fill")
async def fill(
    key: Annotated[Key, Path()],
    actor: SignedIn,
    services: Services,
    first: Annotated[date | None, Query(alias="from", description="Default: today.")] = None,
    last: Annotated[date | None, Query(alias="to", description="At most two months later; default: the same.")] = None,
) -> ScheduleFilled:
    """How full each period and category is, and how callers are met now. The topic `schedules` tells of changes."""
    found = await services.centre.running.filled(actor, key, first, last)
    return ScheduleFilled(
        openness=found.meeting.openness,
        meets=found.meeting.meets,
        whole=FilledShown.model_validate(found.filled.whole),
        above=found.filled.above,
        periods=tuple(FilledPeriodShown.model_validate(each) for each in found.filled.periods),
        categories=tuple(FilledCategoryShown.model_validate(each) for each in found.filled.categories),
    )
