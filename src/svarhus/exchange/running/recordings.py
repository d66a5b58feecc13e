"""Recordings on the disk whose end nobody has told: of a process or an engine that was killed."""

import os
import struct
import wave
from pathlib import Path

import structlog

from svarhus.kit.ids import RecordingId
from svarhus.ports.talk_files import talk_files, talk_seconds

log = structlog.get_logger()

HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")
"""RIFF and WAVE with one `fmt ` and one `data` chunk, as the engine writes it."""
RATE = 8000
BYTES_A_SECOND = 2 * RATE


def on_disk(folder: Path, recording: str) -> tuple[float, str | None]:
    """Seconds and path of a recording that runs no more; (0.0, None) when nothing of it is there.

    Of a conversation, the first of its two files. Of a message, an engine that was killed leaves
    the lengths in the header at nothing, or has not come to write it: it is put right by the size of the file.
    """
    if talk := talk_seconds(folder, RecordingId(recording)):
        return talk, str(talk_files(folder, RecordingId(recording))[0])
    file = folder / f"{recording}.wav"
    try:
        seconds = seconds_of(file) or _repaired(file)
    except OSError as error:
        if not isinstance(error, FileNotFoundError):
            log.warning("recording_unreadable", recording=recording, error=str(error))
        return 0.0, None
    return (seconds, str(file)) if seconds else (0.0, None)


def seconds_of(file: Path) -> float:
    """As the header says. 0.0 when it says nothing, or more than there is. OSError."""
    try:
        with wave.open(str(file)) as sound:
            length = sound.getnframes() * sound.getnchannels() * sound.getsampwidth()
            whole = length <= file.stat().st_size - HEADER.size
            return sound.getnframes() / sound.getframerate() if whole else 0.0
    except (EOFError, wave.Error):
        return 0.0


def sound_of(file: Path) -> float:
    """Seconds of sound by the size of the file, whatever its header says. OSError."""
    return max(0, file.stat().st_size - HEADER.size) // 2 * 2 / BYTES_A_SECOND


def _repaired(file: Path) -> float:
    seconds = sound_of(file)
    if seconds:
        length = int(seconds * BYTES_A_SECOND)
        header = HEADER.pack(
            b"RIFF", HEADER.size - 8 + length, b"WAVE", b"fmt ", 16, 1, 1, RATE, BYTES_A_SECOND, 2, 16, b"data", length
        )
        with file.open("r+b") as sound:
            sound.write(header)
            sound.flush()
            os.fsync(sound.fileno())
        log.warning("recording_repaired", recording=file.stem, seconds=seconds)
    return seconds
