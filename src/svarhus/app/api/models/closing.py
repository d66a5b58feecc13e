"""What is said of a queue that is closed for now."""

from pydantic import BaseModel, Field

from svarhus.kit.document import Key
from svarhus.kit.moment import Moment


class WantedClosing(BaseModel):
    until: Moment | None = Field(default=None, description="It opens by itself then; null: when somebody opens it.")
    message: Key | None = Field(default=None, description="Key of a message that callers hear before they go on.")
