"""HTTP connections that no stranger can hold, fill or make expensive.

Whatever comes in is read a little at a time, so that others get their turn between; a head has a largest size and a
latest moment, and an address so many that are not complete; a body must keep coming; and few requests may wait behind
one another. How large a body may be is the affair of `api.guard`, which knows who sends it.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from http import HTTPStatus
from typing import ClassVar

from uvicorn._types import ASGI3Application
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

STEP = 4096
"""Bytes read between two turns of the loop: two hundred of the smallest requests, some milliseconds."""
LARGEST_HEAD = 16_384
"""Bytes of a request before its body. A browser's with all cookies has about 2,000."""
LARGEST_LINE = 8000
"""Bytes of the address with its query, and of each header: what reads a WebSocket's head takes 8,192 a line."""
MOST_HEADERS = 100
MOST_WAITING = 8
"""Requests that may wait behind one another; no browser sends a second one before the first is answered."""
HEAD_SECONDS = 10.0
"""In which a head must be complete, from its first byte or the connection's beginning."""
MOST_HEADS = 1000
"""Connections of one address whose head is being waited for: a whole office's browsers open some ahead of time."""
BODY_SECONDS = 20.0
"""In each such while a body that we wait for must bring `BODY_BYTES`, or end."""
BODY_BYTES = 1024
OVERHEAD = 16
"""Bytes on the wire for each one of a body, at the most: a chunk of one byte needs six."""


class _NotTaken(Exception):
    """Ends the parser's work on a connection."""


class _Flow(FlowControl):
    """Whether the application wants more, without stopping the transport: the connection does that."""

    def __init__(self, transport: asyncio.Transport, resumed: Callable[[], None]) -> None:
        super().__init__(transport)
        self._resumed = resumed

    def pause_reading(self) -> None:
        self.read_paused = True

    def resume_reading(self) -> None:
        if self.read_paused:
            self.read_paused = False
            self._resumed()


