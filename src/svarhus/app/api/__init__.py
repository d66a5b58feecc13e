"""The REST API. Its OpenAPI document is at /api/openapi.json."""

import asyncio
import json
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from functools import cache
from typing import Any

from fastapi import APIRouter, FastAPI
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from svarhus.app.api import (
    agents,
    alerts,
    audio,
    audit,
    boards,
    call_us,
    callbacks,
    calls,
    cases,
    closing,
    desk,
    directory,
    external_contacts,
    history,
    hours,
    lists,
    live,
    me,
    noticeboard,
    organisation,
    outbox,
    people,
    phone,
    playlists,
    problems,
    push,
    queue_log,
    recordings,
    remains,
    schedules,
    session,
    sip,
    tags,
    talks,
    texts,
    tokens,
    voicemails,
)
from svarhus.app.api.access import let_in
from svarhus.app.api.guard import Guard
from svarhus.app.api.live_json import live_schemas
from svarhus.app.api.parts import parts_router
from svarhus.app.api.problems import Problem
from svarhus.app.api.services import ApiServices

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


def create_api(services: ApiServices, lifespan: Lifespan | None = None, others: Sequence[APIRouter] = ()) -> FastAPI:
    """The application with all endpoints. `others`: routers of the caller's own, such as health."""
    application = FastAPI(
        title="Svarhus",
        summary="An open contact centre and switchboard.",
        version="1",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    application.state.services = services
    problems.install(application)
    own = (
        session,
        tokens,
        organisation,
        audio,
        calls,
        talks,
        phone,
        playlists,
        callbacks,
        schedules,
        hours,
        desk,
        cases,
        closing,
        recordings,
        voicemails,
        agents,
        live,
        tags,
        lists,
        sip,
        call_us,
        noticeboard,
        boards,
        history,
        me,
        push,
        people,
        audit,
        directory,
        external_contacts,
        queue_log,
        alerts,
        remains,
        outbox,
        texts,
    )
    for router in (*(each.router for each in own), parts_router(), *others):
        # Not `include_router`: it reads every endpoint's signature once more, at the first request, and walks
        # through all routers at each.
        application.router.routes.extend(router.routes)
    application.add_middleware(Guard, let_in=let_in)
    _describe(application)
    application.router.routes.append(_described(application))
    return application


def _described(application: FastAPI) -> Route:
    """The OpenAPI document, which anybody may ask for: made once, and not on the loop."""

    @cache
    def document() -> bytes:
        return json.dumps(application.openapi(), separators=(",", ":")).encode()

    one_makes_it = asyncio.Lock()

    async def answer(_: Request) -> Response:
        async with one_makes_it:
            made = await asyncio.to_thread(document)
        return Response(made, media_type="application/json")

    return Route("/api/openapi.json", answer, include_in_schema=False)


def _describe(application: FastAPI) -> None:
    """Let the OpenAPI document know the schema of problems."""
    plain = application.openapi

    def described() -> dict[str, Any]:
        document = plain()
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas.update(schema.pop("$defs", {}))
        schemas["Problem"] = schema
        schemas.update(live_schemas())
        return document

    application.openapi = described  # type: ignore[method-assign]  # the way that FastAPI documents
