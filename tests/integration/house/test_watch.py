import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from integration.house.waiting import until
from svarhus.app.watch import Charge, Watch
from svarhus.engines.child import Child, Launch, running_pid

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


async def test_a_child_that_takes_long_to_load_is_born_again_however_often(tmp_path: Path) -> None:
    load = "import sys, time; from svarhus.engines.nursery import give_birth; time.sleep(1)"
    slow = f"{load}\ngive_birth(int(sys.argv[-1]))\n{SLEEPER}"
    charge = replace(_charge(tmp_path, slow), takes_long_to_load=True)
    async with _watched(charge):
        before: list[int | None] = [None]

        async def another() -> bool:
            return running_pid(charge.pid_file) not in before

        await until(another)
        for _ in range(2):
            before.append(_pid(charge))
            os.kill(_pid(charge), signal.SIGKILL)
            assert await until(another) < 0.9, "it was loaded anew"
    assert not charge.pid_file.exists()


async def test_a_child_that_cannot_be_born_begins_by_itself(tmp_path: Path) -> None:
    """So its log says what is wrong."""
    charge = replace(_charge(tmp_path, "print('no')"), takes_long_to_load=True)
    async with _watched(charge) as watch:

        async def two_failures() -> bool:
            return watch.failures >= 2

        await until(two_failures)
    assert charge.launch.log.read_text().startswith("no\n")


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
