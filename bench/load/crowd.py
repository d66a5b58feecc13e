"""Hundreds of phones at one socket: they call, are called, and note to the millisecond what they hear of it.

Only what a measurement needs of SIP (RFC 3261): no retransmissions, since loopback loses nothing, and hardly any
sound; what is sent to them lies unread in a socket.
"""

import asyncio
import itertools
import random
import re
import socket
import struct
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self

_USER = re.compile(r"sip:([^@;>]+)@")
_URI = re.compile(r"<([^>]+)>")
_SOUND = re.compile(r"^c=IN IP4 (\S+).*^m=audio (\d+)", re.MULTILINE | re.DOTALL)
_ALAW, _KEYS = 8, 101
"""Payload types."""


@dataclass
class Spoken:
    """One dialog of one phone of the crowd."""

    call_id: str
    user: str
    """Who calls, or who is called."""
    other: str
    """The number at the other end, as it was shown."""
    own: str
    far: str
    """The own and the far From or To, with tags."""
    invite: str
    """The INVITE as it came in; empty when the phone calls."""
    target: str = ""
    """Where requests within the dialog go."""
    began: float = 0.0
    answered: float = 0.0
    ended: float = 0.0
    """Monotonic seconds; 0 before it is so."""
    reason: str = ""
    """The Reason header with which it was taken back."""
    hears_at: tuple[str, int] | None = None
    """Where the other end takes sound."""
    packets: int = 0
    """Of sound and keys, sent so far."""


