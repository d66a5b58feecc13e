"""What a phone and its calls share: a name, a socket, a log of what happened, and digest sign-in."""

import asyncio
import contextlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from aiosipua.message import SipRequest, SipResponse

from svarhus.phones import sip
from svarhus.phones.errors import PhoneError
from svarhus.phones.transactions import SipSocket, SipStream

Value = TypeVar("Value")


@dataclass
class Event:
    """Something that happened to a phone or to one of its calls."""

    at: float
    """Monotonic time."""
    phone: str
    call: str
    """Short id of the call, '' for the phone itself."""
    what: str
    detail: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        more = " ".join(f"{name}={value!r}" for name, value in self.detail.items() if value not in (None, ""))
        return f"{self.at:10.3f} {self.phone:12} {self.call:5} {self.what:16} {more}"


class Line:
    """One SIP identity at one address."""

    def __init__(
        self,
        name: str,
        port: int = 0,
        host: str = "127.0.0.1",
        server: str | None = None,
        codecs: tuple[int, ...] = (8, 0),
        transport: str = "udp",
    ) -> None:
        """`port` 0: any free one. `codecs`: payload types in order of preference (8 PCMA, 0 PCMU).
        `transport`: udp, tcp or tls; the latter two keep one connection to `server`."""
        self.name, self.host, self.server, self.codecs = name, host, server, codecs
        self.user: str | None = None
        self.password: str | None = None
        self.events: list[Event] = []
        self._news = asyncio.Event()
        self.sip = self._socket(transport, port)

    def _socket(self, transport: str, port: int) -> SipSocket:
        def on_trouble(text: str) -> None:
            self.log("trouble", text=text)

        if transport == "udp":
            return SipSocket(self.host, port, self._on_request, on_trouble)
        return SipStream(self.host, self.address, transport == "tls", self._on_request, on_trouble)

    def _on_request(self, request: SipRequest, addr: sip.Address) -> None:
        raise NotImplementedError

    @property
    def port(self) -> int:
        return self.sip.port

    @property
    def address(self) -> sip.Address:
        """The server's."""
        if not self.server:
            raise PhoneError(f"{self.name}: no server given")
        return sip.split_server(self.server)

    # ------------------------------------------------------------ log and waiting

    def log(self, what: str, call: str = "", **detail: object) -> Event:
        event = Event(time.monotonic(), self.name, call, what, detail)
        self.events.append(event)
        self._news.set()
        self._news = asyncio.Event()
        return event

    def story(self, last: int = 20) -> str:
        return "\n".join(str(event) for event in self.events[-last:])

    async def wait_until(self, predicate: Callable[[], Value], within: float, poll: float = 0.05) -> Value:
        """The predicate's first true value, looked at after each event and every `poll` seconds;
        its last (false) value when `within` seconds have passed."""
        deadline = time.monotonic() + within
        while True:
            news = self._news
            value = predicate()
            left = deadline - time.monotonic()
            if value or left <= 0:
                return value
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(min(left, poll)):
                    await news.wait()

    # ------------------------------------------------------------ requests

    def new_request(
        self,
        method: str,
        uri: str,
        from_: str,
        to: str,
        call_id: str,
        cseq: int,
        headers: Mapping[str, str] | None = None,
        routes: Sequence[str] = (),
    ) -> SipRequest:
        request = SipRequest(method=method, uri=uri)
        request.headers.append("Via", "")  # first; set when sent
        for name, value in (
            ("From", from_),
            ("To", to),
            ("Call-ID", call_id),
            ("CSeq", f"{cseq} {method}"),
            ("Max-Forwards", "70"),
            ("User-Agent", sip.AGENT),
        ):
            request.headers.append(name, value)
        for route in routes:
            request.headers.append("Route", route)
        for name, value in (headers or {}).items():
            request.headers.set_single(name, value)
        return request

    def answer_challenge(
        self, request: SipRequest, response: SipResponse, tried: Mapping[str, str]
    ) -> dict[str, str] | None:
        """Headers for another try after 401/407, `tried` being those of the last one; None when there is no
        use in one."""
        if response.status_code not in (401, 407) or not self.user or self.password is None:
            return None
        challenge = sip.header(response, "www-authenticate") or sip.header(response, "proxy-authenticate")
        if tried and "stale=true" not in challenge.lower().replace('"', ""):
            return None
        answer = sip.authorization(response, self.user, self.password, request.method, request.uri)
        return {answer[0]: answer[1]} if answer else None
