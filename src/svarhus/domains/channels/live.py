"""What a channel sees of the running organisation."""

from collections.abc import Callable, Mapping

import msgspec

from svarhus.domains.callbacks.state import Booking
from svarhus.domains.calls.model import Call, Leg
from svarhus.domains.cases.model import NO_MARKS, CaseRef, Marks
from svarhus.domains.cases.state import Episode
from svarhus.domains.categories.model import Category
from svarhus.domains.queues.model import Queue
from svarhus.domains.queues.offer import Offer
from svarhus.domains.queues.place import Place
from svarhus.kit.ids import BookingId, CallId, CategoryKey, LegId, OfferId, QueueKey


class Live(msgspec.Struct, frozen=True):
    """As it stands now. For reading only."""

    calls: Mapping[CallId, Call]
    legs: Mapping[LegId, Leg]
    place_of: Callable[[CallId], Place | None]
    """Where the call waits."""
    offers: Mapping[OfferId, Offer]
    bookings: Mapping[BookingId, Booking]
    episodes: Mapping[str, Episode]
    """Of cases, by their keys: those that are open. A call has one when there is something to keep of it."""
    queues: Mapping[QueueKey, Queue]
    categories: Mapping[CategoryKey, Category]
    position: Callable[[Place], int]
    """In its queue, from 1."""

    def marks_of(self, ref: CaseRef) -> Marks:
        """What people have added to it."""
        episode = self.episodes.get(ref.key)
        return episode.marks if episode else NO_MARKS
