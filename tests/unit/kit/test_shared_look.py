"""Who asks at the same time shares a look, and nobody gets an answer that is older than the question."""

import asyncio

import pytest

from svarhus.kit.shared_look import SharedLook

pytestmark = pytest.mark.asyncio


class Shelf:
    """What is looked at, with looks that end when the test says so."""

    def __init__(self) -> None:
        self.content = 0
        self.looks = 0
        self.go_on = asyncio.Event()
        self.begun = asyncio.Event()

    async def look(self) -> int:
        self.looks += 1
        self.begun.set()
        seen = self.content
        await self.go_on.wait()
        if seen < 0:
            raise ValueError("broken")
        return seen


async def test_all_who_ask_at_once_share_one_look() -> None:
    shelf = Shelf()
    shelf.go_on.set()
    look = SharedLook(shelf.look)
    assert await asyncio.gather(*(look() for _ in range(50))) == [0] * 50
    assert shelf.looks == 1


async def test_who_asks_during_a_look_gets_the_next() -> None:
    shelf = Shelf()
    look = SharedLook(shelf.look)
    first = asyncio.create_task(look())
    await shelf.begun.wait()
    shelf.content = 7
    late = [asyncio.create_task(look()) for _ in range(3)]
    shelf.go_on.set()
    assert await first == 0
    assert await asyncio.gather(*late) == [7, 7, 7]
    assert shelf.looks == 2


async def test_an_error_reaches_all_who_asked_and_nobody_else() -> None:
    shelf = Shelf()
    shelf.go_on.set()
    shelf.content = -1
    look = SharedLook(shelf.look)
    found = await asyncio.gather(look(), look(), return_exceptions=True)
    assert [type(one) for one in found] == [ValueError, ValueError]
    shelf.content = 3
    assert await look() == 3


async def test_one_who_gives_up_takes_nothing_from_the_others() -> None:
    shelf = Shelf()
    look = SharedLook(shelf.look)
    impatient, patient = asyncio.create_task(look()), asyncio.create_task(look())
    await shelf.begun.wait()
    impatient.cancel()
    shelf.go_on.set()
    assert await patient == 0
