"""What happens now, as consoles see it over a real WebSocket."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from integration.running import KARIN, LARS, LIMIT, RunningHouse
from svarhus.app.organisations import DEMO, Organisations
from svarhus.domains.people.rights import operator
from svarhus.exchange.showing.feed import LONGEST_BACKLOG, Sight
from svarhus.exchange.showing.views import LiveTopic

Message = dict[str, Any]


class Console:
    """Keeps what it is shown, as a console does."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self.seq = 0
        self.snapshots = 0
        self.shown: dict[tuple[str, str], Message] = {}
        self.others: list[str] = []

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(LIMIT):
            while not holds():
                self._take(json.loads(await self._socket.recv()))

    def _take(self, message: Message) -> None:
        if message["type"] == "snapshot":
            self.snapshots += 1
            self.seq = message["seq"]
            self.shown = {
                (topic, thing.get("key") or thing["id"]): thing
                for topic in ("calls", "queues", "agents", "callbacks", "desk")
                for thing in message.get(topic, ())
            }
        elif message["type"] == "changes":
            assert message["seq"] == self.seq + 1, "nothing was left out"
            self.seq = message["seq"]
            self.shown |= {(change["topic"], change["key"]): change["value"] for change in message["changes"]}
        else:
            self.others.append(message["type"])

    def state(self, topic: str, key: str) -> object:
        shown = self.shown.get((topic, key))
        return shown["state"] if shown else None


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def test_a_snapshot_and_then_every_change_without_a_gap(house: RunningHouse, address: str, token: str) -> None:
    waiting = await house.waiting(LARS)
    async with connect(f"ws://{address}/api/live", additional_headers=bearer(token)) as socket:
        console = Console(socket)
        await console.until(lambda: console.snapshots == 1)
        lars = house.exchange.core.state.legs[waiting].call
        assert console.state("calls", lars) == "ringing"
        leg = house.ringing("cecilia")
        assert leg is not None
        house.engine.answer(leg)
        await console.until(lambda: console.state("calls", lars) == "talking")
        await console.until(lambda: console.state("agents", "cecilia") == "talking")
        karin = house.exchange.core.state.legs[await house.waiting(KARIN)].call
        await console.until(lambda: console.shown["queues", "advice"]["waiting"] == [karin])
        house.hang_up(waiting)
        await console.until(lambda: ("calls", lars) in console.shown and console.shown["calls", lars] is None)
        assert console.snapshots == 1


async def test_what_a_console_holds_is_what_a_new_one_is_told(house: RunningHouse, address: str, token: str) -> None:
    async with connect(f"ws://{address}/api/live", additional_headers=bearer(token)) as socket:
        console = Console(socket)
        await console.until(lambda: console.snapshots == 1)
        leg, _ = await house.talking(KARIN)
        await house.waiting(LARS)
        house.hang_up(leg)
        await console.until(lambda: len(console.shown["queues", "advice"]["waiting"]) == 1)
        await house.until(lambda: house.ringing("cecilia") is not None and len(house.exchange.core.state.calls) == 1)
        house.exchange.live.tell_of(LiveTopic.VOICEMAILS, "end")
        await console.until(lambda: ("voicemails", "end") in console.shown)
        async with connect(f"ws://{address}/api/live", additional_headers=bearer(token)) as other:
            fresh = Console(other)
            await fresh.until(lambda: fresh.snapshots == 1)
        held = {key: thing for key, thing in console.shown.items() if thing is not None}
        assert held == fresh.shown


async def test_the_snapshot_is_had_over_rest_as_well(house: RunningHouse, cecilia: httpx.AsyncClient) -> None:
    await house.waiting(KARIN)
    shown = (await cecilia.get("/api/live/snapshot", params={"topics": "queues,calls"})).json()
    assert set(shown) == {"type", "seq", "queues", "calls"}
    [advice] = [queue for queue in shown["queues"] if queue["key"] == "advice"]
    assert advice["waiting"] == [shown["calls"][0]["id"]]
    wrong = await cecilia.get("/api/live/snapshot", params={"topics": "weather"})
    assert (wrong.status_code, wrong.json()["type"]) == (422, "/problems/unknown-topic")


async def test_only_the_topics_that_are_wanted_come(house: RunningHouse, address: str, token: str) -> None:
    async with connect(f"ws://{address}/api/live?topics=agents", additional_headers=bearer(token)) as socket:
        console = Console(socket)
        await console.until(lambda: console.snapshots == 1)
        await house.talking(KARIN)
        await console.until(lambda: console.state("agents", "cecilia") == "talking")
        assert {topic for topic, _ in console.shown} == {"agents"}


async def test_who_is_too_slow_gets_a_new_snapshot(house: RunningHouse) -> None:
    """The feed itself, since the system's buffers take megabytes before a socket is slow."""
    watcher = house.exchange.live.watch()
    await watcher.next()
    for number in range(LONGEST_BACKLOG + 1):
        house.exchange.live.tell_of(LiveTopic.VOICEMAILS, str(number))
    assert json.loads(await watcher.next() or "")["type"] == "snapshot"
    for key in ("first", "second", "first"):
        house.exchange.live.tell_of(LiveTopic.VOICEMAILS, key)
    message = json.loads(await watcher.next() or "")
    assert message["type"] == "changes"
    assert [change["key"] for change in message["changes"]] == ["second", "first"], "each once, the last state"


