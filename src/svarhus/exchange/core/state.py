"""The live state of an organisation: what its facts fold to.

Only `svarhus.exchange.core.fold` changes it. It holds no clock, no connection, and nothing that cannot be
had again from the journal.
"""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable
from datetime import date
from heapq import heapify, heappop, heappush

import msgspec

from svarhus.domains.callbacks.state import Booking, KeptPlace
from svarhus.domains.calls.model import Call, Leg
from svarhus.domains.presence.state import Agent
from svarhus.domains.queues.state import Offer, Wait, Waiting
from svarhus.exchange.core.facts import Purpose
from svarhus.kit.clock import Instant
from svarhus.kit.ids import BookingId, CallId, LegId, OrganisationId, PersonKey, QueueKey, TimerId

Topic = tuple[str, str]
"""What a change is about: the kind (`calls`, `queues`, `agents`, `phone`, `bookings`, `voicemails`) and the key."""

FORMAT = 2
"""Raised when a stored snapshot of an older shape cannot be read any more."""


class Timer(msgspec.Struct, frozen=True):
    due: Instant
    purpose: Purpose
    call: CallId | None


class Stored(msgspec.Struct):
    """The part of the state that a snapshot keeps."""

    format: int = FORMAT
    seq: int = 0
    """The number of the last fact that is folded in."""
    revision: int = 0
    calls: dict[CallId, Call] = {}
    legs: dict[LegId, Leg] = {}
    waiting: dict[CallId, Waiting] = {}
    offers: dict[LegId, Offer] = {}
    agents: dict[PersonKey, Agent] = {}
    bookings: dict[BookingId, Booking] = {}
    kept_places: dict[CallId, KeptPlace] = {}
    """Places that callers are being offered, also those that are kept no longer."""
    withheld_places: tuple[KeptPlace, ...] = ()
    """Places that nobody is offered for a while, also those that are withheld no longer."""
    timers: dict[TimerId, Timer] = {}
    reachable: set[str] = set()
    waits: dict[QueueKey, tuple[Wait, ...]] = {}
    calls_begun: int = 0
    legs_begun: int = 0
    prompts_begun: int = 0
    joins_begun: int = 0
    recordings_begun: int = 0
    arrivals: int = 0
    bookings_made: int = 0
    returning: set[CallId] = set()
    """Calls that wait for the one who handed them over."""
    outgoing_day: date | None = None
    """The local day that `outgoing_today` counts."""
    outgoing_today: int = 0


class State:
    """A stored state with what is derived from it, for quick decisions."""

    def __init__(self, organisation: OrganisationId, stored: Stored | None = None) -> None:
        self.organisation = organisation
        self.stored = stored or Stored()
        kept = self.stored
        self.calls, self.legs, self.agents = kept.calls, kept.legs, kept.agents
        self.waiting, self.offers = kept.waiting, kept.offers
        self.bookings, self.timers = kept.bookings, kept.timers
        self.kept_places = kept.kept_places
        self.touched: set[Topic] = set()
        """What has changed since this was last emptied, for those who are watching."""
        self.lines: dict[QueueKey, list[tuple[tuple[int, int], CallId]]] = {}
        """Who waits in each queue, best rank first."""
        self.places: dict[str, dict[Instant, int]] = {}
        """Places sold, by schedule and time."""
        self.promises: dict[tuple[QueueKey, str], BookingId] = {}
        """The live booking of each queue and number."""
        self.promised_to: dict[str, set[BookingId]] = {}
        """The live bookings of each number, in all queues."""
        self.free: set[PersonKey] = {agent.person for agent in self.agents.values() if agent.free}
        """Members who may be rung."""
        self.outside_legs: set[LegId] = {leg.id for leg in self.legs.values() if leg.outside}
        self._heap = [(timer.due, key) for key, timer in self.timers.items()]
        heapify(self._heap)
        for waiting in self.waiting.values():
            self.stand(waiting)
        for booking in self.bookings.values():
            self.promise(booking)

    # ---- derived: who waits

    def stand(self, waiting: Waiting) -> None:
        insort(self.lines.setdefault(waiting.queue, []), (waiting.rank, waiting.call))

    def leave(self, waiting: Waiting) -> None:
        line = self.lines[waiting.queue]
        del line[bisect_left(line, (waiting.rank, waiting.call))]

    def position(self, waiting: Waiting) -> int:
        """Place in the queue, from 1."""
        return bisect_left(self.lines[waiting.queue], (waiting.rank, waiting.call)) + 1

    def next_unserved(self, queues: Iterable[QueueKey]) -> Waiting | None:
        """Whose turn it is in these queues: the best rank among those for whom no phone rings."""
        heads = (head for queue in queues if (head := self._first_unserved(queue)))
        return min(heads, key=lambda waiting: waiting.rank, default=None)

    def _first_unserved(self, queue: QueueKey) -> Waiting | None:
        standing = (self.waiting[call] for _, call in self.lines.get(queue, ()))
        return next((waiting for waiting in standing if waiting.offer is None), None)

    def next_position(self, queue: QueueKey, priority: int) -> int:
        """The place, from 1, that a caller would get now."""
        return bisect_left(self.lines.get(queue, ()), ((-priority, self.stored.arrivals + 1),)) + 1

    def logged_in(self, queue: QueueKey) -> int:
        """Members logged in to the queue."""
        return sum(queue in agent.queues for agent in self.agents.values())

    # ---- derived: promises

    def promise(self, booking: Booking) -> None:
        self.promises[booking.queue, booking.number] = booking.id
        self.promised_to.setdefault(booking.number, set()).add(booking.id)
        taken = self.places.setdefault(booking.schedule, {})
        taken[booking.promised_at] = taken.get(booking.promised_at, 0) + 1

    def unpromise(self, booking: Booking) -> None:
        self.promises.pop((booking.queue, booking.number), None)
        theirs = self.promised_to.get(booking.number, set())
        theirs.discard(booking.id)
        if not theirs:
            self.promised_to.pop(booking.number, None)
        taken = self.places[booking.schedule]
        taken[booking.promised_at] -= 1
        if not taken[booking.promised_at]:
            del taken[booking.promised_at]

    def taken(self, schedule: str, now: Instant, but: CallId | None) -> dict[Instant, int]:
        """Places that are sold, withheld, or kept for callers other than `but`."""
        sold = self.places.get(schedule, {})
        kept = [
            place.at
            for call, place in self.kept_places.items()
            if place.schedule == schedule and place.until > now and call != but
        ]
        withheld = self.stored.withheld_places
        kept += [place.at for place in withheld if place.schedule == schedule and place.until > now]
        return sold if not kept else {**sold, **{at: sold.get(at, 0) + count for at, count in Counter(kept).items()}}

    # ---- derived: time

    def set_timer(self, key: TimerId, timer: Timer) -> None:
        self.timers[key] = timer
        heappush(self._heap, (timer.due, key))

    def next_due(self) -> Instant | None:
        """When the earliest timer is due."""
        while self._heap:
            due, key = self._heap[0]
            timer = self.timers.get(key)
            if timer is not None and timer.due == due:
                return due
            heappop(self._heap)
        return None

    def due(self, now: Instant) -> Iterable[TimerId]:
        """Timers that are due, earliest first. The caller clears each by a fact."""
        while (earliest := self.next_due()) is not None and earliest <= now:
            _, key = heappop(self._heap)
            yield key

    def touch(self, kind: str, key: str) -> None:
        self.touched.add((kind, key))
