"""External contacts: one by one, and in bulk from and to a file."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from svarhus.app.api.access import Services, SignedIn
from svarhus.app.api.problems import PROBLEMS
from svarhus.domains.contacts.model import ContactId
from svarhus.domains.contacts.schemas import ContactShown, ContactWritten, ImportedShown

router = APIRouter(prefix="/api/contacts", tags=["contacts"], responses=PROBLEMS)

Id = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,120}$")]

CSV = "text/csv"
_FILE: dict[str, Any] = {CSV: {"schema": {"type": "string", "format": "binary"}}}


class CsvResponse(Response):
    media_type = CSV


@router.post("", status_code=201)
async def add(wanted: ContactWritten, actor: SignedIn, services: Services) -> ContactShown:
    return ContactShown.of(await services.contacts.switchboard.book.add(actor, wanted.written()))


@router.post("/import", openapi_extra={"requestBody": {"required": True, "content": _FILE}})
async def bring_in(
    request: Request,
    actor: SignedIn,
    services: Services,
    dry_run: Annotated[bool, Query(description="Only tell what would be done.")] = True,
    skip_faulty: Annotated[bool, Query(description="Bring in the others when some lines are not right.")] = False,
) -> ImportedShown:
    """Bring in the contacts of a file (CSV, headings in the first line); columns that are not known are own fields."""
    file = await request.body()
    found = await services.contacts.switchboard.book.bring_in(actor, file, dry_run=dry_run, skip_faulty=skip_faulty)
    return ImportedShown.of(found, dry_run)


@router.get("/export", response_class=CsvResponse, responses={200: {"content": _FILE}})
async def take_out(actor: SignedIn, services: Services) -> CsvResponse:
    """All contacts as a file, which can be brought in again. This is noted in the audit log."""
    text = await services.contacts.switchboard.book.take_out(actor)
    headers = {"Content-Disposition": 'attachment; filename="contacts.csv"'}
    return CsvResponse(text.encode(), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/{id}")
async def contact(id: Id, actor: SignedIn, services: Services) -> ContactShown:
    """The whole card. This is noted in the audit log."""
    return ContactShown.of(await services.contacts.switchboard.book.contact(actor, ContactId(id)))


@router.put("/{id}")
async def change(id: Id, wanted: ContactWritten, actor: SignedIn, services: Services) -> ContactShown:
    return ContactShown.of(await services.contacts.switchboard.book.change(actor, ContactId(id), wanted.written()))


@router.delete("/{id}", status_code=204)
async def remove(id: Id, actor: SignedIn, services: Services) -> None:
    """Delete it for good."""
    await services.contacts.switchboard.book.remove(actor, ContactId(id))
