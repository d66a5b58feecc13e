"""WebSockets that can be written to at once, and that no stranger can make expensive.

ASGI lets a server write only from the task of each socket: with hundreds of consoles, waking those tasks costs more
than writing. A socket of this kind offers the application a way past them, as an extension of its scope.

What comes in is read a little at a time, so that others get their turn between.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from starlette.requests import HTTPConnection
from uvicorn._types import ASGIReceiveEvent
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame
from websockets.http11 import Request

EXTENSION = "svarhus.straight"

Write = Callable[[bytes], bool]
"""Write one message of text now. False when that cannot be done at once: nothing of it was written then."""

LARGEST_MESSAGE = 262_144
"""Bytes. The longest that is sent is a browser phone's SIP message of 65,536 characters."""

STEP = 2048
"""Bytes read between two turns of the loop: three hundred of the smallest frames, some milliseconds."""
MOST_FRAMES = 64
"""Of one message; browsers send each in one."""

_WHOLE_TEXT = 0x81
"""The first byte of a frame that is a whole message of text (RFC 6455, 5.2)."""


class StraightSocket(WebSocketsSansIOProtocol):
    """uvicorn's, with the extension `svarhus.straight`: `{"write": Write}`."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        # uvicorn tells the whole address of each, with the visitor's token in its query.
        self.logger = logging.getLogger("svarhus.websocket")
        self._unread = bytearray()
        self._turn: asyncio.Handle | None = None

    def data_received(self, data: bytes) -> None:
        self._unread += data
        if self._turn is None:
            self._read()

    def _read(self) -> None:
        self._turn = None
        if self.transport.is_closing():
            self._unread.clear()
        if not self._unread or self.read_paused:
            return
        step = bytes(self._unread[:STEP])
        del self._unread[:STEP]
        super().data_received(step)
        self._go_on()

    def _go_on(self) -> None:
        """With what is left, when others have had their turn; the transport waits meanwhile."""
        if self._unread and self._turn is None and not self.read_paused:
            self.transport.pause_reading()
            self._turn = self.loop.call_soon(self._read)
        elif not self._unread and not self.read_paused and not self.transport.is_closing():
            self.transport.resume_reading()

    async def receive(self) -> ASGIReceiveEvent:
        event = await super().receive()
        self._go_on()
        return event

    def handle_cont(self, event: Frame) -> None:
        super().handle_cont(event)
        if len(self.frames) > MOST_FRAMES:
            self.transport.abort()

    def handle_parser_exception(self) -> None:
        if self.conn.close_sent is None:
            # It was no handshake at all.
            self.transport.abort()
        else:
            super().handle_parser_exception()

    def handle_ping(self) -> None:
        # Who does not read what we answer would fill our memory with it.
        if self.writable.is_set():
            super().handle_ping()
        else:
            self.transport.abort()

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if self.response.status_code == 101:
            extensions: dict[str, Any] = self.scope["extensions"]
            extensions[EXTENSION] = {"write": self.write}

    def write(self, message: bytes) -> bool:
        if not self._open or not self.writable.is_set() or self.conn.extensions:
            return False
        self.transport.write(_head(len(message)) + message)
        return True

    @property
    def _open(self) -> bool:
        ended = self.disconnected or self.close_sent or self.transport.is_closing()
        return self.handshake_complete and not ended


def straight(socket: HTTPConnection) -> Write | None:
    """The way past the socket's task; None when the server has none."""
    offered: dict[str, Write] = socket.scope.get("extensions", {}).get(EXTENSION, {})
    return offered.get("write")


def _head(length: int) -> bytes:
    if length < 126:
        return bytes((_WHOLE_TEXT, length))
    if length < 1 << 16:
        return bytes((_WHOLE_TEXT, 126)) + length.to_bytes(2, "big")
    return bytes((_WHOLE_TEXT, 127)) + length.to_bytes(8, "big")
