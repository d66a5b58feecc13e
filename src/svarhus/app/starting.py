"""The order in which organisations begin: those that have calls before those that have none."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager

from svarhus.kit.ids import OrganisationId


class StartingOrder:
    """So many at once; who is next is decided when a turn is free, for calls come meanwhile."""

    def __init__(self, at_once: int, in_calls: Callable[[], Collection[OrganisationId]]) -> None:
        self._free = at_once
        self._in_calls = in_calls
        self._waiting: list[tuple[OrganisationId, asyncio.Future[None]]] = []

    @asynccontextmanager
    async def turn(self, organisation: OrganisationId) -> AsyncIterator[None]:
        """Wait for a turn, and have it for as long as this is open."""
        await self._take(organisation)
        try:
            yield
        finally:
            self._give_on()

    async def _take(self, organisation: OrganisationId) -> None:
        if self._free:
            self._free -= 1
            return
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append((organisation, turn))
        try:
            await turn
        except asyncio.CancelledError:
            if turn.cancelled():
                self._waiting = [each for each in self._waiting if each[1] is not turn]
            else:
                self._give_on()
            raise

    def _give_on(self) -> None:
        # Who was cancelled in this very moment has not yet gone away by itself.
        self._waiting = [each for each in self._waiting if not each[1].done()]
        if not self._waiting:
            self._free += 1
            return
        urgent = self._in_calls()
        place = next((place for place, (key, _) in enumerate(self._waiting) if key in urgent), 0)
        _, turn = self._waiting.pop(place)
        turn.set_result(None)
