"""That what a lane begins stands back as far as the lane does (`nice`).

On a Linux with autogroups (`man 7 sched`) `nice` holds only between the processes of one session: each session gets
the same share of a processor as any other, and every engine and every browser begins one of its own. So each session
is told to stand back as far as the process that leads it.
"""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_ENABLED = _PROC / "sys/kernel/sched_autogroup_enabled"

LOOKS = 3
"""How often a new process is looked at: it may begin its session a moment after it was born."""


@dataclass(frozen=True)
class _Stat:
    parent: int
    session: int
    nice: int


class StandingBack:
    """The sessions that our processes begin. Where there are no autogroups, nothing is done."""

    def __init__(self) -> None:
        with suppress(OSError):
            self._needed = _ENABLED.read_text(encoding="ascii").strip() == "1"
        self._looked: dict[int, int] = {}

    _needed = False

    def look(self) -> None:
        """Tell the sessions that are new since the last looks."""
        if not self._needed:
            return
        alive = {int(name) for name in os.listdir(_PROC) if name.isdigit()}
        self._looked = {pid: looks for pid, looks in self._looked.items() if pid in alive}
        for pid in alive:
            looks = self._looked.get(pid, 0)
            if looks < LOOKS:
                self._looked[pid] = LOOKS if _told(pid) else looks + 1


def _told(pid: int) -> bool:
    """Whether it leads a session of ours, which now stands back."""
    stat = _stat(pid)
    if stat is None or stat.session != pid or not _is_ours(pid):
        return False
    try:
        (_PROC / str(pid) / "autogroup").write_text(f"{stat.nice}", encoding="ascii")
    except OSError:  # it has ended, or the kernel takes no more just now
        return False
    return True


def _is_ours(pid: int) -> bool:
    ours = os.getpid()
    while pid > 1:
        stat = _stat(pid)
        if stat is None:
            return False
        if stat.parent == ours:
            return True
        pid = stat.parent
    return False


def _stat(pid: int) -> _Stat | None:
    try:
        words = (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return None
    return _Stat(parent=int(words[1]), session=int(words[3]), nice=int(words[16]))
