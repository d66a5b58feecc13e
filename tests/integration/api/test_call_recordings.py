"""Recorded conversations: sealed by their job, heard by who may, deleted when their time is over."""

import wave
from collections.abc import Awaitable, Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import httpx
import msgspec
import numpy as np
import pytest
from sqlalchemy import text

from integration.conftest import TestClock
from svarhus.app.organisations import Organisations
from svarhus.domains.recordings.files import RecordingFiles
from svarhus.domains.recordings.jobs import (
    SEAL_RECORDING,
    TEND_RECORDINGS,
    SealRecording,
    TendRecordings,
    recording_jobs,
)
from svarhus.domains.recordings.sealed import SealedFiles
from svarhus.kit.database import Database
from svarhus.kit.ids import OrganisationId, RecordingId
from svarhus.kit.jobs.model import Attempt
from svarhus.ports.talk_files import talk_files

pytestmark = pytest.mark.feature("DESK-15")

CLINIC, CALL, ONE = OrganisationId("clinic"), "clinic-1", RecordingId("clinic-1-recording-1")
LOUD, SILENCE = b"\x2a", b"\xd5"

Do = Callable[[str, msgspec.Struct], Awaitable[None]]


@pytest.fixture
def files(tmp_path: Path) -> RecordingFiles:
    """The folder and the key of the application that is served."""
    return RecordingFiles(tmp_path, SealedFiles("a key of tests"))


@pytest.fixture
def do(database: Database, clock: TestClock, wired: Organisations, files: RecordingFiles) -> Do:
    """Do a job as the worker does."""
    jobs = recording_jobs(database, clock, wired.repository, wired.audit, files)
    works = {work.kind.name: work.do for work in jobs.works}

    async def done(kind: str, payload: msgspec.Struct) -> None:
        await works[kind](payload, Attempt(1, 0, last=False))

    return done


async def recorded(database: Database, folder: Path, clock: TestClock, *, queue: str | None = None) -> None:
    """A second in which the customer says something and hears nothing; not sealed yet."""
    said, heard = talk_files(folder, ONE)
    said.parent.mkdir(exist_ok=True)
    said.write_bytes(LOUD * 8000)
    heard.write_bytes(SILENCE * 8000)
    async with database.begin() as session:
        await session.execute(
            text(
                """insert into call_recordings (organisation_id, id, call_id, leg_id, party, queue, began_at, keep_days,
                ended_at, seconds, why) values ('clinic', :id, :call, 'in-1', '+46701234567', :queue, :at, 10, :at, 1.0,
                'over')"""
            ),
            {"id": ONE, "call": CALL, "queue": queue, "at": clock.now()},
        )


async def actions(anna: httpx.AsyncClient) -> list[tuple[str, str]]:
    lines = (await anna.get("/api/audit")).json()["items"]
    return [(line["action"], line["subject"]) for line in lines if line["action"].startswith("call-recording")]


async def test_it_is_sealed_heard_with_two_channels_and_noted(
    anna: httpx.AsyncClient, database: Database, clock: TestClock, tmp_path: Path, do: Do
) -> None:
    await recorded(database, tmp_path, clock)
    (before,) = (await anna.get(f"/api/calls/{CALL}/recordings")).json()
    assert before["state"] == "sealing"
    assert (await anna.get(f"/api/call-recordings/{ONE}/sound")).status_code == 409
    await do(SEAL_RECORDING.name, SealRecording(CLINIC, ONE))
    assert not any(file.exists() for file in talk_files(tmp_path, ONE)), "what the engine left is gone"
    (shown,) = (await anna.get(f"/api/calls/{CALL}/recordings")).json()
    assert (shown["state"], shown["seconds"], shown["party"]) == ("ready", 1.0, "+46701234567")
    assert min(shown["channels"][0]) > 250
    assert max(shown["channels"][1]) == 0
    heard = await anna.get(f"/api/call-recordings/{ONE}/sound")
    assert (heard.status_code, heard.headers["content-type"]) == (200, "audio/wav")
    assert heard.headers["content-length"] == str(len(heard.content))
    with wave.open(BytesIO(heard.content)) as sound:
        assert (sound.getnchannels(), sound.getframerate(), sound.getnframes()) == (2, 8000, 8000)
        samples = np.frombuffer(sound.readframes(8000), "<i2").reshape(-1, 2)
    assert np.abs(samples[:, 0].astype(int)).min() > 30_000
    assert np.abs(samples[:, 1].astype(int)).max() < 10
    assert await actions(anna) == [("call-recording-listened", CALL)]


async def test_players_seek_and_who_begins_in_the_middle_is_noted_as_well(
    anna: httpx.AsyncClient, database: Database, clock: TestClock, tmp_path: Path, do: Do
) -> None:
    await recorded(database, tmp_path, clock)
    await do(SEAL_RECORDING.name, SealRecording(CLINIC, ONE))
    sound = f"/api/call-recordings/{ONE}/sound"
    for _ in range(2):
        part = await anna.get(sound, headers={"Range": "bytes=100-299"})
        assert (part.status_code, part.headers["content-range"]) == (206, "bytes 100-299/32044")
    assert await actions(anna) == [("call-recording-listened", CALL)]
    whole = (await anna.get(sound)).content
    assert part.content == whole[100:300]
    assert (await anna.get(sound, headers={"Range": "bytes=40-50"})).content == whole[40:51]
    beyond = await anna.get(sound, headers={"Range": "bytes=32044-"})
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, "bytes */32044")


