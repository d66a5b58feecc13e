"""Who makes a request: by session cookie or by API token."""

from typing import Annotated, cast
from urllib.parse import urlsplit

from fastapi import Depends, Request
from fastapi.security import APIKeyCookie, HTTPBearer
from starlette.requests import HTTPConnection

from svarhus.app.api.services import ApiServices
from svarhus.domains.people.rights import Actor
from svarhus.kit.errors import NotSignedIn, Refused

COOKIE = "svarhus_session"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

_cookie = APIKeyCookie(name=COOKIE, scheme_name="session", auto_error=False)
_bearer = HTTPBearer(scheme_name="token", auto_error=False, description="An API token.")


class ForeignRequest(Refused):
    """A page of another origin made the browser send this (cross-site request forgery)."""

    id = "foreign-request"
    title = "The request comes from another site"


def services_of(request: Request) -> ApiServices:
    return cast(ApiServices, request.app.state.services)


Services = Annotated[ApiServices, Depends(services_of)]


async def signed_in(
    request: Request,
    services: Services,
    _session: Annotated[str | None, Depends(_cookie)] = None,
    _token: Annotated[object, Depends(_bearer)] = None,
) -> Actor:
    """The actor of the request. NotSignedIn; ForeignRequest."""
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and secret:
        return await services.organisations.tokens.signed_in(secret.strip())
    token = request.cookies.get(COOKIE)
    if not token:
        raise NotSignedIn("You are not signed in.", "Sign in with POST /api/session, or send an API token.")
    refuse_foreign(request)
    return await services.organisations.sign_in.signed_in(token)


SignedIn = Annotated[Actor, Depends(signed_in)]


async def let_in(request: Request) -> Actor:
    """The actor, asked before the request has been read. NotSignedIn; ForeignRequest."""
    return await signed_in(request, services_of(request))


def refuse_foreign(request: Request, *, header_needed: bool = True) -> None:
    """ForeignRequest when a browser may have been made to send it by another site.

    Browsers tell the origin of unsafe requests; what is no browser shows by the header `X-Svarhus`,
    which another site cannot set, that it means it.
    """
    if request.method in _SAFE:
        return
    if from_foreign_site(request):
        raise ForeignRequest(
            f"The request was made by {request.headers['origin']}.", "Make it from Svarhus's own pages."
        )
    if "origin" not in request.headers and header_needed and "x-svarhus" not in request.headers:
        raise ForeignRequest("The request has neither Origin nor X-Svarhus.", "Send the header `X-Svarhus: 1`.")


def address_of(request: HTTPConnection) -> str:
    """From where it comes; empty when that cannot be told."""
    return request.client.host if request.client else ""


def from_foreign_site(request: HTTPConnection) -> bool:
    """Whether a browser says that a page of another site has made the request or opened the WebSocket."""
    origin = request.headers.get("origin")
    try:
        return origin is not None and urlsplit(origin).netloc != request.headers.get("host", "")
    except ValueError:
        return True
