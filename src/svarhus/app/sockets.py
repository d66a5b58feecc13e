"""WebSockets that can be written to at once.

ASGI lets a server write only from the task of each socket: with hundreds of consoles, waking those tasks costs more
than writing. A socket of this kind offers the application a way past them, as an extension of its scope.
"""

from collections.abc import Callable
from typing import Any

from starlette.requests import HTTPConnection
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

EXTENSION = "svarhus.straight"

Write = Callable[[bytes], bool]
"""Write one message of text now. False when that cannot be done at once: nothing of it was written then."""

_WHOLE_TEXT = 0x81
"""The first byte of a frame that is a whole message of text (RFC 6455, 5.2)."""


class StraightSocket(WebSocketsSansIOProtocol):
    """uvicorn's, with the extension `svarhus.straight`: `{"write": Write}`."""

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
