"""Your own phone: where your calls ring, the browser as a softphone, and dialling."""

from typing import Annotated, Self

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field, model_validator

from svarhus.app.api.access import Services, SignedIn
from svarhus.app.api.problems import PROBLEMS
from svarhus.app.api.routing import ApiRouter
from svarhus.domains.calls.talk import Destination
from svarhus.domains.presence.device import DeviceKind
from svarhus.exchange.phone import OwnPhone
from svarhus.exchange.running.browsers import HEARTBEAT
from svarhus.kit.document import Key
from svarhus.kit.ids import PersonKey, QueueKey
from svarhus.kit.unfit import Unfit

router = ApiRouter(prefix="/api/phone", tags=["phone"], responses=PROBLEMS)

SIP_WEBSOCKET = "/ws/sip"
REALM = "svarhus"
REGISTER_EXPIRES = 60

Session = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{8,64}$")]
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


class DeviceChoice(BaseModel):
    kind: DeviceKind
    number: TypedNumber | None = Field(default=None, description="For a number; yours when it is left out.")


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


@router.get("")
async def phone(actor: SignedIn, services: Services) -> PhoneShown:
    """Your phones, and which of them rings. The live topic `phone` tells when to read it anew."""
    return _shown(services.centre.phones.phone(actor))


@router.put("/device")
async def choose(choice: DeviceChoice, actor: SignedIn, services: Services) -> PhoneShown:
    """Your calls ring there from now on."""
    return _shown(await services.centre.phones.choose(actor, choice.kind, choice.number))


@router.post("/browser", status_code=201)
async def open_browser(actor: SignedIn, services: Services) -> BrowserOpened:
    """Let this page be your softphone. Another page that was it is so no more, and a call on it comes over here.

    Calls come with the header `X-Svarhus-Call`, those that the page should answer by itself with
    `X-Svarhus-Auto-Answer: yes`, and a call that comes over, or back after a lost network, with `X-Svarhus-Rejoin`.
    """
    opened = await services.centre.phones.open_browser(actor)
    return BrowserOpened(
        session=opened.session,
        user=opened.user,
        password=opened.password,
        realm=REALM,
        domain=REALM,
        websocket_path=SIP_WEBSOCKET,
        register_expires=REGISTER_EXPIRES,
        heartbeat_every=HEARTBEAT,
    )


@router.post("/browser/{session}/heartbeat", status_code=204)
async def heartbeat(session: Session, sign: Heartbeat, actor: SignedIn, services: Services) -> None:
    """The page is alive. After twelve seconds of silence it is offered no calls. 409 when another page took over."""
    await services.centre.phones.heartbeat(actor, session, sign.registered)


@router.delete("/browser/{session}", status_code=204)
async def close_browser(session: Session, actor: SignedIn, services: Services) -> None:
    """Leave the page. Also right when another one has taken over."""
    await services.centre.phones.close_browser(actor, session)


@router.post("/dial", status_code=201)
async def dial(dialling: Dialling, actor: SignedIn, services: Services) -> Dialled:
    """Ring your phone, then the other one. What else you are talking in is put on hold."""
    to = dialling.to.destination() if isinstance(dialling.to, To) else Destination(number=dialling.to)
    return Dialled(call=await services.centre.phones.dial(actor, to))


def _shown(phone: OwnPhone) -> PhoneShown:
    return PhoneShown.model_validate(phone)
