"""Voicemails as the API shows them."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from svarhus.kit.ids import PersonKey


class VoicemailShown(BaseModel):
    """A message that a caller has left."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    call: str
    queue: str = Field(description="Whose members take care of it.")
    caller: str | None = Field(description="E.164; null when withheld.")
    at: datetime
    seconds: float
    handled_at: datetime | None
    handled_by: PersonKey | None
