"""What the ARI client does when Asterisk dawdles: one request that waits holds up all that come behind it."""

import asyncio
import json
import logging
import re
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from svarhus.adapters.asterisk.ari import AriAddress, AriClient
from svarhus.adapters.asterisk.legs import Leg, Register
from svarhus.adapters.asterisk.playing import Playing
from svarhus.kit.ids import LegId, OrganisationId, PromptId

LEG, HOUSE = LegId("leg-1"), OrganisationId("house")


class SlowAsterisk:
    """Speaks ARI. A prompt cannot be stopped in the moment of its beginning, and variables wait for its end."""

    def __init__(self) -> None:
        self.prompt_over = asyncio.Event()
        self.stopped_aside: list[str] = []
        self.url = ""

    async def __aenter__(self) -> "SlowAsterisk":
        app = web.Application()
        app.router.add_get("/ari/events", self._events)
        app.router.add_delete("/ari/playbacks/{playback}", self._stop)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self.prompt_over.set()
        await self._runner.cleanup()

    async def _events(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        async for message in socket:
            asked = json.loads(message.data)
            status = 204
            if asked["uri"].endswith("/variable"):
                await self.prompt_over.wait()
            elif asked["method"] == "DELETE" and asked["uri"].startswith("playbacks/"):
                status = 500
            answer = {"type": "RESTResponse", "request_id": asked["request_id"], "status_code": status}
            await socket.send_str(json.dumps(answer))
        return socket

    async def _stop(self, request: web.Request) -> web.Response:
        self.stopped_aside.append(request.match_info["playback"])
        if len(self.stopped_aside) < 3:
            return web.Response(status=500)
        self.prompt_over.set()
        return web.Response(status=204)


@pytest.fixture
async def asterisk() -> AsyncIterator[SlowAsterisk]:
    async with SlowAsterisk() as slow:
        yield slow


async def connected(asterisk: SlowAsterisk, time_limit: float = 30.0) -> AriClient:
    up = asyncio.Event()

    async def greet() -> None:
        up.set()

    address = AriAddress(asterisk.url, "svarhus", "secret")
    client = AriClient(address, "svarhus", lambda event: None, greet, lambda: None, time_limit)
    await client.start()
    async with asyncio.timeout(10):
        await up.wait()
    return client


async def test_a_prompt_that_would_not_be_stopped_is_stopped_past_what_waits_for_it(asterisk: SlowAsterisk) -> None:
    ari = await connected(asterisk)
    try:
        playing = Playing(ari, Register(), lambda organisation, event: None)
        leg = Leg(LEG, HOUSE, offered=None)
        leg.prompt, leg.playback, leg.unsaved = PromptId("welcome"), "welcome", True
        playing.cut_prompt(leg)
        async with asyncio.timeout(10):
            await ari.taken()
        assert asterisk.stopped_aside == ["welcome"] * 3
    finally:
        await ari.stop()


async def test_the_log_names_what_holds_up_the_others_but_nobodys_number(
    asterisk: SlowAsterisk, caplog: pytest.LogCaptureFixture
) -> None:
    ari = await connected(asterisk, time_limit=1.5)
    try:
        with caplog.at_level(logging.WARNING):
            blocking = ari.send("POST", "channels/46701234567/variable")
            behind = ari.send("GET", "endpoints/PJSIP/1234")
            async with asyncio.timeout(10):
                assert (await blocking).status == (await behind).status == 0
        assert "ari: POST channels/*/variable had no answer within 1.5 s, and 1 behind it neither" in caplog.text
        assert "4670" not in caplog.text
    finally:
        await ari.stop()


async def test_a_slow_answer_is_told_of_once(asterisk: SlowAsterisk, caplog: pytest.LogCaptureFixture) -> None:
    ari = await connected(asterisk)
    try:
        with caplog.at_level(logging.WARNING):
            blocking, behind = ari.send("POST", "channels/leg-1/variable"), ari.send("GET", "endpoints/PJSIP/1234")
            asyncio.get_running_loop().call_later(1.2, asterisk.prompt_over.set)
            async with asyncio.timeout(10):
                assert (await blocking).ok
                assert (await behind).ok
        (record,) = caplog.records
        assert re.fullmatch(
            r"ari: POST channels/\*/variable took \d\.\d s, and 1 behind it waited", record.getMessage()
        )
    finally:
        await ari.stop()
