"""What a stranger sends holds nobody up: each attack is tried while the loop is looked at."""

import gc
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import httpx
import numpy as np
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from database import own_database
from integration.api.odd_values import odd_requests
from integration.api.serving import Running, served
from svarhus.kit.waveform import RATE, wav

LONGEST_TURN = 0.05
"""Seconds of the processor that nothing sent may hold the loop."""
TRIED = 3
"""An attack that holds the loop does so each time; a machine that has much else to do, once."""


@pytest.fixture(scope="module")
def running(
    database_server: str, migrated_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    with own_database(database_server, migrated_template) as url, served(url, tmp_path_factory.mktemp("audio")) as one:
        # What is made at the first request is made now.
        httpx.put(f"{one.address}/api/organisation/file", headers=_signed_in(one), content=b"organisation: {}")
        httpx.post(f"{one.address}/api/session", json={})
        httpx.get(f"{one.address}/api/openapi.json", timeout=30)
        # Else a turn may have to count all that the tests have made before it.
        gc.freeze()
        yield one
        gc.unfreeze()


def _signed_in(running: Running) -> dict[str, str]:
    return {"Authorization": f"Bearer {running.token}"}


@contextmanager
def connected(running: Running) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", running.port), timeout=3) as opened:
        yield opened


def answered(running: Running, *pieces: bytes) -> bytes:
    """The beginning of what comes back for it; empty when the connection is only closed."""
    with connected(running) as opened:
        came = b""
        with suppress(OSError):
            for piece in pieces:
                opened.sendall(piece)
        with suppress(OSError):
            while b"\r\n\r\n" not in came and (more := opened.recv(65536)):
                came += more
        return came


def head(method: str, path: str, *headers: str) -> bytes:
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: svarhus.test", *headers, "", ""]).encode()


def post(path: str, body: bytes, *headers: str) -> bytes:
    return head("POST", path, "Content-Type: application/json", f"Content-Length: {len(body)}", *headers) + body


def chunked(path: str, chunks: bytes) -> bytes:
    return head("POST", path, "Content-Type: application/json", "Transfer-Encoding: chunked") + chunks


def upgrade(path: str) -> bytes:
    key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
    return head("GET", path, "Upgrade: websocket", "Connection: Upgrade", key, "Sec-WebSocket-Version: 13")


def frame(opcode: int, data: bytes, *, last: bool = True) -> bytes:
    """As a browser sends it, with a mask of zeros."""
    first = (0x80 if last else 0) | opcode
    length = bytes([0x80 | len(data)]) if len(data) < 126 else bytes([0x80 | 126]) + len(data).to_bytes(2, "big")
    return bytes([first]) + length + bytes(4) + data


SESSION = "/api/session"
LOTS = 24_000_000


@dataclass(frozen=True)
class Attack:
    name: str
    pieces: tuple[bytes, ...]
    statuses: frozenset[bytes]
    """Any of them."""

    @property
    def ended(self) -> bool:
        """Whether it may be that only the connection ends."""
        return not self.statuses.isdisjoint({b"400", b"429", b"431"})


def attack(name: str, *pieces: bytes, statuses: tuple[bytes, ...]) -> Attack:
    return Attack(name, pieces, frozenset(statuses))


ATTACKS = [
    *(
        attack(f"{path}, again and again", head("GET", path) * 5, statuses=(b"200",))
        for path in ("/api/openapi.json", "/api/organisation/schema", "/api/callflow-elements")
    ),
    attack("24 MB of nested arrays", post(SESSION, b"[" * (LOTS // 2) + b"]" * (LOTS // 2)), statuses=(b"413",)),
    attack("24 MB of empty arrays", post(SESSION, b"[" + b"[]," * (LOTS // 3) + b"0]"), statuses=(b"413",)),
    attack(
        "24 MB where a file is taken",
        head("PUT", "/api/organisation/file", f"Content-Length: {LOTS}") + b" " * LOTS,
        statuses=(b"413",),
    ),
    attack(
        "a stranger's 3 MB where a file is taken",
        head("PUT", "/api/organisation/file", "Content-Length: 3000000") + b" " * 3_000_000,
        statuses=(b"401",),
    ),
    attack(
        "a stranger's recording",
        head("PUT", "/api/phrases/sv/hello", "Content-Length: 19000000") + b"R" * 19_000_000,
        statuses=(b"401",),
    ),
    attack(
        "chunks without a length",
        chunked(SESSION, b"10000\r\n" + b"[" * 65536 + b"\r\n" + b"10000\r\n" + b"[" * 65536 + b"\r\n0\r\n\r\n"),
        statuses=(b"413",),
    ),
    attack("chunks of one byte", chunked(SESSION, b"1\r\n[\r\n" * 60_000 + b"0\r\n\r\n"), statuses=(b"413",)),
    attack(
        "chunks with long names",
        chunked(SESSION, (b"1;" + b"x" * 4000 + b"\r\n[\r\n") * 1000),
        statuses=(b"413", b"431"),
    ),
    attack(
        "headers behind the body",
        chunked(SESSION, b"0\r\n" + b"X-More: more\r\n" * 100_000 + b"\r\n"),
        statuses=(b"431", b"422", b"400"),
    ),
    attack(
        "one endless header behind the body",
        chunked(SESSION, b"0\r\nX-More: " + b"m" * 2_000_000),
        statuses=(b"431",),
    ),
    attack("60 kB nested as deep", post(SESSION, b"[" * 7000 + b" " * 50_000 + b"]" * 7000), statuses=(b"422", b"400")),
    attack("60 kB of values", post(SESSION, b"[" + b"0," * 30_000 + b"0]"), statuses=(b"413",)),
    attack(
        "a compressed body",
        post(SESSION, b"\x1f\x8b" + os.urandom(30_000), "Content-Encoding: gzip"),
        statuses=(b"415",),
    ),
    attack(
        "10,000 parts",
        head("POST", SESSION, "Content-Type: multipart/form-data; boundary=x", "Content-Length: 60000")
        + (b"--x\r\n\r\n" * 10_000)[:60_000],
        statuses=(b"422",),
    ),
    attack("a huge query", head("GET", "/api/calls?" + "a=1&" * 500_000), statuses=(b"414", b"431")),
    attack("a query of 7,900 characters", head("GET", "/api/public/call-us?" + "a&" * 3_900), statuses=(b"404",)),
    attack("a long path", head("GET", "/" + "a/" * 3_900), statuses=(b"200", b"404", b"503")),
    attack("a long name", head("GET", "/assets/" + "a" * 7_000), statuses=(b"404",)),
    attack("100,000 headers", head("GET", "/healthz", *(["X: y"] * 100_000)), statuses=(b"431",)),
    attack("one header without end", head("GET", "/healthz", "X: " + "y" * 5_000_000), statuses=(b"431",)),
    attack("7,900 characters of cookies", head("GET", SESSION, "Cookie: " + "a=b;" * 1_900), statuses=(b"401",)),
    attack("100,000 requests at once", b"GET / HTTP/1.1\r\n\r\n" * 100_000, statuses=(b"200", b"404", b"429", b"503")),
    attack("no HTTP at all", os.urandom(500_000), statuses=(b"400", b"431")),
    attack("a socket of 43,000 empty frames", upgrade("/api/live"), frame(1, b"") * 43_000, statuses=(b"101",)),
    attack("a socket of 43,000 pings", upgrade("/api/live"), frame(9, b"") * 43_000, statuses=(b"101",)),
    attack(
        "a socket of parts without end",
        upgrade("/api/live"),
        frame(1, b"", last=False) + frame(0, b"", last=False) * 43_000,
        statuses=(b"101",),
    ),
    attack(
        "a socket's message of 16 MB",
        upgrade("/api/live"),
        b"\x81\xff" + (16_000_000).to_bytes(8, "big") + bytes(4) + b"[" * 16_000_000,
        statuses=(b"101",),
    ),
    attack("a socket with a deep greeting", upgrade("/api/live"), frame(1, b"[" * 990), statuses=(b"101",)),
    attack("a socket's address of 7,900 characters", upgrade("/api/live?topics=" + "," * 7_900), statuses=(b"101",)),
    attack("a socket's address of 9,000 characters", upgrade("/api/live?topics=" + "," * 9_000), statuses=(b"414",)),
    attack(
        "a socket by POST",
        upgrade("/api/live").replace(b"GET", b"POST"),
        statuses=(b"", b"400", b"404", b"405", b"500"),
    ),
]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_a_stranger_holds_nobody_up(attack: Attack, running: Running) -> None:
    held = []
    for _ in range(TRIED):
        with running.turns.looked_at() as turns:
            came = answered(running, *attack.pieces)
            assert httpx.get(f"{running.address}/healthz", timeout=10).status_code in (200, 404)
        # Who is sent away while it still sends may see the end of the connection first.
        assert came.split(b" ")[1] in attack.statuses if came else attack.ended, came[:200]
        held.append(turns.longest)
        if held[-1] < LONGEST_TURN:
            return
    raise AssertionError(f"the loop was held for {[round(each * 1000) for each in held]} ms")


@pytest.mark.parametrize("signed_in", [True, False])
def test_who_sends_far_too_much_is_told_so(running: Running, signed_in: bool) -> None:
    """And does not see the connection reset: the answer is read after all has been sent."""
    headers = {**(_signed_in(running) if signed_in else {}), "Content-Type": "application/json"}
    body = b'{"key": "' + b"a" * 20_000_000 + b'"}'
    for content in (body, iter([body])):
        told = httpx.post(f"{running.address}/api/queues", headers=headers, content=content, timeout=30)
        assert told.status_code in ((413,) if signed_in else (413, 401)), told.text
        assert told.json()["detail"]


def test_a_recording_is_taken_from_who_is_signed_in(running: Running) -> None:
    sound = wav((8000 * np.sin(np.arange(RATE * 300) * 0.35)).astype(np.int16))
    with running.turns.looked_at() as turns:
        kept = httpx.put(f"{running.address}/api/phrases/sv/digit/7", headers=_signed_in(running), content=sound)
    assert kept.status_code == 200, kept.text
    assert turns.longest < LONGEST_TURN


def many(count: int) -> str:
    return json.dumps({"key": "a", "name": "b", "members": [0] * count}, separators=(",", ":"))


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(many(7900), id="as many faults as may be sent"),
        pytest.param(many(100_000), id="more"),
        pytest.param(json.dumps({"key": "a" * 250_000}), id="one long word"),
        pytest.param("[" * 3000 + "]" * 3000, id="deep"),
    ],
)
def test_who_is_signed_in_holds_nobody_up_either(running: Running, body: str) -> None:
    headers = {**_signed_in(running), "Content-Type": "application/json"}
    with running.turns.looked_at() as turns:
        answer = httpx.post(f"{running.address}/api/queues", headers=headers, content=body)
    assert answer.status_code in (400, 413, 422)
    assert len(answer.content) < 50_000
    assert turns.longest < LONGEST_TURN, f"the loop was held for {turns.longest * 1000:.0f} ms"


def test_no_value_is_too_odd_to_be_refused(running: Running) -> None:
    asked = 0
    with httpx.Client(base_url=running.address, headers=_signed_in(running), timeout=20) as client:
        document = client.get("/api/openapi.json").json()
        for odd in odd_requests(document):
            headers = {"Content-Type": "application/json", **odd.headers}
            body = None if odd.json is None else json.dumps(odd.json)
            answer = client.request(odd.method, odd.path, content=body, headers=headers)
            assert answer.status_code < 500 or answer.status_code == 503, (odd.method, odd.path, odd.what, answer.text)
            asked += 1
    assert asked > 1000


@pytest.mark.parametrize(
    "greeting",
    [
        '{"token": "\\ud800"}',
        '{"token": "å\\u0000"}',
        '{"token": 1}',
        "[]",
        "null",
        "[" * 999,
        "x" * 2000,
        b"\x00\xff",
        "",
    ],
)
async def test_whatever_greets_the_live_socket_is_answered(running: Running, greeting: str | bytes) -> None:
    async with connect(f"ws://127.0.0.1:{running.port}/api/live") as opened:
        await opened.send(greeting)
        with suppress(ConnectionClosed):
            told = json.loads(await opened.recv())
            assert told["problem"]["type"] == "/problems/not-signed-in"
        await opened.wait_closed()
        assert opened.close_code in (1000, 4401)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://["},
        {"Origin": "null"},
        {"Host": "["},
        {"Cookie": "svarhus_session=\xff\xfe; =; ;;;"},
        {"Authorization": "Bearer \xe5"},
        {"Authorization": "Bearer"},
        {"Accept-Language": "x" * 5000},
        {"Content-Type": "\xff/;;;="},
        {"Content-Type": "application/json; charset=utf-99"},
        {"If-Match": "\xb2"},
        {"Accept-Encoding": ",;q=,"},
        {"User-Agent": "\xff" * 3000},
        {"X-Svarhus": ""},
    ],
    ids=str,
)
@pytest.mark.parametrize("path", ["/api/session", "/api/invitation", "/api/public/call-us/sessions", "/nothing"])
def test_no_header_is_too_odd_to_be_refused(running: Running, headers: dict[str, str], path: str) -> None:
    sent = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    for body in (b'{"token":"a","email":"a","password":"b"}', b"", b"\xff"):
        answer = httpx.post(f"{running.address}{path}", headers=sent, content=body)
        assert answer.status_code < 500, (headers, answer.text)
