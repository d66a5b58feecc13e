"""Routers whose answers name nobody who is hidden from the one who asks."""

from collections.abc import Awaitable, Callable
from functools import wraps
from inspect import iscoroutinefunction
from typing import Any, cast

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.responses import Response

from svarhus.app.api.services import ApiServices
from svarhus.domains.people.projection import sees_everybody
from svarhus.domains.people.rights import Actor
from svarhus.domains.people.unnamed import Unnamed, may_tell_of_people, unnamed_to

Endpoint = Callable[..., Awaitable[object]]


class ApiRouter(APIRouter):
    """FastAPI's. What an endpoint with an `actor` and `services` answers is looked at, unless it is encoded already:
    then it does so itself, with `unnamed_for`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, route_class=_Route, **kwargs)


class _Route(APIRoute):
    def __init__(self, path: str, endpoint: Callable[..., Any], **kwargs: Any) -> None:
        super().__init__(path, _looked_at(endpoint), **kwargs)


def _looked_at(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    if not iscoroutinefunction(endpoint) or hasattr(endpoint, "looks_at_answers"):
        return endpoint
    asked = cast(Endpoint, endpoint)

    @wraps(asked)
    async def answered(**given: object) -> object:
        found = await asked(**given)
        actor, services = given.get("actor"), given.get("services")
        if not isinstance(actor, Actor) or not isinstance(services, ApiServices) or isinstance(found, Response):
            return found
        return (await unnamed_for(actor, services)).of(found) if may_tell_of_people(found) else found

    answered.looks_at_answers = True  # type: ignore[attr-defined]  # routers within routers hand it on
    return answered


async def unnamed_for(actor: Actor, services: ApiServices) -> Unnamed:
    """Who is not named to the one who asks."""
    if sees_everybody(actor):
        return Unnamed({})
    organisations = services.organisations.repository
    # Who signs in with each request has just had it read.
    configuration = organisations.last_read(actor.organisation) or (await organisations.load(actor.organisation))[1]
    return unnamed_to(actor, configuration)
