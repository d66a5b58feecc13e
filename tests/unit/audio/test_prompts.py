"""Which sound is played for a phrase."""

import asyncio
import io
import threading
import time
import wave
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from svarhus.domains.audio.errors import NoRecording, NotAWav, UnknownSound
from svarhus.domains.audio.model import Message
from svarhus.domains.audio.repository import UploadedRecording
from svarhus.domains.audio.service import RETRY_SECONDS, Prompts
from svarhus.kit.clock import Instant
from svarhus.kit.errors import Unavailable
from svarhus.kit.ids import OrganisationId
from svarhus.kit.waveform import RATE, wav
from svarhus.kit.workshop import TooBusy, Workshop
from svarhus.ports.speech import Count, MessagePhrase, Phrase, TemplatePhrase

CARE = OrganisationId("care")
OTHER = OrganisationId("other")
WELCOME = Message(key="welcome", name="Welcome", manuscripts={"sv": "Välkommen", "en": "Welcome"})
MESSAGES = {"welcome": WELCOME}
POSITION = TemplatePhrase("queue.position", "sv", {"position": Count(3)})


class WrittenSpeech:
    """Writes the text itself as the sound, and keeps count."""

    def __init__(self) -> None:
        self.version = "written 1"
        self.closed = False
        self.spoken: list[tuple[str, str]] = []
        self.fails: Callable[[str], bool] = lambda _text: False
        self.begun = asyncio.Event()
        self.may_finish = asyncio.Event()
        self.may_finish.set()

    async def speak(self, text: str, language: str, file: Path) -> None:
        self.spoken.append((language, text))
        self.begun.set()
        file.write_text("half")
        await self.may_finish.wait()
        if self.fails(text):
            raise Unavailable("no voice today")
        file.write_text(f"{language}: {text}")

    async def close(self) -> None:
        self.closed = True


class KeptRecordings:
    """Recordings in memory."""

    def __init__(self) -> None:
        self.rows: dict[tuple[OrganisationId, str, str], UploadedRecording] = {}
        self.lost = False
        self.asked = 0

    async def of(self, organisation: OrganisationId) -> tuple[UploadedRecording, ...]:
        self.asked += 1
        if self.lost:
            raise Unavailable("no database today")
        return tuple(row for (owner, _, _), row in self.rows.items() if owner == organisation)

    async def put(self, organisation: OrganisationId, recording: UploadedRecording) -> None:
        self.rows[organisation, recording.key, recording.language] = recording

    async def remove(self, organisation: OrganisationId, key: str, language: str) -> bool:
        return self.rows.pop((organisation, key, language), None) is not None


class SetClock:
    def __init__(self) -> None:
        self.time = datetime(2026, 11, 22, 12, tzinfo=UTC)

    def now(self) -> Instant:
        return Instant(self.time)


