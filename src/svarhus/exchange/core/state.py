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

from svarhus.domains.callbacks.state import Booking, KeptSlot
from svarhus.domains.calls.conversation import Conversation
from svarhus.domains.calls.model import Call, Leg
from svarhus.domains.calls.purpose import Supervising
from svarhus.domains.cases.state import Case, Episode
from svarhus.domains.presence.state import Agent
from svarhus.domains.queues.alerts import Alert
from svarhus.domains.queues.closing import Closing
from svarhus.domains.queues.matching import Matching
from svarhus.domains.queues.offer import Offer
from svarhus.domains.queues.place import Place
from svarhus.domains.queues.state import LetThrough, Wait
from svarhus.domains.schedules.reserving import Asked, Demand
from svarhus.exchange.core.facts import TimerPurpose
from svarhus.kit.clock import Instant
from svarhus.kit.ids import (
    BookingId,
    CallId,
    CaseId,
    ConversationId,
    LegId,
    OfferId,
    OrganisationId,
    PersonKey,
    PlaceId,
    QueueKey,
    TimerId,
)

Topic = tuple[str, str]
"""What a change is about: the kind (`calls`, `queues`, `agents`, `phone`, `bookings`, `voicemails`,
`cases`, `schedules`) and the key."""


class Timer(msgspec.Struct, frozen=True):
    due: Instant
    purpose: TimerPurpose
    call: CallId | None


