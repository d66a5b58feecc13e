"""The public page from which anyone can call the demonstration: whom, and with which phone."""

from typing import Annotated

from fastapi import Path, Request

from svarhus.app.api.access import Services, refuse_foreign
from svarhus.app.api.models.call_us import CallUsShown, EntranceShown, Visit
from svarhus.app.api.problems import PROBLEMS
from svarhus.app.api.routing import ApiRouter
from svarhus.app.api.services import ApiServices
from svarhus.domains.guests.errors import NotOpen
from svarhus.domains.guests.model import Guest
from svarhus.domains.guests.service import CallUs

router = ApiRouter(prefix="/api/public/call-us", tags=["call us"], responses=PROBLEMS)

Token = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{20,64}$")]


@router.get("")
async def page(services: Services) -> CallUsShown:
    shown = await _call_us(services).page()
    numbers = tuple(EntranceShown(number=one.number, name=one.name) for one in shown.entrances)
    return CallUsShown(key=shown.key, organisation=shown.organisation, language=shown.language, numbers=numbers)


@router.post("/sessions", status_code=201)
async def begin(request: Request, services: Services) -> Visit:
    """Begin a visit. Limited for each address and in total."""
    refuse_foreign(request)
    address = request.client.host if request.client else "unknown"
    return _visit(await _call_us(services).begin(address))


@router.delete("/sessions/{token}", status_code=204)
async def end(token: Token, request: Request, services: Services) -> None:
    """Leave. Also right when the visit is over."""
    refuse_foreign(request)
    await _call_us(services).end(token)


def _call_us(services: ApiServices) -> CallUs:
    if services.call_us is None:
        raise NotOpen("Nobody can be called from a page here.")
    return services.call_us


def _visit(guest: Guest) -> Visit:
    return Visit(
        token=guest.token,
        user=guest.name,
        password=guest.password,
        websocket_path=f"/ws/sip?guest={guest.token}",
        number=guest.number,
        expires_at=guest.until,
    )
