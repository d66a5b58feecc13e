"""Sound as numbers: resampling to telephone sound, its level, and writing it as a WAV.

Samples are 64-bit floats from -1 to 1, one channel. Telephone sound is 8 kHz.
"""

import math
import struct
import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from svarhus.kit.workshop import GoOn, to_the_end

Samples = NDArray[np.float64]

RATE = 8000
"""Samples a second of telephone sound."""

PASSED = 0.90
"""Share of the smaller half rate that is passed whole; from there to all of it the sound fades out."""

_BLOCK_SECONDS = 8
_MARGIN_SECONDS = 1
_FRAME = RATE // 50
_HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")


def resampled(samples: Samples, rate: int, go_on: GoOn = to_the_end) -> Samples:
    """The sound at 8 kHz, with nothing left that 8 kHz cannot carry (no aliases).

    Filtered in the frequency domain, in blocks with a margin on both sides, so that memory stays small.
    """
    if rate == RATE or not len(samples):
        return samples
    seconds = min(_BLOCK_SECONDS, math.ceil(len(samples) / rate))
    margin = _MARGIN_SECONDS * rate
    padded = np.concatenate([np.zeros(margin), samples, np.zeros(margin + seconds * rate)])
    parts = []
    for start in range(0, len(samples), seconds * rate):
        go_on()
        block = padded[start : start + seconds * rate + 2 * margin]
        whole = _block(block, rate, (seconds + 2 * _MARGIN_SECONDS) * RATE)
        parts.append(whole[_MARGIN_SECONDS * RATE : (_MARGIN_SECONDS + seconds) * RATE])
    return np.concatenate(parts)[: math.ceil(len(samples) * RATE / rate)]


def _block(block: Samples, rate: int, length: int) -> Samples:
    """One block as `length` samples at 8 kHz."""
    spectrum = np.fft.rfft(block)
    frequency = np.fft.rfftfreq(len(block), 1 / rate)
    edge = min(rate, RATE) / 2
    fade = np.clip((edge - frequency) / (edge * (1 - PASSED)), 0, 1)
    spectrum *= 0.5 - 0.5 * np.cos(np.pi * fade)
    return np.fft.irfft(spectrum[: length // 2 + 1], length) * (length / len(block))


def levelled(samples: Samples, level: float = -20.0, peak: float = -2.0) -> Samples:
    """The sound with its loud parts at `level` dBFS (RMS) and no sample above `peak` dBFS."""
    loud = _frame_levels(samples)
    loud = loud[loud > max(loud.max(initial=0.0) / 10, 1e-5)]
    if not len(loud):
        return samples
    wanted = 10 ** (level / 20) / math.sqrt(float(np.mean(loud**2)))
    allowed = 10 ** (peak / 20) / float(np.abs(samples).max())
    return samples * min(wanted, allowed)


def trimmed(samples: Samples, before: float, after: float) -> Samples:
    """The sound without the silence around it, and with that many seconds of silence in its place."""
    loud = np.flatnonzero(_frame_levels(samples) > 10 ** (-50 / 20))
    sound = samples[loud[0] * _FRAME : (loud[-1] + 1) * _FRAME] if len(loud) else samples[:0]
    return np.concatenate([silence(before), sound, silence(after)])


def silence(seconds: float) -> Samples:
    """So many seconds of nothing."""
    return np.zeros(round(seconds * RATE))


def wav(samples: Samples) -> bytes:
    """A WAV file: 8 kHz, 16 bit, mono."""
    sound = np.clip(np.round(samples * 32767), -32768, 32767).astype("<i2").tobytes()
    return wav_header(len(sound)) + sound


def wav_header(length: int, channels: int = 1) -> bytes:
    """What stands before so many bytes of sound: 8 kHz, 16 bit."""
    frame = 2 * channels
    return _HEADER.pack(
        b"RIFF", 36 + length, b"WAVE", b"fmt ", 16, 1, channels, RATE, frame * RATE, frame, 16, b"data", length
    )


def write_wav(file: Path, samples: Samples) -> None:
    """Write the sound as a WAV: 8 kHz, 16 bit, mono."""
    file.write_bytes(wav(samples))


def _frame_levels(samples: Samples) -> Samples:
    """RMS of each 20 ms; of what is left at the end too."""
    frames = np.concatenate([samples, np.zeros(-len(samples) % _FRAME)]).reshape(-1, _FRAME)
    levels: Samples = np.sqrt(np.mean(frames**2, axis=1))
    return levels


def peaks_of(file: Path, count: int) -> tuple[float, ...]:
    """The loudest of each of so many slices of equal length of a 16 bit WAV, 0 to 1. OSError, EOFError, wave.Error."""
    with wave.open(str(file)) as sound:
        samples = np.frombuffer(sound.readframes(sound.getnframes()), np.dtype("<i2")).astype(np.float64)
    if not samples.size:
        return ()
    loudest = np.maximum.reduceat(
        np.abs(samples), np.unique(np.linspace(0, samples.size - 1, count + 1).astype(int)[:-1])
    )
    return tuple(round(float(each) / 32768, 3) for each in loudest)
