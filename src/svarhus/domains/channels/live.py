"""What a channel sees of the running organisation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from svarhus.domains.callbacks.state import Booking
from svarhus.domains.calls.model import Call, Leg
from svarhus.domains.channels.model import Kept
from svarhus.domains.queues.model import Queue
from svarhus.domains.queues.offer import Offer
from svarhus.domains.queues.place import Place
from svarhus.kit.ids import BookingId, CallId, LegId, OfferId, QueueKey


@dataclass(frozen=True)
class Live:
    """As it stands now. For reading only."""

    calls: Mapping[CallId, Call]
    legs: Mapping[LegId, Leg]
    place_of: Callable[[CallId], Place | None]
    """Where the call waits."""
    offers: Mapping[OfferId, Offer]
    bookings: Mapping[BookingId, Booking]
    kept: Mapping[str, Kept]
    """By the cases' keys: what waits and does nothing by itself."""
    queues: Mapping[QueueKey, Queue]
    position: Callable[[Place], int]
    """In its queue, from 1."""
