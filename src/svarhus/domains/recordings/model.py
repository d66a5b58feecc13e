"""A recorded conversation, or a piece of one."""

from enum import StrEnum

import msgspec

from svarhus.domains.calls.recording import RecordingEnd
from svarhus.kit.clock import Instant
from svarhus.kit.ids import CallId, LegId, OrganisationId, PersonKey, QueueKey, RecordingId


class RecordingState(StrEnum):
    RUNS = "runs"
    """The conversation is being recorded."""
    SEALING = "sealing"
    """It is over, and cannot be heard yet."""
    READY = "ready"
    EMPTY = "empty"
    """Nothing could be recorded."""


class CallRecording(msgspec.Struct, frozen=True):
    """One piece, from the beginning of a conversation until it ended or the party left it.

    A call that was handed over has several. Two channels: what the party said at whose leg it was recorded, and what
    it heard.
    """

    organisation: OrganisationId
    id: RecordingId
    call: CallId
    leg: LegId
    party: str
    """The number or extension of that party; empty when withheld."""
    person: PersonKey | None
    """That party, when it is one of ours."""
    queue: QueueKey | None
    """For which the conversation was."""
    asked_by: PersonKey | None
    """Who wanted it; None when the queue's settings did."""
    began_at: Instant
    keep_days: int
    """As was said when it began."""
    ended_at: Instant | None
    seconds: float | None
    why: RecordingEnd | None
    """Why it ended."""
    sealed_at: Instant | None
    peaks: bytes
    """The shape of the sound: of so many slices the loudest, 0 to 255, of the first channel and then of the second."""

    @property
    def state(self) -> RecordingState:
        if self.ended_at is None:
            return RecordingState.RUNS
        if self.sealed_at is not None:
            return RecordingState.READY
        return RecordingState.SEALING if self.seconds else RecordingState.EMPTY

    @property
    def channels(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The shape of each channel."""
        half = len(self.peaks) // 2
        return tuple(self.peaks[:half]), tuple(self.peaks[half:])
