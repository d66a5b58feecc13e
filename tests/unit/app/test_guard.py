"""The outermost layer of the API, around applications of a few lines."""

import asyncio
import json
from dataclasses import dataclass, field

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from svarhus.app.api.body_sizes import SMALL
from svarhus.app.api.guard import Guard
from svarhus.kit.errors import NotSignedIn

UPLOAD = "/api/organisation/file"


@dataclass
class Endpoint:
    """Reads the body, works until it is let on, and tells how much it read."""

    read: int = 0
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    let_on: asyncio.Event = field(default_factory=asyncio.Event)
    finished: bool = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.read = len(await Request(scope, receive).body())
        self.begun.set()
        await self.let_on.wait()
        self.finished = True
        await PlainTextResponse("done")(scope, receive, send)


@dataclass
class Caller:
    """Sends a request in pieces; goes away when it is told to."""

    method: str
    path: str
    pieces: list[bytes] = field(default_factory=lambda: [b""])
    headers: dict[str, str] = field(default_factory=dict)
    known: bool = False
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    sent: list[Message] = field(default_factory=list)
    taken: int = 0

    async def ask(self, endpoint: Endpoint) -> None:
        async def let_in(_: Request) -> None:
            if not self.known:
                raise NotSignedIn("You are not signed in.")

        scope = {
            "type": "http",
            "method": self.method,
            "path": self.path,
            "scheme": "http",
            "headers": [(name.encode(), value.encode()) for name, value in self.headers.items()],
        }
        await Guard(endpoint, let_in)(scope, self._receive, self._send)

    async def _receive(self) -> Message:
        if self.taken < len(self.pieces):
            self.taken += 1
            piece = self.pieces[self.taken - 1]
            return {"type": "http.request", "body": piece, "more_body": self.taken < len(self.pieces)}
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        self.sent.append(message)

    @property
    def status(self) -> int:
        return int(self.sent[0]["status"])

    @property
    def problem(self) -> str:
        return str(json.loads(self.sent[1]["body"])["type"])


@pytest.fixture
def endpoint() -> Endpoint:
    made = Endpoint()
    made.let_on.set()
    return made


async def test_a_stranger_is_asked_who_it_is_before_more_than_a_little_is_read(endpoint: Endpoint) -> None:
    caller = Caller("PUT", UPLOAD, [b"x" * SMALL, b"x", b"x" * SMALL])
    await caller.ask(endpoint)
    assert (caller.status, caller.problem) == (401, "/problems/not-signed-in")
    assert caller.taken == 2, "the rest is not read"


async def test_a_stranger_that_tells_a_length_is_asked_before_anything_is_read(endpoint: Endpoint) -> None:
    caller = Caller("PUT", UPLOAD, [b"x"], {"content-length": str(SMALL + 1)})
    await caller.ask(endpoint)
    assert (caller.status, caller.taken) == (401, 0)


async def test_who_is_known_may_send_a_file(endpoint: Endpoint) -> None:
    caller = Caller("PUT", UPLOAD, [b"x" * SMALL] * 20, known=True)
    await caller.ask(endpoint)
    assert (caller.status, endpoint.read) == (200, 20 * SMALL)


@pytest.mark.parametrize(
    ("path", "most"), [("/api/me/preferences", SMALL), ("/api/queues/sales", 262_144), (UPLOAD, 4_100_000)]
)
async def test_nobody_may_send_more_than_the_place_needs(endpoint: Endpoint, path: str, most: int) -> None:
    caller = Caller("PUT", path, [b"x" * SMALL] * (most // SMALL + 1), known=True)
    await caller.ask(endpoint)
    assert (caller.status, caller.problem) == (413, "/problems/body-too-large")
    assert endpoint.read == 0


async def test_many_values_are_too_much_however_short(endpoint: Endpoint) -> None:
    caller = Caller("PUT", "/api/queues/sales", [b"[0,0,0,0]" * 1000] * 4, known=True)
    await caller.ask(endpoint)
    assert (caller.status, caller.problem) == (413, "/problems/body-too-large")


async def test_what_is_compressed_is_refused_unread(endpoint: Endpoint) -> None:
    caller = Caller("POST", "/api/session", [b"x"], {"content-length": "1", "content-encoding": "br"})
    await caller.ask(endpoint)
    assert (caller.status, caller.taken) == (415, 0)


@pytest.mark.parametrize(("method", "path"), [("GET", "/api/calls"), ("PUT", UPLOAD)])
async def test_reading_and_uploads_end_when_nobody_waits_for_them(method: str, path: str) -> None:
    endpoint, caller = Endpoint(), Caller(method, path)
    asked = asyncio.create_task(caller.ask(endpoint))
    await endpoint.begun.wait()
    caller.gone.set()
    await asked
    assert not endpoint.finished
    assert not caller.sent


async def test_what_was_ordered_is_done_though_nobody_waits_for_the_answer() -> None:
    endpoint, caller = Endpoint(), Caller("POST", "/api/calls/1/end")
    asked = asyncio.create_task(caller.ask(endpoint))
    await endpoint.begun.wait()
    caller.gone.set()
    endpoint.let_on.set()
    await asked
    assert endpoint.finished


async def test_who_stops_the_server_is_not_taken_for_a_caller_that_went_away() -> None:
    endpoint, caller = Endpoint(), Caller("GET", "/api/calls")
    asked = asyncio.create_task(caller.ask(endpoint))
    await endpoint.begun.wait()
    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked
