"""Your own phone: where your calls ring, the browser as a softphone, and dialling."""

from typing import Annotated

from fastapi import Path

from svarhus.app.api.access import Services, SignedIn
from svarhus.app.api.models.phone import (
    BrowserOpened,
    CallWaitingChoice,
    DeviceChoice,
    Dialled,
    Dialling,
    Heartbeat,
    PhoneShown,
    To,
)
from svarhus.app.api.problems import PROBLEMS
from svarhus.app.api.routing import ApiRouter
from svarhus.domains.calls.talk import Destination
from svarhus.exchange.phone import OwnPhone
from svarhus.exchange.running.browsers import HEARTBEAT

router = ApiRouter(prefix="/api/phone", tags=["phone"], responses=PROBLEMS)

SIP_WEBSOCKET = "/ws/sip"
REALM = "svarhus"
REGISTER_EXPIRES = 60

Session = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{8,64}$")]


@router.get("")
async def phone(actor: SignedIn, services: Services) -> PhoneShown:
    """Your phones, and which of them rings. The live topic `phone` tells when to read it anew."""
    return _shown(services.centre.phones.phone(actor))


@router.put("/device")
async def choose(choice: DeviceChoice, actor: SignedIn, services: Services) -> PhoneShown:
    """Your calls ring there from now on."""
    return _shown(await services.centre.phones.choose(actor, choice.kind, choice.number))


@router.put("/call-waiting")
async def choose_call_waiting(choice: CallWaitingChoice, actor: SignedIn, services: Services) -> PhoneShown:
    """Whether your phone rings while you talk, in queues that have it so."""
    return _shown(await services.centre.phones.choose_call_waiting(actor, choice.wanted))


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
