"""One look for many who ask at the same time."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class SharedLook(Generic[T]):
    """Asks something dear once for all who want to know: an answer is never older than the question.

    Who asks while a look is under way gets the next one, together with all others who do so: what is under way
    may have missed what the asker knows already.
    """

    def __init__(self, look: Callable[[], Awaitable[T]]) -> None:
        self._look = look
        self._under_way: asyncio.Task[T] | None = None
        self._next: asyncio.Task[T] | None = None

    async def __call__(self) -> T:
        """What was found. Raises what the look raised."""
        if self._next is None:
            self._next = asyncio.create_task(self._after(self._under_way))
            self._next.add_done_callback(_heard)
        # The others still wait for it when one of them is cancelled.
        return await asyncio.shield(self._next)

    async def _after(self, before: "asyncio.Task[T] | None") -> T:
        if before is not None:
            await asyncio.wait([before])
        self._under_way, self._next = self._next, None
        return await self._look()


def _heard(task: "asyncio.Task[T]") -> None:
    """An error nobody waits for any more is not worth a line in the log."""
    if not task.cancelled():
        task.exception()
