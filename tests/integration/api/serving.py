"""The API as it is served, on a port of its own, in a thread with a loop of its own."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from database import WEAK_HASHER
from integration.api.conftest import Whisper
from svarhus.adapters.simulated.engine import SimulatedEngine
from svarhus.adapters.simulated.time import VirtualTime
from svarhus.app.api import create_api
from svarhus.app.api.services import api_services
from svarhus.app.centre import centre
from svarhus.app.connections import GuardedConnection
from svarhus.app.exchanges import Exchanges
from svarhus.app.organisations import demo_file, organisations
from svarhus.app.sockets import LARGEST_MESSAGE, StraightSocket
from svarhus.domains.audio.repository import RecordingsRepository
from svarhus.domains.audio.service import Prompts
from svarhus.domains.people.rights import Role, operator
from svarhus.kit.clock import SystemClock
from svarhus.kit.database import Database


@dataclass
class Turns:
    """How long the loop was held by one turn, in seconds of the processor: other processes do not count."""

    longest: float = 0.0
    looking: bool = False

    async def watch(self) -> None:
        while True:
            before = time.thread_time()
            await asyncio.sleep(0 if self.looking else 0.01)
            if self.looking:
                self.longest = max(self.longest, time.thread_time() - before)

    @contextmanager
    def looked_at(self) -> Iterator["Turns"]:
        self.longest, self.looking = 0.0, True
        try:
            yield self
        finally:
            self.looking = False


@dataclass(frozen=True)
class Running:
    """What is served."""

    address: str
    token: str
    turns: Turns = field(default_factory=Turns)

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])


def application(url: str, folder: Path, turns: Turns | None = None) -> FastAPI:
    """With the organisations running, on an engine where nobody calls."""
    database, clock = Database(url), SystemClock()
    prompts = Prompts(folder, Whisper(), RecordingsRepository(database), clock)
    wired = organisations(database, clock, WEAK_HASHER)
    exchanges = Exchanges(database, SimulatedEngine(VirtualTime()), wired.repository, prompts, clock)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await exchanges.start()
        async with asyncio.timeout(30):
            while not await exchanges.ready():  # noqa: ASYNC110  # nothing tells when it is
                await asyncio.sleep(0.05)
        beside = [asyncio.create_task(work) for work in ((turns or Turns()).watch(), services.standings.run())]
        yield
        for work in beside:
            work.cancel()
        await exchanges.stop()
        await database.close()

    found = centre(database, clock, wired, exchanges, folder, "a key of tests")
    services = api_services(database, clock, wired, found, prompts)
    return create_api(services, lifespan)


@contextmanager
def served(url: str, folder: Path) -> Iterator[Running]:
    """Serve it with a token of the demonstration's administrator."""
    token, turns = asyncio.run(_prepare(url)), Turns()
    server = uvicorn.Server(
        uvicorn.Config(
            application(url, folder, turns),
            port=0,
            log_level="error",
            lifespan="on",
            http=GuardedConnection,
            ws=StraightSocket,
            ws_max_size=LARGEST_MESSAGE,
            ws_per_message_deflate=False,
        )
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield Running(f"http://127.0.0.1:{_port(server)}", token, turns)
    finally:
        server.should_exit = True
        thread.join(10)


async def _prepare(url: str) -> str:
    """The demonstration, and a token of its administrator."""
    database = Database(url)
    wired = organisations(database, SystemClock(), WEAK_HASHER)
    applied = await wired.service.apply_file(demo_file())
    secret, _ = await wired.tokens.make(operator(applied.organisation), "tests", Role.ADMINISTRATOR)
    await database.close()
    return secret


def _port(server: uvicorn.Server) -> int:
    pause = threading.Event()
    for _ in range(200):
        if server.started:
            return int(server.servers[0].sockets[0].getsockname()[1])
        pause.wait(0.05)
    raise AssertionError("the server did not start")
