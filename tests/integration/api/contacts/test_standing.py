"""Who is signed out or no longer there watches nothing from that moment on, whichever process has seen to it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from database import WEAK_HASHER
from integration.api.contacts.conftest import SignedIn
from integration.running import LIMIT, RunningHouse
from svarhus.adapters.simulated.time import VirtualTime
from svarhus.app.api.open_sockets import OpenSockets, SocketLimits
from svarhus.app.organisations import DEMO, Organisations, organisations
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.people.rights import operator
from svarhus.kit.database import Database
from svarhus.kit.ids import PersonKey

AN_HOUR = 3600.0
NEW = "Nobody has had this one"

Ending = Callable[[Organisations], Awaitable[object]]


@pytest_asyncio.fixture
async def elsewhere(database_url: str, wired: Organisations, time: VirtualTime) -> AsyncIterator[Organisations]:
    """The same organisations, as another process has them."""
    database = Database(database_url)
    yield organisations(database, time, WEAK_HASHER)
    await database.close()


@pytest_asyncio.fixture(autouse=True)
async def told(application: FastAPI) -> AsyncIterator[None]:
    """Looked at only when something has ended."""
    services = application.state.services
    application.state.services = replace(services, pace=replace(services.pace, look=AN_HOUR))
    telling = asyncio.create_task(services.standings.run())
    yield
    telling.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await telling


def without_cecilia(before: Configuration) -> Configuration:
    queues = (
        queue.model_copy(update={"members": tuple(each for each in queue.members if each.person != "cecilia")})
        for queue in before.queues
    )
    people = tuple(person for person in before.people if person.key != "cecilia")
    return before.model_copy(update={"people": people, "queues": tuple(queues)})


ENDINGS: dict[str, Ending] = {
    "a new password": lambda there: there.sign_in.set_password(operator(DEMO), PersonKey("cecilia"), NEW),
    "signed out by an administrator": lambda there: there.sign_in.end_sessions_of(operator(DEMO), PersonKey("cecilia")),
    "no longer in the organisation": lambda there: there.service.change(operator(DEMO), without_cecilia, "left"),
}


async def close_code(socket: ClientConnection) -> int | None:
    with contextlib.suppress(ConnectionClosed):
        async with asyncio.timeout(LIMIT):
            while True:
                await socket.recv()
    return socket.close_code


def cookie(of: httpx.AsyncClient) -> dict[str, str]:
    return {"Cookie": f"svarhus_session={of.cookies['svarhus_session']}"}


@pytest.mark.parametrize("ending", ENDINGS)
async def test_a_socket_ends_with_what_let_its_person_in(
    ending: str, house: RunningHouse, address: str, as_person: SignedIn, elsewhere: Organisations
) -> None:
    cecilia, david = await as_person("cecilia"), await as_person("david")
    async with (
        connect(f"ws://{address}/api/live", additional_headers=cookie(cecilia)) as hers,
        connect(f"ws://{address}/api/live", additional_headers=cookie(david)) as his,
    ):
        await hers.recv()
        await his.recv()
        await ENDINGS[ending](elsewhere)
        assert await close_code(hers) == 4401
        assert his.close_code is None


async def test_too_many_sockets_of_one_person_or_of_strangers_are_refused(
    house: RunningHouse, application: FastAPI, address: str, as_person: SignedIn
) -> None:
    few = OpenSockets(SocketLimits(address=4, strangers=1, person=2))
    application.state.services = replace(application.state.services, sockets=few)
    cecilia, david = await as_person("cecilia"), await as_person("david")
    url = f"ws://{address}/api/live"
    async with connect(url, additional_headers=cookie(cecilia)) as first:
        await first.recv()
        async with connect(url, additional_headers=cookie(cecilia)) as second:
            await second.recv()
            async with connect(url, additional_headers=cookie(cecilia)) as third:
                assert "too-many-open" in str(await third.recv())
                assert await close_code(third) == 4429
            async with connect(url) as stranger, connect(url) as another:
                assert await close_code(another) == 4429
                async with connect(url, additional_headers=cookie(david)) as his:
                    await his.recv()
                    async with connect(url, additional_headers=cookie(david)) as fifth:
                        assert await close_code(fifth) == 4429
                assert stranger.close_code is None
        async with connect(url, additional_headers=cookie(cecilia)) as again:
            assert "snapshot" in str(await again.recv())
