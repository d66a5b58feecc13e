"""Who uses a data folder: one start at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from svarhus.app.errors import InUse


@contextmanager
def held(data: Path) -> Iterator[None]:
    """Have the data folder for oneself, and make it if it is not there. InUse when another process has it.

    The system lets go of it when we end, however we end.
    """
    if not data.exists():
        data.mkdir(parents=True, mode=0o700)
    lock_file = _lock_file(data)
    lock_file.parent.mkdir(exist_ok=True)
    with lock_file.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise InUse(
                f"The data folder {data} is in use by process {lock.read().strip() or 'unknown'}.",
                "Stop that one first, or start with another folder: --data DIR --http PORT --sip PORT.",
            ) from None
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield


def is_held(data: Path) -> bool:
    """Whether a process has the data folder now."""
    if not _lock_file(data).exists():
        return False
    with _lock_file(data).open() as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _lock_file(data: Path) -> Path:
    return data / "run" / "supervisor.pid"
