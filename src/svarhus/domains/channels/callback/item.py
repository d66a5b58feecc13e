"""What the desk shows of a promise that is still to be kept."""

from datetime import timedelta

import msgspec

from svarhus.domains.callbacks.state import Booking
from svarhus.domains.cases.model import CaseRef
from svarhus.domains.channels.item import desk_item
from svarhus.domains.channels.live import Live
from svarhus.domains.channels.model import DeskItem


def booking_item(live: Live, booking: Booking, case: CaseRef) -> DeskItem:
    queue = live.queues.get(booking.queue)
    settings = queue.callbacks if queue else None
    allowed = timedelta(minutes=settings.kept_within_minutes if settings else 10)
    item = desk_item(live, case, booking.queue, booking.booked_at, booking.due_at, allowed, booking.category)
    return msgspec.structs.replace(
        item,
        state=booking.status.value,
        number=booking.number,
        person=booking.person,
        attempts=booking.attempts,
        most_attempts=settings.attempts if settings else None,
        call=booking.attempt_call,
        language=booking.language,
    )