class House:
    """Prompts with all that they need."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.speech = WrittenSpeech()
        self.recordings = KeptRecordings()
        self.clock = SetClock()
        self.prompts = self.restarted()

    def restarted(self, patience: float = 5.0, workshop: Workshop | None = None) -> Prompts:
        return Prompts(self.folder, self.speech, self.recordings, self.clock, patience, workshop)

    async def played(self, *phrases: Phrase, organisation: OrganisationId = CARE) -> list[str]:
        """What the files to play hold; `recording` for a real WAV."""
        files = await self.prompts.files(organisation, phrases, MESSAGES)
        contents = [Path(file).read_bytes() for file in files]
        return ["recording" if content[:4] == b"RIFF" else content.decode() for content in contents]


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    built = House(tmp_path / "audio")
    yield built
    await built.prompts.close()


def tone(seconds: float = 1.0) -> bytes:
    return wav(0.5 * np.sin(2 * np.pi * 440 * np.arange(round(seconds * RATE)) / RATE))


# ------------------------------------------------------------------ spoken


async def test_phrases_are_played_in_order(house: House) -> None:
    assert await house.played(MessagePhrase("welcome", "sv"), POSITION, TemplatePhrase("queue.next", "en")) == [
        "sv: Välkommen",
        "sv: Du har plats nummer",
        "sv: tre",
        "sv: i kön.",
        "en: You are first in line.",
    ]


async def test_paths_are_absolute_wav_files(house: House) -> None:
    for file in await house.prompts.files(CARE, [POSITION], MESSAGES):
        assert Path(file).is_absolute()
        assert file.endswith(".wav")


async def test_a_message_without_the_callers_language_is_played_in_its_first(house: House) -> None:
    assert await house.played(MessagePhrase("welcome", "fi")) == ["sv: Välkommen"]


async def test_a_text_is_spoken_once_and_found_again_after_a_restart(house: House) -> None:
    first = await house.played(POSITION)
    await house.played(POSITION)
    house.prompts = house.restarted()
    assert await house.played(POSITION) == first
    assert len(house.speech.spoken) == 3


async def test_another_version_of_the_engine_speaks_anew(house: House) -> None:
    await house.played(TemplatePhrase("queue.next", "sv"))
    house.speech.version = "written 2"
    house.prompts = house.restarted()
    await house.played(TemplatePhrase("queue.next", "sv"))
    assert len(house.speech.spoken) == 2


async def test_callers_who_need_the_same_text_together_wait_for_one_making(house: House) -> None:
    house.speech.may_finish.clear()
    callers = [asyncio.create_task(house.played(TemplatePhrase("queue.next", "sv"))) for _ in range(20)]
    await house.speech.begun.wait()
    house.speech.may_finish.set()
    assert await asyncio.gather(*callers) == [["sv: Du står först i kön."]] * 20
    assert len(house.speech.spoken) == 1


async def test_half_a_file_is_never_found(house: House) -> None:
    house.speech.may_finish.clear()
    caller = asyncio.create_task(house.played(TemplatePhrase("queue.next", "sv")))
    await house.speech.begun.wait()
    house.speech.may_finish.set()
    assert await caller == ["sv: Du står först i kön."]
    assert not [file for file in house.folder.rglob("*") if file.name.startswith(".")]


async def test_a_caller_who_hangs_up_does_not_stop_the_making_for_the_others(house: House) -> None:
    house.speech.may_finish.clear()
    gone, waiting = (asyncio.create_task(house.played(TemplatePhrase("queue.next", "sv"))) for _ in range(2))
    await house.speech.begun.wait()
    gone.cancel()
    house.speech.may_finish.set()
    assert await waiting == ["sv: Du står först i kön."]


# ------------------------------------------------------------------ what goes wrong


async def test_what_cannot_be_spoken_is_left_out_and_tried_again(house: House) -> None:
    house.speech.fails = lambda text: text == "tre"
    assert await house.played(POSITION) == ["sv: Du har plats nummer", "sv: i kön."]
    house.speech.fails = lambda _text: False
    assert "sv: tre" in await house.played(POSITION)


async def test_an_engine_that_hangs_costs_the_caller_no_more_than_the_patience(house: House) -> None:
    impatient = house.restarted(patience=0.01)
    house.speech.may_finish.clear()
    assert await impatient.files(CARE, [POSITION], MESSAGES) == ()
    house.speech.may_finish.set()
    assert len(await house.played(POSITION)) == 3
    await impatient.close()


async def test_unknown_messages_and_templates_do_not_fail_a_call(house: House) -> None:
    phrases = (MessagePhrase("gone", "sv"), TemplatePhrase("queue.gone", "sv"), TemplatePhrase("queue.position", "sv"))
    assert await house.played(*phrases, TemplatePhrase("queue.next", "sv")) == ["sv: Du står först i kön."]


async def test_calls_are_played_to_while_the_database_is_lost(house: House) -> None:
    house.recordings.lost = True
    for _ in range(10):
        assert await house.played(TemplatePhrase("queue.next", "sv")) == ["sv: Du står först i kön."]
    assert house.recordings.asked == 1
    house.recordings.lost = False
    house.clock.time += timedelta(seconds=RETRY_SECONDS)
    await house.played(TemplatePhrase("queue.next", "sv"))
    await house.played(TemplatePhrase("queue.next", "sv"))
    assert house.recordings.asked == 2


# ------------------------------------------------------------------ uploaded


@pytest.mark.feature("AUD-02")
async def test_an_upload_replaces_a_message_in_its_language_until_it_is_removed(house: House) -> None:
    assert await house.prompts.upload(CARE, "welcome", "sv", tone(1.5), "anna") == 1.5
    assert await house.played(MessagePhrase("welcome", "sv")) == ["recording"]
    assert await house.played(MessagePhrase("welcome", "en")) == ["en: Welcome"]
    await house.prompts.remove(CARE, "welcome", "sv")
    assert await house.played(MessagePhrase("welcome", "sv")) == ["sv: Välkommen"]
    assert not list(house.folder.glob("uploaded/**/*.wav"))


async def test_an_upload_replaces_any_part_of_what_is_spoken(house: House) -> None:
    await house.prompts.upload(CARE, "number/3", "sv", tone(), "anna")
    assert await house.played(POSITION) == ["sv: Du har plats nummer", "recording", "sv: i kön."]


async def test_an_upload_is_of_its_organisation_alone(house: House) -> None:
    await house.prompts.upload(CARE, "welcome", "sv", tone(), "anna")
    assert await house.played(MessagePhrase("welcome", "sv"), organisation=OTHER) == ["sv: Välkommen"]


async def test_an_upload_adds_a_language_that_has_no_manuscript(house: House) -> None:
    await house.prompts.upload(CARE, "welcome", "fi", tone(), "anna")
    assert await house.played(MessagePhrase("welcome", "fi")) == ["recording"]


async def test_an_upload_is_kept_as_telephone_sound_with_who_and_when(house: House) -> None:
    written = io.BytesIO()
    with wave.open(written, "wb") as stereo:
        stereo.setnchannels(2)
        stereo.setsampwidth(3)
        stereo.setframerate(48_000)
        stereo.writeframes(b"\0\0\x20\0\0\x20\0\0\xe0\0\0\xe0" * 24_000)
    content = written.getvalue()
    assert await house.prompts.upload(CARE, "welcome", "sv", content, "anna") == 1.0
    (row,) = await house.prompts.uploaded(CARE)
    assert (row.key, row.language, row.uploaded_by, row.at) == ("welcome", "sv", "anna", house.clock.now())
    with wave.open(str(house.folder / row.file)) as kept:
        assert (kept.getnchannels(), kept.getsampwidth(), kept.getframerate()) == (1, 2, RATE)


async def test_an_upload_is_played_after_a_restart_and_told_to_other_processes(house: House) -> None:
    other = house.restarted()
    assert "spoken" in (await other.files(CARE, [MessagePhrase("welcome", "sv")], MESSAGES))[0]
    await house.prompts.upload(CARE, "welcome", "sv", tone(), "anna")
    await other.refresh_all()
    assert "uploaded" in (await other.files(CARE, [MessagePhrase("welcome", "sv")], MESSAGES))[0]
    assert "uploaded" in (await house.restarted().files(CARE, [MessagePhrase("welcome", "sv")], MESSAGES))[0]


async def test_the_same_sound_for_two_keys_is_kept_until_both_are_removed(house: House) -> None:
    await house.prompts.upload(CARE, "welcome", "sv", tone(), "anna")
    await house.prompts.upload(CARE, "number/3", "sv", tone(), "anna")
    await house.prompts.remove(CARE, "number/3", "sv")
    assert await house.played(MessagePhrase("welcome", "sv")) == ["recording"]


async def test_a_recording_whose_file_is_lost_is_spoken_instead(house: House) -> None:
    await house.prompts.upload(CARE, "welcome", "sv", tone(), "anna")
    for file in house.folder.glob("uploaded/**/*.wav"):
        file.unlink()
    await house.prompts.refresh(CARE)
    assert await house.played(MessagePhrase("welcome", "sv")) == ["sv: Välkommen"]


async def test_uploads_wait_for_each_other_and_too_many_are_refused(house: House) -> None:
    workshop, let_on = Workshop("sounds", at_once=1, waiting=0), threading.Event()
    before = asyncio.create_task(workshop.run(lambda _: let_on.wait()))
    await asyncio.sleep(0)
    with pytest.raises(TooBusy):
        await house.restarted(workshop=workshop).upload(CARE, "welcome", "sv", tone(), "anna")
    let_on.set()
    await before
    assert await house.prompts.uploaded(CARE) == ()


async def test_a_bad_upload_changes_nothing(house: House) -> None:
    with pytest.raises(NotAWav):
        await house.prompts.upload(CARE, "welcome", "sv", b"ID3", "anna")
    with pytest.raises(UnknownSound, match="neither"):
        await house.prompts.upload(CARE, "../../etc/passwd", "sv", tone(), "anna")
    with pytest.raises(UnknownSound, match="no language"):
        await house.prompts.upload(CARE, "welcome", "xx", tone(), "anna")
    with pytest.raises(NoRecording):
        await house.prompts.remove(CARE, "welcome", "sv")
    assert not house.recordings.rows
    assert await house.played(MessagePhrase("welcome", "sv")) == ["sv: Välkommen"]


# ------------------------------------------------------------------ warm and closed


async def test_closing_lets_go_of_the_engine(house: House) -> None:
    await house.prompts.close()
    assert house.speech.closed


async def test_after_warming_no_caller_waits_for_speech(house: House) -> None:
    await house.prompts.warm(CARE, MESSAGES.values(), ["sv"])
    before = len(house.speech.spoken)
    assert ("sv", "Välkommen") in house.speech.spoken
    await house.played(MessagePhrase("welcome", "en"), POSITION, TemplatePhrase("technical_problem", "en"))
    assert len(house.speech.spoken) == before


async def test_warming_ends_when_the_engine_does_not_answer(house: House) -> None:
    house.speech.fails = lambda _text: True
    await house.prompts.warm(CARE, MESSAGES.values(), ["sv"])
    assert len(house.speech.spoken) == 1


async def test_known_phrases_cost_microseconds(house: House) -> None:
    phrases = (MessagePhrase("welcome", "sv"), POSITION)
    await house.played(*phrases)
    started = time.process_time()
    for _ in range(500):
        await house.prompts.files(CARE, phrases, MESSAGES)
    assert (time.process_time() - started) / 500 < 0.0005
