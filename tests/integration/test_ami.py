"""The client of Asterisk's manager interface: signs in when it must, and tries again what got no answer."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp import web

from svarhus.adapters.asterisk.ami import ATTEMPTS, AmiClient
from svarhus.adapters.asterisk.ari import AriAddress


class Manager:
    """Answers as Asterisk does."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.signed_in = False
        self.silent = 0
        """So many requests are cut off."""
        self.password = "right"

    async def answer(self, request: web.Request) -> web.Response:
        fields = dict(await request.post())
        self.asked.append(str(fields["Action"]))
        if self.silent:
            self.silent -= 1
            assert request.transport is not None
            request.transport.close()
        if fields["Action"] == "Login":
            self.signed_in = fields["Secret"] == self.password
            words = "Success\r\nMessage: Authentication accepted" if self.signed_in else "Error\r\nMessage: failed"
        elif not self.signed_in:
            words = "Error\r\nMessage: Permission denied"
        elif fields["Channel"] == "gone":
            words = "Error\r\nMessage: No such channel"
        else:
            words = "Success"
        return web.Response(text=f"Response: {words}\r\n\r\n")


@pytest.fixture
def manager() -> Manager:
    return Manager()


@pytest_asyncio.fixture
async def client(manager: Manager) -> AsyncIterator[AmiClient]:
    application = web.Application()
    application.router.add_post("/rawman", manager.answer)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made = AmiClient(AriAddress(f"http://127.0.0.1:{runner.addresses[0][1]}", "svarhus", "right"))
    yield made
    await made.stop()
    await runner.cleanup()


async def test_it_signs_in_once_and_again_when_that_is_forgotten(client: AmiClient, manager: Manager) -> None:
    assert await client.request("MixMonitor", {"Channel": "there"})
    assert await client.request("MixMonitorMute", {"Channel": "there"})
    manager.signed_in = False
    assert await client.request("StopMixMonitor", {"Channel": "there"})
    assert manager.asked == [
        *("MixMonitor", "Login", "MixMonitor", "MixMonitorMute"),
        *("StopMixMonitor", "Login", "StopMixMonitor"),
    ]


async def test_a_refusal_is_not_tried_again(client: AmiClient, manager: Manager) -> None:
    assert not await client.request("MixMonitor", {"Channel": "gone"})
    assert manager.asked == ["MixMonitor", "Login", "MixMonitor"]


async def test_what_got_no_answer_is_tried_again(client: AmiClient, manager: Manager) -> None:
    manager.signed_in, manager.silent = True, ATTEMPTS - 1
    assert await client.request("MixMonitorMute", {"Channel": "there"})


async def test_it_is_given_up_in_the_end(client: AmiClient, manager: Manager) -> None:
    manager.signed_in, manager.silent = True, ATTEMPTS
    assert not await client.request("MixMonitorMute", {"Channel": "there"})
    manager.silent, manager.signed_in, manager.password = 0, False, "another"
    assert not await client.request("MixMonitor", {"Channel": "there"})
