"""Waiting in queues and being rung for a caller."""

from zoneinfo import ZoneInfo

import msgspec

from svarhus.domains.callflows.position import Position
from svarhus.domains.calls.model import Part
from svarhus.domains.calls.talk import Step, StepKind
from svarhus.domains.queues import state as queues
from svarhus.domains.queues.state import CHOSE_OTHER, LeftPlace, Offer, OfferOutcome, Wait, Waiting
from svarhus.exchange.core.folds.path import close_steps, with_step
from svarhus.exchange.core.folds.state import Folds, seconds, set_call
from svarhus.exchange.core.folds.trying import with_tried
from svarhus.exchange.core.state import State
from svarhus.kit.clock import Instant

replace = msgspec.structs.replace

WAITS_KEPT = 50
"""Real waits kept for each queue to estimate from."""


def _queue_entered(state: State, fact: queues.QueueEntered, at: Instant, zone: ZoneInfo) -> None:
    if fact.order is None:
        state.stored.arrivals += 1
    order = state.stored.arrivals if fact.order is None else fact.order
    waiting = Waiting(fact.call, fact.queue, fact.since or at, fact.priority, order)
    state.waiting[fact.call] = waiting
    state.stand(waiting)
    call = state.calls[fact.call]
    part = Part(fact.queue, at, position=fact.position, staff=fact.staff)
    if fact.since is not None:  # One stay in the queue, with a look at something else in between.
        part = replace(call.parts[-1], left_at=None, outcome="", wait=0.0)
        call = replace(call, parts=call.parts[:-1])
    call = replace(call, left_place=None)
    call = close_steps(call, at, (StepKind.FLOW, StepKind.QUEUE))
    by = call.transfer.by if call.transfer else None
    call = with_step(call, Step(StepKind.QUEUE, fact.queue, at, by=by))
    set_call(state, replace(call, parts=(*call.parts, part)))
    state.touch("queues", fact.queue)


def _offer_made(state: State, fact: queues.OfferMade, at: Instant, zone: ZoneInfo) -> None:
    state.offers[fact.leg] = Offer(fact.leg, fact.call, fact.queue, fact.person, at)
    state.waiting[fact.call] = replace(state.waiting[fact.call], offer=fact.leg)
    state.touch("calls", fact.call)


def _offer_confirming(state: State, fact: queues.OfferConfirming, at: Instant, zone: ZoneInfo) -> None:
    state.offers[fact.leg] = replace(state.offers[fact.leg], confirming=True)


def _offer_ended(state: State, fact: queues.OfferEnded, at: Instant, zone: ZoneInfo) -> None:
    offer = state.offers.pop(fact.leg)
    waiting = state.waiting.get(fact.call)
    if waiting:
        if fact.outcome is OfferOutcome.ANSWERED:
            state.calls[fact.call] = with_tried(state.calls[fact.call], fact.leg, at, waiting, offer)
        state.waiting[fact.call] = replace(waiting, offer=None)
    state.touch("calls", fact.call)


def _queue_left(state: State, fact: queues.QueueLeft, at: Instant, zone: ZoneInfo) -> None:
    waiting = state.waiting.pop(fact.call)
    state.leave(waiting)
    call = state.calls[fact.call]
    if fact.outcome == CHOSE_OTHER and call.position:
        call = replace(call, left_place=_left_place(call.position, waiting))
    wait = seconds(waiting.entered_at, at)
    part = replace(call.parts[-1], left_at=at, outcome=fact.outcome, person=fact.person, wait=wait)
    set_call(state, close_steps(replace(call, parts=(*call.parts[:-1], part)), at, (StepKind.QUEUE,)))
    if fact.outcome == "answered":
        seen = Wait(part.position, wait, part.staff)
        state.stored.waits[fact.queue] = (*state.stored.waits.get(fact.queue, ()), seen)[-WAITS_KEPT:]
    state.touch("queues", fact.queue)


def _left_place(position: Position, waiting: Waiting) -> LeftPlace:
    entered_at, priority, order = waiting.entered_at, waiting.priority, waiting.order
    return LeftPlace(position.flow, position.element, waiting.queue, entered_at, priority, order)


FOLDS: Folds = {
    queues.QueueEntered: _queue_entered,
    queues.OfferMade: _offer_made,
    queues.OfferConfirming: _offer_confirming,
    queues.OfferEnded: _offer_ended,
    queues.QueueLeft: _queue_left,
}