class GuardedConnection(HttpToolsProtocol):
    """uvicorn's, with these limits."""

    head_seconds = HEAD_SECONDS
    body_seconds = BODY_SECONDS
    most_heads = MOST_HEADS
    heads: ClassVar[Counter[str]] = Counter()
    """Connections of this process whose head is being waited for, by their address."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's
        super().connection_made(transport)
        self.flow = _Flow(transport, self._go_on)
        self._unread = bytearray()
        self._turn: asyncio.Handle | None = None
        self._answering: RequestResponseCycle | None = None
        self._paused = self._lost = False
        self._in_body = False
        self._wire = self._head = self._headers = self._body = self._body_seen = 0
        self._refusal: HTTPStatus | None = None
        self._deadline: asyncio.TimerHandle | None = None
        peer = transport.get_extra_info("peername")
        self._address = str(peer[0]) if isinstance(peer, tuple) else ""
        self._in_head = False
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._lost = True
        self._head_over()
        self._rest()
        # uvicorn tells it to the latest request only, which may be one that waits behind this.
        if self._answering is not None and not self._answering.response_complete:
            self._answering.disconnected = True
            self._answering.message_event.set()
        self._unread.clear()
        super().connection_lost(exc)

    # ------------------------------------------------------------------ reading, a step at a time

    def data_received(self, data: bytes) -> None:
        if self._deadline is None:
            self._await_head()
        self._unread += data
        if self._turn is None:
            self._read()

    def _go_on(self) -> None:
        if self._unread and self._turn is None:
            self._turn = self.loop.call_soon(self._read)
        self._keep_pace()

    def _read(self) -> None:
        self._turn = None
        if self._unread and not self.flow.read_paused and not self.transport.is_closing():
            step = bytes(self._unread[:STEP])
            del self._unread[:STEP]
            self._take(step)
        if self.transport.get_protocol() is not self:
            self._rest()
        elif not self.transport.is_closing() and not self.flow.read_paused:
            self._go_on()
        else:
            self._keep_pace()

    def _take(self, step: bytes) -> None:
        self._wire += len(step)
        if not self._in_body and self._wire > LARGEST_HEAD + STEP:
            self._refusal = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
            self.send_400_response("")
            return
        super().data_received(step)
        if self._in_body and self._wire > LARGEST_HEAD + OVERHEAD * self._body:
            # Not a body, but headers behind it or words beside its chunks, without end.
            self.transport.close()

    def _keep_pace(self) -> None:
        full = bool(self._unread) or self.flow.read_paused
        if full == self._paused or self._lost or self.transport.is_closing():
            return
        self._paused = full
        if full:
            self.transport.pause_reading()
        else:
            self.transport.resume_reading()

    # ------------------------------------------------------------------ what the parser finds

    def on_message_begin(self) -> None:
        self._in_body = False
        self._head = self._headers = 0
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        super().on_url(url)
        if len(self.url) > LARGEST_LINE:
            self._refuse(HTTPStatus.REQUEST_URI_TOO_LONG)

    def on_header(self, name: bytes, value: bytes) -> None:
        size = len(name) + len(value)
        self._head += size
        self._headers += 1
        # A header behind the body (RFC 9112, 7.1.2) would be added to a request that is being answered already.
        if size > LARGEST_LINE or self._head > LARGEST_HEAD or self._headers > MOST_HEADERS or self._in_body:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._head_over()
        self._in_body = True
        self._wire = self._body = self._body_seen = 0
        super().on_headers_complete()
        if len(self.pipeline) > MOST_WAITING:
            self._refuse(HTTPStatus.TOO_MANY_REQUESTS)
        self._wait(self.body_seconds)

    def on_body(self, body: bytes) -> None:
        self._body += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._in_body = False
        self._wire = 0
        self._rest()
        super().on_message_complete()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        self._answering = cycle
        super()._start_asgi_task(cycle, app)

    # ------------------------------------------------------------------ time

    def _await_head(self) -> None:
        if not self._in_head:
            self._in_head = True
            self.heads[self._address] += 1
        if self.heads[self._address] > self.most_heads and not self.transport.is_closing():
            self._refusal = HTTPStatus.TOO_MANY_REQUESTS
            self.send_400_response("")
            return
        self._wait(self.head_seconds)

    def _head_over(self) -> None:
        if self._in_head:
            self._in_head = False
            self.heads[self._address] -= 1
            if not self.heads[self._address]:
                del self.heads[self._address]

    def _wait(self, seconds: float) -> None:
        self._rest()
        self._deadline = self.loop.call_later(seconds, self._late)

    def _rest(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _late(self) -> None:
        self._deadline = None
        answered = self.cycle is None or self.cycle.response_complete
        if self.transport.is_closing():
            return
        if not self._in_body and answered:
            self._refusal = HTTPStatus.REQUEST_TIMEOUT
            self.send_400_response("")
        elif not answered and (self.flow.read_paused or not self._in_body or self._moves):
            # It is we who are slow, or the body comes.
            self._body_seen = self._body
            self._wait(self.body_seconds)
        else:
            self.transport.close()

    @property
    def _moves(self) -> bool:
        return self._body - self._body_seen >= BODY_BYTES

    # ------------------------------------------------------------------ refusing

    def _refuse(self, status: HTTPStatus) -> None:
        self._refusal = status
        raise _NotTaken

    def send_400_response(self, msg: str) -> None:
        """With the reason that is ours, where we have one. Nothing more is read."""
        status = self._refusal or HTTPStatus.BAD_REQUEST
        text = f"{status.phrase}.\n".encode()
        self._rest()
        self._unread.clear()
        if self.cycle is None or not self.cycle.response_started or self.cycle.response_complete:
            self.transport.write(
                b"HTTP/1.1 %d %s\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: %d\r\n"
                b"connection: close\r\n\r\n%s" % (status, status.phrase.encode(), len(text), text)
            )
        self.transport.close()
