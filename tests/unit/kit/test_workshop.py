"""Heavy work, and what becomes of it when nobody waits."""

import asyncio
import threading

import pytest

from svarhus.kit.workshop import GivenUp, GoOn, TooBusy, Workshop


async def test_it_gives_what_the_work_gives() -> None:
    assert await Workshop("test").run(lambda _: 3) == 3


async def test_it_raises_what_the_work_raises() -> None:
    def fail(_: GoOn) -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await Workshop("test").run(fail)


async def test_work_is_given_up_with_its_caller() -> None:
    begun, ended = threading.Event(), threading.Event()

    def endless(go_on: GoOn) -> None:
        begun.set()
        try:
            while True:
                go_on()
        except GivenUp:
            ended.set()
            raise

    asked = asyncio.create_task(Workshop("test").run(endless))
    await asyncio.to_thread(begun.wait)
    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked
    assert await asyncio.to_thread(ended.wait, 10)


async def test_more_than_can_wait_is_refused_and_taken_again_later() -> None:
    let_on = threading.Event()
    workshop = Workshop("test", at_once=1, waiting=1)
    asked = [asyncio.create_task(workshop.run(lambda _: let_on.wait())) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(TooBusy):
        await workshop.run(lambda _: True)
    let_on.set()
    assert await asyncio.gather(*asked) == [True, True]
    await asyncio.sleep(0)
    assert await workshop.run(lambda _: True)
