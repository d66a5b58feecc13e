"""SIP written byte by byte over UDP, for what no phone would say."""

import asyncio
import re
import secrets
import socket
from types import TracebackType

SOUND = b"m=audio %d RTP/AVP 8 0 101\r\na=rtpmap:101 telephone-event/8000\r\n"
CODE = re.compile(rb"SIP/2\.0 ([0-9]{3}) ")


class RawSip:
    """One socket for SIP and one for sound, on one address."""

    def __init__(self, host: str, server: str) -> None:
        """`server` as host:port."""
        self.host = host
        self._server = server
        self._sip, self._sound = (socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(2))
        for one in (self._sip, self._sound):
            one.bind((host, 0))
            one.setblocking(False)

    def __enter__(self) -> "RawSip":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._sip.close()
        self._sound.close()

    @property
    def port(self) -> int:
        return int(self._sip.getsockname()[1])

    @property
    def sound(self) -> bytes:
        """An offer of sound."""
        return SOUND % int(self._sound.getsockname()[1])

    async def invite(
        self,
        target: bytes = b"sip:0101@127.0.0.1",
        *,
        caller: bytes = b"<sip:+46701740605@127.0.0.1>",
        to: bytes = b"<sip:0101@127.0.0.1>",
        call_id: bytes = b"",
        headers: bytes = b"",
        media: bytes | None = None,
    ) -> bytes:
        """`headers` and `media` are whole lines. Gives the message, to be sent again."""
        begin = f"v=0\r\no=- 1 1 IN IP4 {self.host}\r\ns=-\r\nc=IN IP4 {self.host}\r\nt=0 0\r\n".encode()
        body = begin + (self.sound if media is None else media)
        here = f"{self.host}:{self.port}".encode()
        lines = (
            b"INVITE " + target + b" SIP/2.0",
            b"Via: SIP/2.0/UDP " + here + b";rport;branch=z9hG4bK" + secrets.token_hex(8).encode(),
            b"Max-Forwards: 70",
            b"From: " + caller + b";tag=" + secrets.token_hex(4).encode(),
            b"To: " + to,
            b"Call-ID: " + (call_id or secrets.token_hex(8).encode()),
            b"CSeq: 1 INVITE",
            b"Contact: <sip:" + here + b">",
        )
        rest = b"Content-Type: application/sdp\r\nContent-Length: %d\r\n\r\n" % len(body)
        message = b"".join(line + b"\r\n" for line in lines) + headers + rest + body
        await self.send(message)
        return message

    async def send(self, message: bytes) -> None:
        host, port = self._server.split(":")
        await asyncio.get_running_loop().sock_sendto(self._sip, message, (host, int(port)))

    async def answer(self, within: float = 5.0) -> bytes:
        """The first answer that is not 1xx, or request. TimeoutError when there is none."""
        async with asyncio.timeout(within):
            while True:
                message = await asyncio.get_running_loop().sock_recv(self._sip, 65_536)
                code = CODE.match(message)
                if code is None or code[1] >= b"200":
                    return message

    async def hears(self, within: float = 5.0) -> bytes:
        """A packet of sound. TimeoutError when none comes."""
        async with asyncio.timeout(within):
            return await asyncio.get_running_loop().sock_recv(self._sound, 2048)
