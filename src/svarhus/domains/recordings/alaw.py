"""A-law (ITU-T G.711), in which conversations are recorded: its samples, its shape, and the WAV that browsers play."""

from collections.abc import Iterator
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from svarhus.ports.talk_files import TALK_BYTES_A_SECOND

CHANNELS = 2
BLOCK = 1 << 15
"""Bytes of each channel that are read at once."""
SILENCE = b"\xd5"

MOST_PEAKS = 600
"""Slices of the shape of each channel."""
_SLICE = TALK_BYTES_A_SECOND // 10


def _linear(byte: int) -> int:
    """The 16 bit sample that an A-law byte stands for (G.711, table 1a)."""
    inverted = byte ^ 0x55
    segment, step = (inverted & 0x70) >> 4, (inverted & 0x0F) << 4
    size = step + 8 if segment == 0 else (step + 0x108) << (segment - 1)
    return size if inverted & 0x80 else -size


_SAMPLES = np.array([_linear(byte) for byte in range(256)], dtype="<i2")
_LOUDNESS = (np.abs(_SAMPLES.astype(np.int32)) * 255 // 32768).astype(np.uint8)


def decoded(sound: bytes) -> bytes:
    """16 bit samples, twice as many bytes."""
    return _SAMPLES[np.frombuffer(sound, np.uint8)].tobytes()


def together(said: BinaryIO, heard: BinaryIO, samples: int) -> Iterator[bytes]:
    """Both as two channels of one sound, so many samples long, in blocks; who is shorter is silent at the end."""
    while samples > 0:
        size = min(BLOCK, samples)
        block = np.empty((size, CHANNELS), np.uint8)
        for channel, file in enumerate((said, heard)):
            block[:, channel] = np.frombuffer(file.read(size).ljust(size, SILENCE), np.uint8)
        samples -= size
        yield block.tobytes()


class Shape:
    """Works out the shape of a sound of two channels as it comes by."""

    def __init__(self) -> None:
        self._rest = b""
        self._loudest: list[NDArray[np.uint8]] = []

    def take(self, sound: bytes) -> None:
        found = self._rest + sound
        whole = len(found) // (_SLICE * CHANNELS) * _SLICE * CHANNELS
        self._rest = found[whole:]
        self._measure(found[:whole], _SLICE)

    def peaks(self) -> bytes:
        """Of each slice the loudest, 0 to 255: of the first channel, and then of the second."""
        self._measure(self._rest, len(self._rest) // CHANNELS)
        self._rest = b""
        if not self._loudest:
            return b""
        found = np.concatenate(self._loudest)
        starts = np.unique(np.linspace(0, len(found), min(MOST_PEAKS, len(found)) + 1).astype(int)[:-1])
        return np.maximum.reduceat(found, starts).T.tobytes()

    def _measure(self, sound: bytes, slice_length: int) -> None:
        if sound:
            loudness = _LOUDNESS[np.frombuffer(sound, np.uint8)].reshape(-1, slice_length, CHANNELS)
            self._loudest.append(loudness.max(axis=1))
