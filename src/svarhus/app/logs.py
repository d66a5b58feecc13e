"""Keeps the children's log files from growing without end."""

import asyncio
import shutil
from collections.abc import Iterable
from pathlib import Path

LARGEST = 20 * 1024 * 1024
KEPT = 4
"""Older files of each log."""


def rotate(log: Path, largest: int = LARGEST, kept: int = KEPT) -> bool:
    """Move what a log holds into `log.1` when it is larger, `log.1` into `log.2`, and so on.

    The child goes on writing into the same, emptied file, which it opened for adding.
    """
    if not log.is_file() or log.stat().st_size <= largest:
        return False
    for number in range(kept - 1, 0, -1):
        older = _numbered(log, number)
        if older.exists():
            older.rename(_numbered(log, number + 1))
    shutil.copyfile(log, _numbered(log, 1))
    with open(log, "r+b") as file:
        file.truncate(0)
    return True


async def keep_rotating(folders: Iterable[Path], every: float = 60.0) -> None:
    """Look at all logs of the folders again and again."""
    watched = tuple(folders)
    while True:
        for folder in watched:
            for log in folder.glob("*.log"):
                await asyncio.to_thread(rotate, log)
        await asyncio.sleep(every)


def last_lines(log: Path, count: int = 8) -> list[str]:
    """The end of a log, for an error message."""
    if not log.is_file():
        return []
    with open(log, "rb") as file:
        file.seek(max(0, log.stat().st_size - 8192))
        return file.read().decode(errors="replace").splitlines()[-count:]


def _numbered(log: Path, number: int) -> Path:
    return log.with_name(f"{log.name}.{number}")
