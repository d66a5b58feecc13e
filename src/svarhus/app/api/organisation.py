"""The organisation as a whole: its settings, its file, its revisions."""

import asyncio
import json
from functools import cache, partial
from typing import Annotated, Any

from fastapi import Path, Request, Response
from pydantic import JsonValue, TypeAdapter

from svarhus.app.api.access import Services, SignedIn
from svarhus.app.api.models.organisation import Changed, ElementTypeShown, RevisionShown, WarningShown
from svarhus.app.api.paging import Cursor, Limit, Paged, paged
from svarhus.app.api.problems import PROBLEMS
from svarhus.app.api.revision import IfMatch, expected, tag
from svarhus.app.api.routing import ApiRouter
from svarhus.app.api.things import thing_shown
from svarhus.domains.callflows.elements import ELEMENTS
from svarhus.domains.naming.service import RevisionNamed
from svarhus.domains.organisation.model import Organisation
from svarhus.domains.organisation.parts import with_organisation
from svarhus.domains.organisation.schema import element_settings_schema, json_schema
from svarhus.domains.organisation.service import Applied

router = ApiRouter(tags=["organisation"], responses=PROBLEMS)

YAML = "application/yaml"

Number = Annotated[int, Path(ge=1, le=2**31 - 1)]

_YAML_CONTENT: dict[str, Any] = {
    YAML: {"schema": {"type": "object", "description": "As the schema at /api/organisation/schema says."}}
}
_FILE_SENT: dict[str, Any] = {"requestBody": {"required": True, "content": _YAML_CONTENT}}
_FILE_GIVEN: dict[int | str, dict[str, Any]] = {200: {"content": _YAML_CONTENT, "description": "The file."}}


class YamlResponse(Response):
    media_type = YAML


@router.get("/api/organisation")
async def organisation(response: Response, actor: SignedIn, services: Services) -> Organisation:
    """The settings of the organisation itself."""
    revision, configuration = await services.organisations.service.current(actor)
    tag(response, revision)
    return configuration.organisation


@router.put("/api/organisation")
async def change_organisation(
    response: Response, wanted: Organisation, actor: SignedIn, services: Services, if_match: IfMatch = None
) -> Organisation:
    applied = await services.organisations.service.change(
        actor, lambda before: with_organisation(before, wanted), "changed the organisation", expected(if_match)
    )
    tag(response, applied.revision)
    return applied.configuration.organisation


@router.get("/api/organisation/file", response_class=YamlResponse, responses=_FILE_GIVEN)
async def export(response: Response, actor: SignedIn, services: Services) -> YamlResponse:
    """Everything that is configured, as a file. Passwords and comments are left out."""
    revision, _ = await services.organisations.service.current(actor)
    text = await services.organisations.service.export(actor, revision)
    return _file(text, actor.organisation, revision)


@router.put("/api/organisation/file", openapi_extra=_FILE_SENT)
async def apply(
    request: Request,
    response: Response,
    actor: SignedIn,
    services: Services,
    dry_run: bool = False,
    if_match: IfMatch = None,
) -> Changed:
    """Let the organisation be as the file says; with `dry_run` only tell what would change. Numbers by which calls come
    in, and queues in which somebody waits, stay as they are: else it is a conflict."""
    applied = await services.organisations.service.replace_with(
        actor,
        await request.body(),
        expected=expected(if_match),
        dry_run=dry_run,
        possible=partial(services.centre.running.refuse_whole_that_must_wait, actor),
    )
    tag(response, applied.revision)
    return _changed(applied)


@router.get("/api/organisation/schema", response_model=dict[str, JsonValue])
async def schema() -> Response:
    """The JSON Schema of the file."""
    return Response(await asyncio.to_thread(_schema), media_type="application/json")


@cache
def _schema() -> bytes:
    # Anybody may ask for it, again and again.
    return json.dumps(json_schema()).encode()


@router.get("/api/organisation/revisions")
async def revisions(
    actor: SignedIn, services: Services, cursor: Cursor = None, limit: Limit = 50
) -> Paged[RevisionShown]:
    """All revisions, the newest first."""
    found = await services.organisations.service.revisions(actor, cursor, limit)
    named = {each.revision: each for each in await services.organisations.naming.revisions(actor, found.items)}
    return paged(found.map(lambda each: _revision(named[each])))


def _revision(named: RevisionNamed) -> RevisionShown:
    each = named.revision
    return RevisionShown(
        revision=each.revision,
        author=each.author,
        author_name=named.author_name,
        at=each.at,
        comment=each.comment,
        about=thing_shown(named.about) if named.about else None,
    )


@router.get("/api/organisation/revisions/{number}/file", response_class=YamlResponse, responses=_FILE_GIVEN)
async def export_revision(number: Number, actor: SignedIn, services: Services) -> YamlResponse:
    """The organisation as it was, as a file."""
    return _file(await services.organisations.service.export(actor, number), actor.organisation, number)


@router.post("/api/organisation/revisions/{number}/restore")
async def restore(
    response: Response, number: Number, actor: SignedIn, services: Services, if_match: IfMatch = None
) -> Changed:
    """Let an earlier revision be in force again, as a new one. Calls are in its way as in that of a file."""
    possible = partial(services.centre.running.refuse_whole_that_must_wait, actor)
    applied = await services.organisations.service.restore(actor, number, expected(if_match), possible)
    tag(response, applied.revision)
    return _changed(applied)


@router.get("/api/callflow-elements", tags=["callflows"], response_model=tuple[ElementTypeShown, ...])
async def element_types() -> Response:
    """The types of call-flow elements, with the schema of their settings."""
    return Response(await asyncio.to_thread(_element_types), media_type="application/json")


@cache
def _element_types() -> bytes:
    shown = tuple(
        ElementTypeShown(
            type=kind.type,
            title=kind.title,
            description=kind.description,
            waits=kind.waits,
            settings=element_settings_schema(kind),
        )
        for kind in ELEMENTS.values()
    )
    return TypeAdapter(tuple[ElementTypeShown, ...]).dump_json(shown)


def _changed(applied: Applied) -> Changed:
    told = tuple(WarningShown.model_validate(each) for each in applied.warnings)
    return Changed(revision=applied.revision, changes=applied.changes, dry_run=applied.dry_run, warnings=told)


def _file(text: str, organisation: str, revision: int) -> YamlResponse:
    name = f"{organisation}-{revision}.yaml"
    headers = {"ETag": f'"{revision}"', "Content-Disposition": f'attachment; filename="{name}"'}
    return YamlResponse(text, headers=headers)
