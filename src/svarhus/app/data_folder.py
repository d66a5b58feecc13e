"""Who uses a data folder: one start at a time, and nobody else of the machine's users."""

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from svarhus.app.errors import InUse, NoDataFolder

FOLDERS = ("asterisk", "audio", "log", "recordings", "run")
"""What is ours in it and holds what is said, by whom, or with which keys. PostgreSQL guards its own."""
_OURS = {*FOLDERS, "demo.json", "postgres", "postgres.new", "ports.toml", "secrets.toml", "svarhus.toml"}


@contextmanager
def held(data: Path) -> Iterator[None]:
    """Have the data folder for oneself, and make it if it is not there.

    InUse when another process has it; NoDataFolder. The system lets go of it when we end, however we end.
    """
    try:
        _make(data)
        lock = _lock_file(data).open("a+")
    except OSError as error:
        raise NoDataFolder(
            f"The data folder {data} cannot be used: {_reason(data, error)}.",
            "Choose another with --data DIR, or let the user who starts Svarhus write there.",
        ) from None
    with lock:
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


def _make(data: Path) -> None:
    data.mkdir(parents=True, mode=0o700, exist_ok=True)
    for name in FOLDERS:
        folder = data / name
        folder.mkdir(mode=0o700, exist_ok=True)
        _close_to_others(folder)
    if not {each.name for each in data.iterdir()} - _OURS:
        # Else it is for others as well, such as /tmp; what is ours in it is closed.
        _close_to_others(data)


def _close_to_others(folder: Path) -> None:
    """Unless it belongs to somebody else, who has decided about it."""
    found = folder.stat()
    if found.st_mode & 0o077 and os.geteuid() in (0, found.st_uid):
        folder.chmod(stat.S_IMODE(found.st_mode) & 0o700)


def _reason(data: Path, error: OSError) -> str:
    if isinstance(error, FileExistsError | NotADirectoryError):
        return f"{error.filename or data} is a file"
    if isinstance(error, PermissionError):
        return f"{error.filename or data} may not be written to"
    return f"{error.filename or data}: {(error.strerror or str(error)).lower()}"


def _lock_file(data: Path) -> Path:
    return data / "run" / "supervisor.pid"