@dataclass
class Crowd(asyncio.DatagramProtocol):
    """Phones by name, all at one port. They answer at once unless `answers` says no."""

    port: int
    server: tuple[str, int]
    answers: Callable[[Spoken], bool] = lambda spoken: True
    talk: Callable[[], float] | None = None
    """Seconds after which a phone that has answered hangs up; None: never."""
    rang: Callable[[Spoken], None] = lambda spoken: None
    over: Callable[[Spoken], None] = lambda spoken: None
    """Told when a dialog has ended, whoever ended it."""
    spoken: dict[str, Spoken] = field(default_factory=dict)

    async def start(self) -> Self:
        self._numbers = itertools.count(1)
        one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8_000_000)
        one.bind(("127.0.0.1", self.port))
        self._deaf = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._deaf.bind(("127.0.0.1", 0))
        loop = asyncio.get_running_loop()
        self._transport, _ = await loop.create_datagram_endpoint(lambda: self, sock=one)
        return self

    def stop(self) -> None:
        self._transport.close()
        self._deaf.close()

    @property
    def alive(self) -> list[Spoken]:
        return [each for each in self.spoken.values() if not each.ended]

    # ---- what phones do

    def call(self, user: str, dialled: str) -> Spoken:
        """Call; it is answered when `answered` says so."""
        number = next(self._numbers)
        call_id = f"crowd-{self.port}-{number}-{random.randrange(10**9)}"
        own = f"<sip:{user}@127.0.0.1:{self.port}>;tag=c{number}"
        uri = f"sip:{dialled}@{self.server[0]}:{self.server[1]}"
        made = Spoken(call_id, user, dialled, own, f"<{uri}>", "", target=uri, began=time.monotonic())
        self.spoken[call_id] = made
        self._request("INVITE", made, 1, body=self._sdp())
        return made

    def answer(self, spoken: Spoken) -> None:
        spoken.answered = time.monotonic()
        self._respond(spoken.invite, "200 OK", body=self._sdp())
        if self.talk:
            asyncio.get_running_loop().call_later(self.talk(), self.hang_up, spoken)

    def decline(self, spoken: Spoken) -> None:
        """Say no to a call that rings."""
        if spoken.invite and not spoken.answered and not spoken.ended:
            self._respond(spoken.invite, "486 Busy Here")
            self._end(spoken)

    def hang_up(self, spoken: Spoken) -> None:
        if spoken.invite and not spoken.answered:
            self.decline(spoken)
        elif not spoken.ended:
            self._request("BYE" if spoken.answered else "CANCEL", spoken, 2 if spoken.answered else 1)
            self._end(spoken)

    def press(self, spoken: Spoken, key: str) -> None:
        """A key for a tenth of a second (RFC 4733), in packets that follow at once."""
        code, at = "0123456789*#".index(key), spoken.packets
        for end, duration in ((0, 160), (0, 480), (0x80, 800), (0x80, 800), (0x80, 800)):
            self._rtp(spoken, _KEYS, struct.pack("!BBH", code, end | 10, duration), at)

    def cough(self, spoken: Spoken, packets: int = 10) -> None:
        """A fifth of a second of noise."""
        for _ in range(packets):
            self._rtp(spoken, _ALAW, random.randbytes(160))

    def _rtp(self, spoken: Spoken, kind: int, payload: bytes, at: int | None = None) -> None:
        """`at`: the packet with whose time it goes; its own by default."""
        if spoken.hears_at and not spoken.ended:
            source, time = zlib.crc32(spoken.call_id.encode()), 160 * (spoken.packets if at is None else at)
            head = struct.pack("!BBHII", 0x80, kind, spoken.packets & 0xFFFF, time, source)
            self._deaf.sendto(head + payload, spoken.hears_at)
            spoken.packets += 1

    # ---- what comes in

    def datagram_received(self, data: bytes, address: object) -> None:
        now, text = time.monotonic(), data.decode()
        first = text.split("\r\n", 1)[0]
        if first.startswith("SIP/2.0"):
            self._answered(text, int(first.split()[1]))
            return
        method, uri, _ = first.split()
        known = self.spoken.get(header(text, "Call-ID"))
        match method:
            case "INVITE" if known is None:
                self._rings(text, uri, now)
            case "INVITE" if known and known.answered:
                self._respond(text, "200 OK", body=self._sdp())
            case "ACK" | "INVITE":
                pass
            case "CANCEL" if known and not known.ended:
                self._respond(text, "200 OK")
                self._respond(known.invite, "487 Request Terminated")
                self._end(known, now, header(text, "Reason"))
            case "BYE" if known and not known.ended:
                self._respond(text, "200 OK")
                self._end(known, now, header(text, "Reason"))
            case _:
                self._respond(text, "200 OK")

    def _rings(self, text: str, uri: str, now: float) -> None:
        user, caller = _user(uri), _user(header(text, "From"))
        own = f"{header(text, 'To')};tag=a{next(self._numbers)}"
        contact = _URI.search(header(text, "Contact"))
        target = contact[1] if contact else ""
        spoken = Spoken(header(text, "Call-ID"), user, caller, own, header(text, "From"), text, target, now)
        spoken.hears_at = _hears_at(text)
        self.spoken[spoken.call_id] = spoken
        self._respond(text, "180 Ringing")
        self.rang(spoken)
        if self.answers(spoken):
            self.answer(spoken)

    def _answered(self, text: str, status: int) -> None:
        known = self.spoken.get(header(text, "Call-ID"))
        if known is None or not header(text, "CSeq").endswith("INVITE") or status < 200:
            return
        known.far = header(text, "To")
        contact = _URI.search(header(text, "Contact"))
        known.target = contact[1] if contact and status == 200 else known.target
        self._request("ACK", known, 1)
        if status == 200 and not known.answered:
            known.answered, known.hears_at = time.monotonic(), _hears_at(text)
            if known.ended:
                # It was answered while we took it back.
                self._request("BYE", known, 2)
        elif status > 200:
            self._end(known)

    def _end(self, spoken: Spoken, now: float = 0.0, reason: str = "") -> None:
        if spoken.ended:
            return
        spoken.ended, spoken.reason = now or time.monotonic(), reason
        self.over(spoken)

    # ---- what goes out

    def _request(self, method: str, spoken: Spoken, number: int, body: str = "") -> None:
        branch = f"z9hG4bK{spoken.call_id}-{number}" if method in ("INVITE", "CANCEL") else f"z9hG4bK{random.random()}"
        lines = (
            f"{method} {spoken.target} SIP/2.0",
            f"Via: SIP/2.0/UDP 127.0.0.1:{self.port};branch={branch}",
            f"From: {spoken.own}",
            f"To: {spoken.far}",
            f"Call-ID: {spoken.call_id}",
            f"CSeq: {number} {method}",
            "Max-Forwards: 70",
            f"Contact: <sip:{spoken.user}@127.0.0.1:{self.port}>",
        )
        self._send(lines, body)

    def _respond(self, request: str, status: str, body: str = "") -> None:
        known = self.spoken.get(header(request, "Call-ID"))
        to = known.own if known and known.invite else header(request, "To")
        lines = (
            f"SIP/2.0 {status}",
            *(line for line in request.split("\r\n") if line.startswith(("Via:", "Record-Route:"))),
            f"From: {header(request, 'From')}",
            f"To: {to}",
            f"Call-ID: {header(request, 'Call-ID')}",
            f"CSeq: {header(request, 'CSeq')}",
            f"Contact: <sip:{known.user if known else 'phone'}@127.0.0.1:{self.port}>",
        )
        self._send(lines, body)

    def _send(self, lines: tuple[str, ...], body: str) -> None:
        about = ("Content-Type: application/sdp", f"Content-Length: {len(body)}") if body else ("Content-Length: 0",)
        self._transport.sendto("\r\n".join((*lines, *about, "", body)).encode(), self.server)

    def _sdp(self) -> str:
        return "\r\n".join(
            (
                "v=0",
                "o=crowd 1 1 IN IP4 127.0.0.1",
                "s=-",
                "c=IN IP4 127.0.0.1",
                "t=0 0",
                f"m=audio {self._deaf.getsockname()[1]} RTP/AVP {_ALAW} {_KEYS}",
                f"a=rtpmap:{_ALAW} PCMA/8000",
                f"a=rtpmap:{_KEYS} telephone-event/8000",
                "",
            )
        )


def header(text: str, name: str) -> str:
    """The first one's value; empty when there is none."""
    found = re.search(rf"^{name}:\s*(.*?)\r?$", text, re.MULTILINE | re.IGNORECASE)
    return found[1] if found else ""


def _user(text: str) -> str:
    found = _USER.search(text)
    return found[1] if found else ""


def _hears_at(text: str) -> tuple[str, int] | None:
    found = _SOUND.search(text)
    return (found[1], int(found[2])) if found else None