async def test_users_hear_their_own_only_and_neither_download_nor_delete(
    anna: httpx.AsyncClient, bo: httpx.AsyncClient, database: Database, clock: TestClock, tmp_path: Path, do: Do
) -> None:
    await recorded(database, tmp_path, clock)
    await do(SEAL_RECORDING.name, SealRecording(CLINIC, ONE))
    sound = f"/api/call-recordings/{ONE}/sound"
    assert (await bo.get(f"/api/calls/{CALL}/recordings")).json() == []
    assert (await bo.get(sound)).status_code == 404
    assert (await bo.get(sound, params={"download": "true"})).status_code == 403
    assert (await bo.delete(f"/api/call-recordings/{ONE}")).status_code == 403
    kept = await anna.get(sound, params={"download": "true"})
    assert kept.headers["content-disposition"].startswith('attachment; filename="2026-11-23-')
    assert await actions(anna) == [("call-recording-downloaded", CALL)]


async def test_deleted_it_is_gone_with_its_sound(
    anna: httpx.AsyncClient, database: Database, clock: TestClock, tmp_path: Path, do: Do, files: RecordingFiles
) -> None:
    await recorded(database, tmp_path, clock)
    await do(SEAL_RECORDING.name, SealRecording(CLINIC, ONE))
    assert (await anna.delete(f"/api/call-recordings/{ONE}")).status_code == 204
    assert not [file for file in tmp_path.rglob("*recording-1*") if file.is_file()]
    assert (await anna.get(f"/api/calls/{CALL}/recordings")).json() == []
    assert (await anna.delete(f"/api/call-recordings/{ONE}")).status_code == 404
    # The job again, as after a worker that died: nothing comes back.
    await do(SEAL_RECORDING.name, SealRecording(CLINIC, ONE))
    assert await actions(anna) == [("call-recording-deleted", CALL)]


async def test_a_job_that_is_done_twice_does_no_harm(
    anna: httpx.AsyncClient, database: Database, clock: TestClock, tmp_path: Path, do: Do
) -> None:
    await recorded(database, tmp_path, clock)
    for _ in range(2):
        await do(SEAL_RECORDING.name, SealRecording(CLINIC, ONE))
    assert (await anna.get(f"/api/call-recordings/{ONE}/sound")).status_code == 200


async def test_of_a_conversation_in_which_nothing_was_heard_no_file_stays_behind(
    anna: httpx.AsyncClient, database: Database, clock: TestClock, tmp_path: Path, do: Do
) -> None:
    await recorded(database, tmp_path, clock)
    async with database.begin() as session:
        await session.execute(text("update call_recordings set seconds = 0, why = 'failed'"))
    for file in talk_files(tmp_path, ONE):
        file.write_bytes(b"")
    await do(SEAL_RECORDING.name, SealRecording(CLINIC, ONE))
    assert not [file for file in tmp_path.rglob("*recording-1*") if file.is_file()]


async def test_a_recording_is_deleted_when_its_time_is_over_and_one_that_was_not_sealed_is_tried_again(
    anna: httpx.AsyncClient, database: Database, clock: TestClock, tmp_path: Path, do: Do
) -> None:
    await recorded(database, tmp_path, clock)
    clock.pass_by(timedelta(hours=1))
    await do(TEND_RECORDINGS.name, TendRecordings())
    async with database.begin() as session:
        waiting = (await session.execute(text("select entrypoint from pgqueuer"))).scalars().all()
    assert waiting == [SEAL_RECORDING.name]
    clock.pass_by(timedelta(days=89))
    await do(TEND_RECORDINGS.name, TendRecordings())
    assert len((await anna.get(f"/api/calls/{CALL}/recordings")).json()) == 1, "a direct call is kept 90 days"
    clock.pass_by(timedelta(days=1))
    await do(TEND_RECORDINGS.name, TendRecordings())
    assert (await anna.get(f"/api/calls/{CALL}/recordings")).json() == []
    assert not [file for file in tmp_path.rglob("*recording-1*") if file.is_file()]
    assert await actions(anna) == [("call-recordings-expired", "1")]


async def test_of_a_queue_that_is_gone_the_days_hold_that_were_said(
    anna: httpx.AsyncClient, database: Database, clock: TestClock, tmp_path: Path, do: Do
) -> None:
    await recorded(database, tmp_path, clock, queue="long-gone")
    clock.pass_by(timedelta(days=10))
    await do(TEND_RECORDINGS.name, TendRecordings())
    assert (await anna.get(f"/api/calls/{CALL}/recordings")).json() == []
