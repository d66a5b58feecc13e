"""The adapter on a real Asterisk, with everything that it tells kept for the test to wait for."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from real_asterisk import RealAsterisk
from svarhus.adapters.asterisk.engine import AsteriskEngine
from svarhus.adapters.asterisk.security import SecurityEvent
from svarhus.kit.ids import LegId, OrganisationId
from svarhus.ports.telephony import Telephony, TelephonyEvent

ORGANISATION = OrganisationId("care")

PATIENCE = 60.0
"""Seconds in which anything must have happened, however much else the machine has to do."""

Found = TypeVar("Found", bound=TelephonyEvent)


class WatchedEngine:
    def __init__(self, asterisk: RealAsterisk, guarded: bool) -> None:
        settings = asterisk.settings
        self.asterisk = asterisk
        self.told: list[TelephonyEvent] = []
        self.seen: list[SecurityEvent] = []
        self._news = asyncio.Event()
        log = settings.security_log if guarded else None
        self.engine = AsteriskEngine(asterisk.address, settings.recordings, log, self._see)

    @property
    def telephony(self) -> Telephony:
        return self.engine.of(ORGANISATION)

    def hear(self, event: TelephonyEvent) -> None:
        self.told.append(event)
        self._news.set()

    def _see(self, event: SecurityEvent) -> None:
        self.seen.append(event)
        self._news.set()

    def all_of(self, kind: type[Found], leg: LegId | None = None) -> list[Found]:
        return [one for one in self.told if isinstance(one, kind) and leg in (None, getattr(one, "leg", None))]

    def kinds(self, address: str) -> list[str]:
        """What the security log said of an address."""
        return [one.kind for one in self.seen if one.address == address]

    async def until(self, condition: Callable[[], bool], within: float = PATIENCE) -> None:
        """Wait for events until the condition holds. AssertionError when it does not in time."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + within
        while not condition():
            self._news.clear()
            try:
                async with asyncio.timeout_at(min(deadline, loop.time() + 0.1)):
                    await self._news.wait()
            except TimeoutError:
                assert loop.time() < deadline, f"not within {within} s; told: {self.told[-10:]}"

    async def expect(self, kind: type[Found], leg: LegId | None = None, within: float = PATIENCE) -> Found:
        await self.until(lambda: bool(self.all_of(kind, leg)), within)
        return self.all_of(kind, leg)[0]


@asynccontextmanager
async def watched(asterisk: RealAsterisk, guarded: bool = False) -> AsyncIterator[WatchedEngine]:
    """A connected engine; stopped at the end."""
    one = WatchedEngine(asterisk, guarded)
    one.telephony.listen(ORGANISATION, one.hear)
    await one.engine.start()
    try:
        await one.until(lambda: one.engine.connected)
        yield one
    finally:
        await one.engine.stop()
