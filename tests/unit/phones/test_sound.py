"""Judging sound: what is a tone, silence, noise, music or speech, and where a known recording is."""

from pathlib import Path

import numpy as np
import pytest

from svarhus.phones import sound
from svarhus.phones.sound import G711, Samples

CHANCE = np.random.default_rng(4711)


def through_g711(samples: Samples, payload_type: int = 8) -> Samples:
    """As it comes out at the other end of a call."""
    decode, _ = G711[payload_type]
    return decode[np.frombuffer(sound.encode(samples, payload_type), np.uint8)]


def noise(seconds: float, level: float = -20.0) -> Samples:
    return np.asarray(CHANCE.normal(0.0, 32768 * 10 ** (level / 20), int(seconds * sound.RATE)), np.int16)


def voice(seconds: float, pitch: float = 120.0) -> Samples:
    """A gliding pitch with overtones, in syllables: what makes a voice differ from a tone."""
    time = np.arange(int(seconds * sound.RATE)) / sound.RATE
    phase = 2 * np.pi * np.cumsum(pitch * (1 + 0.3 * np.sin(2 * np.pi * 0.9 * time))) / sound.RATE
    overtones = np.sum([np.sin(number * phase) / number for number in range(1, 16)], axis=0)
    return np.asarray(4000 * overtones * np.abs(np.sin(2 * np.pi * 2.3 * time)), np.int16)


@pytest.mark.parametrize("payload_type", [0, 8])
def test_g711_keeps_a_tone_as_it_was(payload_type: int) -> None:
    sent = sound.tone(1000, level=-13.0)
    heard = through_g711(sent, payload_type)

    assert sound.level(heard) == pytest.approx(-13.0, abs=0.2)
    assert float(np.corrcoef(sent, heard)[0, 1]) > 0.999


def test_levels_are_rms() -> None:
    assert sound.level(sound.tone(500, level=-20.0)) == pytest.approx(-20.0, abs=0.05)
    assert sound.level(np.zeros(100, np.int16)) == sound.FLOOR
    assert sound.level(np.zeros(0, np.int16)) == sound.FLOOR


def test_a_tone_is_present_and_another_is_not() -> None:
    heard = through_g711(sound.tone(1019, 0.5))

    assert sound.tone_present(heard, 1019)
    assert not sound.tone_present(heard, 1327)
    assert sound.tone_share(heard, 1019) > 0.98
    assert sound.tone_level(heard, 1019) == pytest.approx(-13.0, abs=0.5)


def test_a_tone_that_stops_is_not_present_throughout() -> None:
    half = np.concatenate([sound.tone(700, 0.5), np.zeros(4000, np.int16)])

    assert not sound.tone_present(half, 700)
    assert sound.tone_present(half, 700, coverage=0.4)


def test_two_tones_at_once_are_both_present() -> None:
    both = sound.tone(553, 1.0, -19.0) + sound.tone(1693, 1.0, -19.0)

    assert sound.tone_present(both, 553)
    assert sound.tone_present(both, 1693)
    assert sound.tone_share(both, 553) == pytest.approx(0.5, abs=0.05)


def test_a_voice_is_no_tone() -> None:
    assert not any(sound.tone_present(through_g711(voice(1.0)), freq) for freq in (553, 761, 1019, 1327, 1693))


@pytest.mark.parametrize(
    ("samples", "kind"),
    [
        (np.zeros(16000, np.int16), "silence"),
        (noise(2.0, -70.0), "silence"),
        (sound.tone(425, 2.0), "tone"),
        (sound.tone(440, 2.0, -19.0) + sound.tone(480, 2.0, -19.0), "tone"),
        (np.concatenate([sound.tone(425, 0.5), np.zeros(4000, np.int16)] * 2), "tone"),
        (noise(2.0), "noise"),
        (voice(2.0), "sound"),
        (voice(3.0, pitch=210.0), "sound"),
    ],
    ids=["nothing", "too quiet", "dial tone", "ringing", "busy", "noise", "low voice", "high voice"],
)
def test_what_kind_of_sound_it_is(samples: Samples, kind: str) -> None:
    assert sound.classify(through_g711(samples)) == kind


def test_a_recording_is_found_where_it_is() -> None:
    clip = voice(1.0)
    heard = through_g711(np.concatenate([noise(0.75, -40.0), clip // 4, noise(0.5, -40.0)]))

    likeness, seconds = sound.find_clip(heard, clip)

    assert likeness > 0.9
    assert seconds == pytest.approx(0.75, abs=0.001)


def test_another_recording_is_not_taken_for_it() -> None:
    likeness, _ = sound.find_clip(through_g711(voice(3.0, pitch=170.0)), voice(1.0))

    assert likeness < 0.6


def test_nothing_is_found_in_too_little() -> None:
    assert sound.find_clip(voice(0.5), voice(1.0)) == (0.0, 0.0)
    assert sound.find_clip(voice(1.0), np.zeros(100, np.int16)) == (0.0, 0.0)


def test_a_file_keeps_the_sound(tmp_path: Path) -> None:
    sound.write_wav(tmp_path / "tone.wav", sound.tone(600))

    assert np.array_equal(sound.read_wav(tmp_path / "tone.wav"), sound.tone(600))
