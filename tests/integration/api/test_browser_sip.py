"""The browsers' line: one frame is one message in one's own name, and who guesses is cut off alone."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import aiohttp
import httpx
import pytest
import pytest_asyncio
from aiohttp import web
from fastapi import FastAPI

from integration.api.conftest import client
from integration.api.test_call_us import SESSIONS, call_us, phones  # noqa: F401
from svarhus.adapters.asterisk.ari import AriAddress
from svarhus.adapters.asterisk.browser_line import TOLERATED, BrowserLine
from svarhus.app.api.access import COOKIE
from svarhus.app.api.open_sockets import OpenSockets, SocketLimits
from svarhus.domains.guests.service import CallUs

ANSWER = "SIP/2.0 200 OK\r\nCall-ID: {call}\r\nCSeq: {sequence}\r\n\r\n"
REFUSAL = "SIP/2.0 401 Unauthorized\r\nCall-ID: {call}\r\nCSeq: {sequence}\r\n\r\n"


class Asterisk:
    """Takes SIP over a WebSocket, keeps it, and believes no password."""

    def __init__(self) -> None:
        self.heard: asyncio.Queue[str] = asyncio.Queue()
        self.url = ""

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Asterisk"]:
        app = web.Application()
        app.router.add_get("/ws", self._talk)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield self
        await runner.cleanup()

    async def _talk(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(protocols=("sip",))
        await socket.prepare(request)
        async for message in socket:
            if message.type is aiohttp.WSMsgType.TEXT:
                self.heard.put_nowait(message.data)
                lines = dict(line.partition(": ")[::2] for line in message.data.split("\r\n"))
                if message.data.startswith("INVITE"):
                    await socket.send_str(ANSWER.format(call=lines["Call-ID"], sequence=lines["CSeq"]))
                if "Authorization" in lines:
                    await socket.send_str(REFUSAL.format(call=lines["Call-ID"], sequence=lines["CSeq"]))
        return socket


class Page:
    """A page's end of the line."""

    def __init__(self, application: FastAPI, token: str = "", cookie: str = "") -> None:
        self._to_us: asyncio.Queue[dict[str, object]] = asyncio.Queue()
        self._to_it: asyncio.Queue[dict[str, object]] = asyncio.Queue()
        scope = {
            "type": "websocket",
            "asgi": {"version": "3.0"},
            "scheme": "ws",
            "path": "/ws/sip",
            "raw_path": b"/ws/sip",
            "query_string": f"guest={token}".encode() if token else b"",
            "headers": [(b"host", b"svarhus"), (b"origin", b"http://svarhus"), (b"cookie", cookie.encode())],
            "client": ("192.0.2.7", 50000),
            "server": ("svarhus", 80),
            "subprotocols": ["sip"],
            "state": {},
        }
        self._to_it.put_nowait({"type": "websocket.connect"})
        self._work = asyncio.ensure_future(application(scope, self._to_it.get, self._to_us.put))  # type: ignore[arg-type]

    def say(self, text: str) -> None:
        self._to_it.put_nowait({"type": "websocket.receive", "text": text})

    async def answered(self) -> str:
        """The next message that comes from us."""
        async with asyncio.timeout(5):
            while (told := await self._to_us.get())["type"] != "websocket.send":
                pass
        return str(told["text"])

    async def closed(self) -> int:
        """The code with which we close it."""
        async with asyncio.timeout(5):
            while (told := await self._to_us.get())["type"] != "websocket.close":
                pass
            await self._work
        return int(str(told["code"]))

    async def leave(self) -> None:
        self._to_it.put_nowait({"type": "websocket.disconnect", "code": 1001})
        async with asyncio.timeout(5):
            await self._work


@pytest_asyncio.fixture
async def asterisk(application: FastAPI, call_us: CallUs) -> AsyncIterator[Asterisk]:  # noqa: F811
    async with Asterisk().running() as running:
        line = BrowserLine(AriAddress(running.url, "svarhus", "x"))
        application.state.services = replace(application.state.services, call_us=call_us, browser_line=line)
        yield running


@pytest_asyncio.fixture
async def guest(application: FastAPI, asterisk: Asterisk) -> AsyncIterator[httpx.AsyncClient]:
    async with client(application, {"X-Svarhus": "1"}) as opened:
        yield opened


def register(user: str, count: int = 1, proof: bool = False) -> str:
    return (
        "REGISTER sip:svarhus SIP/2.0\r\nVia: SIP/2.0/WS a.invalid;branch=z9hG4bK1\r\n"
        f"From: <sip:{user}@svarhus>;tag=a\r\nTo: <sip:{user}@svarhus>\r\nCall-ID: c\r\nCSeq: {count} REGISTER\r\n"
        + (f'Authorization: Digest username="{user}", response="0"\r\n' if proof else "")
        + "\r\n"
    )


async def test_a_second_message_in_a_frame_reaches_nobody(
    application: FastAPI, guest: httpx.AsyncClient, asterisk: Asterisk
) -> None:
    visit = (await guest.post(SESSIONS)).json()
    page = Page(application, visit["token"])
    page.say(register(visit["user"]))
    async with asyncio.timeout(5):
        first = await asterisk.heard.get()
    page.say(register(visit["user"], 2) + register("1001", proof=True))

    assert await page.closed() == 4403
    assert first.startswith("REGISTER sip:svarhus SIP/2.0\r\n")
    assert asterisk.heard.empty()


