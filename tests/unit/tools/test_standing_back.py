"""What a lane begins stands back as far as the lane does, in its own session too."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from standing_back import LOOKS, StandingBack

SWITCH = Path("/proc/sys/kernel/sched_autogroup_enabled")

pytestmark = pytest.mark.skipif(
    not SWITCH.exists() or SWITCH.read_text().strip() != "1", reason="this kernel makes no groups of sessions"
)


@pytest.fixture
def started() -> Iterator[subprocess.Popen[bytes]]:
    waits = (sys.executable, "-c", "print('here', flush=True); input()")
    with subprocess.Popen(
        ("nice", "-n", "7", *waits), stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process
        process.kill()


def test_a_session_stands_back_as_its_leader_does(started: subprocess.Popen[bytes]) -> None:
    standing_back = StandingBack()
    for _ in range(LOOKS):
        standing_back.look()
    assert Path(f"/proc/{started.pid}/autogroup").read_text().split()[-1] == nice_of(started.pid)


def test_others_are_left_alone() -> None:
    before = Path("/proc/1/autogroup").read_text()
    StandingBack().look()
    assert Path("/proc/1/autogroup").read_text() == before


def nice_of(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[16]
