"""Where the sound of recorded conversations is, before and after it is sealed."""

import os
from collections.abc import Iterator
from pathlib import Path

from svarhus.domains.recordings.alaw import CHANNELS, Shape, decoded, together
from svarhus.domains.recordings.sealed import SealedFiles
from svarhus.kit.ids import OrganisationId, RecordingId
from svarhus.ports.talk_files import TALK_BYTES_A_SECOND, talk_files, talk_seconds

SEALED = "sealed"
"""Folder below that of recordings."""

_NOTHING = Path(os.devnull)
"""Stands for a file that the engine did not write."""

SAMPLE = 2
"""Bytes of a sample as it is heard; one as it is kept."""


class RecordingFiles:
    """The files of one folder of recordings."""

    def __init__(self, recordings: Path, sealed: SealedFiles) -> None:
        self._recordings = recordings
        self._sealed = sealed

    def seal(self, organisation: OrganisationId, id: RecordingId) -> tuple[float, bytes]:
        """Make one sealed file of what the engine has left. Gives its seconds and its shape. OSError."""
        there = [file if file.exists() else _NOTHING for file in talk_files(self._recordings, id)]
        if there == [_NOTHING, _NOTHING]:
            raise FileNotFoundError(f"nothing is left of {id}")
        said, heard = there
        samples = max(file.stat().st_size for file in there)
        shape = Shape()

        def passing() -> Iterator[bytes]:
            with said.open("rb") as first, heard.open("rb") as second:
                for block in together(first, second, samples):
                    shape.take(block)
                    yield block

        self._sealed.write(self._file(organisation, id), _owner(organisation, id), samples * CHANNELS, passing())
        return samples / TALK_BYTES_A_SECOND, shape.peaks()

    def has_sound(self, id: RecordingId) -> bool:
        """Whether the engine has left anything that can be sealed."""
        return talk_seconds(self._recordings, id) > 0

    def forget_raw(self, id: RecordingId) -> None:
        """What the engine has left. OSError."""
        for file in talk_files(self._recordings, id):
            file.unlink(missing_ok=True)

    def delete(self, organisation: OrganisationId, id: RecordingId) -> None:
        """All that there is of it. OSError."""
        self.forget_raw(id)
        self._file(organisation, id).unlink(missing_ok=True)

    def bytes_of_sound(self, organisation: OrganisationId, id: RecordingId) -> int:
        """As it is heard: 16 bit, two channels, 8 kHz. RecordingUnreadable."""
        return self._sealed.length(self._file(organisation, id)) * SAMPLE

    def sound(self, organisation: OrganisationId, id: RecordingId, start: int, stop: int) -> Iterator[bytes]:
        """The same from byte to byte, in pieces. RecordingUnreadable."""
        first, last = start // SAMPLE, -(-stop // SAMPLE)
        before = start - first * SAMPLE
        left = stop - start
        for kept in self._sealed.read(self._file(organisation, id), _owner(organisation, id), first, last):
            piece = decoded(kept)[before:][:left]
            before, left = 0, left - len(piece)
            yield piece

    def _file(self, organisation: OrganisationId, id: RecordingId) -> Path:
        return self._recordings / SEALED / organisation / f"{id}.rec"


def _owner(organisation: OrganisationId, id: RecordingId) -> str:
    return f"{organisation}/{id}"
