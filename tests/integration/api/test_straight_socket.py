"""Messages that are written to a WebSocket past its task, as a client of another make reads them."""

import asyncio
import socket
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket
from websockets.asyncio.client import ClientConnection, connect

from svarhus.app.sockets import StraightSocket, Write, straight


@pytest.fixture
def writes() -> list[Write]:
    return []


@pytest_asyncio.fixture
async def client(writes: list[Write]) -> AsyncIterator[ClientConnection]:
    async def endpoint(socket: WebSocket) -> None:
        write = straight(socket)
        assert write is not None
        assert not write(b"too early"), "the handshake is not over"
        await socket.accept()
        writes.append(write)
        await socket.send_text("begins")
        await socket.receive_text()
        await socket.close()
        assert not write(b"too late")

    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        Starlette(routes=[WebSocketRoute("/", endpoint)]),
        log_level="error",
        lifespan="off",
        ws=StraightSocket,
        ws_per_message_deflate=False,
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve([listening]))
    async with connect(f"ws://127.0.0.1:{listening.getsockname()[1]}/", max_size=None) as opened:
        yield opened
    server.should_exit = True
    await serving


@pytest.mark.parametrize("length", [0, 125, 126, 65_535, 65_536])
async def test_a_message_of_any_length_is_whole_and_in_its_place(
    client: ClientConnection, writes: list[Write], length: int
) -> None:
    assert await client.recv() == "begins"
    assert writes[0](b"x" * length)
    assert writes[0]("å".encode())
    assert await client.recv() == "x" * length
    assert await client.recv() == "å"


async def test_who_does_not_read_is_not_written_to(client: ClientConnection, writes: list[Write]) -> None:
    assert await client.recv() == "begins"
    taken = 0
    while writes[0](b"x" * 1_000_000):
        taken += 1
        assert taken < 100, "the system's buffers are full long before"
    for _ in range(taken):
        assert len(await client.recv()) == 1_000_000
    while not writes[0](b"again"):  # noqa: ASYNC110  # nothing tells of it
        await asyncio.sleep(0.01)
    assert await client.recv() == "again"


async def test_what_is_closed_is_not_written_to(client: ClientConnection, writes: list[Write]) -> None:
    assert await client.recv() == "begins"
    await client.send("enough")
    await client.wait_closed()
    assert not writes[0](b"too late")