class Stored(msgspec.Struct):
    """The part of the state that a snapshot keeps (see `snapshots`, before you change a field)."""

    seq: int = 0
    """The number of the last fact that is folded in."""
    revision: int = 0
    calls: dict[CallId, Call] = {}
    legs: dict[LegId, Leg] = {}
    conversations: dict[ConversationId, Conversation] = {}
    places: dict[PlaceId, Place] = {}
    offers: dict[OfferId, Offer] = {}
    agents: dict[PersonKey, Agent] = {}
    bookings: dict[BookingId, Booking] = {}
    kept_slots: dict[CallId, KeptSlot] = msgspec.field(name="kept_places", default_factory=dict)
    """Times that callers are being offered, also those that are kept no longer."""
    withheld_slots: tuple[KeptSlot, ...] = msgspec.field(name="withheld_places", default=())
    """Times that nobody is offered for a while, also those that are withheld no longer."""
    alerts: dict[str, Alert] = {}
    """Those that are not over, by queue and rule."""
    alerts_raised: int = 0
    cases: dict[CaseId, Case] = {}
    episodes: dict[str, Episode] = {}
    """Of cases, by their keys: those that are open and that people may add something to."""
    cases_taken_over: bool = False
    """What was kept of cases beside the journal is in it."""
    timers: dict[TimerId, Timer] = {}
    reachable: set[str] = set()
    waits: dict[QueueKey, tuple[Wait, ...]] = {}
    closed: dict[QueueKey, Closing] = {}
    """Queues that are closed for now."""
    rung_last: dict[QueueKey, PersonKey] = {}
    """In queues whose members take turns: who had the last turn."""
    let_through: dict[QueueKey, LetThrough] = {}
    """Of queues whose pace a schedule sets."""
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
        self.conversations = kept.conversations
        self.places, self.offers = kept.places, kept.offers
        self.bookings, self.timers = kept.bookings, kept.timers
        self.cases, self.episodes = kept.cases, kept.episodes
        self.alerts = kept.alerts
        self.kept_slots = kept.kept_slots
        self.touched: set[Topic] = set()
        """What has changed since this was last emptied, for those who are watching."""
        self.matching = Matching()
        """Who waits in each queue, and who may be rung there."""
        self.ready_by: int | None = None
        """The revision by which it is known who may be rung; None when that is not known yet."""
        self.stirred: set[PersonKey] = set()
        """People of whom it may have changed since."""
        self.stirred_phones: set[str] = set()
        """Phones of which it may have changed since, by SIP user."""
        self.resounding: set[PlaceId] = set()
        """Places of which the offers have changed, or ring by now: what is heard there may be another thing."""
        self.staff: Counter[QueueKey] = Counter()
        """Members logged in to each queue."""
        self.paused: Counter[QueueKey] = Counter()
        """Those of them who have paused."""
        self.sold: dict[str, dict[Instant, int]] = {}
        """Times sold, by schedule."""
        self._sold_times: dict[str, list[Instant]] = {}
        """The same times, in order."""
        self.sold_for: dict[str, dict[Instant, Counter[Asked]]] = {}
        """And for what, where places may be kept for some."""
        self.due_bookings: dict[QueueKey, set[BookingId]] = {}
        """Those of each queue that it is time to carry out, and that stand nowhere."""
        self.live_bookings: dict[tuple[QueueKey, str], BookingId] = {}
        """The live booking of each queue and number."""
        self.live_bookings_to: dict[str, set[BookingId]] = {}
        """The live bookings of each number, in all queues."""
        self.kept_places: Counter[QueueKey] = Counter()
        """Promises of each queue to call somebody at the turn."""
        self.outside_legs: set[LegId] = {leg.id for leg in self.legs.values() if leg.outside}
        self.supervising: set[LegId] = {leg.id for leg in self.legs.values() if isinstance(leg.purpose, Supervising)}
        """Legs that came for a conversation of others."""
        self._heap = [(timer.due, key) for key, timer in self.timers.items()]
        heapify(self._heap)
        self._place_of: dict[CallId, PlaceId] = {}
        self.standing: Counter[QueueKey] = Counter()
        """Callbacks that stand in each queue, with nobody on the line."""
        for place in self.places.values():
            self._stand(place)
        for agent in self.agents.values():
            self.staff.update(agent.queues)
            self.paused.update(agent.queues if agent.pause else ())
        for booking in self.bookings.values():
            self.book(booking)
            if booking.is_to_stand:
                self.due_bookings.setdefault(booking.queue, set()).add(booking.id)

    # ---- who waits

    def place_of(self, call: CallId) -> Place | None:
        """Where the call waits."""
        found = self._place_of.get(call)
        return None if found is None else self.places[found]

    def stand(self, place: Place) -> None:
        """Somebody waits there from now on."""
        self.places[place.id] = place
        self._stand(place)

    def _stand(self, place: Place) -> None:
        self._place_of[place.call] = place.id
        self.standing[place.queue] += place.to_call_back
        self.matching.stand(place)

    def leave(self, place: Place) -> None:
        """Nobody waits there any more."""
        del self.places[place.id], self._place_of[place.call]
        self.standing[place.queue] -= place.to_call_back
        self.matching.leave(place)

    def callers(self, queue: QueueKey) -> int:
        """How many wait in the queue on the line."""
        return self.matching.waiting(queue) - self.standing[queue]

    def set_place(self, place: Place) -> None:
        """Something has changed of it: who is asked to take it, or was."""
        before, self.places[place.id] = self.places[place.id], place
        self.matching.changed(before, place)
        self.resounding.add(place.id)
        if place.kept_for:
            self.touch("bookings", place.kept_for)

    def offer_at(self, leg: LegId) -> Offer | None:
        """For what the member's phone rings."""
        return self.offers.get(OfferId(leg))

    def offered_legs(self, person: PersonKey) -> list[LegId]:
        """The person's legs that ring for somebody who waits; not the one that has picked up for a kept place."""
        agent = self.agents.get(person)
        offers = ((leg, self.offer_at(leg)) for leg in (agent.legs if agent else ()))
        return sorted(leg for leg, offer in offers if offer and not offer.taken)

    def call_of(self, offer: Offer) -> CallId:
        return self.places[offer.place].call

    def logged_in(self, queue: QueueKey) -> int:
        """Members logged in to the queue."""
        return self.staff[queue]

    def set_agent(self, agent: Agent) -> None:
        before = self.agents.get(agent.person)
        self.staff.subtract(before.queues if before else ())
        self.staff.update(agent.queues)
        self.paused.subtract(before.queues if before and before.pause else ())
        self.paused.update(agent.queues if agent.pause else ())
        self.agents[agent.person] = agent
        self.stirred.add(agent.person)
        self.touch("agents", agent.person)

    # ---- derived: bookings

    def book(self, booking: Booking) -> None:
        self.live_bookings[booking.queue, booking.number] = booking.id
        self.live_bookings_to.setdefault(booking.number, set()).add(booking.id)
        if booking.kept:
            self.kept_places[booking.queue] += 1
        if booking.promised_at:
            self.touch("schedules", booking.schedule)
            taken = self.sold.setdefault(booking.schedule, {})
            if booking.promised_at not in taken:
                insort(self._sold_times.setdefault(booking.schedule, []), booking.promised_at)
            taken[booking.promised_at] = taken.get(booking.promised_at, 0) + 1
            sold_for = self.sold_for.setdefault(booking.schedule, {}).setdefault(booking.promised_at, Counter())
            sold_for[Asked(booking.category, booking.language)] += 1

    def unbook(self, booking: Booking) -> None:
        self.live_bookings.pop((booking.queue, booking.number), None)
        theirs = self.live_bookings_to.get(booking.number, set())
        theirs.discard(booking.id)
        if not theirs:
            self.live_bookings_to.pop(booking.number, None)
        if booking.kept:
            self.kept_places[booking.queue] -= 1
        if booking.promised_at:
            self.touch("schedules", booking.schedule)
            taken = self.sold[booking.schedule]
            taken[booking.promised_at] -= 1
            self.sold_for[booking.schedule][booking.promised_at][Asked(booking.category, booking.language)] -= 1
            if not taken[booking.promised_at]:
                del taken[booking.promised_at], self.sold_for[booking.schedule][booking.promised_at]
                times = self._sold_times[booking.schedule]
                del times[bisect_left(times, booking.promised_at)]

    def set_booking(self, booking: Booking) -> None:
        """Something has changed of it."""
        before, self.bookings[booking.id] = self.bookings[booking.id], booking
        if before.is_to_stand:
            self.due_bookings[before.queue].discard(before.id)
            if not self.due_bookings[before.queue]:
                del self.due_bookings[before.queue]
        if booking.is_to_stand:
            self.due_bookings.setdefault(booking.queue, set()).add(booking.id)
        self.touch("bookings", booking.id)

    def taken(self, schedule: str, now: Instant, but: CallId | None) -> dict[Instant, int]:
        """Times that are sold, withheld, or kept for callers other than `but`."""
        sold = self.sold.get(schedule, {})
        kept = [slot.at for slot in self._kept(schedule, now, but)]
        return sold if not kept else {**sold, **{at: sold.get(at, 0) + count for at, count in Counter(kept).items()}}

    def taken_between(self, schedule: str, start: Instant, end: Instant, now: Instant) -> int:
        """How many of them lie from `start` until before `end`, whoever they are kept for."""
        times, sold = self._sold_times.get(schedule, []), self.sold.get(schedule, {})
        within = times[bisect_left(times, start) : bisect_left(times, end)]
        kept = [slot for slot in self._kept(schedule, now, None) if start <= slot.at < end]
        return sum(sold[at] for at in within) + len(kept)

    def taken_for(self, schedule: str, now: Instant, but: CallId | None) -> Demand:
        """The same, and for what."""
        sold, kept = self.sold_for.get(schedule, {}), Counter[tuple[Instant, Asked]]()
        kept.update((slot.at, Asked(slot.category, slot.language)) for slot in self._kept(schedule, now, but))
        if not kept:
            return lambda at: sold.get(at, {})
        found = {at: Counter({asked: n for (when, asked), n in kept.items() if when == at}) for at, _ in kept}
        return lambda at: sold.get(at, Counter()) + found.get(at, Counter())

    def _kept(self, schedule: str, now: Instant, but: CallId | None) -> list[KeptSlot]:
        kept = [slot for call, slot in self.kept_slots.items() if call != but]
        return [slot for slot in (*kept, *self.stored.withheld_slots) if slot.schedule == schedule and slot.until > now]

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

    def stir(self, leg: LegId) -> None:
        """Whether somebody of ours talks there may be another thing."""
        found = self.legs.get(leg)
        if found and found.person:
            self.stirred.add(found.person)

    def touch(self, kind: str, key: str) -> None:
        self.touched.add((kind, key))
