"""Closing a queue for now, and opening it."""

from typing import Annotated

from fastapi import Path

from svarhus.app.api.access import Services, SignedIn
from svarhus.app.api.models.closing import WantedClosing
from svarhus.app.api.problems import PROBLEMS
from svarhus.app.api.routing import ApiRouter
from svarhus.kit.clock import instant
from svarhus.kit.ids import QueueKey

router = ApiRouter(prefix="/api/queues/{key}/closing", tags=["queues"], responses=PROBLEMS)

QueuePath = Annotated[str, Path(max_length=48)]


@router.put("", status_code=204)
async def close(key: QueuePath, wanted: WantedClosing, actor: SignedIn, services: Services) -> None:
    """Let nobody new in. Those who wait stay; who comes hears the message and goes on by the call flow.

    Said again, the new time and message hold. Live state says that it is closed.
    """
    until = instant(wanted.until) if wanted.until else None
    await services.centre.running.close_queue(actor, QueueKey(key), until, wanted.message)


@router.delete("", status_code=204)
async def open_again(key: QueuePath, actor: SignedIn, services: Services) -> None:
    """Let callers in again. One that is open stays so."""
    await services.centre.running.open_queue(actor, QueueKey(key))
