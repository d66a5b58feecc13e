"""Around every request: limits what is sent, ends reading with its reader, answers errors of our own, and sets the
headers of security."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from svarhus.app.api.body_sizes import MOST_VALUES, SMALL, allowance
from svarhus.app.api.problems import answer, broken
from svarhus.kit.errors import SvarhusError

LetIn = Callable[[Request], Awaitable[object]]
"""NotSignedIn when who sends the request is not known."""

READ_AWAY, READ_AWAY_FOR = 64_000_000, 10.0
"""Bytes, and seconds, of what is refused that are still read: where a connection is closed with something unread, its
other end sees a reset instead of the answer."""

LOOK_AFTER = 0.2
"""Seconds from which a request is watched: most are answered long before."""

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}
"""Set where the endpoint has not set its own."""

_ONLY_TLS = "max-age=31536000"

_LOOKS = frozenset({"GET", "HEAD"})


class BodyTooLarge(SvarhusError):
    id = "body-too-large"
    status = 413
    title = "Too much was sent"


class EncodedBody(SvarhusError):
    """It is compressed: how large it is shows only when it is unpacked."""

    id = "body-encoded"
    status = 415
    title = "The body is compressed"


class Guard:
    """The outermost middleware."""

    def __init__(self, app: ASGIApp, let_in: LetIn) -> None:
        self._app = app
        self._let_in = let_in

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await _Guarded(scope, receive, send, self._let_in).by(self._app)
        else:
            await self._app(scope, receive, send)


class _Guarded:
    """One request."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, let_in: LetIn) -> None:
        self._scope = scope
        self._receive = receive
        self._send = send
        self._let_in = let_in
        self._headers = Headers(scope=scope)
        self._allowance = allowance(scope["path"])
        self._limit = SMALL
        self._got = self._values = 0
        self._whole = asyncio.Event()
        self._begun = False
        self._refused: SvarhusError | None = None
        self._gone = False

    async def by(self, app: ASGIApp) -> None:
        """Let the application answer, or answer in its place."""
        try:
            if "content-length" in self._headers or "transfer-encoding" in self._headers:
                await self._refuse_announced()
            await self._attended(app)
        except ClientDisconnect:
            return
        except Exception as error:
            if self._begun:
                raise
            self._refused = self._refused or (error if isinstance(error, SvarhusError) else None)
            if self._refused is None:
                await broken(error)(self._scope, self._receive, self._to_client)
        if self._refused is not None and not self._begun:
            await answer(self._refused)(self._scope, self._receive, self._told_while_read)

    # ------------------------------------------------------------------ what is sent

    async def _refuse_announced(self) -> None:
        if self._headers.get("content-encoding", "identity").lower() != "identity":
            raise EncodedBody("Compressed bodies are not read.", "Send it without Content-Encoding.")
        announced = self._headers.get("content-length", "0")
        if announced.isascii() and announced.isdigit():
            await self._make_room(int(announced))

    async def _make_room(self, size: int) -> None:
        """For so many bytes of the body. BodyTooLarge; NotSignedIn when a stranger sends more than a little."""
        if size > self._allowance.largest:
            raise BodyTooLarge(f"At most {self._allowance.largest:,} bytes may be sent here.", "Send less.")
        if size > self._limit:
            await self._let_in(Request(self._scope))
            self._limit = self._allowance.largest

    async def _told_while_read(self, message: Message) -> None:
        """Send the answer, and then read what is still on its way before it is over."""
        if message["type"] == "http.response.body" and self._sends_on:
            await self._to_client({**message, "more_body": True})
            await self._read_away()
            message = {"type": "http.response.body", "body": b""}
        await self._to_client(message)

    @property
    def _sends_on(self) -> bool:
        """Somebody known sends more than fits. Of a stranger no more is read than is needed to say so."""
        return isinstance(self._refused, BodyTooLarge) and not self._whole.is_set()

    async def _read_away(self) -> None:
        left = READ_AWAY
        with suppress(TimeoutError):
            async with asyncio.timeout(READ_AWAY_FOR):
                while left > 0:
                    message = await self._receive()
                    left -= len(message.get("body", b""))
                    if message["type"] != "http.request" or not message.get("more_body", False):
                        return

    async def _limited(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request":
            body = message.get("body", b"")
            self._got += len(body)
            if not message.get("more_body", False):
                self._whole.set()
            try:
                if self._got > self._limit:
                    await self._make_room(self._got)
                self._count(body)
            except SvarhusError as error:
                # FastAPI would make an error of its own of it.
                self._refused = error
                raise
        return message

    def _count(self, body: bytes) -> None:
        if self._allowance.is_upload:
            return
        self._values += body.count(b",") + body.count(b"[") + body.count(b"{")
        if self._values > MOST_VALUES:
            raise BodyTooLarge(f"At most {MOST_VALUES:,} values may be sent at a time.", "Send less.")

    # ------------------------------------------------------------------ who waits for it

    async def _attended(self, app: ASGIApp) -> None:
        """Give up what is only read, or put together from a file, when nobody waits for it any more."""
        if self._scope["method"] not in _LOOKS and not self._allowance.is_upload:
            await app(self._scope, self._limited, self._guarded_send)
            return
        loop = asyncio.get_running_loop()
        watching: list[asyncio.Task[None]] = []
        task = asyncio.current_task()
        assert task is not None, "requests are answered in tasks"
        look = loop.call_later(LOOK_AFTER, lambda: watching.append(loop.create_task(self._watch(task))))
        try:
            await app(self._scope, self._limited, self._guarded_send)
        except asyncio.CancelledError:
            if not self._gone or task.uncancel():
                raise
        finally:
            look.cancel()
            for each in watching:
                each.cancel()

    async def _watch(self, request: "asyncio.Task[object]") -> None:
        if self._scope["method"] not in _LOOKS:
            await self._whole.wait()
        while (await self._receive())["type"] != "http.disconnect":
            continue
        if not self._begun:
            self._gone = True
            request.cancel()

    # ------------------------------------------------------------------ what is answered

    async def _guarded_send(self, message: Message) -> None:
        if self._refused is None or self._begun:
            await self._to_client(message)

    async def _to_client(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._begun = True
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            if self._scope["scheme"] == "https":
                headers.setdefault("Strict-Transport-Security", _ONLY_TLS)
        await self._send(message)
