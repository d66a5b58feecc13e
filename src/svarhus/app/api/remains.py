"""What goes with a queue when it is deleted."""

from typing import Annotated

from fastapi import Path

from svarhus.app.api.access import Services, SignedIn
from svarhus.app.api.models.remains import RemainsShown
from svarhus.app.api.problems import PROBLEMS
from svarhus.app.api.routing import ApiRouter
from svarhus.kit.ids import QueueKey

router = ApiRouter(tags=["queues"], responses=PROBLEMS)


@router.get("/api/queues/{key}/remains")
async def remains(key: Annotated[str, Path(max_length=48)], actor: SignedIn, services: Services) -> RemainsShown:
    """What is deleted for good with the queue. Which parts name it is told by its uses."""
    return RemainsShown.model_validate(await services.centre.remains.of(actor, QueueKey(key)))
