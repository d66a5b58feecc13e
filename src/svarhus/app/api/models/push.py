"""What a browser says of itself so that it can be told things."""

from pydantic import BaseModel, Field

from svarhus.kit.document import Language


class PushKeys(BaseModel):
    """As `PushSubscription.toJSON()` gives them: base64url."""

    p256dh: str = Field(max_length=200)
    auth: str = Field(max_length=64)


class PushSubscription(BaseModel):
    """A browser that wants to be told."""

    endpoint: str = Field(max_length=2000)
    keys: PushKeys
    language: Language = "sv"


class PushNow(BaseModel):
    key: str = Field(description="`applicationServerKey` with which a browser subscribes.")
    devices: int = Field(description="How many of your devices are told.")


class PushTold(BaseModel):
    taken: int = Field(description="Devices whose push service has taken the notice.")
    devices: int
