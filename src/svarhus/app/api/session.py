"""Signing in and out, and one's own account."""

from datetime import datetime

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from svarhus.app.api.access import COOKIE, Services, SignedIn, refuse_foreign
from svarhus.app.api.problems import PROBLEMS
from svarhus.domains.people.rights import Actor, Right
from svarhus.kit.clock import seconds_between

router = APIRouter(tags=["sign-in"], responses=PROBLEMS)


class Credentials(BaseModel):
    email: str = Field(max_length=254)
    password: str = Field(max_length=1000, json_schema_extra={"writeOnly": True})


class Me(BaseModel):
    """Who you are here, and what you may do."""

    organisation: str
    person: str | None = Field(description="Key of the person; null for an API token.")
    name: str
    role: str = Field(description="administrator, team_leader, user, or the key of a role of your own.")
    rights: tuple[Right, ...]


class SessionBegun(BaseModel):
    me: Me
    expires_at: datetime


class PasswordChange(BaseModel):
    present: str = Field(max_length=1000, json_schema_extra={"writeOnly": True})
    new: str = Field(max_length=1000, json_schema_extra={"writeOnly": True})


class PhonePassword(BaseModel):
    """With what a phone registers."""

    password: str


@router.post("/api/session", status_code=201)
async def sign_in(request: Request, response: Response, credentials: Credentials, services: Services) -> SessionBegun:
    """Sign in with e-mail address and password. Sets the session's cookie."""
    refuse_foreign(request, header_needed=False)
    address = request.client.host if request.client else "unknown"
    begun = await services.organisations.sign_in.sign_in(credentials.email, credentials.password, address)
    response.set_cookie(
        COOKIE,
        begun.token,
        max_age=int(seconds_between(services.clock.now(), begun.expires_at)),
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    return SessionBegun(me=_me(begun.actor), expires_at=begun.expires_at)


@router.get("/api/session")
async def session(actor: SignedIn) -> Me:
    """Who is signed in."""
    return _me(actor)


@router.delete("/api/session", status_code=204)
async def sign_out(request: Request, response: Response, services: Services) -> None:
    """Sign out. Also right when nobody is signed in."""
    refuse_foreign(request)
    token = request.cookies.get(COOKIE)
    if token:
        await services.organisations.sign_in.sign_out(token)
    response.delete_cookie(COOKIE, httponly=True, samesite="lax", secure=request.url.scheme == "https")


@router.get("/api/me")
async def me(actor: SignedIn) -> Me:
    """Who you are here, and what you may do."""
    return _me(actor)


@router.put("/api/me/password", status_code=204)
async def change_password(request: Request, change: PasswordChange, actor: SignedIn, services: Services) -> None:
    """Change your own password. Your other sessions end."""
    token = request.cookies.get(COOKIE)
    await services.organisations.sign_in.change_password(actor, token, change.present, change.new)


@router.get("/api/me/phone-password")
async def phone_password(actor: SignedIn, services: Services) -> PhonePassword | None:
    """The password with which your own phone registers under your extension; null when you have none."""
    password = await services.organisations.service.phone_password(actor)
    return PhonePassword(password=password) if password else None


def _me(actor: Actor) -> Me:
    rights = tuple(right for right in Right if right in actor.rights)
    return Me(organisation=actor.organisation, person=actor.person, name=actor.name, role=actor.role_key, rights=rights)
