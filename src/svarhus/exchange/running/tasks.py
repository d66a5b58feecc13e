"""What an exchange does beside its loop."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

from svarhus.kit.ids import OrganisationId

log = structlog.get_logger()


class Tasks:
    """The tasks of one exchange. The first that ends by an error ends it, see `failed`."""

    def __init__(self, organisation: OrganisationId) -> None:
        self._organisation = organisation
        self._running: set[asyncio.Task[None]] = set()
        self.failed = asyncio.Event()

    @property
    def go_on(self) -> bool:
        return bool(self._running) and not self.failed.is_set()

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(self._done)

    async def end(self) -> None:
        """End them all, and wait until they are over."""
        for task in list(self._running):
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    def _done(self, task: "asyncio.Task[None]") -> None:
        self._running.discard(task)
        if not task.cancelled() and task.exception():
            log.error("task_failed", organisation=self._organisation, exc_info=task.exception())
            self.failed.set()
