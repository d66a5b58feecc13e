"""What the desk shows of a promise that is still to be kept."""

from datetime import timedelta

import msgspec

from svarhus.domains.callbacks.state import Booking, BookingStatus
from svarhus.domains.cases.model import CaseRef
from svarhus.domains.channels.item import desk_item
from svarhus.domains.channels.live import Live
from svarhus.domains.channels.model import DeskItem
from svarhus.domains.queues.carrying import CarriedOut
from svarhus.domains.queues.model import Queue
from svarhus.domains.queues.place import LeftPlace
from svarhus.kit.clock import after
from svarhus.kit.ids import PersonKey


def booking_item(live: Live, booking: Booking, case: CaseRef) -> DeskItem:
    queue = live.queues.get(booking.queue)
    if booking.kept:
        return _kept_place_item(live, booking, booking.kept, queue, case)
    settings = queue.callbacks if queue else None
    allowed = timedelta(minutes=settings.kept_within_minutes if settings else 10)
    item = desk_item(live, case, booking.queue, booking.booked_at, booking.due_at, allowed, booking.category)
    shown = _as_it_stands(item, booking, settings.attempts if settings else None)
    rung = _rung(live, booking)
    # While nobody is rung, there is no call to be shown yet.
    return msgspec.structs.replace(
        shown,
        person=rung or shown.person,
        call=booking.attempt_call or (booking.standing if rung else None),
        automatic=settings is not None and settings.carried_out is CarriedOut.AUTOMATIC,
    )


def _kept_place_item(live: Live, booking: Booking, kept: LeftPlace, queue: Queue | None, case: CaseRef) -> DeskItem:
    """Among the callers who wait, by when the wait began; between attempts, when the next one is due."""
    allowed = timedelta(seconds=kept.service_level or (queue.service_level if queue else 90))
    by_turn = after(kept.entered_at, allowed)
    due_at = booking.due_at if booking.attempts and booking.attempt_call is None else by_turn
    item = desk_item(live, case, booking.queue, booking.booked_at, due_at, allowed, booking.category)
    settings = queue.keeps_places if queue else None
    shown = _as_it_stands(item, booking, settings.attempts if settings else None)
    waits = booking.status is BookingStatus.BOOKED
    return msgspec.structs.replace(shown, kept=True, person=_rung(live, booking) if waits else booking.person)


def _rung(live: Live, booking: Booking) -> PersonKey | None:
    """Whose phone rings because it is its turn, or that of what is due."""
    call = booking.attempt_call or booking.standing
    place = live.place_of(call) if call else None
    return live.offers[place.offers[0]].person if place and place.offers else None


def _as_it_stands(item: DeskItem, booking: Booking, most_attempts: int | None) -> DeskItem:
    return msgspec.structs.replace(
        item,
        state=booking.status.value,
        number=booking.number,
        person=booking.person,
        attempts=booking.attempts,
        most_attempts=most_attempts or None,
        call=booking.attempt_call,
        language=booking.language,
        promise=booking.kind.value,
        last_attempt_at=booking.again_at or booking.first_attempt_at,
    )
