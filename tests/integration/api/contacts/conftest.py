"""The API of the demonstration organisation while it runs, and of a neighbour who must see nothing of it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
import uvicorn
from fastapi import FastAPI

from database import WEAK_HASHER, Shared
from integration.api.conftest import PASSWORD, Whisper, client
from integration.running import RunningHouse
from svarhus.adapters.simulated.time import VirtualTime
from svarhus.app.api import create_api
from svarhus.app.api.services import LivePace, api_services
from svarhus.app.centre import centre
from svarhus.app.organisations import DEMO, Organisations, demo_file, organisations
from svarhus.app.sockets import StraightSocket
from svarhus.domains.audio.repository import RecordingsRepository
from svarhus.domains.audio.service import Prompts
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.people.model import OwnRole
from svarhus.domains.people.rights import Right, Role, operator
from svarhus.kit.database import Database
from svarhus.kit.ids import OrganisationId
from unit.organisation.small_file import SMALL

NEIGHBOUR = OrganisationId("clinic")
QUICK = LivePace(sign_in=1.0, ping=0.05, look=0.1)

SignedIn = Callable[[str], Awaitable[httpx.AsyncClient]]


@pytest.fixture
def time() -> VirtualTime:
    return VirtualTime()


@pytest_asyncio.fixture
async def wired(shared_database: Shared, database: Database, time: VirtualTime) -> Organisations:
    wired = organisations(database, time, WEAK_HASHER)
    if not shared_database.put_back("demo"):
        demo = demo_file().decode()
        for person in ("astrid", "birgitta", "cecilia", "david"):
            demo = demo.replace(f"    email: {person}@", f"    password: {PASSWORD}\n    email: {person}@")
        await wired.service.apply_file(demo.encode())
        await wired.service.apply_file(SMALL.encode())
        shared_database.keep("demo")
    return wired


@pytest_asyncio.fixture
async def house(
    database: Database, wired: Organisations, time: VirtualTime, tmp_path: Path
) -> AsyncIterator[RunningHouse]:
    house = RunningHouse(database, tmp_path, time)
    await house.start()
    yield house
    await house.stop()


@pytest.fixture
def application(
    database: Database, wired: Organisations, time: VirtualTime, house: RunningHouse, tmp_path: Path
) -> FastAPI:
    prompts = Prompts(tmp_path, Whisper(), RecordingsRepository(database), time)
    found = centre(database, time, wired, house, tmp_path, "a key of tests")
    return create_api(api_services(database, time, wired, found, prompts, QUICK))


@pytest_asyncio.fixture
async def as_person(application: FastAPI) -> AsyncIterator[SignedIn]:
    """Signs a person of the demonstration in: astrid leads all, birgitta a team, cecilia and david take calls."""
    async with AsyncExitStack() as stack:

        async def sign_in(person: str) -> httpx.AsyncClient:
            opened = await stack.enter_async_context(client(application, {"X-Svarhus": "1"}))
            answer = await opened.post(
                "/api/session", json={"email": f"{person}@svarhus.example", "password": PASSWORD}
            )
            assert answer.status_code == 201
            return opened

        yield sign_in


@pytest_asyncio.fixture
async def birgitta(as_person: SignedIn) -> httpx.AsyncClient:
    """A team leader."""
    return await as_person("birgitta")


@pytest_asyncio.fixture
async def cecilia(as_person: SignedIn) -> httpx.AsyncClient:
    """A user, who is logged in to the advice line from the start."""
    return await as_person("cecilia")


@pytest_asyncio.fixture
async def token(wired: Organisations) -> str:
    """Of a program of the demonstration, as powerful as they come."""
    return (await wired.tokens.make(operator(DEMO), "reports", Role.ADMINISTRATOR))[0]


@pytest_asyncio.fixture
async def neighbour(application: FastAPI, wired: Organisations) -> AsyncIterator[httpx.AsyncClient]:
    """The administrator of another organisation."""
    secret, _ = await wired.tokens.make(operator(NEIGHBOUR), "neighbour", Role.ADMINISTRATOR)
    async with client(application, {"Authorization": f"Bearer {secret}"}) as opened:
        yield opened


@pytest_asyncio.fixture
async def address(application: FastAPI) -> AsyncIterator[str]:
    """Host and port at which the application is served, in this loop."""
    server = uvicorn.Server(
        uvicorn.Config(
            application,
            port=0,
            log_level="error",
            lifespan="off",
            ws=StraightSocket,
            ws_per_message_deflate=False,
            timeout_graceful_shutdown=1,
        )
    )
    serving = asyncio.create_task(server.serve())
    async with asyncio.timeout(10):
        while not server.started:  # noqa: ASYNC110  # uvicorn tells nobody
            await asyncio.sleep(0.01)
    yield f"127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    await serving


async def may_only(wired: Organisations, person: str, *rights: Right) -> None:
    """Give somebody a role of the organisation's own."""
    role = OwnRole(key="own", name="Own", rights=rights)

    def edit(before: Configuration) -> Configuration:
        people = tuple(
            each.model_copy(update={"role": "own"}) if each.key == person else each for each in before.people
        )
        return before.model_copy(update={"roles": (role,), "people": people})

    await wired.service.change(operator(DEMO), edit, "another role")
