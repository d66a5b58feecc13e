"""Waiting in queues and being rung for a caller."""

from zoneinfo import ZoneInfo

import msgspec

from svarhus.domains.callbacks.state import Booking, BookingStatus
from svarhus.domains.callflows.position import Position
from svarhus.domains.calls.model import Part
from svarhus.domains.calls.talk import Step, StepKind
from svarhus.domains.queues import state as queues
from svarhus.domains.queues.closing import Closing, QueueClosed, QueueOpened
from svarhus.domains.queues.offer import NOT_TAKEN, Offer, OfferOutcome
from svarhus.domains.queues.place import KeptPlace, LeftPlace, OnTheLine, Place
from svarhus.domains.queues.state import Wait
from svarhus.domains.queues.ways import LeftBy
from svarhus.exchange.core.folds.path import close_steps, with_step
from svarhus.exchange.core.folds.state import Folds, agent_of, seconds, set_agent, set_call, set_leg
from svarhus.exchange.core.folds.trying import with_tried
from svarhus.exchange.core.state import State
from svarhus.kit.clock import Instant
from svarhus.kit.ids import BookingId, CallId, OfferId, PlaceId

replace = msgspec.structs.replace

WAITS_KEPT = 50
"""Real waits kept for each queue to estimate from."""


def _queue_entered(state: State, fact: queues.QueueEntered, at: Instant, zone: ZoneInfo) -> None:
    if fact.place is None:
        state.stored.arrivals += 1
    state.stand(
        Place(
            id=PlaceId(state.stored.arrivals) if fact.place is None else fact.place,
            queue=fact.queue,
            entered_at=fact.since or at,
            priority=fact.priority,
            precedence=fact.precedence,
            let_through=fact.let_through,
            subject=KeptPlace(fact.call, fact.kept_for) if fact.kept_for else OnTheLine(fact.call),
        )
    )
    if fact.kept_for:
        _stands_for(state, fact.kept_for, fact.call)
    call = state.calls[fact.call]
    part = Part(
        fact.queue,
        fact.since or at,
        position=fact.position,
        staff=fact.staff,
        came=fact.came,
        language=fact.language,
        estimated=fact.estimated,
        at_once=fact.at_once,
        caller_list=fact.caller_list,
        category=fact.category,
        service_level=fact.service_level,
    )
    back = fact.since is not None and not fact.kept_for
    if back and call.parts and call.parts[-1].queue == fact.queue:
        # One stay in the queue, with a look at something else in between.
        part = replace(call.parts[-1], left_at=None, outcome=None, wait=0.0)
        call = replace(call, parts=call.parts[:-1])
    call = replace(call, left_place=None, led=None)
    call = close_steps(call, at, (StepKind.FLOW, StepKind.QUEUE))
    by = call.transfer.by if call.transfer else None
    call = with_step(call, Step(StepKind.QUEUE, fact.queue, at, by=by))
    set_call(state, replace(call, parts=(*call.parts, part)))
    state.touch("queues", fact.queue)


def _stands_for(state: State, id: BookingId, call: CallId) -> None:
    """Who has kept the place is to be called in this call."""
    state.set_booking(replace(state.bookings[id], status=BookingStatus.BOOKED, attempt_call=call))


def _not_let_in(state: State, fact: queues.NotLetIn, at: Instant, zone: ZoneInfo) -> None:
    """Only the journal keeps it."""


def _queue_closed(state: State, fact: QueueClosed, at: Instant, zone: ZoneInfo) -> None:
    closing = Closing(since=at, until=fact.until, message=fact.message, by=fact.by)
    state.stored.closed = {**state.stored.closed, fact.queue: closing}
    state.touch("queues", fact.queue)


def _queue_opened(state: State, fact: QueueOpened, at: Instant, zone: ZoneInfo) -> None:
    state.stored.closed = {queue: each for queue, each in state.stored.closed.items() if queue != fact.queue}
    state.touch("queues", fact.queue)


def _call_let_through(state: State, fact: queues.CallLetThrough, at: Instant, zone: ZoneInfo) -> None:
    place = state.place_of(fact.call)
    assert place is not None
    state.places[place.id] = replace(place, let_through=True)
    if place.kept_for:
        _counts_once(state, state.bookings[place.kept_for])
    before = state.stored.let_through.get(fact.queue)
    calls = before.calls if before and before.period == fact.period else 0
    state.stored.let_through = {**state.stored.let_through, fact.queue: queues.LetThrough(fact.period, calls + 1)}


def _counts_once(state: State, booking: Booking) -> None:
    """However often the place stands in the queue."""
    assert booking.kept is not None
    state.bookings[booking.id] = replace(booking, kept=replace(booking.kept, let_through=True))


def _led_to_queue(state: State, fact: queues.LedToQueue, at: Instant, zone: ZoneInfo) -> None:
    set_call(state, replace(state.calls[fact.call], led=fact.came))


def _offer_made(state: State, fact: queues.OfferMade, at: Instant, zone: ZoneInfo) -> None:
    place = state.place_of(fact.call)
    assert place is not None
    id = OfferId(fact.leg)
    state.offers[id] = Offer(
        id=id,
        place=place.id,
        queue=fact.queue,
        person=fact.person,
        made_at=at,
        leg=fact.leg,
        how=fact.how,
        during=fact.during,
    )
    state.set_place(replace(place, offers=(*place.offers, id), beside=fact.during is not None))
    if fact.strategy == "round_robin":
        state.stored.rung_last[fact.queue] = fact.person
    state.touch("calls", fact.call)


