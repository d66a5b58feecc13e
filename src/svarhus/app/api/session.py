"""Signing in, by steps, and out."""

from typing import Any

from fastapi import Request, Response

from svarhus.app.api.access import COOKIE, Services, SignedIn, refuse_foreign
from svarhus.app.api.me import me_of, shown_second_factor
from svarhus.app.api.models.me import Me, SecondFactorShown
from svarhus.app.api.models.session import (
    CodeSent,
    Credentials,
    InvitationAccepted,
    InvitationSent,
    InvitedShown,
    SessionBegun,
    StepNeeded,
    TicketSent,
)
from svarhus.app.api.problems import PROBLEMS
from svarhus.app.api.routing import ApiRouter
from svarhus.app.api.services import ApiServices
from svarhus.domains.people.devices import device_name
from svarhus.domains.people.known_devices import REMEMBERED_FOR
from svarhus.domains.signin.service import NewSession, Origin, SecondStep
from svarhus.kit.clock import seconds_between

router = ApiRouter(tags=["sign-in"], responses=PROBLEMS)

DEVICE = "svarhus_device"
"""Says that somebody has signed in from here before. It lets nobody in."""


_SECOND_STEP: dict[int | str, dict[str, Any]] = {
    202: {"model": StepNeeded, "description": "The password was right; something is still needed."}
}


@router.post("/api/session", status_code=201, response_model=SessionBegun, responses=_SECOND_STEP)
async def sign_in(
    request: Request, response: Response, credentials: Credentials, services: Services
) -> SessionBegun | Response:
    """Sign in with e-mail address and password. Sets the session's cookie, or tells the second step."""
    refuse_foreign(request, header_needed=False)
    begun = await services.organisations.sign_in.sign_in(credentials.email, credentials.password, _origin(request))
    return await _stepped(request, response, services, begun)


@router.post("/api/session/code", status_code=201)
async def enter_code(request: Request, response: Response, sent: CodeSent, services: Services) -> SessionBegun:
    """The second step of signing in: the app's code, or one for recovery."""
    refuse_foreign(request, header_needed=False)
    begun = await services.organisations.sign_in.enter_code(sent.ticket, sent.code, _origin(request))
    return await _begun(request, response, services, begun)


@router.post("/api/session/second-factor", status_code=201)
async def begin_set_up(request: Request, sent: TicketSent, services: Services) -> SecondFactorShown:
    """Begin to set up the second factor that the organisation demands."""
    refuse_foreign(request, header_needed=False)
    return shown_second_factor(await services.organisations.sign_in.begin_set_up(sent.ticket))


@router.post("/api/session/second-factor/confirm", status_code=201)
async def finish_set_up(request: Request, response: Response, sent: CodeSent, services: Services) -> SessionBegun:
    """Confirm it with the app's code, and get in. Gives the recovery codes, this once."""
    refuse_foreign(request, header_needed=False)
    begun = await services.organisations.sign_in.finish_set_up(sent.ticket, sent.code, _origin(request))
    return await _begun(request, response, services, begun)


@router.get("/api/session")
async def session(actor: SignedIn, services: Services) -> Me:
    """Who is signed in."""
    return await me_of(actor, services)


@router.delete("/api/session", status_code=204)
async def sign_out(request: Request, response: Response, services: Services) -> None:
    """Sign out. Also right when nobody is signed in."""
    refuse_foreign(request)
    token = request.cookies.get(COOKIE)
    if token:
        await services.organisations.sign_in.sign_out(token)
    response.delete_cookie(COOKIE, httponly=True, samesite="lax", secure=request.url.scheme == "https")


@router.post("/api/invitation", tags=["invitations"])
async def look_at_invitation(request: Request, sent: InvitationSent, services: Services) -> InvitedShown:
    """Whom a link to set a password is for. POST, so that its secret stands in no log."""
    refuse_foreign(request, header_needed=False)
    invited = await services.organisations.invitations.look(sent.token, _origin(request))
    return InvitedShown(
        organisation=invited.organisation,
        name=invited.name,
        email=invited.email,
        language=invited.language,
        expires_at=invited.expires_at,
    )


@router.post(
    "/api/invitation/accept",
    status_code=201,
    response_model=SessionBegun,
    responses=_SECOND_STEP,
    tags=["invitations"],
)
async def accept_invitation(
    request: Request, response: Response, sent: InvitationAccepted, services: Services
) -> SessionBegun | Response:
    """Set the password, and go on as after signing in with it. The link is of no use any more."""
    refuse_foreign(request, header_needed=False)
    begun = await services.organisations.invitations.accept(sent.token, sent.password, _origin(request))
    return await _stepped(request, response, services, begun)


def _origin(request: Request) -> Origin:
    address = request.client.host if request.client else "unknown"
    return Origin(address, device_name(request.headers.get("user-agent", "")), request.cookies.get(DEVICE))


async def _stepped(
    request: Request, response: Response, services: ApiServices, begun: NewSession | SecondStep
) -> SessionBegun | Response:
    if isinstance(begun, NewSession):
        return await _begun(request, response, services, begun)
    needed = StepNeeded(step=begun.step, ticket=begun.ticket, expires_at=begun.expires_at)
    return Response(needed.model_dump_json(), 202, media_type="application/json")


async def _begun(request: Request, response: Response, services: ApiServices, begun: NewSession) -> SessionBegun:
    response.set_cookie(
        COOKIE,
        begun.token,
        max_age=int(seconds_between(services.clock.now(), begun.expires_at)),
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    response.set_cookie(
        DEVICE,
        begun.known_as,
        max_age=int(REMEMBERED_FOR.total_seconds()),
        path="/api",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    me = await me_of(begun.actor, services)
    return SessionBegun(me=me, expires_at=begun.expires_at, recovery_codes=begun.recovery_codes)
