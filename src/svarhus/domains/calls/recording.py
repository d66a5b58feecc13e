"""What is recorded in a call, and whose it is."""

from enum import StrEnum

import msgspec

from svarhus.kit.clock import Instant
from svarhus.kit.ids import CallId, LegId, PersonKey, QueueKey, RecordingId


class OfQueue(msgspec.Struct, frozen=True, tag="queue"):
    """A message for those who take the queue's calls."""

    queue: QueueKey


class OfCall(msgspec.Struct, frozen=True, tag="call"):
    """What was said in the call."""

    call: CallId


class OfPerson(msgspec.Struct, frozen=True, tag="person"):
    """A message for one of us."""

    person: PersonKey


Owner = OfQueue | OfCall | OfPerson


class Recording(msgspec.Struct, frozen=True):
    id: RecordingId
    leg: LegId
    """At which it is recorded; that may be gone."""
    owner: Owner
    began_at: Instant
    longest: int
    """Seconds."""
    seconds: float | None = None
    """Of what is kept of it; None while it runs, or its end has not been told."""
    silenced: bool = False
    """Silence is to be recorded, for as long as the party is on hold or somebody has paused it."""
    silent: bool = False
    """The engine has said that it records silence."""
    stopping: bool = False
    """It is to end, and has not yet."""

    @property
    def of_talk(self) -> bool:
        """It is of a conversation, not a message."""
        return isinstance(self.owner, OfCall)

    @property
    def runs(self) -> bool:
        return self.seconds is None


class RecordingEnd(StrEnum):
    """Why a recording of a conversation ended."""

    OVER = "over"
    """The conversation is, or the party has left."""
    ASKED = "asked"
    """Somebody did not want it any more, or where the call has gone it is not done."""
    FAILED = "failed"
    """Nothing, or not all of it, could be recorded."""


class Notice(msgspec.Struct, frozen=True):
    """The caller is being told that the call may be recorded, and goes into the queue after that."""

    queue: QueueKey
    priority: int


class Recorded(msgspec.Struct, frozen=True):
    """Of a call: what is known of whether it is recorded."""

    notice: Notice | None = None
    told: bool = False
    """The party has heard that it may be recorded."""
    asked_by: PersonKey | None = None
    """Who wants it recorded, where nobody has to."""
    paused_by: PersonKey | None = None
    """Who has paused it."""
