"""Resampling and levels."""

import io
import wave

import numpy as np
import pytest

from svarhus.kit.waveform import RATE, Samples, levelled, resampled, silence, trimmed, wav
from svarhus.kit.workshop import GivenUp


def tone(frequency: float, rate: int, seconds: float = 1.0) -> Samples:
    return 0.5 * np.sin(2 * np.pi * frequency * np.arange(round(seconds * rate)) / rate)


def rms(samples: Samples) -> float:
    return float(np.sqrt(np.mean(samples**2)))


@pytest.mark.parametrize("rate", [6000, 11025, 16000, 22050, 32000, 44100, 48000, 44099, 192000])
def test_a_tone_keeps_its_frequency_level_and_length(rate: int) -> None:
    heard = resampled(tone(1000, rate, 2.5), rate)
    expected = tone(1000, RATE, 2.5)
    assert abs(len(heard) - len(expected)) <= 1
    inside = slice(400, len(expected) - 400)
    assert rms(heard[inside] - expected[inside]) < 0.003


@pytest.mark.parametrize("frequency", [4100, 5000, 7000, 12000, 20000])
def test_what_8_khz_cannot_carry_is_gone_rather_than_folded_down(frequency: float) -> None:
    heard = resampled(tone(frequency, 48000), 48000)
    assert rms(heard[400:-400]) < 0.0005


def test_long_sound_has_no_seams() -> None:
    heard = resampled(tone(440, 16000, 20), 16000)
    assert rms(heard[400:-400] - tone(440, RATE, 20)[400:-400]) < 0.001


def test_a_level_is_reached_without_clipping() -> None:
    quiet = 0.01 * tone(440, RATE)
    assert 20 * np.log10(rms(levelled(quiet))) == pytest.approx(-20, abs=0.1)
    spike = quiet.copy()
    spike[4000] = 0.5
    assert np.abs(levelled(spike)).max() <= 10 ** (-2 / 20) + 1e-9


def test_silence_stays_silent() -> None:
    assert not levelled(silence(1)).any()
    assert len(levelled(silence(0))) == 0
    assert len(trimmed(silence(1), 0.03, 0.09)) == round(0.12 * RATE)


def test_silence_around_is_replaced() -> None:
    heard = trimmed(np.concatenate([silence(0.5), tone(440, RATE), silence(0.7)]), 0.1, 0.2)
    assert len(heard) == pytest.approx(1.3 * RATE, abs=320)


def test_a_wav_is_8_khz_16_bit_mono() -> None:
    with wave.open(io.BytesIO(wav(np.array([0.0, 1.0, -1.0, 2.0])))) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        assert np.frombuffer(file.readframes(9), "<i2").tolist() == [0, 32767, -32767, 32767]


def test_a_sound_nobody_waits_for_any_more_is_not_made() -> None:
    def given_up() -> None:
        raise GivenUp

    with pytest.raises(GivenUp):
        resampled(tone(440, 16000, 20), 16000, given_up)
