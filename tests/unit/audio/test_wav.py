"""WAV files as people upload them."""

import io
import struct
import wave

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import examples
from svarhus.domains.audio.errors import (
    BrokenWav,
    CompressedWav,
    NotAWav,
    SilentUpload,
    TooLarge,
    TooLong,
)
from svarhus.domains.audio.wav import LARGEST, is_inaudible, read_wav
from svarhus.kit.errors import SvarhusError
from svarhus.kit.waveform import RATE, Samples, resampled

TONE = 0.5 * np.sin(2 * np.pi * 440 * np.arange(RATE) / RATE)


def chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def form(codec: int, channels: int, rate: int, bits: int) -> bytes:
    frame = channels * bits // 8
    return struct.pack("<HHIIHH", codec, channels, rate, rate * frame, frame, bits)


def riff(*chunks: bytes) -> bytes:
    body = b"WAVE" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def coded(samples: Samples, codec: int, bits: int) -> bytes:
    if codec == 3:
        return samples.astype(f"<f{bits // 8}").tobytes()
    if bits == 8:
        return np.round(samples * 127 + 128).astype(np.uint8).tobytes()
    whole = np.round(samples * (2.0 ** (bits - 1) - 1)).astype("<i8")
    return whole.view(np.uint8).reshape(-1, 8)[:, : bits // 8].tobytes()


GOOD_FORM = chunk(b"fmt ", form(1, 1, 8000, 16))
GOOD_SOUND = chunk(b"data", coded(TONE, 1, 16))


@pytest.mark.feature("AUD-02")
@pytest.mark.parametrize("rate", [8000, 11025, 16000, 44100, 48000])
@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize(("codec", "bits"), [(1, 8), (1, 16), (1, 24), (1, 32), (3, 32), (3, 64)])
def test_every_usual_form_is_read(codec: int, bits: int, channels: int, rate: int) -> None:
    tone = 0.5 * np.sin(2 * np.pi * 440 * np.arange(rate) / rate)
    sound = coded(np.repeat(tone, channels), codec, bits)
    samples, found = read_wav(riff(chunk(b"fmt ", form(codec, channels, rate, bits)), chunk(b"data", sound)))
    assert found == rate
    heard = resampled(samples, rate)
    assert float(np.abs(heard - TONE)[400:-400].max()) < 0.02


def stereo(left: Samples, right: Samples) -> Samples:
    both = coded(np.column_stack([left, right]).ravel(), 1, 16)
    return read_wav(riff(chunk(b"fmt ", form(1, 2, 8000, 16)), chunk(b"data", both)))[0]


def test_channels_are_mixed() -> None:
    assert stereo(TONE, TONE / 2)[400:410] == pytest.approx(TONE[400:410] * 0.75, abs=0.001)
    assert stereo(TONE, np.zeros(RATE))[400:410] == pytest.approx(TONE[400:410] / 2, abs=0.001)


def test_channels_of_opposite_phase_do_not_cancel_each_other_out() -> None:
    assert stereo(TONE, -TONE)[400:410] == pytest.approx(TONE[400:410], abs=0.001)


@pytest.mark.parametrize(("level", "silent"), [(0.0, True), (0.0015, True), (0.003, False), (0.5, False)])
def test_what_nobody_would_hear_is_known(level: float, silent: bool) -> None:
    assert is_inaudible(TONE * 2 * level) is silent


@pytest.mark.parametrize("length", [0, 0x7FFFFFFF, 0x7FFFFFDB, 0xFFFFFFFF, 0xFFFFFFDB, RATE * 2 + 44])
def test_a_length_that_is_wrong_is_not_believed(length: int) -> None:
    content = riff(chunk(b"fmt ", form(1, 1, 8000, 16))) + b"data" + struct.pack("<I", length) + coded(TONE, 1, 16)
    assert len(read_wav(content)[0]) == RATE


def test_a_length_of_nothing_before_another_chunk_is_believed() -> None:
    with pytest.raises(SilentUpload):
        read_wav(riff(GOOD_FORM, chunk(b"data", b""), chunk(b"LIST", b"INFO" * 8)))


def test_other_chunks_and_the_extensible_form_are_understood() -> None:
    extensible = form(0xFFFE, 1, 8000, 16) + struct.pack("<HHIH", 22, 16, 4, 1) + bytes(14)
    content = riff(
        chunk(b"JUNK", b"odd"),
        chunk(b"fmt ", extensible),
        chunk(b"LIST", b"INFO"),
        chunk(b"data", coded(TONE, 1, 16)),
        chunk(b"id3 ", b"x" * 9),
    )
    assert len(read_wav(content)[0]) == RATE


def test_a_wav_of_unknown_length_is_read_to_its_end() -> None:
    content = riff(chunk(b"fmt ", form(1, 1, 8000, 16))) + b"data\xff\xff\xff\xff" + coded(TONE, 1, 16)
    assert len(read_wav(content)[0]) == RATE


def test_what_the_standard_library_writes_is_read() -> None:
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(8000)
        written.writeframes(coded(TONE, 1, 16))
    assert len(read_wav(file.getvalue())[0]) == RATE


@pytest.mark.feature("AUD-02")
@pytest.mark.parametrize(
    ("content", "error", "told"),
    [
        (b"", SilentUpload, "empty"),
        (b"hello", NotAWav, "something else"),
        (b"ID3\x04" + bytes(100), NotAWav, "MP3"),
        (b"OggS" + bytes(100), NotAWav, "Ogg"),
        (b"\0\0\0\x20ftypM4A " + bytes(100), NotAWav, "M4A"),
        (b"RIFF\0\0\0\0AVI " + bytes(100), NotAWav, "AVI"),
        (riff(), BrokenWav, "does not say"),
        (riff(GOOD_FORM), BrokenWav, "has no sound"),
        (riff(GOOD_SOUND), BrokenWav, "before the description"),
        (riff(GOOD_FORM, chunk(b"data", b"")), SilentUpload, "no sound"),
        (riff(GOOD_FORM, GOOD_SOUND)[:-2000], BrokenWav, "ends too early: 14000 of 16000"),
        (riff(chunk(b"fmt ", b"\1\0"), GOOD_SOUND), BrokenWav, "cut off"),
        (riff(chunk(b"fmt ", form(6, 1, 8000, 8)), GOOD_SOUND), CompressedWav, "A-law"),
        (riff(chunk(b"fmt ", form(0x55, 1, 8000, 16)), GOOD_SOUND), CompressedWav, "MP3"),
        (riff(chunk(b"fmt ", form(0x9999, 1, 8000, 16)), GOOD_SOUND), CompressedWav, "format 39321"),
        (riff(chunk(b"fmt ", form(1, 1, 8000, 12)), GOOD_SOUND), BrokenWav, "12 bits"),
        (riff(chunk(b"fmt ", form(1, 0, 8000, 16)), GOOD_SOUND), BrokenWav, "0 channels"),
        (riff(chunk(b"fmt ", form(1, 1, 0, 16)), GOOD_SOUND), BrokenWav, "0 Hz"),
        (riff(GOOD_FORM, chunk(b"data", bytes(16000 * 601))), TooLong, r"10\.0 minutes; 10"),
        (bytes(LARGEST + 1), TooLarge, "20 MB"),
    ],
)
def test_what_cannot_be_used_is_told_clearly(content: bytes, error: type[SvarhusError], told: str) -> None:
    with pytest.raises(error, match=told) as raised:
        read_wav(content)
    assert raised.value.remedy


@settings(max_examples=examples(60))
@given(data=st.data())
def test_no_file_at_all_is_read_wrongly(data: st.DataObject) -> None:
    """Damaged files are refused or give some sound; nothing else comes out."""
    good = bytearray(riff(GOOD_FORM, chunk(b"data", coded(TONE[:200], 1, 16))))
    for _ in range(data.draw(st.integers(1, 6))):
        good[data.draw(st.integers(0, 60))] = data.draw(st.integers(0, 255))
    content = bytes(good[: data.draw(st.integers(0, len(good)))])
    try:
        samples, rate = read_wav(content)
    except SvarhusError:
        return
    assert len(samples) > 0
    assert 4_000 <= rate <= 192_000
    assert float(np.abs(samples).max()) <= 1.0
