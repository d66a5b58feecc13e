"""The call log."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from svarhus.app.api.access import Services, SignedIn
from svarhus.app.api.paging import Cursor, Limit, Paged, paged
from svarhus.app.api.problems import PROBLEMS
from svarhus.domains.calls.model import CallKind, Outcome
from svarhus.domains.calls.repository import CallFilter
from svarhus.domains.calls.schemas import CallDetails, CallShown, FactShown
from svarhus.kit.clock import instant
from svarhus.kit.document import Key
from svarhus.kit.ids import CallId, PersonKey, QueueKey
from svarhus.kit.moment import Moment

router = APIRouter(prefix="/api/calls", tags=["calls"], responses=PROBLEMS)

Id = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,120}$")]
Typed = Annotated[
    str, Query(pattern=r"^[0-9A-Za-z +()./#*-]{1,40}$", description="A number as typed, E.164, or an extension.")
]


@router.get("")
async def calls(
    actor: SignedIn,
    services: Services,
    began_from: Annotated[Moment | None, Query(alias="from", description="Began at this moment or later.")] = None,
    began_before: Annotated[Moment | None, Query(alias="to", description="Began before this moment.")] = None,
    number: Typed | None = None,
    queue: Key | None = None,
    person: Key | None = None,
    outcome: Outcome | None = None,
    kind: CallKind | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Paged[CallShown]:
    """Calls that are over, the newest first."""
    wanted = CallFilter(
        began_from=instant(began_from) if began_from else None,
        began_before=instant(began_before) if began_before else None,
        number=number,
        queue=QueueKey(queue) if queue else None,
        person=PersonKey(person) if person else None,
        outcome=outcome,
        kind=kind,
    )
    found = await services.contacts.calls.calls(actor, wanted, cursor, limit)
    return paged(found.map(CallShown.model_validate))


@router.get("/{call}")
async def call(call: Id, actor: SignedIn, services: Services) -> CallDetails:
    """A call that is over, with its stays in queues and its legs."""
    return CallDetails.model_validate(await services.contacts.calls.call(actor, CallId(call)))


@router.get("/{call}/journal")
async def journal(
    call: Id, actor: SignedIn, services: Services, cursor: Cursor = None, limit: Limit = 200
) -> Paged[FactShown]:
    """What happened in a call, in order, also while it is in progress. Reading it is noted in the audit log."""
    found = await services.contacts.calls.journal(actor, CallId(call), cursor, limit)
    return paged(found.map(FactShown.model_validate))


@router.post("/{call}/end", status_code=204)
async def end(call: Id, actor: SignedIn, services: Services) -> None:
    """Take a call in progress down, whatever it is doing."""
    await services.contacts.running.end_call(actor, CallId(call))
