"""Recorded conversations as the API shows them."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from svarhus.domains.calls.recording import RecordingEnd
from svarhus.domains.recordings.model import RecordingState
from svarhus.kit.ids import PersonKey


class CallRecordingShown(BaseModel):
    """A piece of a call: from the beginning of a conversation until it ended or the party left it."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    call: str
    party: str = Field(description="Number or extension of the one in the first channel; empty when withheld.")
    person: PersonKey | None = Field(description="That party, when it is one of us.")
    queue: str | None = Field(description="For which the conversation was.")
    asked_by: PersonKey | None = Field(description="Who wanted it recorded; null when the queue's settings did.")
    began_at: datetime
    ended_at: datetime | None
    seconds: float | None
    why: RecordingEnd | None = Field(description="Why it ended. `failed`: nothing, or not all of it, was recorded.")
    state: RecordingState = Field(description="It can be heard when it is `ready`.")
    channels: tuple[tuple[int, ...], ...] = Field(
        description="The shape of both channels: of slices of equal length the loudest, 0 to 255. First the party, "
        "then what it heard."
    )
