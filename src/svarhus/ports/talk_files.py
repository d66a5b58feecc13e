"""The files in which a RecordTalk lies (see `telephony.py`), however the engine writes them."""

from pathlib import Path

from svarhus.kit.ids import RecordingId

TALK_BYTES_A_SECOND = 8000
"""Of each of the two files: A-law (ITU-T G.711), 8 kHz, without a header, so that a file that was cut off is whole."""


TALKS = "talks"
"""The folder, below that of recordings, in which the files of RecordTalk appear."""


def talk_files(recordings: Path, recording: RecordingId) -> tuple[Path, Path]:
    """What the party said, and what it heard, of a RecordTalk; `recordings`: the engine's folder."""
    return recordings / TALKS / f"{recording}.said.alaw", recordings / TALKS / f"{recording}.heard.alaw"


def talk_seconds(recordings: Path, recording: RecordingId) -> float:
    """How long a RecordTalk is, by what is on the disk of it. 0.0 when that is nothing, or cannot be read."""
    try:
        return talk_files(recordings, recording)[0].stat().st_size / TALK_BYTES_A_SECOND
    except OSError:
        return 0.0
