"""What carries sound goes before what does not."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from svarhus.engines.child import AHEAD, Launch, launched


@pytest.fixture
def started(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    waits = (sys.executable, "-c", "import time; time.sleep(60)")
    process = launched(Launch(waits, tmp_path / "log", likeness="", goes_first=True))
    yield process
    process.kill()
    process.wait()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may let a process go first")
def test_who_goes_first_does(started: subprocess.Popen[bytes]) -> None:
    ours = os.getpriority(os.PRIO_PROCESS, 0)
    assert os.getpriority(os.PRIO_PROCESS, started.pid) == max(-20, ours - AHEAD)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may")
def test_without_the_right_to_say_so_it_is_started_as_others_are(started: subprocess.Popen[bytes]) -> None:
    assert started.poll() is None
