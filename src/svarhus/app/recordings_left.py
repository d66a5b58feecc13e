"""Recordings and messages that have lost each other: sound that no message names, and messages without sound."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]  # it is typed, but does not say so

from svarhus.exchange.core.decisions.calls.recording import SHORTEST_VOICEMAIL
from svarhus.exchange.running.recordings import sound_of
from svarhus.kit.clock import Instant

STILL_RUNS = 600.0
"""Seconds in which a file may still be one that is being recorded, or whose message is about to be written."""


@dataclass(frozen=True)
class Left:
    """What belongs to nothing."""

    files: tuple[Path, ...]
    """Of somebody who spoke: shorter ones are hang-ups at the tone."""
    messages: tuple[str, ...]
    """Ids of messages whose sound is gone."""


async def recordings_left(url: str, folder: Path, now: Instant) -> Left:
    """Compares the folder with the messages in the database. OSError, asyncpg.PostgresError."""
    connection = await asyncpg.connect(url, timeout=5)
    try:
        rows = await connection.fetch("select id, file from voicemails order by at", timeout=10)
    finally:
        await connection.close()
    named = {str(row["id"]): Path(row["file"]).name for row in rows}
    there = {file.name for file in folder.glob("*.wav")} if folder.exists() else set()
    files = tuple(sorted(_of_nobody(folder, there - set(named.values()), now)))
    return Left(files, tuple(id for id, name in named.items() if name not in there))


def _of_nobody(folder: Path, names: Collection[str], now: Instant) -> Iterator[Path]:
    for name in names:
        file = folder / name
        old = file.stat().st_mtime < now.timestamp() - STILL_RUNS
        if old and sound_of(file) >= SHORTEST_VOICEMAIL:
            yield file