async def test_who_guesses_passwords_is_cut_off_alone(
    application: FastAPI, guest: httpx.AsyncClient, asterisk: Asterisk
) -> None:
    guesser, other = [(await guest.post(SESSIONS)).json() for _ in range(2)]
    page = Page(application, guesser["token"])
    for count in range(TOLERATED + 1):
        page.say(register(guesser["user"], count, proof=True))

    assert await page.closed() == 4429
    assert await Page(application, guesser["token"]).closed() == 4429
    while not asterisk.heard.empty():
        asterisk.heard.get_nowait()
    fellow = Page(application, other["token"])
    fellow.say(register(other["user"]))
    async with asyncio.timeout(5):
        assert other["user"] in await asterisk.heard.get()
    await fellow.leave()


def in_call(method: str, user: str, to: str, call: str = "talk", tag: str = ";tag=b") -> str:
    return (
        f"{method} sip:{to}@svarhus SIP/2.0\r\nVia: SIP/2.0/WS a.invalid;branch=z9hG4bK1\r\n"
        f"From: <sip:{user}@svarhus>;tag=a\r\nTo: <sip:{to}@svarhus>{tag}\r\nCall-ID: {call}\r\n"
        f"CSeq: 1 {method}\r\n\r\n"
    )


async def test_a_call_of_who_is_signed_out_ends_in_peace(
    application: FastAPI,
    guest: httpx.AsyncClient,
    asterisk: Asterisk,
    call_us: CallUs,  # noqa: F811
) -> None:
    services = application.state.services
    application.state.services = replace(services, pace=replace(services.pace, look=0.05))
    (number, *_) = (await guest.get("/api/public/call-us")).json()["numbers"]
    visit = (await guest.post(SESSIONS)).json()
    page, user, to = Page(application, visit["token"]), visit["user"], number["number"]
    page.say(in_call("INVITE", user, to, tag=""))
    assert (await page.answered()).startswith("SIP/2.0 200")
    await asterisk.heard.get()
    await call_us.end(visit["token"])
    with pytest.raises(TimeoutError):
        for count in range(1000):
            page.say(register(user, count))
            await asyncio.wait_for(asterisk.heard.get(), 0.3)

    page.say(in_call("INVITE", user, to, call="another", tag=""))
    page.say(in_call("UPDATE", user, to))
    async with asyncio.timeout(5):
        assert (await asterisk.heard.get()).startswith("UPDATE")
    page.say(in_call("BYE", user, to))
    assert await page.closed() == 4401
    assert (await asterisk.heard.get()).startswith("BYE") and asterisk.heard.empty()


@pytest_asyncio.fixture
async def told(application: FastAPI, asterisk: Asterisk) -> AsyncIterator[None]:
    """Looked at only when something has ended."""
    services = application.state.services
    application.state.services = replace(services, pace=replace(services.pace, look=3600.0))
    telling = asyncio.create_task(services.standings.run())
    yield
    telling.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await telling


@pytest.mark.usefixtures("told")
async def test_a_line_ends_at_once_with_its_session(
    application: FastAPI, bo: httpx.AsyncClient, anna: httpx.AsyncClient, asterisk: Asterisk
) -> None:
    page = Page(application, cookie=f"{COOKIE}={bo.cookies[COOKIE]}")
    page.say(register("102-browser"))
    async with asyncio.timeout(5):
        await asterisk.heard.get()
    await anna.put("/api/people/bo/password", json={"new": "Nobody has had this one"})
    assert await page.closed() == 4401


@pytest.mark.usefixtures("told")
async def test_a_call_of_whose_password_is_reset_ends_in_peace_and_nothing_else_is_passed_on(
    application: FastAPI, bo: httpx.AsyncClient, anna: httpx.AsyncClient, asterisk: Asterisk
) -> None:
    page = Page(application, cookie=f"{COOKIE}={bo.cookies[COOKIE]}")
    page.say(in_call("INVITE", "102-browser", "101", tag=""))
    assert (await page.answered()).startswith("SIP/2.0 200")
    await asterisk.heard.get()
    await anna.put("/api/people/bo/password", json={"new": "Nobody has had this one"})
    with pytest.raises(TimeoutError):
        for count in range(1000):
            page.say(register("102-browser", count))
            await asyncio.wait_for(asterisk.heard.get(), 0.3)
    page.say(in_call("BYE", "102-browser", "101"))
    assert await page.closed() == 4401
    assert (await asterisk.heard.get()).startswith("BYE") and asterisk.heard.empty()


async def test_one_visit_has_few_lines(application: FastAPI, guest: httpx.AsyncClient, asterisk: Asterisk) -> None:
    visit = (await guest.post(SESSIONS)).json()
    services = application.state.services
    application.state.services = replace(services, sockets=OpenSockets(SocketLimits(visitor=1)))
    page = Page(application, visit["token"])
    page.say(register(visit["user"]))
    async with asyncio.timeout(5):
        await asterisk.heard.get()
    assert await Page(application, visit["token"]).closed() == 4429
    await page.leave()
    again = Page(application, visit["token"])
    again.say(register(visit["user"]))
    async with asyncio.timeout(5):
        await asterisk.heard.get()
    await again.leave()
