"""A process that is watched: one that we started, or one that outlived whoever started it.

The pid file holds the process id, the moment of its start in clock ticks, by which a reused id is
told apart, and what was launched, by which one that runs with older settings is told apart.
"""

import asyncio
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

AHEAD = 10
"""By how many levels of `nice` a process goes before others: it gets nine times the share of one that does not."""


@dataclass(frozen=True)
class Launch:
    """How a child is started."""

    command: Sequence[str]
    log: Path
    """Its standard output and error are added to this file."""
    likeness: str
    """Everything that makes one start differ from another; a child of another likeness is not adopted."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """Added to our own."""
    user: int | None = None
    """User and group to drop to; None keeps ours."""
    kept_open: tuple[int, ...] = ()
    """File descriptors that the child inherits under the same numbers."""
    goes_first: bool = False
    """Where processors are wanted by several, it goes before others: see `let_go_first`."""

    @property
    def mark(self) -> str:
        return sha256(self.likeness.encode()).hexdigest()[:16]


class Child:
    """A running process. `ended` works for our own children and for adopted ones alike."""

    def __init__(self, pid: int, pid_file: Path) -> None:
        """ProcessLookupError when there is no such process."""
        self.pid = pid
        self._pid_file = pid_file
        self._handle = os.pidfd_open(pid)
        self._gone: asyncio.Event | None = None

    @classmethod
    def start(cls, launch: Launch, pid_file: Path) -> "Child":
        """Start it in a session of its own, so that Ctrl-C in a terminal does not reach it. OSError when it fails."""
        started = launched(launch)
        child = cls.recorded(started.pid, launch, pid_file)
        # The kernel's id is what counts from here on; Popen must not wait for it a second time.
        started.returncode = 0
        return child

    @classmethod
    def recorded(cls, pid: int, launch: Launch, pid_file: Path) -> "Child":
        """A process that runs, from now on this one. ProcessLookupError."""
        pid_file.parent.mkdir(parents=True, exist_ok=True)
        child = cls(pid, pid_file)
        pid_file.write_text(f"{child.pid}\n{_started_at(child.pid)} {launch.mark}\n")
        return child

    @classmethod
    def adopt(cls, launch: Launch, pid_file: Path) -> "Child | None":
        """The child of an earlier start, if it still runs and was launched alike."""
        found = _recorded(pid_file)
        if found is None or found.mark != launch.mark:
            return None
        return cls(found.pid, pid_file)

    @classmethod
    def left_behind(cls, pid_file: Path) -> "Child | None":
        """The child of an earlier start, whatever it was launched with."""
        found = _recorded(pid_file)
        return cls(found.pid, pid_file) if found else None

    async def ended(self) -> None:
        """Wait until the process is gone. Any number may wait."""
        if self._gone is None:
            self._gone = asyncio.Event()
            asyncio.get_running_loop().add_reader(self._handle, self._forget, self._gone)
        await self._gone.wait()

    async def stop(self, how: signal.Signals, patience: float) -> None:
        """Ask it to end; kill it when it has not after `patience` seconds."""
        self.signal(how)
        try:
            async with asyncio.timeout(patience):
                await self.ended()
        except TimeoutError:
            self.signal(signal.SIGKILL)
            await self.ended()

    def signal(self, number: signal.Signals) -> None:
        """Send a signal; nothing happens when the process is gone."""
        if self._gone is not None and self._gone.is_set():
            return
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._handle, number)

    def _forget(self, gone: asyncio.Event) -> None:
        asyncio.get_running_loop().remove_reader(self._handle)
        with suppress(ChildProcessError):  # adopted: another process reaps it
            os.waitpid(self.pid, 0)
        os.close(self._handle)
        self._pid_file.unlink(missing_ok=True)
        gone.set()


def launched(launch: Launch) -> subprocess.Popen[bytes]:
    """The process, begun. OSError."""
    launch.log.parent.mkdir(parents=True, exist_ok=True)
    with launch.log.open("ab") as log:
        started = subprocess.Popen(
            launch.command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            env={**os.environ, **launch.environment},
            start_new_session=True,
            pass_fds=launch.kept_open,
            user=launch.user,
            group=launch.user,
            extra_groups=None if launch.user is None else [],
        )
    if launch.goes_first:
        let_go_first(started.pid)
    return started


def let_go_first(pid: int) -> None:
    """Let a process that has just begun a session, and all that it begins, go before others (`nice`).

    What carries sound has twenty milliseconds for each packet, whatever else is started meanwhile. Where we have not
    the right to say so nothing changes.
    """
    with suppress(OSError):
        level = max(-20, os.getpriority(os.PRIO_PROCESS, pid) - AHEAD)
        os.setpriority(os.PRIO_PROCESS, pid, level)
        # Where sessions have groups of their own, it holds inside of the session only: see `man 7 sched`.
        Path(f"/proc/{pid}/autogroup").write_text(f"{level}", encoding="ascii")


@dataclass(frozen=True)
class _Record:
    pid: int
    mark: str


def running_pid(pid_file: Path) -> int | None:
    """The process that the pid file names, if that very process still runs."""
    found = _recorded(pid_file)
    return found.pid if found else None


def _recorded(pid_file: Path) -> _Record | None:
    try:
        pid, started, mark = pid_file.read_text().split()
    except (FileNotFoundError, ValueError):
        return None
    return _Record(int(pid), mark) if _started_at(int(pid)) == int(started) else None


def _started_at(pid: int) -> int | None:
    """Clock ticks from boot to the start of a process; None when it is gone or a zombie. proc(5), stat."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if fields[0] in "ZX" else int(fields[19])
