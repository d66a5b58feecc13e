import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from integration.house.waiting import until
from svarhus.app.watch import Charge, Watch
from svarhus.engines.child import Child, Launch, Spare, running_pid

SLEEPER = "import signal; signal.signal(signal.SIGTERM, lambda *_: exit(0)); print('up', flush=True); signal.pause()"


def _charge(tmp_path: Path, script: str = SLEEPER, likeness: str = "same", patience: float = 5.0) -> Charge:
    launch = Launch((sys.executable, "-c", script), tmp_path / "log" / "child.log", likeness)
    return Charge("The child", launch, tmp_path / "run" / "child.pid", patience=patience)


@asynccontextmanager
async def _watched(charge: Charge, tell: Callable[[str], None] = lambda words: None) -> AsyncIterator[Watch]:
    watch = Watch(charge, tell)
    await watch.adopt()
    watch.begin()
    try:
        yield watch
    finally:
        await watch.stop()


def _pid(charge: Charge) -> int:
    pid = running_pid(charge.pid_file)
    assert pid is not None
    return pid


async def test_a_killed_child_runs_again_at_once(tmp_path: Path) -> None:
    charge, told = _charge(tmp_path), list[str]()
    async with _watched(charge, told.append):
        first = _pid(charge)
        os.kill(first, signal.SIGKILL)

        async def another() -> bool:
            return running_pid(charge.pid_file) not in (None, first)

        assert await until(another) < 0.3
    assert told == ["The child ended unexpectedly and was started again"]
    assert not charge.pid_file.exists()


async def test_a_spare_that_has_loaded_takes_over(tmp_path: Path) -> None:
    waiting = f"print('loaded', flush=True); assert input() == 'begin'\n{SLEEPER}"
    charge = _charge(tmp_path)
    spare = Spare(replace(charge.launch, command=(sys.executable, "-c", waiting)))
    child = spare.become(charge.pid_file)
    assert child is not None
    assert running_pid(charge.pid_file) == child.pid

    async def begun() -> bool:
        return charge.launch.log.read_text() == "loaded\nup\n"

    await until(begun)
    await child.stop(signal.SIGTERM, patience=5)


async def test_a_spare_that_died_is_no_help(tmp_path: Path) -> None:
    charge = _charge(tmp_path)
    spare = Spare(replace(charge.launch, command=(sys.executable, "-c", "")))
    spare.discard()
    assert spare.become(charge.pid_file) is None


async def test_a_child_that_cannot_live_is_started_ever_more_slowly(tmp_path: Path) -> None:
    charge = _charge(tmp_path, script="print('no')")
    async with _watched(charge) as watch:

        async def five_failures() -> bool:
            return watch.failures >= 5

        await until(five_failures)
    assert charge.launch.log.read_text().startswith("no\n")


async def test_a_child_that_does_not_end_is_killed(tmp_path: Path) -> None:
    stubborn = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); signal.pause()"
    charge = _charge(tmp_path, stubborn, patience=0.2)
    async with _watched(charge):
        pid = _pid(charge)

        async def up() -> bool:
            return "up" in charge.launch.log.read_text()

        await until(up)
    assert not Path(f"/proc/{pid}").exists()


async def test_a_child_that_outlived_its_watch_is_adopted_and_watched(tmp_path: Path) -> None:
    charge = _charge(tmp_path)
    left = Child.start(charge.launch, charge.pid_file)
    watch = Watch(charge, lambda words: None)
    assert await watch.adopt()
    watch.begin()
    try:
        left.signal(signal.SIGKILL)

        async def another() -> bool:
            return running_pid(charge.pid_file) not in (None, left.pid)

        await until(another)
    finally:
        await watch.stop()


async def test_a_child_with_other_settings_is_ended_not_adopted(tmp_path: Path) -> None:
    older = _charge(tmp_path, likeness="other port")
    left = Child.start(older.launch, older.pid_file)
    watch = Watch(_charge(tmp_path), lambda words: None)
    assert not await watch.adopt()
    assert not Path(f"/proc/{left.pid}").exists()


async def test_a_reused_process_id_is_not_taken_for_the_child(tmp_path: Path) -> None:
    charge = _charge(tmp_path)
    charge.pid_file.parent.mkdir()
    charge.pid_file.write_text(f"{os.getpid()}\n1 {charge.launch.mark}\n")
    assert running_pid(charge.pid_file) is None
    assert Child.left_behind(charge.pid_file) is None
