"""Judges queues by the facts alone: knows who waits, who is rung for whom, and who may be, as an onlooker would."""

from dataclasses import dataclass, field

from svarhus.domains.calls.facts import CallEnding, LegBegan, LegGone
from svarhus.domains.presence.state import (
    AfterCallWorkBegan,
    AfterCallWorkEnded,
    LoggedIn,
    LoggedOut,
    PauseBegan,
    PauseEnded,
)
from svarhus.domains.queues.offer import How
from svarhus.domains.queues.state import OfferEnded, OfferMade, PlaceRaised, QueueEntered, QueueLeft
from svarhus.exchange.core.facts import Fact
from svarhus.kit.ids import CallId, LegId, PersonKey, QueueKey


@dataclass
class Caller:
    """One who waits."""

    call: CallId
    queue: QueueKey
    priority: int
    came: int
    """Smaller came earlier."""


@dataclass(frozen=True)
class Ringing:
    """A member's phone that rings for a caller."""

    call: CallId
    person: PersonKey
    queue: QueueKey
    how: How


@dataclass
class Referee:
    """Sees each fact once, in order. What must never be is told by AssertionError, with what it was."""

    call_waiting: frozenset[QueueKey] = frozenset()
    """Queues whose members are offered calls while they talk."""
    waiting: dict[CallId, Caller] = field(default_factory=dict)
    ringing: dict[LegId, Ringing] = field(default_factory=dict)
    busy: dict[LegId, PersonKey] = field(default_factory=dict)
    """Legs of ours, whatever they are there for."""
    logged_in: dict[PersonKey, set[QueueKey]] = field(default_factory=dict)
    paused: set[PersonKey] = field(default_factory=set)
    after_call: set[PersonKey] = field(default_factory=set)
    arrivals: int = 0
    """In all queues; who comes back to a place that was kept came when it was taken."""
    cut_off: set[CallId] = field(default_factory=set)
    """Calls that were taken down while the caller waited."""

    def sees(self, fact: Fact) -> None:
        match fact:
            case QueueEntered(call=call, queue=queue, priority=priority, place=place):
                self.arrivals += 1
                self.waiting[call] = Caller(call, queue, priority, self.arrivals if place is None else place)
            case QueueLeft(call=call):
                self.waiting.pop(call, None)
            case PlaceRaised(call=call, priority=priority):
                self.waiting[call].priority = priority
            case CallEnding(call=call) if call in self.waiting:
                self.cut_off.add(call)
            case OfferMade(leg=leg):
                self._judges(fact)
                self.ringing[leg] = Ringing(fact.call, fact.person, fact.queue, fact.how)
            case OfferEnded(leg=leg):
                self.ringing.pop(leg, None)
            case LegBegan(leg=leg, person=person) if person:
                self.busy[leg] = person
            case LegGone(leg=leg):
                self.ringing.pop(leg, None)
                self.busy.pop(leg, None)
            case LoggedIn(person=person, queues=queues):
                self.logged_in.setdefault(person, set()).update(queues)
            case LoggedOut(person=person, queues=queues):
                self.logged_in.setdefault(person, set()).difference_update(queues)
            case PauseBegan(person=person):
                self.paused.add(person)
            case PauseEnded(person=person):
                self.paused.discard(person)
            case AfterCallWorkBegan(person=person):
                self.after_call.add(person)
            case AfterCallWorkEnded(person=person):
                self.after_call.discard(person)

    # ---- when a phone begins to ring

    def _judges(self, offer: OfferMade) -> None:
        self._not_offered_two(offer)
        if offer.how is How.DISTRIBUTED:
            self._has_nothing_else_to_do(offer)
            self._may_be_rung(offer)
            self._nobody_overtaken(offer)

    def _not_offered_two(self, offer: OfferMade) -> None:
        already = [each for each in self.ringing.values() if each.person == offer.person]
        assert not already, f"{offer.person} is offered {offer.call} while the phone rings for {already[0].call}"

    def _has_nothing_else_to_do(self, offer: OfferMade) -> None:
        talks = self._talks(offer)
        assert not talks or offer.queue in self.call_waiting, f"{offer.person} is offered {offer.call}, and has a call"

    def _talks(self, offer: OfferMade) -> bool:
        return any(person == offer.person and leg != offer.leg for leg, person in self.busy.items())

    def _may_be_rung(self, offer: OfferMade) -> None:
        person = offer.person
        assert offer.queue in self.logged_in.get(person, ()), f"{person} is logged out, and is rung"
        assert person not in self.paused, f"{person} has a pause, and is rung"
        assert person not in self.after_call, f"{person} has after-call work, and is rung"

    def _nobody_overtaken(self, offer: OfferMade) -> None:
        """Of all whom the member could be rung for, nobody comes first for whom no phone rings."""
        own, rung_for = self.waiting[offer.call], {each.call for each in self.ringing.values()}
        queues = self.logged_in.get(offer.person, set())
        possible = queues & self.call_waiting if self._talks(offer) else queues
        for other in self.waiting.values():
            could = other.queue in possible
            earlier = (-other.priority, other.came) < (-own.priority, own.came)
            if could and earlier and other.call not in rung_for:
                raise AssertionError(f"{own.call} overtakes {other.call}: {offer.person} is rung")
