"""The call log."""

from typing import Annotated

from fastapi import Path, Query

from svarhus.app.api.access import Services, SignedIn
from svarhus.app.api.models.calls import (
    AssignmentWanted,
    CallDetails,
    CallLineShown,
    FactShown,
    RaisedWanted,
    SupervisionWanted,
)
from svarhus.app.api.paging import Cursor, Limit, Paged, paged
from svarhus.app.api.problems import PROBLEMS
from svarhus.app.api.routing import ApiRouter
from svarhus.app.api.services import ApiServices
from svarhus.domains.calls.model import CallKind, Outcome
from svarhus.domains.calls.repository import CallFilter, TextFilter
from svarhus.domains.people.rights import Actor, Right, may, oneself
from svarhus.kit.clock import instant
from svarhus.kit.document import Key
from svarhus.kit.ids import CallId, PersonKey, QueueKey
from svarhus.kit.moment import Moment

router = ApiRouter(prefix="/api/calls", tags=["calls"], responses=PROBLEMS)

Id = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,120}$")]
Typed = Annotated[
    str,
    Query(
        min_length=1,
        max_length=100,
        pattern=r"^[^\x00-\x1f\x7f]*$",
        description="A number as typed, E.164, or an extension.",
    ),
]


@router.get("")
async def calls(
    actor: SignedIn,
    services: Services,
    began_from: Annotated[Moment | None, Query(alias="from", description="Began at this moment or later.")] = None,
    began_before: Annotated[Moment | None, Query(alias="to", description="Began before this moment.")] = None,
    number: Typed | None = None,
    queue: Annotated[Key | None, Query(description="In which the caller stood.")] = None,
    person: Annotated[Key | None, Query(description="Who spoke with the caller last.")] = None,
    outcome: Outcome | None = None,
    kind: CallKind | None = None,
    mine: Annotated[bool, Query(description="Only those in which your own phone called, rang or spoke.")] = False,
    unanswered: Annotated[bool, Query(description="Only those in which nobody spoke; of yours, you.")] = False,
    text: Annotated[
        str | None,
        Query(max_length=100, description="Part of a number, or of a caller's, colleague's or queue's name."),
    ] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Paged[CallLineShown]:
    """Calls that are over, the newest first. Everybody may see their own."""
    wanted = CallFilter(
        began_from=instant(began_from) if began_from else None,
        began_before=instant(began_before) if began_before else None,
        number=number,
        queue=QueueKey(queue) if queue else None,
        person=PersonKey(person) if person else None,
        took_part=oneself(actor, "A token has no calls of its own.") if mine else None,
        outcome=outcome,
        kind=kind,
        unanswered=unanswered,
        text=TextFilter(text) if text else None,
    )
    found = await services.centre.calls.calls(actor, wanted, cursor, limit)
    lines = tuple(CallLineShown.model_validate(line) for line in found.items)
    return Paged(items=await _named(actor, services, lines), next=found.next)


async def _named(actor: Actor, services: ApiServices, lines: tuple[CallLineShown, ...]) -> tuple[CallLineShown, ...]:
    """With the names that the directory knows."""
    if not may(actor, Right.SEE_DIRECTORY):
        return lines
    numbers = {line.other_party for line in lines if line.other_party}
    names = await services.centre.switchboard.directory.names(actor, numbers)
    return tuple(line.model_copy(update={"known_as": names.get(line.other_party or "", "")}) for line in lines)


@router.get("/{call}")
async def call(call: Id, actor: SignedIn, services: Services) -> CallDetails:
    """A call that is over, with its stays in queues and its legs."""
    return CallDetails.model_validate(await services.centre.calls.call(actor, CallId(call)))


@router.get("/{call}/journal")
async def journal(
    call: Id, actor: SignedIn, services: Services, cursor: Cursor = None, limit: Limit = 200
) -> Paged[FactShown]:
    """What happened in a call, in order, also while it is in progress. Reading it is noted in the audit log."""
    found = await services.centre.calls.journal(actor, CallId(call), cursor, limit)
    return paged(found.map(FactShown.model_validate))


@router.post("/{call}/supervise", status_code=204)
async def supervise(call: Id, wanted: SupervisionWanted, actor: SignedIn, services: Services) -> None:
    """Listen to a conversation of a member, whisper, join, or take over. Your own phone rings first; said again in the
    call, it goes over to the other way. To end it, hang up."""
    await services.centre.running.supervise(actor, CallId(call), wanted.how, wanted.member)


@router.post("/{call}/raise", status_code=204)
async def raise_call(call: Id, wanted: RaisedWanted, actor: SignedIn, services: Services) -> None:
    """Put a waiting caller before the others in its queue, or back to where it was."""
    await services.centre.running.raise_call(actor, CallId(call), wanted.raised)


@router.post("/{call}/assign", status_code=204)
async def assign(call: Id, wanted: AssignmentWanted, actor: SignedIn, services: Services) -> None:
    """Offer a waiting caller to a colleague who is free. Who declines leaves the caller at the same place."""
    await services.centre.running.assign(actor, CallId(call), wanted.person)


@router.post("/{call}/end", status_code=204)
async def end(call: Id, actor: SignedIn, services: Services) -> None:
    """Take a call in progress down, whatever it is doing."""
    await services.centre.running.end_call(actor, CallId(call))
