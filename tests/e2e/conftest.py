"""One installation for all tests of this folder, on a loop of its own."""

import asyncio
import secrets
import threading
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy.engine import make_url

from e2e.acting import AT_ONCE, Scene, perform
from e2e.house import House
from e2e.organisation import Place
from e2e.stand import Stand
from real_asterisk import RealAsterisk
from svarhus.engines.asterisk import Asterisk
from svarhus.kit.database import Database

T = TypeVar("T")

WAITING_INCLUDED = 600
"""Seconds that a test may take: a scene that is acted again waits for all others."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if isinstance(getattr(getattr(item, "obj", None), "scene", None), Scene):
            item.add_marker(pytest.mark.real_time)
            item.add_marker(pytest.mark.limit(WAITING_INCLUDED))


class Theatre:
    """Opens the house with the first scene, and begins all of them at once.

    It has a thread of its own: a telephone call does not stand still while pytest is busy with another test.
    A scene whose outcome is asked for again is acted again: alone, after all others, at a place of its own.
    """

    def __init__(self, scenes: list[Scene]) -> None:
        self._places = {scene: Place(index, scene.wants) for index, scene in enumerate(scenes)}
        self._asked: set[Scene] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="theatre")
        self._tasks: dict[Scene, asyncio.Task[None]] = {}
        self._house: House | None = None

    def open(self, asterisk: RealAsterisk, database_url: str, folder: Path) -> None:
        self._thread.start()
        self._run(self._open(asterisk, database_url, folder))

    def outcome_of(self, scene: Scene) -> None:
        """Wait until the scene has been acted; its failure is the test's."""
        again = scene in self._asked
        self._asked.add(scene)
        self._run(self._act_again(scene) if again else _finished(self._tasks[scene]))

    def left_behind(self) -> list[str]:
        """What is alive in the exchange and in Asterisk when the last scene has ended."""
        return self._run(self._left_behind())

    def close(self) -> None:
        try:
            self._run(self._close())
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.close()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        """Have something done on the theatre's loop, and wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _open(self, asterisk: RealAsterisk, database_url: str, folder: Path) -> None:
        self._house = house = House(asterisk, Database(database_url), folder)
        await house.open(list(self._places.values()))
        turn = asyncio.Semaphore(AT_ONCE)
        for scene, place in self._places.items():
            self._tasks[scene] = asyncio.create_task(perform(scene, Stand(house, place), turn), name=scene.name)

    async def _act_again(self, scene: Scene) -> None:
        assert self._house is not None, "it was opened"
        await asyncio.wait(self._tasks.values())
        place = await self._house.add_place(scene.wants)
        await perform(scene, Stand(self._house, place), asyncio.Semaphore())

    async def _left_behind(self) -> list[str]:
        assert self._house is not None, "it was opened"
        if self._tasks:
            await asyncio.wait(self._tasks.values())
        state = self._house.exchange.core.state
        alive: list[str] = [*state.calls, *state.legs, *map(str, state.places), *state.offers]
        return alive + await self._house.left_in_asterisk()

    async def _close(self) -> None:
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        if self._house is not None:
            await self._house.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await asyncio.get_running_loop().shutdown_asyncgens()
        await asyncio.get_running_loop().shutdown_default_executor()


async def _finished(task: "asyncio.Task[None]") -> None:
    await task


@pytest.fixture(scope="session")
def stage(
    request: pytest.FixtureRequest,
    asterisk_program: Asterisk,
    database_server: str,
    migrated_template: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Theatre]:
    """Where scenes are acted."""
    tests = (getattr(item, "obj", None) for item in request.session.items)
    scenes = [scene for test in tests if isinstance(scene := getattr(test, "scene", None), Scene)]
    asterisk = RealAsterisk(asterisk_program, tmp_path_factory.mktemp("asterisk"))
    asterisk.start()
    name = f"svarhus_e2e_{secrets.token_hex(4)}"
    asyncio.run(_copy(database_server, migrated_template, name))
    url = make_url(database_server).set(database=name).render_as_string(hide_password=False)
    theatre = Theatre(scenes)
    try:
        theatre.open(asterisk, url, tmp_path_factory.mktemp("sounds"))
        yield theatre
    finally:
        theatre.close()
        asterisk.kill()


async def _copy(server: str, template: str, name: str) -> None:
    database = Database(server)
    connection = await database.connect()
    try:
        await connection.execute(f"create database {name} template {template} strategy file_copy")
    finally:
        await connection.close()
        await database.close()
