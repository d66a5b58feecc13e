"""Your own part in calls in progress: hold, transfer, asking a colleague, keys. Whatever phone you talk with."""

from typing import Annotated

from fastapi import Path

from svarhus.app.api.access import Services, SignedIn
from svarhus.app.api.models.talks import ConsultWith, Keys, Parked, TransferTo
from svarhus.app.api.problems import PROBLEMS
from svarhus.app.api.routing import ApiRouter
from svarhus.kit.ids import CallId

router = ApiRouter(prefix="/api/calls", tags=["calls"], responses=PROBLEMS)

Id = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,120}$")]


@router.post("/{call}/hold", status_code=204)
async def hold(call: Id, actor: SignedIn, services: Services) -> None:
    """Let the one with whom you talk hear music."""
    await services.centre.phones.hold(actor, CallId(call))


@router.post("/{call}/resume", status_code=204)
async def resume(call: Id, actor: SignedIn, services: Services) -> None:
    """Talk again. What else you are talking in is put on hold."""
    await services.centre.phones.resume(actor, CallId(call))


@router.post("/{call}/transfer", status_code=204)
async def transfer(call: Id, wanted: TransferTo, actor: SignedIn, services: Services) -> None:
    """Hand the other one over without asking first. You are free at once."""
    await services.centre.phones.transfer(actor, CallId(call), wanted.to.destination(), wanted.return_after)


@router.post("/{call}/consult", status_code=204)
async def consult(call: Id, wanted: ConsultWith, actor: SignedIn, services: Services) -> None:
    """Ask a person or a number, while the one with whom you talk hears music."""
    await services.centre.phones.consult(actor, CallId(call), wanted.to.destination())


@router.post("/{call}/consult/complete", status_code=204)
async def complete(call: Id, actor: SignedIn, services: Services) -> None:
    """Connect the two others. You are free at once."""
    await services.centre.phones.complete_consult(actor, CallId(call))


@router.post("/{call}/consult/cancel", status_code=204)
async def cancel(call: Id, actor: SignedIn, services: Services) -> None:
    """Let the one whom you ask go, and talk with the first again."""
    await services.centre.phones.cancel_consult(actor, CallId(call))


@router.post("/{call}/consult/swap", status_code=204)
async def swap(call: Id, actor: SignedIn, services: Services) -> None:
    """Talk with the other one of the two, while this one hears music."""
    await services.centre.phones.swap_consult(actor, CallId(call))


@router.post("/{call}/consult/conference", status_code=204)
async def confer(call: Id, actor: SignedIn, services: Services) -> None:
    """Talk with both of the two, who hear each other. Whoever leaves then, the two others talk on."""
    await services.centre.phones.confer(actor, CallId(call))


@router.post("/{call}/recording/begin", status_code=204)
async def begin_recording(call: Id, actor: SignedIn, services: Services) -> None:
    """Record the conversation from here on: where the queue leaves that to its members, or by a right."""
    await services.centre.phones.record(actor, CallId(call), on=True)


@router.post("/{call}/recording/end", status_code=204)
async def end_recording(call: Id, actor: SignedIn, services: Services) -> None:
    """Record it no longer."""
    await services.centre.phones.record(actor, CallId(call), on=False)


@router.post("/{call}/recording/pause", status_code=204)
async def pause_recording(call: Id, actor: SignedIn, services: Services) -> None:
    """Leave out what is said now. The live call says `paused` once that holds."""
    await services.centre.phones.pause_recording(actor, CallId(call), on=True)


@router.post("/{call}/recording/resume", status_code=204)
async def resume_recording(call: Id, actor: SignedIn, services: Services) -> None:
    """Record again what is said."""
    await services.centre.phones.pause_recording(actor, CallId(call), on=False)


@router.post("/{call}/park", status_code=201)
async def park(call: Id, actor: SignedIn, services: Services) -> Parked:
    """Leave the one with whom you talk at a parking place, with music. You are free at once. Whoever may park takes the
    call from there, by `take-parked` or by dialling `*7` and the number of the place; else it comes back to you."""
    return Parked(place=await services.centre.phones.park(actor, CallId(call)))


@router.post("/{call}/take-parked", status_code=204)
async def take_parked(call: Id, actor: SignedIn, services: Services) -> None:
    """Take a call that is parked. Your own phone rings for it."""
    await services.centre.phones.take_parked(actor, CallId(call))


@router.post("/{call}/hang-up", status_code=204)
async def hang_up(call: Id, actor: SignedIn, services: Services) -> None:
    """End your part. A call that is offered is declined; of a consultation the two others are connected."""
    await services.centre.phones.hang_up(actor, CallId(call))


@router.post("/{call}/digits", status_code=204)
async def digits(call: Id, keys: Keys, actor: SignedIn, services: Services) -> None:
    """Press keys for the one with whom you talk. They are kept nowhere."""
    await services.centre.phones.send_keys(actor, CallId(call), keys.digits)
