"""Sound at rest: only the installation's key opens it, for whom it was sealed, any part by itself."""

import os
import random
from pathlib import Path

import numpy as np
import pytest

from svarhus.app.api.ranges import Range, Unsatisfiable, wanted_range
from svarhus.domains.recordings.alaw import MOST_PEAKS, SILENCE, Shape, decoded
from svarhus.domains.recordings.errors import RecordingUnreadable
from svarhus.domains.recordings.files import RecordingFiles
from svarhus.domains.recordings.sealed import CHUNK, HEADER, SealedFiles
from svarhus.kit.ids import OrganisationId, RecordingId
from svarhus.ports.talk_files import talk_files, talk_seconds

pytestmark = pytest.mark.feature("DESK-15")

SOUND = random.Random(7).randbytes(2 * CHUNK + 1234)
CARE, ONE = OrganisationId("care"), RecordingId("care-1-recording-1")
LOUD = b"\x2a"
"""The loudest that A-law has."""


def sealed(folder: Path, sound: bytes = SOUND) -> tuple[SealedFiles, Path]:
    files, file = SealedFiles("key"), folder / "below" / "one.rec"
    files.write(file, "care/one", len(sound), [sound[:1000], sound[1000:]])
    return files, file


@pytest.mark.parametrize(
    ("start", "stop"),
    [(0, len(SOUND)), (0, 1), (CHUNK - 1, CHUNK + 1), (CHUNK, 2 * CHUNK), (len(SOUND) - 5, len(SOUND) + 99), (70, 70)],
)
def test_any_part_is_read_by_itself(tmp_path: Path, start: int, stop: int) -> None:
    files, file = sealed(tmp_path)
    assert files.length(file) == len(SOUND)
    assert b"".join(files.read(file, "care/one", start, stop)) == SOUND[start:stop]


def test_nothing_of_the_sound_is_on_the_disk_and_nobody_else_may_read_the_file(tmp_path: Path) -> None:
    _, file = sealed(tmp_path, b"card number 4711 " * 10_000)
    assert b"4711" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    assert [each.name for each in file.parent.iterdir()] == ["one.rec"]


def test_two_of_the_same_sound_are_not_alike(tmp_path: Path) -> None:
    assert sealed(tmp_path / "a")[1].read_bytes()[HEADER:] != sealed(tmp_path / "b")[1].read_bytes()[HEADER:]


def test_it_opens_with_no_other_key_and_for_nobody_else(tmp_path: Path) -> None:
    files, file = sealed(tmp_path)
    for reader, owner in ((SealedFiles("another"), "care/one"), (files, "care/two")):
        with pytest.raises(RecordingUnreadable):
            list(reader.read(file, owner, 0, 10))


def test_what_was_changed_cut_off_or_put_in_another_order_is_not_read(tmp_path: Path) -> None:
    files, file = sealed(tmp_path)
    whole = file.read_bytes()
    first, second = whole[HEADER : HEADER + CHUNK + 16], whole[HEADER + CHUNK + 16 : HEADER + 2 * (CHUNK + 16)]
    flipped = whole[:-1] + bytes([whole[-1] ^ 1])
    shorter = whole[: HEADER - 8] + CHUNK.to_bytes(8) + first
    for broken in (flipped, whole[:-40], whole[:HEADER] + second + first, shorter, b"no recording", b""):
        file.write_bytes(broken)
        with pytest.raises(RecordingUnreadable):
            list(files.read(file, "care/one", 0, len(SOUND)))


def test_a_file_that_could_not_be_written_is_not_there(tmp_path: Path) -> None:
    file = tmp_path / "one.rec"

    def full() -> list[bytes]:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        SealedFiles("key").write(file, "care/one", 9, (piece for _ in range(1) for piece in full()))
    assert not list(tmp_path.iterdir())


def recorded(folder: Path, said: bytes, heard: bytes) -> RecordingFiles:
    first, second = talk_files(folder, ONE)
    first.parent.mkdir()
    first.write_bytes(said)
    second.write_bytes(heard)
    return RecordingFiles(folder, SealedFiles("key"))


def test_the_two_files_of_the_engine_become_one_with_two_channels(tmp_path: Path) -> None:
    files = recorded(tmp_path, LOUD * 16_000, SILENCE * 8_000)
    seconds, peaks = files.seal(CARE, ONE)
    assert seconds == 2.0
    assert files.bytes_of_sound(CARE, ONE) == 2 * 2 * 16_000
    sound = np.frombuffer(b"".join(files.sound(CARE, ONE, 0, 64_000)), "<i2").reshape(-1, 2)
    assert (np.abs(sound[:, 0].astype(int)) > 30_000).all()
    assert (np.abs(sound[:, 1].astype(int)) < 10).all(), "who is shorter is silent at the end"
    half = len(peaks) // 2
    assert min(peaks[:half]) > 250
    assert max(peaks[half:]) == 0
    for start, stop in ((0, 1), (3, 17), (63_999, 64_000)):
        assert b"".join(files.sound(CARE, ONE, start, stop)) == sound.tobytes()[start:stop]


def test_what_the_engine_did_not_write_is_silence(tmp_path: Path) -> None:
    files = recorded(tmp_path, LOUD * 800, b"")
    talk_files(tmp_path, ONE)[1].unlink()
    assert files.seal(CARE, ONE)[0] == 0.1


def test_who_was_silent_all_the_while_does_not_silence_the_other(tmp_path: Path) -> None:
    files = recorded(tmp_path, b"", LOUD * 16_000)
    assert talk_seconds(tmp_path, ONE) == 2.0
    talk_files(tmp_path, ONE)[0].unlink()
    assert talk_seconds(tmp_path, ONE) == 2.0
    assert files.seal(CARE, ONE)[0] == 2.0


def test_nothing_at_all_is_not_taken_for_silence(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        RecordingFiles(tmp_path, SealedFiles("key")).seal(CARE, ONE)


def test_deleted_is_deleted(tmp_path: Path) -> None:
    files = recorded(tmp_path, LOUD * 800, LOUD * 800)
    files.seal(CARE, ONE)
    files.delete(CARE, ONE)
    files.delete(CARE, ONE)
    assert not [file for _, _, names in os.walk(tmp_path) for file in names]


def test_the_shape_of_an_hour_is_as_small_as_that_of_a_minute() -> None:
    shape = Shape()
    for _ in range(60):
        shape.take(SILENCE * 8000 * 2 * 60)
    assert len(shape.peaks()) == 2 * MOST_PEAKS
    assert Shape().peaks() == b""


def test_samples_are_those_of_the_standard() -> None:
    """G.711: the smallest and the largest of both signs."""
    samples = np.frombuffer(decoded(bytes([0xD5, 0x55, 0xAA, 0x2A])), "<i2")
    assert samples.tolist() == [8, -8, 32256, -32256]


@pytest.mark.parametrize(
    ("header", "part"),
    [
        (None, None),
        ("bytes=0-", Range(0, 100)),
        ("bytes=10-19", Range(10, 20)),
        ("bytes = 90-500", Range(90, 100)),
        ("bytes=-30", Range(70, 100)),
        ("bytes=-300", Range(0, 100)),
        ("bytes=0-1,5-6", None),
        ("bytes=20-10", None),
        ("bytes=-", None),
        ("seconds=1-2", None),
        ("bytes=1-2x", None),
    ],
)
def test_parts_that_are_asked_for(header: str | None, part: Range | None) -> None:
    assert wanted_range(header, 100) == part


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_parts_that_are_not_there(header: str) -> None:
    with pytest.raises(Unsatisfiable):
        wanted_range(header, 100)
