"""Cases: calls, callbacks and voicemails, with what people have noted, marked and done."""

from typing import Annotated

from fastapi import Body, Path

from svarhus.app.api.access import Services, SignedIn
from svarhus.app.api.models.desk import (
    CaseShown,
    EarlierShown,
    Kind,
    NewNote,
    Take,
    WantedPriority,
    WantedTag,
    case_shown,
)
from svarhus.app.api.paging import Cursor, Limit, Paged, paged
from svarhus.app.api.problems import PROBLEMS
from svarhus.app.api.routing import ApiRouter
from svarhus.domains.cases.model import CaseRef
from svarhus.kit.document import Key
from svarhus.kit.ids import CallId, PersonKey

router = ApiRouter(prefix="/api/cases/{kind}/{id}", tags=["cases"], responses=PROBLEMS)

Id = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,120}$")]
NoteId = Annotated[str, Path(pattern=r"^[a-f0-9]{1,32}$")]


@router.get("")
async def case(kind: Kind, id: Id, actor: SignedIn, services: Services) -> CaseShown:
    """All of it, also when it is over. Opening it is noted in the audit log."""
    return case_shown(await services.centre.cases.open(actor, CaseRef(kind, id)))


@router.get("/earlier")
async def earlier(
    kind: Kind, id: Id, actor: SignedIn, services: Services, cursor: Cursor = None, limit: Limit = 20
) -> Paged[EarlierShown]:
    """Calls, callbacks and voicemails of the same number, the newest first, with this one among them."""
    found = await services.centre.cases.earlier(actor, CaseRef(kind, id), cursor, limit)
    return paged(found.map(EarlierShown.model_validate))


@router.post("/take")
async def take(
    kind: Kind, id: Id, actor: SignedIn, services: Services, wanted: Annotated[Take | None, Body()] = None
) -> CaseShown:
    """Take care of it. When somebody else does so already it is a conflict, unless they are named.

    A waiting call is answered: your phone rings for it, whoever's turn it is.
    """
    if services.centre.cases.channels.of(kind).by_ringing:
        await services.centre.running.pick(actor, CallId(id))
        return case_shown(await services.centre.cases.open(actor, CaseRef(kind, id)))
    instead_of = PersonKey(wanted.instead_of) if wanted and wanted.instead_of else None
    return case_shown(await services.centre.cases.take(actor, CaseRef(kind, id), instead_of))


@router.delete("/take")
async def release(kind: Kind, id: Id, actor: SignedIn, services: Services) -> CaseShown:
    """Let others take it."""
    return case_shown(await services.centre.cases.release(actor, CaseRef(kind, id)))


@router.put("/priority")
async def prioritise(kind: Kind, id: Id, wanted: WantedPriority, actor: SignedIn, services: Services) -> CaseShown:
    """Give it a priority by hand. What is overdue rises from there."""
    return case_shown(await services.centre.cases.prioritise(actor, CaseRef(kind, id), wanted.priority))


@router.post("/notes", status_code=201)
async def add_note(kind: Kind, id: Id, wanted: NewNote, actor: SignedIn, services: Services) -> CaseShown:
    return case_shown(await services.centre.cases.note(actor, CaseRef(kind, id), wanted.text))


@router.put("/notes/{note}")
async def edit_note(
    kind: Kind, id: Id, note: NoteId, wanted: NewNote, actor: SignedIn, services: Services
) -> CaseShown:
    """Say it otherwise. Only its author may; what it said is kept."""
    return case_shown(await services.centre.cases.edit_note(actor, CaseRef(kind, id), note, wanted.text))


@router.post("/tags")
async def add_tag(kind: Kind, id: Id, wanted: WantedTag, actor: SignedIn, services: Services) -> CaseShown:
    """Mark it with one of the tags that its queue may use."""
    return case_shown(await services.centre.cases.tag(actor, CaseRef(kind, id), wanted.tag))


@router.delete("/tags/{tag}")
async def remove_tag(kind: Kind, id: Id, tag: Annotated[Key, Path()], actor: SignedIn, services: Services) -> CaseShown:
    return case_shown(await services.centre.cases.untag(actor, CaseRef(kind, id), tag))


@router.post("/handled")
async def handled(kind: Kind, id: Id, actor: SignedIn, services: Services) -> CaseShown:
    """A message is answered. Callbacks are marked instead, and calls are over by themselves."""
    return case_shown(await services.centre.cases.handle(actor, CaseRef(kind, id)))


@router.delete("/handled")
async def reopened(kind: Kind, id: Id, actor: SignedIn, services: Services) -> CaseShown:
    """It is to be answered after all."""
    return case_shown(await services.centre.cases.reopen(actor, CaseRef(kind, id)))
