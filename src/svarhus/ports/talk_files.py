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
    """How long a RecordTalk is, by the longer of its files: a phone that sends nothing while its owner is silent leaves
    an empty one. 0.0 when nothing is there, or none can be read."""
    return max(map(_bytes_of, talk_files(recordings, recording))) / TALK_BYTES_A_SECOND


def _bytes_of(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
