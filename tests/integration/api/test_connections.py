"""HTTP connections as they are served: what is right goes through, whoever dawdles is let go of."""

import asyncio
import socket
from collections import Counter
from collections.abc import AsyncIterator
from hashlib import sha256
from typing import ClassVar

import pytest
import pytest_asyncio
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from svarhus.app.connections import GuardedConnection

Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Impatient(GuardedConnection):
    head_seconds = 0.3
    body_seconds = 0.3
    most_heads = 3
    heads: ClassVar[Counter[str]] = Counter()


@pytest_asyncio.fixture
async def stream() -> AsyncIterator[Stream]:
    async def hashed(request: Request) -> PlainTextResponse:
        if request.method == "POST":
            return PlainTextResponse(sha256(await request.body()).hexdigest())
        await asyncio.sleep(float(request.query_params.get("after", "0")))
        return PlainTextResponse(request.query_params["say"])

    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        Starlette(routes=[Route("/", hashed, methods=["GET", "POST"])]),
        log_level="error",
        lifespan="off",
        http=Impatient,
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve([listening]))
    reader, writer = await asyncio.open_connection("127.0.0.1", listening.getsockname()[1])
    yield reader, writer
    writer.close()
    server.should_exit = True
    await serving


async def answer(reader: asyncio.StreamReader) -> tuple[int, str]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    length = int(head.partition("content-length: ")[2].partition("\r\n")[0])
    return int(head.split()[1]), (await reader.readexactly(length)).decode()


def get(query: str) -> bytes:
    return f"GET /?{query} HTTP/1.1\r\nHost: here\r\n\r\n".encode()


def post(body: bytes) -> bytes:
    return b"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


async def test_a_large_body_arrives_whole_and_the_connection_goes_on(stream: Stream) -> None:
    reader, writer = stream
    body = bytes(range(256)) * 40_000
    for _ in range(2):
        writer.write(post(body))
        assert await answer(reader) == (200, sha256(body).hexdigest())


async def test_requests_behind_one_another_are_answered_in_their_order(stream: Stream) -> None:
    reader, writer = stream
    writer.write(get("say=one&after=0.1") + post(b"two") + get("say=three"))
    assert [await answer(reader) for _ in range(3)] == [(200, "one"), (200, sha256(b"two").hexdigest()), (200, "three")]


async def test_many_requests_behind_one_another_are_refused(stream: Stream) -> None:
    reader, writer = stream
    writer.write(get("say=one&after=0.5") * 40)
    assert b"HTTP/1.1 200" not in await reader.read()


async def test_who_says_nothing_is_told_so(stream: Stream) -> None:
    reader, _ = stream
    assert (await answer(reader))[0] == 408
    assert await reader.read() == b""


async def test_a_head_that_drips_is_cut_off(stream: Stream) -> None:
    reader, writer = stream
    writer.write(b"GET / HTTP/1.1\r\n")
    dripping = asyncio.create_task(drip(writer, b"X-Slow: yes\r\n"))
    assert (await answer(reader))[0] == 408
    dripping.cancel()


async def test_a_second_head_that_drips_is_cut_off_too(stream: Stream) -> None:
    reader, writer = stream
    writer.write(get("say=one"))
    assert await answer(reader) == (200, "one")
    dripping = asyncio.create_task(drip(writer, b"G"))
    assert b"200" not in await reader.read()
    dripping.cancel()


async def test_a_body_that_drips_is_cut_off(stream: Stream) -> None:
    reader, writer = stream
    writer.write(b"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 50000\r\n\r\n")
    dripping = asyncio.create_task(drip(writer, b"x"))
    assert await reader.read() == b""
    dripping.cancel()


async def test_a_slow_body_that_moves_is_taken(stream: Stream) -> None:
    reader, writer = stream
    writer.write(post(b"y" * 40_960)[:-40_960])
    for _ in range(10):
        writer.write(b"y" * 4096)
        await asyncio.sleep(0.1)
    assert await answer(reader) == (200, sha256(b"y" * 40_960).hexdigest())


async def test_an_answer_may_take_its_time(stream: Stream) -> None:
    reader, writer = stream
    writer.write(get("say=late&after=1"))
    assert await answer(reader) == (200, "late")


async def test_an_address_has_so_many_heads_that_are_waited_for(stream: Stream) -> None:
    reader, writer = stream
    port = writer.get_extra_info("peername")[1]
    silent = [await asyncio.open_connection("127.0.0.1", port) for _ in range(2)]
    refused = await asyncio.open_connection("127.0.0.1", port)
    assert (await answer(refused[0]))[0] == 429
    writer.write(get("say=known"))
    assert await answer(reader) == (200, "known"), "who was there goes on"
    for one in (*silent, refused):
        one[1].close()
    async with asyncio.timeout(10):
        while Impatient.heads:  # noqa: ASYNC110  # the server hears of it in its own time
            await asyncio.sleep(0.01)
    again = await asyncio.open_connection("127.0.0.1", port)
    again[1].write(get("say=again"))
    assert (await answer(again[0]))[0] == 200
    again[1].close()


async def drip(writer: asyncio.StreamWriter, drop: bytes) -> None:
    while True:
        writer.write(drop)
        await asyncio.sleep(0.05)


@pytest.mark.parametrize("drop", [b"0\r\n\r\n" * 2000, b"\x00" * 20_000])
async def test_what_is_no_request_is_refused(stream: Stream, drop: bytes) -> None:
    reader, writer = stream
    writer.write(drop)
    assert (await answer(reader))[0] == 400
