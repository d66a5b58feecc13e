"""External contacts: one by one, and in bulk from and to a file."""

from typing import Annotated, Any

from fastapi import Path, Query, Request, Response
from pydantic import Field

from svarhus.app.api.access import Services, SignedIn
from svarhus.app.api.models.contacts import ContactShown, ContactWritten, ImportedShown
from svarhus.app.api.problems import PROBLEMS
from svarhus.app.api.routing import ApiRouter
from svarhus.domains.contacts.encoding import EncodingName
from svarhus.domains.contacts.lines import Wishes
from svarhus.domains.contacts.model import ContactId

router = ApiRouter(prefix="/api/contacts", tags=["contacts"], responses=PROBLEMS)

Id = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,120}$")]

CSV = "text/csv"
_FILE: dict[str, Any] = {CSV: {"schema": {"type": "string", "format": "binary"}}}


class CsvResponse(Response):
    media_type = CSV


@router.post("", status_code=201)
async def add(wanted: ContactWritten, actor: SignedIn, services: Services) -> ContactShown:
    return ContactShown.of(await services.centre.switchboard.book.add(actor, wanted.written()))


@router.post("/import", openapi_extra={"requestBody": {"required": True, "content": _FILE}})
async def bring_in(
    request: Request,
    actor: SignedIn,
    services: Services,
    dry_run: Annotated[bool, Query(description="Only tell what would be done.")] = True,
    encoding: Annotated[
        EncodingName | None,
        Query(description="Of the file; without it, the likeliest."),
    ] = None,
    column: Annotated[
        list[Annotated[str, Field(max_length=200)]],
        Query(max_length=200, description="What a heading means, `Wer=name`; more than your preferences say."),
    ] = [],  # noqa: B006 - FastAPI reads it, nobody changes it
    skip_faulty: Annotated[bool, Query(description="Bring in the others when some lines are not right.")] = False,
) -> ImportedShown:
    """Bring in the contacts of a file: CSV or an Excel workbook with headings in the first line, or vCard.

    What headings mean is taken from your preferences, else from the heading; columns that are not known are own fields.
    """
    file = await request.body()
    told = {heading: meaning for heading, _, meaning in (each.rpartition("=") for each in column)}
    found = await services.centre.switchboard.book.bring_in(
        actor, file, Wishes(encoding, told), dry_run=dry_run, skip_faulty=skip_faulty
    )
    return ImportedShown.of(found, dry_run)


@router.get("/export", response_class=CsvResponse, responses={200: {"content": _FILE}})
async def take_out(actor: SignedIn, services: Services) -> CsvResponse:
    """All contacts as a file, which can be brought in again. This is noted in the audit log."""
    text = await services.centre.switchboard.book.take_out(actor)
    headers = {"Content-Disposition": 'attachment; filename="contacts.csv"'}
    return CsvResponse(text.encode(), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/{id}")
async def contact(id: Id, actor: SignedIn, services: Services) -> ContactShown:
    """The whole card. This is noted in the audit log."""
    return ContactShown.of(await services.centre.switchboard.book.contact(actor, ContactId(id)))


@router.put("/{id}")
async def change(id: Id, wanted: ContactWritten, actor: SignedIn, services: Services) -> ContactShown:
    return ContactShown.of(await services.centre.switchboard.book.change(actor, ContactId(id), wanted.written()))


@router.delete("/{id}", status_code=204)
async def remove(id: Id, actor: SignedIn, services: Services) -> None:
    """Delete it for good."""
    await services.centre.switchboard.book.remove(actor, ContactId(id))
