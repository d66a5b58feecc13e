"""Which conversations of a queue are recorded, and for how long that is kept."""

import hashlib
from enum import StrEnum

from pydantic import Field

from svarhus.kit.document import DocumentPart, Key
from svarhus.kit.ids import CallId


class RecordingMode(StrEnum):
    NEVER = "never"
    ON_DEMAND = "on_demand"
    """When a member in conversation asks for it."""
    SHARE = "share"
    """A share of the calls; the others when a member asks for it."""
    ALL = "all"


class RecordingSettings(DocumentPart):
    """Whether conversations with the queue's callers are recorded. A member can always pause it."""

    mode: RecordingMode = Field(default=RecordingMode.NEVER, description="Which conversations are recorded.")
    share: int | None = Field(default=None, ge=1, le=99, description="For `mode: share`: percent of the calls.")
    notice: bool = Field(
        default=False,
        description="Tell callers before they wait that the call may be recorded. Who was not told is not recorded.",
    )
    message: Key | None = Field(
        default=None, description="What they are told: a message of the organisation's own in place of the shipped one."
    )
    keep_days: int = Field(default=90, ge=1, le=3650, description="After so many days a recording is deleted for good.")

    def records(self, call: CallId) -> bool:
        """Whether this call is recorded without anybody's asking: the same answer whenever it is asked."""
        return self.mode is RecordingMode.ALL or (
            self.mode is RecordingMode.SHARE and self.share is not None and _percentile(call) < self.share
        )

    def may_be_asked(self, call: CallId) -> bool:
        """Whether a member decides if this call is recorded."""
        return self.mode in (RecordingMode.ON_DEMAND, RecordingMode.SHARE) and not self.records(call)

    def tells(self, call: CallId) -> bool:
        """Whether this caller hears the notice: whoever is, or may be recorded."""
        return self.notice and (self.records(call) or self.may_be_asked(call))


def _percentile(call: CallId) -> int:
    """From 0 to 99, as if by chance."""
    return int.from_bytes(hashlib.sha256(call.encode()).digest()[:4]) * 100 >> 32