def _offer_confirming(state: State, fact: queues.OfferConfirming, at: Instant, zone: ZoneInfo) -> None:
    id = OfferId(fact.leg)
    state.offers[id] = replace(state.offers[id], confirming=True)


def _offer_taken(state: State, fact: queues.OfferTaken, at: Instant, zone: ZoneInfo) -> None:
    id = OfferId(fact.leg)
    state.offers[id] = replace(state.offers[id], taken=True)
    state.resounding.add(state.offers[id].place)
    state.touch("calls", fact.call)


def _offer_ended(state: State, fact: queues.OfferEnded, at: Instant, zone: ZoneInfo) -> None:
    offer = state.offers.pop(OfferId(fact.leg))
    if fact.outcome is not OfferOutcome.ANSWERED and fact.leg in state.legs:
        elsewhere = fact.outcome is OfferOutcome.ANSWERED_ELSEWHERE
        set_leg(state, replace(state.legs[fact.leg], released=True, elsewhere=elsewhere))
    if offer.during and fact.outcome in NOT_TAKEN:
        set_agent(state, replace(agent_of(state, fact.person), undisturbed_in=offer.during))
    place = state.places.get(offer.place)
    if place:
        if fact.outcome is OfferOutcome.ANSWERED and not place.to_call_back:
            call = state.calls[fact.call]
            state.calls[fact.call] = with_tried(call, call.first_leg if offer.taken else fact.leg, at, place, offer)
        left = tuple(other for other in place.offers if other != offer.id)
        asked = place.asked | {offer.person} if fact.outcome in NOT_TAKEN else place.asked
        step, beside = (place.step, place.beside) if left else (0, False)
        state.set_place(replace(place, offers=left, asked=asked, step=step, beside=beside))
    state.touch("calls", fact.call)


def _round_ended(state: State, fact: queues.RoundEnded, at: Instant, zone: ZoneInfo) -> None:
    place = state.place_of(fact.call)
    assert place is not None
    state.set_place(replace(place, asked=frozenset(), rounds=place.rounds + 1))


def _called_out(state: State, fact: queues.CalledOut, at: Instant, zone: ZoneInfo) -> None:
    place = state.place_of(fact.call)
    assert place is not None
    state.set_place(replace(place, step=place.step + 1))


def _place_raised(state: State, fact: queues.PlaceRaised, at: Instant, zone: ZoneInfo) -> None:
    place = state.place_of(fact.call)
    assert place is not None
    state.leave(place)
    before = place.priority if fact.raised else None
    state.stand(replace(place, priority=fact.priority, raised_from=before))
    state.touch("queues", fact.queue)
    state.touch("calls", fact.call)


def _queue_left(state: State, fact: queues.QueueLeft, at: Instant, zone: ZoneInfo) -> None:
    place = state.place_of(fact.call)
    assert place is not None
    state.leave(place)
    call = state.calls[fact.call]
    if fact.outcome is LeftBy.CHOSE_OTHER and call.position:
        call = replace(call, left_place=_left_place(call.position, place, call.parts[-1]))
    wait = seconds(place.entered_at, at)
    part = replace(call.parts[-1], left_at=at, outcome=fact.outcome, person=fact.person, wait=wait)
    set_call(state, close_steps(replace(call, parts=(*call.parts[:-1], part)), at, (StepKind.QUEUE,)))
    if fact.outcome is LeftBy.ANSWERED and not part.at_once and not _was_called_before(state, place):
        seen = Wait(part.position, wait, part.staff)
        state.stored.waits[fact.queue] = (*state.stored.waits.get(fact.queue, ()), seen)[-WAITS_KEPT:]
    state.touch("queues", fact.queue)


def _was_called_before(state: State, place: Place) -> bool:
    """In vain: the wait until now is longer than the turn took to come."""
    booking = state.bookings.get(place.kept_for) if place.kept_for else None
    return booking is not None and booking.attempts > 1


def _left_place(position: Position, place: Place, part: Part) -> LeftPlace:
    return LeftPlace(
        flow=position.flow,
        element=position.element,
        queue=place.queue,
        entered_at=place.entered_at,
        priority=place.priority,
        place=place.id,
        position=part.position,
        staff=part.staff,
        estimated=part.estimated,
        at_once=part.at_once,
        caller_list=part.caller_list,
        service_level=part.service_level,
        precedence=place.precedence,
        let_through=place.let_through,
    )


def _needs_widened(state: State, fact: queues.NeedsWidened, at: Instant, zone: ZoneInfo) -> None:
    place = state.place_of(fact.call)
    assert place is not None
    state.set_place(replace(place, widened=True))


FOLDS: Folds = {
    queues.CallLetThrough: _call_let_through,
    QueueClosed: _queue_closed,
    QueueOpened: _queue_opened,
    queues.NotLetIn: _not_let_in,
    queues.LedToQueue: _led_to_queue,
    queues.QueueEntered: _queue_entered,
    queues.OfferMade: _offer_made,
    queues.OfferConfirming: _offer_confirming,
    queues.OfferTaken: _offer_taken,
    queues.OfferEnded: _offer_ended,
    queues.RoundEnded: _round_ended,
    queues.CalledOut: _called_out,
    queues.NeedsWidened: _needs_widened,
    queues.PlaceRaised: _place_raised,
    queues.QueueLeft: _queue_left,
}
