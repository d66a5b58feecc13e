"""Uploaded recordings in a real database, and prompts with a real voice."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import text

from svarhus.adapters.espeak.speech import EspeakSpeech
from svarhus.domains.audio.model import Message
from svarhus.domains.audio.repository import CHANGED, RecordingsRepository, UploadedRecording
from svarhus.domains.audio.service import Prompts
from svarhus.kit.clock import Instant, SystemClock
from svarhus.kit.database import Database
from svarhus.kit.ids import OrganisationId
from svarhus.kit.waveform import RATE, wav
from svarhus.phones.sound import classify, read_wav, tone_present
from svarhus.ports.speech import Count, MessagePhrase, TemplatePhrase

pytest_plugins = ["database"]

CARE, OTHER = OrganisationId("care"), OrganisationId("other")
WELCOME = Message(key="welcome", name="Welcome", manuscripts={"sv": "Välkommen till vårdcentralen."})


@pytest.fixture
async def recordings(database: Database) -> RecordingsRepository:
    async with database.begin() as session:
        for organisation in (CARE, OTHER):
            await session.execute(
                text("insert into organisations (id, created_at, revision) values (:id, now(), 1)"),
                {"id": organisation},
            )
    return RecordingsRepository(database)


@pytest.fixture
async def prompts(recordings: RecordingsRepository, tmp_path: Path) -> AsyncIterator[Prompts]:
    built = Prompts(tmp_path, EspeakSpeech(), recordings, SystemClock())
    yield built
    await built.close()


def recording(key: str, digest: str = "ab") -> UploadedRecording:
    at = Instant(datetime(2026, 11, 22, 12, tzinfo=UTC))
    return UploadedRecording(key, "sv", digest, f"uploaded/care/{digest}.wav", 1.5, "anna", at)


async def test_a_recording_is_kept_replaced_and_removed(recordings: RecordingsRepository) -> None:
    await recordings.put(CARE, recording("welcome"))
    await recordings.put(CARE, recording("number/3"))
    await recordings.put(CARE, recording("welcome", "cd"))
    assert await recordings.of(CARE) == (recording("number/3"), recording("welcome", "cd"))
    assert await recordings.remove(CARE, "welcome", "sv")
    assert not await recordings.remove(CARE, "welcome", "sv")
    assert await recordings.of(CARE) == (recording("number/3"),)


async def test_a_recording_is_of_its_organisation_alone(recordings: RecordingsRepository) -> None:
    await recordings.put(CARE, recording("welcome"))
    assert await recordings.of(OTHER) == ()
    assert not await recordings.remove(OTHER, "welcome", "sv")
    assert len(await recordings.of(CARE)) == 1


async def test_a_change_is_told_to_other_processes(recordings: RecordingsRepository, database: Database) -> None:
    async with aclosing(database.notices(CHANGED)) as notices:
        async with asyncio.timeout(10):
            await anext(notices)
            await recordings.put(CARE, recording("welcome"))
            assert (await anext(notices)).payload == CARE


@pytest.mark.feature("AUD-02")
async def test_a_voice_speaks_until_a_recording_takes_its_place(prompts: Prompts) -> None:
    phrases = (MessagePhrase("welcome", "sv"), TemplatePhrase("queue.position", "sv", {"position": Count(3)}))
    messages = {"welcome": WELCOME}

    spoken = await prompts.files(CARE, phrases, messages)
    assert len(spoken) == 4
    assert classify(np.concatenate([read_wav(file) for file in spoken])) == "sound"

    beep = wav(0.3 * np.sin(2 * np.pi * 400 * np.arange(2 * RATE) / RATE))
    assert await prompts.upload(CARE, "welcome", "sv", beep, "anna") == 2.0
    replaced = await prompts.files(CARE, phrases, messages)
    assert tone_present(read_wav(replaced[0]), 400)
    assert replaced[1:] == spoken[1:]

    await prompts.remove(CARE, "welcome", "sv")
    assert await prompts.files(CARE, phrases, messages) == spoken


async def test_warming_makes_what_the_demo_needs_with_a_real_voice(prompts: Prompts, tmp_path: Path) -> None:
    await prompts.warm(CARE, [WELCOME], ["sv", "en"])
    made = list((tmp_path / "spoken").rglob("*.wav"))
    assert len(made) > 150
    assert all(len(read_wav(file)) > 800 for file in made)
