"""What is recorded in a call, and whose it is."""

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

    @property
    def runs(self) -> bool:
        return self.seconds is None
