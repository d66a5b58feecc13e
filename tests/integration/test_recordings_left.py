"""What `doctor` tells of recordings and messages that have lost each other."""

import os
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]  # it is typed, but does not say so

from integration.conftest import TestClock
from svarhus.app.recordings_left import recordings_left

SECOND = bytes(44 + 16_000)


async def test_sound_of_nobody_and_messages_without_sound_are_told(
    database_url: str, tmp_path: Path, clock: TestClock
) -> None:
    now = clock.now().timestamp()
    for name, age, content in (
        ("kept", 9000, SECOND),
        ("left", 9000, SECOND),
        ("hang-up", 9000, SECOND[:9000]),
        ("new", 5, SECOND),
    ):
        file = tmp_path / f"{name}.wav"
        file.write_bytes(content)
        os.utime(file, (now - age, now - age))
    connection = await asyncpg.connect(database_url.replace("+asyncpg", ""))
    await connection.execute("insert into organisations (id, created_at, revision) values ('house', now(), 1)")
    for id in ("kept", "lost"):
        await connection.execute(
            "insert into voicemails (organisation_id, id, call_id, queue, at, seconds, file) "
            "values ('house', $1, 'one', 'two', now(), 1, $2)",
            id,
            f"/recordings/{id}.wav",
        )
    await connection.close()
    left = await recordings_left(database_url.replace("+asyncpg", ""), tmp_path, clock.now())
    assert [file.name for file in left.files] == ["left.wav"]
    assert left.messages == ("lost",)
