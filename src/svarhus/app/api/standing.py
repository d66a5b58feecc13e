"""Whoever keeps something open, such as a WebSocket, is looked at again as soon as their right to it may have ended."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from svarhus.domains.organisation.repository import CHANGED
from svarhus.domains.people.repository import WAYS_IN_ENDED
from svarhus.domains.people.rights import Actor
from svarhus.kit.database import Database, Notice

T = TypeVar("T")

LOOKS_AT_ONCE = 4
"""After a change of an organisation all of its consoles are looked at: others' questions need the database as well."""


class Standing:
    """One place where something is kept open for somebody."""

    def __init__(self, turns: asyncio.Semaphore) -> None:
        self._turns = turns
        self._woken = asyncio.Event()
        self._actor: Actor | None = None
        self._known = False

    def is_for(self, actor: Actor | None) -> None:
        """For whom it is; None when it ends otherwise than by signing out. Until then, all that ends counts."""
        self._actor = actor
        self._known = True

    def told(self, organisation: str, person: str) -> None:
        """Something may have ended: of everybody when the names are empty."""
        who = self._actor
        here = who is not None and organisation in ("", who.organisation) and person in ("", who.person)
        if here or not self._known:
            self._woken.set()

    async def woken(self, seconds: float) -> None:
        """Until it is to be looked at again, in so many seconds at the latest."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        self._woken.clear()

    async def look(self, look: Callable[[], Awaitable[T]]) -> T:
        """What the look finds, in its turn: many may be woken at once."""
        async with self._turns:
            return await look()


class Standings:
    """All of them in this process. Told by the database, whichever process ends something."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._open: set[Standing] = set()
        self._turns = asyncio.Semaphore(LOOKS_AT_ONCE)

    @contextmanager
    def open(self) -> Iterator[Standing]:
        """Begin before the first look: what ends while it is under way is not missed."""
        one = Standing(self._turns)
        self._open.add(one)
        try:
            yield one
        finally:
            self._open.discard(one)

    async def run(self) -> None:
        """Hear of what ends. For the whole life of the process."""
        async with contextlib.aclosing(self._database.notices(CHANGED, WAYS_IN_ENDED)) as notices:
            async for notice in notices:
                self._heard(notice)

    def _heard(self, notice: Notice) -> None:
        organisation, _, person = notice.payload.partition("/")
        for one in tuple(self._open):
            one.told(organisation, person)
