"""A message that a caller has left."""

import msgspec

from svarhus.kit.clock import Instant
from svarhus.kit.ids import CallId, PersonKey, QueueKey, RecordingId


class Voicemail(msgspec.Struct, frozen=True):
    id: RecordingId
    call: CallId
    queue: QueueKey
    """Whose members take care of it."""
    caller: str | None
    """E.164; None when withheld."""
    at: Instant
    seconds: float
    file: str
    """Absolute path of the sound."""
    handled_at: Instant | None
    handled_by: PersonKey | str | None
    """The person, or the name of the token."""
