"""What comes in and ARI cannot say: it keeps nobody from taking over, or from hearing of the others."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest
from aiohttp import web

from raw_sip import RawSip
from real_asterisk import RealAsterisk
from svarhus.adapters.asterisk.ami import AmiClient
from svarhus.adapters.asterisk.ari import AriAddress, AriClient
from svarhus.adapters.asterisk.assembly import Assembly, assemble
from svarhus.ports.telephony import CallOffered, EngineReady, HangUp, Provision, Trunk
from watched_engine import ORGANISATION, watched

CARRIER = "127.0.0.2"

GOOD = {
    "id": "good",
    "state": "Up",
    "dialplan": {"app_name": "Stasis", "app_data": "svarhus,offered,care/trunk/pstn,0101,allowed"},
}


@pytest.mark.real_time
async def test_a_call_whose_id_is_no_text_is_refused_and_all_others_are_found(asterisk: RealAsterisk) -> None:
    async with watched(asterisk) as first:
        await first.telephony.provision(Provision(ORGANISATION, (), (Trunk("pstn", addresses=(CARRIER,)),)))
        with RawSip(CARRIER, asterisk.server) as good, RawSip(CARRIER, asterisk.server) as bad:
            await good.invite(call_id=b'a"b)c,d}@x', caller=b'"\xff\xfe" <sip:+46701740605@127.0.0.1>')
            offered = await first.expect(CallOffered)
            await bad.invite(call_id=b"a\xff\xfeb@x")
            refusal = await bad.answer()
            async with watched(asterisk) as second:
                await second.expect(EngineReady)
                live = (await second.telephony.inventory()).legs
                await second.telephony.carry_out([HangUp(one.leg) for one in live])

    assert refusal.startswith(b"SIP/2.0 ")
    assert refusal[8:9] in b"456"
    assert [one.leg for one in live] == [offered.leg]


class Asterisk:
    """Speaks ARI; answers as it is told to."""

    def __init__(self, answers: Callable[[str, str], tuple[int, object]]) -> None:
        self._answers = answers
        self.asked: list[tuple[str, str]] = []
        self.url = ""

    async def __aenter__(self) -> "Asterisk":
        app = web.Application()
        app.router.add_get("/ari/events", self._events)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def _events(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        async for message in socket:
            asked = msgspec.json.decode(message.data)
            self.asked.append((asked["method"], asked["uri"]))
            status, body = self._answers(asked["method"], asked["uri"])
            answer = {
                "type": "RESTResponse",
                "request_id": asked["request_id"],
                "status_code": status,
                "message_body": msgspec.json.encode(body).decode(),
            }
            await socket.send_str(msgspec.json.encode(answer).decode())
        return socket


@asynccontextmanager
async def taken_over(asterisk: Asterisk, recordings: Path) -> AsyncIterator[Assembly]:
    """The parts of an adapter, once a take-over has worked."""
    ready = asyncio.Event()

    async def greet() -> None:
        await parts.adopting.adopt()
        ready.set()

    address = AriAddress(asterisk.url, "svarhus", "x")
    ari, ami = AriClient(address, "svarhus", lambda _: None, greet, lambda: None), AmiClient(address)
    parts = assemble(ari, ami, lambda organisation, event: None, recordings)
    await ari.start()
    try:
        async with asyncio.timeout(10):
            await ready.wait()
        yield parts
    finally:
        await ari.stop()
        await ami.stop()


async def test_where_the_list_cannot_be_told_each_call_is_asked_for_and_what_cannot_be_told_is_ended(
    tmp_path: Path,
) -> None:
    def answers(method: str, uri: str) -> tuple[int, object]:
        match uri:
            case "bridges":
                return 200, []
            case "applications/svarhus":
                return 200, {"channel_ids": ["good", "gone", "bad"]}
            case "channels/good":
                return 200, GOOD
            case "channels/gone":
                return 404, {"message": "Channel not found"}
            case "channels/bad":
                return 200, None
            case _:
                return 500, {"message": "Allocation failed"}

    async with Asterisk(answers) as asterisk, taken_over(asterisk, tmp_path) as parts:
        assert [*parts.register.legs] == ["good"]
        await parts.ari.taken()
        assert [uri for method, uri in asterisk.asked if method == "DELETE"] == ["channels/bad"]


async def test_a_take_over_that_fails_is_tried_again(tmp_path: Path) -> None:
    fails = iter([True, False])

    def answers(method: str, uri: str) -> tuple[int, object]:
        if uri == "bridges":
            return 200, []
        return (500, {"message": "not now"}) if uri != "channels" or next(fails) else (200, [GOOD])

    async with Asterisk(answers) as asterisk, taken_over(asterisk, tmp_path) as parts:
        assert [*parts.register.legs] == ["good"]
