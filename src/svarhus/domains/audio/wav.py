"""Reads the sound of a WAV file of any usual form.

RIFF/WAVE as described in "Multimedia Programming Interface and Data Specifications 1.0" (1991), with
WAVE_FORMAT_EXTENSIBLE. Judged by content alone; the name of a file says nothing.
"""

import struct
from typing import NamedTuple

import numpy as np

from svarhus.domains.audio.errors import (
    EXPORT,
    BrokenWav,
    CompressedWav,
    NotAWav,
    SilentUpload,
    TooLarge,
    TooLong,
)
from svarhus.kit.waveform import Samples

LARGEST = 20 * 2**20
"""Bytes."""

LONGEST = 600
"""Seconds."""

LOWEST_RATE, HIGHEST_RATE = 4_000, 192_000

MOST_CHANNELS = 8

_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE
_CODECS = {2: "ADPCM", 6: "A-law", 7: "mu-law", 0x11: "IMA ADPCM", 0x31: "GSM", 0x50: "MPEG", 0x55: "MP3"}
_OPEN_END = 0x7FFF0000
"""From here on a length is one that programs write which do not know yet how long the sound gets; or they write 0."""
_SURPLUS = 1024
"""Bytes by which a length may be too great: some programs count the header in."""
_INAUDIBLE = 10 ** (-54 / 20)
"""Of full scale: what never gets louder is not heard on a telephone."""
_CANCELLED = 0.25
"""Of the loudest channel's level: a mix that is lower has lost what was in it."""


class _Form(NamedTuple):
    codec: int
    channels: int
    rate: int
    bits: int

    @property
    def frame(self) -> int:
        """Bytes of one sample of all channels."""
        return self.channels * self.bits // 8


def read_wav(content: bytes) -> tuple[Samples, int]:
    """The sound as one channel, and its rate. An error of `domains.audio.errors` when it cannot be used."""
    if len(content) > LARGEST:
        raise TooLarge(f"The file has {len(content) / 2**20:.0f} MB; {LARGEST // 2**20} are allowed.", EXPORT)
    if not content:
        raise SilentUpload("The file is empty.", EXPORT)
    if len(content) < 12 or content[:4] != b"RIFF" or content[8:12] != b"WAVE":
        raise NotAWav(f"It begins like {_kind(content)}, not like a WAV.", EXPORT)
    form, sound = _chunks(content)
    if len(sound) < form.frame:
        raise SilentUpload("The WAV has no sound in it.", "Record it again.")
    seconds = len(sound) / form.frame / form.rate
    if seconds > LONGEST:
        raise TooLong(f"It lasts {seconds / 60:.1f} minutes; {LONGEST // 60} are allowed.", "Shorten it.")
    return _mono(sound[: len(sound) // form.frame * form.frame], form), form.rate


def _kind(content: bytes) -> str:
    """What other files begin with, for the error."""
    known = {b"ID3": "MP3", b"\xff\xfb": "MP3", b"OggS": "Ogg", b"fLaC": "FLAC", b"RIFX": "a big-endian WAV"}
    known |= {b"0&\xb2u": "WMA", b"FORM": "AIFF", b"RF64": "a 64-bit WAV", b"#!AMR": "AMR", b"RIFF": "AVI"}
    if content[4:8] == b"ftyp":
        return "M4A"
    return next((name for start, name in known.items() if content.startswith(start)), "something else")


def _chunks(content: bytes) -> tuple[_Form, bytes]:
    """The form of the sound, and the sound."""
    form: _Form | None = None
    at = 12
    while at + 8 <= len(content):
        name, length = content[at : at + 4], struct.unpack_from("<I", content, at + 4)[0]
        at += 8
        if name == b"fmt ":
            form = _form(content[at : at + length])
        elif name == b"data":
            if form is None:
                raise BrokenWav("The sound comes before the description of its form.", EXPORT)
            return form, _sound(content, at, length)
        at += length + length % 2
    missing = "has no sound in it" if form else "does not say what form its sound has"
    raise BrokenWav(f"The WAV {missing}.", EXPORT)


def _sound(content: bytes, at: int, length: int) -> bytes:
    there = len(content) - at
    if length >= _OPEN_END or (length == 0 and not _is_chunk(content, at)) or 0 < length - there <= _SURPLUS:
        return content[at:]
    if length > there:
        raise BrokenWav(f"The file ends too early: {there} of {length} bytes of sound are there.", "Upload it again.")
    return content[at : at + length]


def _is_chunk(content: bytes, at: int) -> bool:
    """Whether another chunk begins here, and not sound."""
    name = content[at : at + 4]
    if len(content) - at < 8 or not (name.isascii() and name.decode("ascii").isprintable()):
        return False
    return int(struct.unpack_from("<I", content, at + 4)[0]) <= len(content) - at - 8


def is_inaudible(samples: Samples) -> bool:
    """Would somebody at the telephone hear nothing?"""
    return float(np.abs(samples).max(initial=0.0)) < _INAUDIBLE


def _form(chunk: bytes) -> _Form:
    if len(chunk) < 16:
        raise BrokenWav("The description of the sound's form is cut off.", EXPORT)
    codec, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", chunk)
    if codec == _EXTENSIBLE and len(chunk) >= 26:
        codec = struct.unpack_from("<H", chunk, 24)[0]
    if codec not in (_PCM, _FLOAT):
        raise CompressedWav(f"The sound is coded as {_CODECS.get(codec, f'format {codec}')}.", EXPORT)
    usual = (8, 16, 24, 32) if codec == _PCM else (32, 64)
    if bits not in usual or not 1 <= channels <= MOST_CHANNELS or not LOWEST_RATE <= rate <= HIGHEST_RATE:
        raise BrokenWav(f"{bits} bits, {channels} channels and {rate} Hz is no usual form.", EXPORT)
    return _Form(codec, channels, rate, bits)


def _mono(sound: bytes, form: _Form) -> Samples:
    """All channels as one, from -1 to 1: their mix, or the loudest where they would cancel each other out."""
    if form.codec == _FLOAT:
        floats = np.frombuffer(sound, f"<f{form.bits // 8}").astype(np.float64)
        samples = np.clip(np.nan_to_num(floats, posinf=1.0, neginf=-1.0), -1.0, 1.0)
    elif form.bits == 8:
        samples = (np.frombuffer(sound, np.uint8).astype(np.float64) - 128) / 128
    elif form.bits == 24:
        whole = np.zeros((len(sound) // 3, 4), np.uint8)
        whole[:, 1:] = np.frombuffer(sound, np.uint8).reshape(-1, 3)
        samples = whole.view("<i4").ravel() / 2.0**31
    else:
        samples = np.frombuffer(sound, f"<i{form.bits // 8}") / 2.0 ** (form.bits - 1)
    if form.channels == 1:
        return samples
    channels = samples.reshape(-1, form.channels)
    mixed: Samples = channels.mean(axis=1)
    levels = np.sqrt((channels**2).mean(axis=0))
    if float(np.sqrt((mixed**2).mean())) < _CANCELLED * float(levels.max()) / form.channels**0.5:
        return np.ascontiguousarray(channels[:, int(levels.argmax())])
    return mixed
