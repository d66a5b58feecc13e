"""Children of a process that has loaded everything."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from svarhus.engines.child import Child, Launch, running_pid
from svarhus.engines.nursery import Nursery

PROGRAM = """
import os, signal, sys, time
from svarhus.engines.nursery import give_birth
loaded_in = os.getpid()
give_birth(int(sys.argv[-1]))
assert os.getpid() != loaded_in and os.getsid(0) == os.getpid()
assert signal.getsignal(signal.SIGCHLD) is signal.SIG_DFL
time.sleep(600)
"""


@pytest.fixture
def launch(tmp_path: Path) -> Launch:
    return Launch((sys.executable, "-c", PROGRAM), tmp_path / "log", "alike")


@pytest.fixture
def nursery(launch: Launch) -> Iterator[Nursery]:
    nursery = Nursery(launch)
    yield nursery
    nursery.close()


async def born(nursery: Nursery, tmp_path: Path) -> Child:
    child = await nursery.child(tmp_path / "pid")
    assert child is not None, (tmp_path / "log").read_text()
    return child


@pytest.mark.feature("Q-22")
async def test_one_child_after_the_other(nursery: Nursery, tmp_path: Path) -> None:
    first = await born(nursery, tmp_path)
    assert running_pid(tmp_path / "pid") == first.pid
    first.signal(signal.SIGKILL)
    await first.ended()
    second = await born(nursery, tmp_path)
    assert second.pid != first.pid and running_pid(tmp_path / "pid") == second.pid
    second.signal(signal.SIGTERM)
    await second.ended()
    assert (tmp_path / "log").read_text() == ""


async def test_a_child_does_not_outlive_it(launch: Launch, tmp_path: Path) -> None:
    nursery = Nursery(launch)
    child = await born(nursery, tmp_path)
    nursery.close()
    await child.ended()


async def test_one_that_cannot_load_has_no_children(launch: Launch, tmp_path: Path) -> None:
    nursery = Nursery(Launch((sys.executable, "-c", "raise SystemExit(1)"), launch.log, "alike"))
    assert await nursery.child(tmp_path / "pid") is None
    nursery.close()


async def test_one_that_was_killed_has_no_children(nursery: Nursery, tmp_path: Path) -> None:
    child = await born(nursery, tmp_path)
    parent = int(Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()[1])
    os.kill(parent, signal.SIGKILL)
    await child.ended()
    assert await nursery.child(tmp_path / "pid") is None
