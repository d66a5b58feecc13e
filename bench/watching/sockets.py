"""Consoles that are open and do nothing but listen: WebSockets to `/api/live`, in a process of their own.

`python -m bench.watching.sockets PORT COUNT PATH [TOKEN]`: says `open` when all of them have had their first
message, and ends with its standard input.
"""

import asyncio
import base64
import os
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
COMES_UP = 120.0
AT_ONCE = 25
"""Sockets that are being opened at the same time."""
PING, PONG = 0x9, 0xA


class Listener(asyncio.Protocol):
    """One WebSocket, of which only as much is understood as it needs to stay open (RFC 6455)."""

    def __init__(self, request: bytes) -> None:
        self._request = request
        self._received = b""
        self._upgraded = False
        self.told: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        """Done with the first message."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        self._received += data
        if not self._upgraded:
            head, end, rest = self._received.partition(b"\r\n\r\n")
            if not end:
                return
            if b" 101 " not in head.split(b"\r\n")[0]:
                self._fail(head.decode(errors="replace"))
                return
            self._upgraded, self._received = True, rest
        while self._frame():
            pass

    def connection_lost(self, error: Exception | None) -> None:
        self._fail("the connection was closed")

    def _frame(self) -> bool:
        """Take one whole frame off what was received; servers do not mask theirs."""
        received = self._received
        if len(received) < 2:
            return False
        length, start = received[1] & 0x7F, 2
        if length == 126:
            length, start = int.from_bytes(received[2:4], "big"), 4
        elif length == 127:
            length, start = int.from_bytes(received[2:10], "big"), 10
        if len(received) < start + length:
            return False
        payload, self._received = received[start : start + length], received[start + length :]
        if received[0] & 0x0F == PING:
            self._transport.write(bytes((0x80 | PONG, 0x80 | length)) + bytes(4) + payload)
        elif not self.told.done():
            self.told.set_result(None)
        return True

    def _fail(self, words: str) -> None:
        if not self.told.done():
            self.told.set_exception(ConnectionError(words))


class Listening:
    """The process, for whoever wants it to run."""

    def __init__(self, port: int, count: int, path: str, token: str = "") -> None:
        words = (sys.executable, "-m", "bench.watching.sockets", str(port), str(count), path, token)
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        self._process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT
        )

    def __enter__(self) -> Self:
        assert self._process.stdout is not None
        said = self._process.stdout.readline().strip()
        assert said == "open", f"the consoles did not open: {said}"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(30)


def _request(port: int, path: str, token: str) -> bytes:
    key = base64.b64encode(os.urandom(16)).decode()
    signed_in = f"Authorization: Bearer {token}\r\n" if token else ""
    return (
        f"GET {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\nOrigin: http://{HOST}:{port}\r\nUpgrade: websocket\r\n"
        f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n{signed_in}\r\n"
    ).encode()


async def _listen(port: int, count: int, path: str, token: str) -> None:
    loop = asyncio.get_running_loop()
    turn = asyncio.Semaphore(AT_ONCE)

    async def open_one() -> None:
        async with turn:
            _, listener = await loop.create_connection(lambda: Listener(_request(port, path, token)), HOST, port)
            await listener.told

    async with asyncio.timeout(COMES_UP):
        await asyncio.gather(*(open_one() for _ in range(count)))
    print("open", flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_listen(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]))
