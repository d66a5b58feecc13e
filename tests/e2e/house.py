"""The installation under test: a real PostgreSQL, a real Asterisk, and the application between them."""

import asyncio
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from sqlalchemy import text

from e2e.organisation import CARRIER, CARRIER_PASSWORD, Place, Wants, document
from real_asterisk import RealAsterisk
from svarhus.adapters.asterisk.engine import AsteriskEngine
from svarhus.adapters.espeak.speech import EspeakSpeech
from svarhus.app.exchanges import Exchanges
from svarhus.app.organisations import organisations
from svarhus.domains.audio.repository import RecordingsRepository
from svarhus.domains.audio.service import Prompts
from svarhus.domains.calls.model import CallRecord
from svarhus.exchange.running.exchange import Exchange
from svarhus.kit.clock import SystemClock
from svarhus.kit.database import Database
from svarhus.kit.ids import OrganisationId
from svarhus.phones.phone import Call
from svarhus.phones.scenarios import Actor
from svarhus.ports.speech import Phrase

KEY = OrganisationId("e2e")
COME_UP = 60.0
PATIENCE = 30.0
"""Seconds in which anything must have happened, however much else the machine has to do."""
_record = msgspec.json.Decoder(CallRecord).decode


class House:
    """Everything that runs, and the carrier through whom calls go out."""

    def __init__(self, asterisk: RealAsterisk, database: Database, sounds: Path) -> None:
        self.asterisk = asterisk
        self._database = database
        self._clock = SystemClock()
        self._services = organisations(database, self._clock)
        self.engine = AsteriskEngine(asterisk.address, asterisk.settings.recordings, etc=asterisk.settings.etc)
        self._prompts = Prompts(sounds, EspeakSpeech(), RecordingsRepository(database), self._clock)
        self._exchanges = Exchanges(database, self.engine, self._services.repository, self._prompts, self._clock)
        self.carrier = Actor("carrier", server=asterisk.server)
        self._news = asyncio.Event()
        self._watching: asyncio.Task[None] | None = None

    async def open(self, places: Sequence[Place]) -> None:
        self._places = list(places)
        await self._services.service.apply_file(document(self._places))
        await self._exchanges.start()
        await self.until(lambda: KEY in self._exchanges.running and self.exchange.ready, COME_UP)
        self._watching = asyncio.create_task(self._watch())
        await self.carrier.start()
        await self.carrier.register(CARRIER, CARRIER_PASSWORD)

    async def add_place(self, wants: Wants) -> Place:
        """Make room for one more stand, with people who are logged in as it wants."""
        place = Place(len(self._places), wants)
        self._places.append(place)
        await self._services.service.apply_file(document(self._places))
        phones = {place.phone(which) for which in range(wants.agents)}
        await self.until(lambda: phones <= self.engine.parts.provisioning.names)
        return place

    async def close(self) -> None:
        if self._watching:
            self._watching.cancel()
        await self.carrier.stop()
        await self._exchanges.stop()
        await self._database.close()

    @property
    def exchange(self) -> Exchange:
        return self._exchanges.of(KEY)

    async def _watch(self) -> None:
        watcher = self.exchange.live.watch()
        while True:
            await watcher.next()
            self._news.set()

    async def until(self, condition: Callable[[], object], within: float = PATIENCE) -> None:
        """Wait for the live state to be so. AssertionError when it does not become so in time."""
        deadline = time.monotonic() + within
        while not condition():
            self._news.clear()
            left = deadline - time.monotonic()
            assert left > 0, f"not so within {within} s"
            try:
                await asyncio.wait_for(self._news.wait(), min(left, 0.1))
            except TimeoutError:
                continue

    async def sound(self, *phrases: Phrase) -> Sequence[Path]:
        """The files that are played for phrases."""
        files = await self._prompts.files(KEY, phrases, self.exchange.core.rules.messages)
        return tuple(map(Path, files))

    async def log_of(self, dialled: str) -> list[CallRecord]:
        """The call log of a number, oldest first."""
        query = text("select record::text from calls where organisation_id = :key and dialled = :to order by began_at")
        async with self._database.begin() as session:
            rows = await session.execute(query, {"key": KEY, "to": dialled})
        return [_record(row[0]) for row in rows]

    async def voicemails_of(self, queue: str) -> list[Path]:
        query = text("select file from voicemails where organisation_id = :key and queue = :queue order by at")
        async with self._database.begin() as session:
            rows = await session.execute(query, {"key": KEY, "queue": queue})
        return [Path(row[0]) for row in rows]

    async def outside(self, number: str, within: float = PATIENCE) -> Call:
        """The call that goes out to this number, ringing at the carrier."""

        def ringing() -> Call | None:
            calls = (call for call in self.carrier.calls if call.number == number and call.state == "ringing")
            return next(calls, None)

        await self.carrier.wait_until(ringing, within)
        call = ringing()
        assert call, f"nothing went out to {number}\n{self.carrier.story()}"
        return call

    async def left_in_asterisk(self) -> list[str]:
        """Channels and bridges that are alive, in Asterisk's words."""
        ari = self.engine.parts.ari
        bodies = [(await ari.request("GET", kind)).body for kind in ("channels", "bridges")]
        return [body for body in bodies if body != "[]"]
