"""The rows of lists of numbers and their versions; the lists themselves are among the lists of the document."""

from typing import Annotated, Any

from fastapi import Path, Query, Request, Response
from pydantic import Field

from svarhus.app.api.access import Services, SignedIn
from svarhus.app.api.external_contacts import CSV
from svarhus.app.api.models.lists import (
    ListRowsGone,
    ListRowsImported,
    ListRowsShown,
    ListRowWritten,
    ListSize,
    ListVersionShown,
)
from svarhus.app.api.paging import Cursor, Limit, Paged, paged
from svarhus.app.api.parts import PartKey
from svarhus.app.api.problems import PROBLEMS
from svarhus.app.api.revision import IfMatch, expected, tag
from svarhus.app.api.routing import ApiRouter
from svarhus.domains.contacts.encoding import EncodingName
from svarhus.domains.contacts.lines import Wishes
from svarhus.domains.contacts.workbook_writing import MEDIA_TYPE
from svarhus.domains.numberlists.model import ListVersion
from svarhus.domains.numberlists.service import FileFormat

router = ApiRouter(prefix="/api", tags=["lists"], responses=PROBLEMS)

RowNumber = Annotated[str, Path(max_length=40, description="As it is shown: `+46701740605`, `+4670*`.")]
OfVersion = Annotated[int | None, Query(ge=0, le=2**31 - 1, description="The newest without it.")]

_BINARY = {"schema": {"type": "string", "format": "binary"}}
_FILE: dict[str, Any] = {MEDIA_TYPE: _BINARY, CSV: _BINARY}


class FileResponse(Response):
    """A workbook or CSV."""


@router.get("/list-sizes")
async def sizes(actor: SignedIn, services: Services) -> tuple[ListSize, ...]:
    """How many rows the lists have, of those that have any."""
    found = await services.organisations.lists.newest(actor)
    return tuple(ListSize(list=key, rows=each.rows, version=each.version) for key, each in found.items())


@router.delete("/lists/{key}", status_code=204, name="delete list")
async def retire(
    key: PartKey, response: Response, actor: SignedIn, services: Services, if_match: IfMatch = None
) -> None:
    """Delete the list, and its rows with all their versions for good."""
    applied = await services.organisations.lists.retire(actor, key, expected(if_match))
    tag(response, applied.revision)


@router.get("/lists/{key}/rows")
async def rows(
    key: PartKey,
    response: Response,
    actor: SignedIn,
    services: Services,
    search: Annotated[str, Query(max_length=200, description="Words, or digits of the number in any form.")] = "",
    version: OfVersion = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> ListRowsShown:
    """By number. The ETag is the version."""
    of_version, found = await services.organisations.lists.rows(actor, key, search, cursor, limit, version)
    tag(response, of_version.version)
    return ListRowsShown.of(of_version, found)


@router.post("/lists/{key}/rows", status_code=201)
async def add(
    key: PartKey, row: ListRowWritten, response: Response, actor: SignedIn, services: Services, if_match: IfMatch = None
) -> ListVersionShown:
    """Put a number on the list. `If-Match`: the version that you have seen."""
    made = await services.organisations.lists.add(actor, key, row.written(), expected(if_match))
    response.headers["Location"] = f"/api/lists/{key}/rows/{made.about}"
    return _made(response, made)


@router.put("/lists/{key}/rows/{number}")
async def change(
    key: PartKey,
    number: RowNumber,
    row: ListRowWritten,
    response: Response,
    actor: SignedIn,
    services: Services,
    if_match: IfMatch = None,
) -> ListVersionShown:
    """Another row in place of one."""
    return _made(
        response, await services.organisations.lists.change(actor, key, number, row.written(), expected(if_match))
    )


@router.post("/lists/{key}/rows/remove")
async def remove(
    key: PartKey, gone: ListRowsGone, response: Response, actor: SignedIn, services: Services, if_match: IfMatch = None
) -> ListVersionShown:
    """Take numbers off the list: all of them, or none when one is not there."""
    return _made(response, await services.organisations.lists.remove(actor, key, gone.numbers, expected(if_match)))


@router.post("/lists/{key}/import", openapi_extra={"requestBody": {"required": True, "content": _FILE}})
async def bring_in(
    key: PartKey,
    request: Request,
    response: Response,
    actor: SignedIn,
    services: Services,
    dry_run: Annotated[bool, Query(description="Only tell what would be done.")] = True,
    replace: Annotated[bool, Query(description="In place of all rows that are there.")] = False,
    skip_faulty: Annotated[bool, Query(description="Bring in the others when some lines are not right.")] = False,
    encoding: Annotated[EncodingName | None, Query(description="Of the file; without it, the likeliest.")] = None,
    column: Annotated[
        list[Annotated[str, Field(max_length=200)]],
        Query(max_length=200, description="What a heading means, `Ring=work`; more than your preferences say."),
    ] = [],  # noqa: B006 - FastAPI reads it, nobody changes it
    note: Annotated[str, Query(max_length=300, description="Kept with the version.")] = "",
    if_match: IfMatch = None,
) -> ListRowsImported:
    """Bring in the rows of a file: an Excel workbook or CSV, with headings in the first line."""
    told = {heading: meaning for heading, _, meaning in (each.rpartition("=") for each in column)}
    found = await services.organisations.lists.bring_in(
        actor,
        key,
        await request.body(),
        Wishes(encoding, told),
        dry_run=dry_run,
        skip_faulty=skip_faulty,
        in_place_of_all=replace,
        note=note,
        expected=expected(if_match),
    )
    tag(response, found.version)
    return ListRowsImported.of(found, dry_run)


@router.get("/lists/{key}/export", response_class=FileResponse, responses={200: {"content": _FILE}})
async def take_out(
    key: PartKey, actor: SignedIn, services: Services, format: FileFormat = "xlsx", version: OfVersion = None
) -> FileResponse:
    """All rows as a file, which can be brought in again. This is noted in the audit log."""
    file = await services.organisations.lists.take_out(actor, key, format, version)
    headers = {"Content-Disposition": f'attachment; filename="{key}.{format}"'}
    return FileResponse(file, media_type=MEDIA_TYPE if format == "xlsx" else f"{CSV}; charset=utf-8", headers=headers)


@router.get("/lists/{key}/versions")
async def versions(
    key: PartKey, actor: SignedIn, services: Services, cursor: Cursor = None, limit: Limit = 50
) -> Paged[ListVersionShown]:
    """The newest first; 200 are kept."""
    return paged((await services.organisations.lists.versions(actor, key, cursor, limit)).map(_shown))


@router.post("/lists/{key}/versions/{version}/restore")
async def restore(
    key: PartKey,
    version: Annotated[int, Path(ge=1, le=2**31 - 1)],
    response: Response,
    actor: SignedIn,
    services: Services,
    if_match: IfMatch = None,
) -> ListVersionShown:
    """The rows of an earlier version, as a new one."""
    return _made(response, await services.organisations.lists.restore(actor, key, version, expected(if_match)))


def _made(response: Response, version: ListVersion) -> ListVersionShown:
    tag(response, version.version)
    return _shown(version)


def _shown(version: ListVersion) -> ListVersionShown:
    return ListVersionShown.model_validate(version)
