"""Hundreds of phones at one socket: they call, are called, and note to the millisecond what they hear of it.

Only what a measurement needs of SIP (RFC 3261): no retransmissions, since loopback loses nothing, and no sound; what
is sent to them lies unread in a socket.
"""

import asyncio
import itertools
import random
import re
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self

_USER = re.compile(r"sip:([^@;>]+)@")
_URI = re.compile(r"<([^>]+)>")


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

    def hang_up(self, spoken: Spoken) -> None:
        if not spoken.ended:
            self._request("BYE" if spoken.answered else "CANCEL", spoken, 2 if spoken.answered else 1)
            self._end(spoken)

    # ---- what comes in

    def datagram_received(self, data: bytes, address: object) -> None:
        now, text = time.monotonic(), data.decode()
        first = text.split("\r\n", 1)[0]
        if first.startswith("SIP/2.0"):
            self._answered(text, int(first.split()[1]))
            return
        method, uri, _ = first.split()
        known = self.spoken.get(_header(text, "Call-ID"))
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
                self._end(known, now, _header(text, "Reason"))
            case "BYE" if known and not known.ended:
                self._respond(text, "200 OK")
                self._end(known, now, _header(text, "Reason"))
            case _:
                self._respond(text, "200 OK")

    def _rings(self, text: str, uri: str, now: float) -> None:
        user, caller = _user(uri), _user(_header(text, "From"))
        own = f"{_header(text, 'To')};tag=a{next(self._numbers)}"
        contact = _URI.search(_header(text, "Contact"))
        target = contact[1] if contact else ""
        spoken = Spoken(_header(text, "Call-ID"), user, caller, own, _header(text, "From"), text, target, now)
        self.spoken[spoken.call_id] = spoken
        self._respond(text, "180 Ringing")
        self.rang(spoken)
        if self.answers(spoken):
            self.answer(spoken)

    def _answered(self, text: str, status: int) -> None:
        known = self.spoken.get(_header(text, "Call-ID"))
        if known is None or not _header(text, "CSeq").endswith("INVITE") or status < 200:
            return
        known.far = _header(text, "To")
        contact = _URI.search(_header(text, "Contact"))
        known.target = contact[1] if contact and status == 200 else known.target
        self._request("ACK", known, 1)
        if status == 200 and not known.answered:
            known.answered = time.monotonic()
        elif status > 200:
            self._end(known)

    def _end(self, spoken: Spoken, now: float = 0.0, reason: str = "") -> None:
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
        known = self.spoken.get(_header(request, "Call-ID"))
        to = known.own if known and known.invite else _header(request, "To")
        lines = (
            f"SIP/2.0 {status}",
            *(line for line in request.split("\r\n") if line.startswith(("Via:", "Record-Route:"))),
            f"From: {_header(request, 'From')}",
            f"To: {to}",
            f"Call-ID: {_header(request, 'Call-ID')}",
            f"CSeq: {_header(request, 'CSeq')}",
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
                f"m=audio {self._deaf.getsockname()[1]} RTP/AVP 8",
                "a=rtpmap:8 PCMA/8000",
                "",
            )
        )


def _header(text: str, name: str) -> str:
    """The first one's value; empty when there is none."""
    found = re.search(rf"^{name}:\s*(.*?)\r?$", text, re.MULTILINE | re.IGNORECASE)
    return found[1] if found else ""


def _user(text: str) -> str:
    found = _USER.search(text)
    return found[1] if found else ""
