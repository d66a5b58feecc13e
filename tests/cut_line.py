"""A line to a server that can be cut, and can lose the answers to what was asked."""

import asyncio
import contextlib
from types import TracebackType


class Line:
    """Listens on a port of this machine and passes everything on to another one."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._accepted: set[asyncio.Task[None]] = set()
        self._closed = False
        self._deaf_after: bytes | None = None
        self.lost = asyncio.Event()
        """Set when the server has been asked that to which the answer is to be lost."""

    async def __aenter__(self) -> "Line":
        self._server = await asyncio.start_server(self._accept_one, "127.0.0.1", 0)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.cut()
        assert self._server is not None
        self._server.close()
        await asyncio.gather(*self._accepted, return_exceptions=True)

    @property
    def port(self) -> int:
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    def cut(self) -> None:
        """Nothing goes through, and nobody can connect."""
        self._closed = True
        for writer in list(self._open):
            writer.transport.abort()

    def mend(self) -> None:
        self._closed = False
        self._deaf_after = None

    def lose_answer_to(self, words: bytes) -> None:
        """What is sent with these words arrives; the answer does not, and the line is cut then."""
        self.lost.clear()
        self._deaf_after = words

    def _accept_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(self._accept(reader, writer))
        self._accepted.add(task)
        task.add_done_callback(self._accepted.discard)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._closed:
            writer.transport.abort()
            return
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._port)
        self._open |= {writer, far_writer}
        deaf = asyncio.Event()
        there = asyncio.create_task(self._pass(reader, far_writer, deaf))
        back = asyncio.create_task(self._pass_back(far_reader, writer, deaf))
        await asyncio.wait({there, back}, return_when=asyncio.FIRST_COMPLETED)
        for end in (writer, far_writer):
            end.transport.abort()
            self._open.discard(end)
        await asyncio.gather(there, back, return_exceptions=True)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, deaf: asyncio.Event) -> None:
        with contextlib.suppress(OSError):
            while sent := await reader.read(65536):
                if self._deaf_after is not None and self._deaf_after in sent:
                    deaf.set()
                writer.write(sent)
                await writer.drain()

    async def _pass_back(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, deaf: asyncio.Event) -> None:
        with contextlib.suppress(OSError):
            while got := await reader.read(65536):
                if deaf.is_set():
                    self.lost.set()
                    self.cut()
                    return
                writer.write(got)
                await writer.drain()
