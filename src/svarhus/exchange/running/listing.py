"""Keeps the numbers of lists in memory, where calls look them up, as somebody changes them."""

import asyncio
from collections.abc import Mapping

import structlog

from svarhus.domains.numberlists.repository import Known, NewNumbers, new_numbers
from svarhus.domains.numbers.lists import ListedNumbers, NumberLists
from svarhus.exchange.core.core import Core
from svarhus.kit.database import Database
from svarhus.kit.errors import SvarhusError

log = structlog.get_logger()

PAUSE, LONGEST_PAUSE = 0.5, 30.0
"""Seconds before lists that could not be read are tried again: longer each time."""


class Listing:
    """The lists of one organisation. What is large is worked out in threads: the core gets what is ready."""

    def __init__(self, core: Core, database: Database) -> None:
        self._core = core
        self._database = database
        self._known: dict[str, Known] = {}
        self._one_at_a_time = asyncio.Lock()

    async def load(self) -> None:
        """Take up what differs from what is known. DatabaseUnavailable."""
        async with self._one_at_a_time:
            async with self._database.read() as session:
                new = await new_numbers(session, self._core.state.organisation, self._known)
            if not new:
                return
            self._core.lists = await asyncio.to_thread(_taken_up, self._core.lists, new)
            for key, numbers in new.items():
                if numbers is None:
                    del self._known[key]
                else:
                    self._known[key] = numbers.version, numbers.at

    async def follow(self) -> None:
        """Somebody has changed a list: take it up, however often it has to be tried."""
        pause = PAUSE
        while True:
            try:
                return await self.load()
            except SvarhusError as error:
                log.warning("lists_not_read", organisation=self._core.state.organisation, error=error.detail)
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)


def _taken_up(before: NumberLists, new: Mapping[str, NewNumbers | None]) -> NumberLists:
    lists = dict(before)
    for key, numbers in new.items():
        known = lists.pop(key, None)
        if numbers is None:
            continue
        if known is None or numbers.whole:
            lists[key] = ListedNumbers(numbers.version, numbers.come)
        else:
            lists[key] = known.changed(numbers.version, numbers.gone, numbers.come)
    return lists
