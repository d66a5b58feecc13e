"""A small ARI client: requests and events over one WebSocket, which it keeps open.

Asterisk works requests of one connection off one after the other, so requests need not wait for
each other's answers to be carried out in order. A refusal (404 for a channel that has just hung up,
409 for a bridge that exists) is an outcome, not an exception.
"""

import asyncio
import contextlib
import logging
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import quote, unquote, urlsplit

import aiohttp
import msgspec

from svarhus.adapters.asterisk.wire import AriEvent, QueryString, Reply, RestRequest
from svarhus.kit.errors import SvarhusError

log = logging.getLogger(__name__)

RETRY = 0.2
"""Seconds between attempts to connect."""

TAKE_OVER_AGAIN = 1.0
"""Seconds between attempts to take a connection over."""

HEARTBEAT = 8.0
"""Seconds between pings; an Asterisk that does not answer one within half of it counts as lost."""

SLOW = 1.0
"""Seconds from which an answer is told of: all that comes behind it waits too, and callers notice."""

RACES = frozenset({400, 404, 409, 412, 422, 500})
"""Usual answers about a channel that has hung up, a bridge that exists, a phone that is not there."""

LOST = Reply(0, "the connection was lost")
LATE = Reply(0, "no answer in time")

_plain = re.compile(r"[A-Za-z0-9_.~-]*").fullmatch

_word = re.compile(r"[A-Za-z_]+").fullmatch

Socket = aiohttp.ClientWebSocketResponse[Literal[False]]

_decode = msgspec.json.Decoder(AriEvent).decode
_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True)
class AriAddress:
    """Where ARI is and how to sign in."""

    url: str
    """Such as `http://127.0.0.1:8088`."""
    user: str
    password: str = field(repr=False)

    @classmethod
    def of(cls, url: str) -> "AriAddress":
        """From `http://user:password@host:port`."""
        parts = urlsplit(url)
        place = f"{parts.hostname}:{parts.port or 8088}"
        return cls(f"{parts.scheme}://{place}", unquote(parts.username or ""), unquote(parts.password or ""))


def path(*parts: str) -> str:
    """A resource's path of parts that may hold any characters."""
    return "/".join(part if _plain(part) else quote(part, safe="") for part in parts)


@dataclass(frozen=True, slots=True)
class Pending:
    """A request that has not been answered yet."""

    method: str
    uri: str
    sent: float
    future: asyncio.Future[Reply]

    def __str__(self) -> str:
        """Without what names a phone or a party: `POST channels/*/play`."""
        return f"{self.method} {'/'.join(part if _word(part) else '*' for part in self.uri.split('/'))}"


