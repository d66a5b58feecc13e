"""What goes with a queue, as the API shows it."""

from pydantic import BaseModel, ConfigDict, Field


class RemainsShown(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    voicemails: int = Field(description="Messages with their sound, handled or not.")
    recordings: int = Field(description="Recorded conversations.")
    unanswered: int = Field(description="Lines of the queue log.")
    estimates: int = Field(description="Waits that were compared with what was expected.")