async def test_what_cannot_be_written_straight_is_told_in_its_place(house: RunningHouse) -> None:
    feed, told = house.exchange.live, asyncio.Queue[Message]()
    able = [True]

    def straight(message: bytes) -> bool:
        if able[-1]:
            told.put_nowait(json.loads(message))
        return able[-1]

    async def by_its_task() -> None:
        while (message := await watcher.next()) is not None:
            told.put_nowait(json.loads(message))

    watcher = feed.watch(Sight(frozenset({LiveTopic.VOICEMAILS})), straight)
    task = asyncio.create_task(by_its_task())
    async with asyncio.timeout(LIMIT):
        assert (await told.get())["type"] == "snapshot"
        for number, now in enumerate((True, False, True, False, False, True), start=2):
            able.append(now)
            feed.tell_of(LiveTopic.VOICEMAILS, str(number))
            message = await told.get()
            assert (message["seq"], message["changes"][0]["key"]) == (number, str(number))
        feed.leave(watcher)
        watcher.end()
        await task


async def test_an_organisation_that_begins_anew_is_watched_on(house: RunningHouse, address: str, token: str) -> None:
    async with connect(f"ws://{address}/api/live", additional_headers=bearer(token)) as socket:
        console = Console(socket)
        await console.until(lambda: console.snapshots == 1)
        await house.stop()
        await console.until(lambda: "away" in console.others)
        await house.start()
        await console.until(lambda: console.snapshots == 2)
        await house.talking(KARIN)
        await console.until(lambda: console.state("agents", "cecilia") == "talking")


async def test_a_new_configuration_is_shown(
    house: RunningHouse, wired: Organisations, address: str, token: str
) -> None:
    async with connect(f"ws://{address}/api/live", additional_headers=bearer(token)) as socket:
        console = Console(socket)
        await console.until(lambda: console.snapshots == 1)
        file = (await wired.service.export(operator(DEMO))).replace("name: Rådgivningen", "name: Nurses")
        await wired.service.replace_with(operator(DEMO), file.encode())
        house.exchange.configuration_changed()
        await console.until(lambda: console.shown["queues", "advice"]["name"] == "Nurses")


# ------------------------------------------------------------------ who may


async def session_cookie(cecilia: httpx.AsyncClient) -> dict[str, str]:
    return {"Cookie": f"svarhus_session={cecilia.cookies['svarhus_session']}"}


async def test_a_session_watches_from_our_own_pages(address: str, cecilia: httpx.AsyncClient) -> None:
    headers = await session_cookie(cecilia)
    async with connect(f"ws://{address}/api/live", additional_headers=headers, origin=f"http://{address}") as socket:  # type: ignore[arg-type]
        console = Console(socket)
        await console.until(lambda: console.snapshots == 1)


async def test_a_page_of_another_site_is_refused(address: str, cecilia: httpx.AsyncClient) -> None:
    headers = await session_cookie(cecilia)
    with pytest.raises(InvalidStatus) as refused:
        async with connect(
            f"ws://{address}/api/live",
            additional_headers=headers,
            origin="https://elsewhere.example",  # type: ignore[arg-type]
        ):
            pass
    assert refused.value.response.status_code == 403


async def test_a_token_may_come_as_the_first_message(address: str, token: str) -> None:
    async with connect(f"ws://{address}/api/live") as socket:
        await socket.send(json.dumps({"token": token}))
        console = Console(socket)
        await console.until(lambda: console.snapshots == 1)


@pytest.mark.parametrize("first", ['{"token": "svarhus_wrong"}', "hello", "[]", '{"token": 7}', None])
async def test_nobody_watches_without_signing_in(address: str, house: RunningHouse, first: str | None) -> None:
    async with connect(f"ws://{address}/api/live") as socket:
        if first is not None:
            await socket.send(first)
        code, problem = await closed(socket)
    assert (code, problem["problem"]["status"]) == (4401, 401)
    assert problem["problem"]["remedy"]


async def test_a_topic_that_is_none_is_refused(address: str, token: str) -> None:
    async with connect(f"ws://{address}/api/live?topics=weather", additional_headers=bearer(token)) as socket:
        code, problem = await closed(socket)
    assert (code, problem["problem"]["type"]) == (4422, "/problems/unknown-topic")


async def test_a_session_that_ends_closes_the_socket(address: str, cecilia: httpx.AsyncClient) -> None:
    headers = await session_cookie(cecilia)
    async with connect(f"ws://{address}/api/live", additional_headers=headers) as socket:
        console = Console(socket)
        await console.until(lambda: console.snapshots == 1)
        await console.until(lambda: "ping" in console.others)
        assert (await cecilia.delete("/api/session")).status_code == 204
        code, problem = await closed(socket)
    assert (code, problem["problem"]["status"]) == (4401, 401)


async def test_a_token_that_is_revoked_closes_the_socket(
    address: str, token: str, wired: Organisations, house: RunningHouse
) -> None:
    async with connect(f"ws://{address}/api/live", additional_headers=bearer(token)) as socket:
        console = Console(socket)
        await console.until(lambda: console.snapshots == 1)
        [kept] = await wired.tokens.all(operator(DEMO))
        await wired.tokens.revoke(operator(DEMO), kept.id)
        code, _ = await closed(socket)
    assert code == 4401
    async with asyncio.timeout(LIMIT):
        while house.exchange.live.watchers:  # noqa: ASYNC110  # the server ends it in its own time
            await asyncio.sleep(0.01)


async def closed(socket: ClientConnection) -> tuple[int | None, Message]:
    """How the socket was closed, and the problem that was told before."""
    problem: Message = {}
    try:
        async with asyncio.timeout(LIMIT):
            while True:
                message = json.loads(await socket.recv())
                if message["type"] == "problem":
                    problem = message
    except ConnectionClosed as end:
        return end.rcvd.code if end.rcvd else None, problem
