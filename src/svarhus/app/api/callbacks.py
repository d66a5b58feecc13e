"""Callbacks: promises to customers, and keeping them."""

from datetime import timedelta
from typing import Annotated, Literal

from fastapi import Path, Query

from svarhus.app.api.access import Services, SignedIn
from svarhus.app.api.calls import Typed
from svarhus.app.api.models.callbacks import (
    CallbackMark,
    CallbackShown,
    CallStarted,
    NewCallback,
    NewTime,
    PlaceShown,
    Settled,
    Settlement,
    Settling,
    UnplacedShown,
    Unsettled,
)
from svarhus.app.api.paging import Cursor, Limit, Paged, page_of, paged
from svarhus.app.api.problems import PROBLEMS
from svarhus.app.api.routing import ApiRouter
from svarhus.app.api.services import ApiServices
from svarhus.domains.callbacks.repository import BookingFilter
from svarhus.domains.callbacks.state import BookingStatus, WhyMoved
from svarhus.domains.cases.model import CaseRef, ChannelName
from svarhus.domains.people.rights import Actor
from svarhus.kit.clock import after, instant
from svarhus.kit.document import Key
from svarhus.kit.errors import Conflict, Invalid, NotFound
from svarhus.kit.ids import BookingId, CategoryKey, QueueKey
from svarhus.kit.moment import Moment

router = ApiRouter(tags=["callbacks"], responses=PROBLEMS)

Id = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,120}$")]
Wanted = BookingStatus | Literal["live", "all"]

A_WEEK = timedelta(days=7)


@router.get("/api/callbacks")
async def callbacks(
    actor: SignedIn,
    services: Services,
    status: Annotated[Wanted, Query(description="`live`: those that are still to be kept.")] = "live",
    queue: Key | None = None,
    number: Typed | None = None,
    category: Key | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Paged[CallbackShown]:
    """By the time at which they are due."""
    about = CategoryKey(category) if category else None
    wanted = BookingFilter(_statuses(status), QueueKey(queue) if queue else None, number, about)
    found = await services.centre.callbacks.callbacks(actor, wanted, cursor, limit)
    return paged(found.map(CallbackShown.model_validate))


@router.get("/api/callbacks/without-place")
async def without_place(
    actor: SignedIn,
    services: Services,
    schedule: Annotated[Key | None, Query(description="Those of this work schedule alone.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Paged[UnplacedShown]:
    """Promises to come for which the work schedule has no place any more, by time. They stand until settled."""
    found = services.centre.running.unplaced(actor, schedule)
    page = page_of(found, lambda booking: f"{booking.due_at.isoformat()} {booking.id}", cursor, limit)
    return paged(page.map(UnplacedShown.model_validate))


@router.post("/api/callbacks/without-place")
async def settle(wanted: Settlement, actor: SignedIn, services: Services) -> Settled:
    """Settle promises without a place, each for itself: what cannot be done for one is done for the others."""
    settled: list[CallbackShown] = []
    failed: list[Unsettled] = []
    for id in wanted.callbacks:
        try:
            await _settle(wanted.do, actor, services, BookingId(id))
        except (Conflict, Invalid, NotFound) as error:
            failed.append(Unsettled(id=id, problem=error.id, detail=error.detail))
        else:
            shown = await services.centre.callbacks.callback(actor, BookingId(id))
            settled.append(CallbackShown.model_validate(shown))
    return Settled(callbacks=tuple(settled), failed=tuple(failed))


async def _settle(do: Settling, actor: Actor, services: ApiServices, booking: BookingId) -> None:
    running = services.centre.running
    match do:
        case Settling.MOVE:
            await running.move(actor, booking, None, why=WhyMoved.NO_PLACE)
        case Settling.KEEP:
            await running.keep(actor, booking)
        case Settling.CALL_NOW:
            await running.call_now(actor, booking)


@router.get("/api/callbacks/{id}")
async def callback(id: Id, actor: SignedIn, services: Services) -> CallbackShown:
    return CallbackShown.model_validate(await services.centre.callbacks.callback(actor, BookingId(id)))


@router.post("/api/callbacks", status_code=201)
async def book(wanted: NewCallback, actor: SignedIn, services: Services) -> CallbackShown:
    """Promise a customer a time: the next free one, or a free place of the queue; or to be called as soon as it can
    be, without one."""
    at = instant(wanted.at) if wanted.at else None
    known = (
        await services.centre.cases.known(actor, CaseRef(ChannelName(wanted.of.kind), wanted.of.id))
        if wanted.of
        else None
    )
    about = CategoryKey(wanted.category) if wanted.category else None
    booking = await services.centre.running.book(
        actor, QueueKey(wanted.queue), wanted.number, at, known, wanted.kind, wanted.email, about
    )
    return CallbackShown.model_validate(await services.centre.callbacks.callback(actor, booking))


@router.post("/api/callbacks/{id}/start", status_code=201)
async def start(id: Id, actor: SignedIn, services: Services) -> CallStarted:
    """Take it, ring your own phone and, when you have answered, the customer."""
    return CallStarted(call=await services.centre.running.start(actor, BookingId(id)))


@router.post("/api/callbacks/{id}/mark")
async def mark(id: Id, wanted: CallbackMark, actor: SignedIn, services: Services) -> CallbackShown:
    """Say after an attempt whether the customer was reached. Unreached, the next attempt is planned for anybody."""
    await services.centre.running.mark(actor, BookingId(id), wanted.answered)
    return CallbackShown.model_validate(await services.centre.callbacks.callback(actor, BookingId(id)))


@router.post("/api/callbacks/{id}/move")
async def move(id: Id, wanted: NewTime, actor: SignedIn, services: Services) -> CallbackShown:
    """Promise another time, at the customer's wish: the next free one, or a free place of the queue or another one.

    Also while the customer is being talked with in the attempt: it is over then, and the next call is at that time."""
    at, queue = instant(wanted.at) if wanted.at else None, QueueKey(wanted.queue) if wanted.queue else None
    await services.centre.running.move(actor, BookingId(id), at, queue)
    return CallbackShown.model_validate(await services.centre.callbacks.callback(actor, BookingId(id)))


@router.delete("/api/callbacks/{id}", status_code=204)
async def cancel(id: Id, actor: SignedIn, services: Services) -> None:
    """Take the promise back, at the customer's wish."""
    await services.centre.running.cancel(actor, BookingId(id))


@router.get("/api/queues/{key}/places", tags=["queues"])
async def places(
    key: Annotated[Key, Path()],
    actor: SignedIn,
    services: Services,
    first: Annotated[Moment | None, Query(alias="from", description="Default: now.")] = None,
    last: Annotated[Moment | None, Query(alias="to", description="Default: a week after the first.")] = None,
    category: Annotated[Key | None, Query(description="What it is to be about; default: as the queue says.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Paged[PlaceShown]:
    """The times of the queue's work schedule that can still be promised, in order."""
    begin = instant(first) if first else None
    end = instant(last) if last else after(begin or services.clock.now(), A_WEEK)
    about = CategoryKey(category) if category else None
    free = services.centre.running.slots(actor, QueueKey(key), begin, end, about)
    page = page_of(free, lambda slot: slot.at.isoformat(), cursor, limit)
    return paged(page.map(PlaceShown.model_validate))


def _statuses(wanted: Wanted) -> tuple[BookingStatus, ...] | None:
    if wanted == "all":
        return None
    if wanted == "live":
        return tuple(status for status in BookingStatus if status.live)
    return (BookingStatus(wanted),)
