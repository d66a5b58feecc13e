"""Which organisations begin first."""

import asyncio
import contextlib

import pytest

from svarhus.app.starting import StartingOrder
from svarhus.kit.ids import OrganisationId

KEYS = [OrganisationId(key) for key in ("a", "b", "c", "d")]


class Starts:
    """Organisations that begin one after the other, each when the test says that it has."""

    def __init__(self) -> None:
        self.in_calls: set[OrganisationId] = set()
        self.order = StartingOrder(1, lambda: self.in_calls)
        self.begun: list[str] = []
        self._done = {key: asyncio.Event() for key in KEYS}
        self.tasks = {key: asyncio.create_task(self._start(key)) for key in KEYS}

    async def _start(self, key: OrganisationId) -> None:
        async with self.order.turn(key):
            self.begun.append(key)
            await self._done[key].wait()

    async def settle(self) -> None:
        for _ in range(5):
            await asyncio.sleep(0)

    async def done(self, key: str) -> None:
        self._done[OrganisationId(key)].set()
        await self.settle()


async def test_they_begin_in_the_order_in_which_they_came() -> None:
    starts = Starts()
    await starts.settle()
    for key in KEYS:
        await starts.done(key)
    assert starts.begun == KEYS


async def test_who_has_calls_goes_before_who_has_none_also_when_they_came_meanwhile() -> None:
    starts = Starts()
    await starts.settle()
    starts.in_calls = {KEYS[2]}
    await starts.done("a")
    starts.in_calls = {KEYS[3]}
    await starts.done("c")
    await starts.done("d")
    assert starts.begun == ["a", "c", "d", "b"]
    await starts.done("b")


@pytest.mark.parametrize("had_its_turn", [False, True])
async def test_who_is_stopped_while_waiting_takes_no_turn_along(had_its_turn: bool) -> None:
    starts = Starts()
    await starts.settle()
    if had_its_turn:
        starts._done[KEYS[0]].set()
        await asyncio.sleep(0)
    starts.tasks[KEYS[1]].cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await starts.tasks[KEYS[1]]
    await starts.done("a")
    await starts.done("c")
    await starts.done("d")
    assert starts.begun[-2:] == ["c", "d"]
    async with asyncio.timeout(1), starts.order.turn(KEYS[0]):
        pass


async def test_all_can_be_stopped_at_once() -> None:
    starts = Starts()
    await starts.settle()
    for task in starts.tasks.values():
        task.cancel()
    async with asyncio.timeout(1):
        ended = await asyncio.gather(*starts.tasks.values(), return_exceptions=True)
    assert {type(each) for each in ended} == {asyncio.CancelledError}
    async with asyncio.timeout(1), starts.order.turn(KEYS[0]):
        pass
