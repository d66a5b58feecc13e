"""One at a time under a key, in all workers."""

import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from pgqueuer.ports.driver import Driver

_OURS = 0x4A0B
"""The first half of the keys of our advisory locks."""


class Locks:
    """Advisory locks in the worker's own session: they are let go when it dies."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver
        # A session has a lock as often as it asks for it.
        self._held: set[int] = set()

    @asynccontextmanager
    async def held(self, name: str) -> AsyncIterator[bool]:
        """True: nobody else has it for as long as this is open. False: somebody has."""
        key = zlib.crc32(name.encode()) - 2**31
        if key in self._held:
            yield False
            return
        self._held.add(key)
        try:
            row = await self._driver.fetch("select pg_try_advisory_lock($1, $2) as mine", _OURS, key)
            if not row[0]["mine"]:
                yield False
                return
            try:
                yield True
            finally:
                await self._driver.fetch("select pg_advisory_unlock($1, $2)", _OURS, key)
        finally:
            self._held.discard(key)
