"""One's own phone as the API shows it."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from svarhus.domains.calls.talk import Destination
from svarhus.domains.presence.device import DeviceKind
from svarhus.kit.document import Key
from svarhus.kit.ids import PersonKey, QueueKey
from svarhus.kit.unfit import Unfit

TypedNumber = Annotated[
    str,
    Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$", description="In any form; or an extension."),
]


class DeviceShown(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    kind: DeviceKind
    number: str | None = Field(description="E.164, for a number.")


class OwnDeviceShown(DeviceShown):
    reachable: bool


class BrowserShown(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    session: str | None = Field(description="The page that is your softphone; null when there was none.")
    registered: bool = Field(description="It says that it can be rung, and was heard of within the last seconds.")
    online: bool = Field(description="It answers the telephony engine.")


class PhoneShown(BaseModel):
    """Your phone as it is now."""

    model_config = ConfigDict(from_attributes=True)

    person: str
    extension: str | None
    device: DeviceShown = Field(description="Where your calls ring.")
    devices: tuple[OwnDeviceShown, ...] = Field(description="Those that you can choose.")
    browser: BrowserShown
    reachable: bool = Field(description="Whether calls can ring where they should; if not, you are offered none.")
    call_waiting: bool | None = Field(
        description="Whether you are rung while you talk; null: in none of your queues anybody is."
    )


class DeviceChoice(BaseModel):
    kind: DeviceKind
    number: TypedNumber | None = Field(default=None, description="For a number; yours when it is left out.")


class CallWaitingChoice(BaseModel):
    wanted: bool = Field(description="Ring me while I talk, in queues that have it so.")


class BrowserOpened(BaseModel):
    """With what the page registers by SIP over a WebSocket of the same origin."""

    session: str
    user: str = Field(description="SIP user.")
    password: str
    realm: str
    domain: str
    websocket_path: str
    register_expires: int = Field(description="Seconds.")
    heartbeat_every: float = Field(description="Seconds.")


class Heartbeat(BaseModel):
    """Said every few seconds, and at once when `registered` changes."""

    registered: bool
    calls: int = Field(default=0, ge=0, le=100, description="SIP calls of the page.")


class To(BaseModel):
    """To whom: one of the three."""

    person: Key | None = None
    queue: Key | None = None
    number: TypedNumber | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum(one is not None for one in (self.person, self.queue, self.number)) != 1:
            raise Unfit("name one of person, queue and number", "name-one")
        return self

    def destination(self) -> Destination:
        return Destination(
            PersonKey(self.person) if self.person else None, QueueKey(self.queue) if self.queue else None, self.number
        )


class Dialling(BaseModel):
    to: To | TypedNumber


class Dialled(BaseModel):
    call: str