class AriClient:
    """Keeps one WebSocket to Asterisk and tells when it comes and goes.

    `on_connected` runs after each connect and may make requests; `on_lost` after each loss.
    `on_event` must not block.
    """

    def __init__(
        self,
        address: AriAddress,
        applications: str,
        on_event: Callable[[AriEvent], None],
        on_connected: Callable[[], Awaitable[None]],
        on_lost: Callable[[], None],
        time_limit: float = 5.0,
    ) -> None:
        self._address = address
        self._applications = applications
        self._on_event = on_event
        self._on_connected = on_connected
        self._on_lost = on_lost
        self._time_limit = time_limit
        self._session: aiohttp.ClientSession | None = None
        self._socket: Socket | None = None
        self._pending: dict[str, Pending] = {}
        self._count = 0
        self._answered = 0.0
        self._closing: asyncio.Task[None] | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._pause = RETRY

    @property
    def connected(self) -> bool:
        return self._socket is not None

    async def start(self) -> None:
        """Begin connecting; returns at once. Goes on until stop()."""
        self._tasks = [asyncio.create_task(self._keep_connected()), asyncio.create_task(self._sweep())]

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []

    def step_aside(self, seconds: float) -> None:
        """Let go of the connection, and take it up again only after a while."""
        self._pause = seconds
        if self._closing is None and self._socket is not None:
            self._closing = asyncio.create_task(self._close(self._socket))

    async def _close(self, socket: Socket) -> None:
        await socket.close()
        self._closing = None

    # ------------------------------------------------------------ requests

    def send(
        self, method: str, uri: str, query: Mapping[str, str] | None = None, body: object = None
    ) -> asyncio.Future[Reply]:
        """Send a request now. The future never fails: see Reply."""
        future: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        socket = self._socket
        if socket is None:
            future.set_result(LOST)
            return future
        self._count += 1
        key = str(self._count)
        request = RestRequest(
            request_id=key,
            method=method,
            uri=uri,
            query_strings=[QueryString(name, value) for name, value in query.items()] if query else [],
            content_type="application/json" if body is not None else "",
            message_body=_encode(body).decode() if body is not None else "",
        )
        self._pending[key] = Pending(method, uri, time.monotonic(), future)
        self._write(socket, _encode(request))
        return future

    async def request(
        self, method: str, uri: str, query: Mapping[str, str] | None = None, body: object = None
    ) -> Reply:
        return await self.send(method, uri, query, body)

    async def request_aside(self, method: str, uri: str) -> Reply:
        """Ask over HTTP, past everything that waits on the WebSocket."""
        if self._session is None:
            return LOST
        try:
            limit = aiohttp.ClientTimeout(self._time_limit)
            async with self._session.request(method, f"{self._address.url}/ari/{uri}", timeout=limit) as response:
                return Reply(response.status, await response.text())
        except (aiohttp.ClientError, OSError, TimeoutError):
            return LOST

    async def taken(self) -> None:
        """Wait until Asterisk has answered all requests sent so far."""
        if self._pending:
            await asyncio.wait((next(reversed(self._pending.values())).future,))

    def _write(self, socket: Socket, data: bytes) -> None:
        # The frame goes out before the first suspension, which keeps requests in order without a
        # task for each; the coroutine only suspends to wait for a full buffer, which can be left.
        sending = socket.send_frame(data, aiohttp.WSMsgType.TEXT)
        try:
            sending.send(None)
        except StopIteration:
            return
        except (ConnectionError, RuntimeError, aiohttp.ClientError):
            return
        sending.close()

    # ------------------------------------------------------------ the connection

    async def _keep_connected(self) -> None:
        url = self._address.url.replace("http", "ws", 1)
        sign_in = aiohttp.encode_basic_auth(self._address.user, self._address.password)
        async with aiohttp.ClientSession(headers={"Authorization": sign_in}) as session:
            self._session = session
            while True:
                with contextlib.suppress(aiohttp.ClientError, OSError, TimeoutError):
                    async with session.ws_connect(
                        f"{url}/ari/events?app={self._applications}",
                        heartbeat=HEARTBEAT,
                        max_msg_size=0,
                        decode_text=False,
                        timeout=aiohttp.ClientWSTimeout(ws_close=1.0),
                    ) as socket:
                        await self._serve(socket)
                await asyncio.sleep(self._pause)
                self._pause = RETRY

    async def _serve(self, socket: Socket) -> None:
        self._socket = socket
        greeting = asyncio.create_task(self._greet())
        try:
            async for message in socket:
                if message.type is aiohttp.WSMsgType.TEXT:
                    self._receive(message.data)
        finally:
            self._socket = None
            greeting.cancel()
            for pending in self._pending.values():
                if not pending.future.done():
                    pending.future.set_result(LOST)
            self._pending.clear()
            self._on_lost()

    async def _greet(self) -> None:
        """Take the connection over, again and again until it has worked."""
        while True:
            try:
                await self._on_connected()
                return
            except SvarhusError as error:
                log.error("ari: taking over a new connection failed and is tried again: %s", error.detail)
            except Exception:
                log.exception("ari: taking over a new connection failed and is tried again")
            await asyncio.sleep(TAKE_OVER_AGAIN)

    def _receive(self, text: bytes) -> None:
        try:
            event = _decode(text)
        except msgspec.DecodeError as error:
            log.error("ari: unreadable event of %s bytes: %s", len(text), error)  # the text may hold numbers
            return
        if event.type != "RESTResponse":
            try:
                self._on_event(event)
            except Exception:
                log.exception("ari: handling of %s failed", event.type)
            return
        if event.status_code >= 400:
            # Races that every call may meet are no news.
            severity = logging.DEBUG if event.status_code in RACES else logging.WARNING
            log.log(severity, "ari: %s answered %s: %s", event.uri, event.status_code, event.message_body)
        pending = self._pending.pop(event.request_id, None)
        if pending is None:
            return
        now = time.monotonic()
        # What came before it, it only waited for.
        took, self._answered = now - max(pending.sent, self._answered), now
        if took > SLOW:
            log.warning("ari: %s took %.1f s, and %d behind it waited", pending, took, len(self._pending))
        if not pending.future.done():
            pending.future.set_result(Reply(event.status_code, event.message_body))

    async def _sweep(self) -> None:
        """One timer for all requests."""
        while True:
            await asyncio.sleep(1.0)
            due = time.monotonic() - self._time_limit
            late = [key for key, pending in self._pending.items() if pending.sent < due]
            if late:
                first = self._pending[late[0]]
                words = "ari: %s had no answer within %.1f s, and %d behind it neither"
                log.warning(words, first, self._time_limit, len(late) - 1)
            for key in late:
                future = self._pending.pop(key).future
                if not future.done():
                    future.set_result(LATE)
