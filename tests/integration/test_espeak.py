"""Speech by the real espeak-ng."""

import asyncio
import os
import signal
import wave
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest

from svarhus.adapters.espeak.speech import EspeakSpeech, speakable
from svarhus.kit.errors import Unavailable
from svarhus.phones.sound import classify, frame_levels, level, read_wav

OFFER = "Vi kan ringa upp dig i dag klockan nio och trettio. Tryck ett om tiden passar."


@pytest.fixture
async def speech() -> AsyncIterator[EspeakSpeech]:
    engine = EspeakSpeech()
    yield engine
    await engine.close()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sv", OFFER),
        ("en", "We can call you back today at nine thirty. Press one to accept."),
        ("nb", "Vi kan ringe deg opp i dag klokken ni tretti. Trykk en."),
        ("da", "Vi kan ringe dig op i dag klokken ni tredive. Tryk et."),
        ("fi", "Voimme soittaa teille takaisin tänään kello yhdeksän kolmekymmentä."),
    ],
)
async def test_a_sentence_is_spoken(speech: EspeakSpeech, tmp_path: Path, language: str, text: str) -> None:
    file = tmp_path / "said.wav"
    await speech.speak(text, language, file)

    with wave.open(str(file)) as written:
        assert (written.getnchannels(), written.getsampwidth(), written.getframerate()) == (1, 2, 8000)
    sound = read_wav(file)
    assert 0.04 < len(sound) / 8000 / len(text) < 0.12, "seconds a letter, as people speak"
    assert classify(sound) == "sound"
    assert -27 < level(sound) < -18
    assert np.abs(sound.astype(int)).max() < 0.8 * 32768, "nothing is clipped"


async def test_a_word_has_little_silence_around_it(speech: EspeakSpeech, tmp_path: Path) -> None:
    file = tmp_path / "said.wav"
    await speech.speak("sju", "sv", file)
    loud = np.flatnonzero(frame_levels(read_wav(file)) > -45)
    assert loud[0] * 0.02 < 0.1
    assert len(read_wav(file)) / 8000 - loud[-1] * 0.02 < 0.25


async def test_languages_sound_different(speech: EspeakSpeech, tmp_path: Path) -> None:
    swedish, english = tmp_path / "sv.wav", tmp_path / "en.wav"
    await speech.speak("station", "sv", swedish)
    await speech.speak("station", "en", english)
    assert swedish.read_bytes() != english.read_bytes()


@pytest.mark.parametrize(
    "text",
    [
        "<speak>Hej <break time='3s'/> på dig</speak>",
        "fem < sju & åtta > tre",
        "[[h@'loU]] \\u0001 {{}} '\"",
        "\x00\x01\x1b rad ett\nrad två\r\n",
        "😀 漢字 \ud800 test",
        "a" * 5000,
    ],
)
async def test_strange_texts_are_said_or_dropped(speech: EspeakSpeech, tmp_path: Path, text: str) -> None:
    file = tmp_path / "said.wav"
    await speech.speak(text, "sv", file)
    assert len(read_wav(file)) > 2000


@pytest.mark.parametrize("text", ["", "   ", "<break/>", "...", "\x01\x02"])
async def test_nothing_to_say_is_a_short_silence(speech: EspeakSpeech, tmp_path: Path, text: str) -> None:
    file = tmp_path / "said.wav"
    await speech.speak(text, "sv", file)
    sound = read_wav(file)
    assert 0 < len(sound) < 8000
    assert not sound.any()


def test_markup_and_control_characters_are_not_given_to_the_engine() -> None:
    assert speakable("<speak>\x0170s Hej</speak> 1 < 2") == "70s Hej 1 < 2"


async def test_texts_asked_for_together_do_not_mix(speech: EspeakSpeech, tmp_path: Path) -> None:
    texts = [OFFER, "ett", "två", OFFER]
    files = [tmp_path / f"{index}.wav" for index in range(len(texts))]
    await asyncio.gather(*(speech.speak(text, "sv", file) for text, file in zip(texts, files, strict=True)))
    sizes = [file.stat().st_size for file in files]
    assert sizes[0] == sizes[3]
    assert sizes[0] > 3 * max(sizes[1:3])


async def test_a_cancelled_request_does_not_answer_the_next_one(speech: EspeakSpeech, tmp_path: Path) -> None:
    await speech.speak("ett", "sv", tmp_path / "short.wav")
    long = asyncio.create_task(speech.speak("a" * 20_000, "sv", tmp_path / "long.wav"))
    await asyncio.sleep(0)
    long.cancel()
    with pytest.raises(asyncio.CancelledError):
        await long
    await speech.speak("ett", "sv", tmp_path / "short.wav")
    assert len(read_wav(tmp_path / "short.wav")) < 16_000


async def test_the_program_is_started_again_when_it_has_died(speech: EspeakSpeech, tmp_path: Path) -> None:
    await speech.speak("ett", "sv", tmp_path / "before.wav")
    first = speech.process_id
    assert first is not None
    os.kill(first, signal.SIGKILL)
    await speech.speak("ett", "sv", tmp_path / "after.wav")
    assert speech.process_id != first
    assert (tmp_path / "before.wav").read_bytes() == (tmp_path / "after.wav").read_bytes()


async def test_an_engine_that_is_too_slow_is_unavailable(tmp_path: Path) -> None:
    engine = EspeakSpeech(time_limit=0.001)
    with pytest.raises(Unavailable, match="no answer in time"):
        await engine.speak(OFFER, "sv", tmp_path / "said.wav")
    await engine.close()


async def test_an_engine_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    engine = EspeakSpeech(folder=tmp_path)
    with pytest.raises(Unavailable, match="cannot be run"):
        await engine.speak(OFFER, "sv", tmp_path / "said.wav")
    await engine.close()
