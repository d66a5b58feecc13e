"""Waiting in a queue: who is rung for whom, and what the waiting are told."""

from collections.abc import Mapping
from datetime import timedelta
from math import ceil

from svarhus.domains.calls.model import LegRole, Outcome
from svarhus.domains.calls.party import name_of
from svarhus.domains.presence.state import AfterCallWorkBegan, Agent
from svarhus.domains.queues.distribution import STRATEGIES
from svarhus.domains.queues.estimate import estimated_wait
from svarhus.domains.queues.model import Queue
from svarhus.domains.queues.state import (
    Offer,
    OfferEnded,
    OfferMade,
    OfferOutcome,
    QueueEntered,
    Waiting,
)
from svarhus.exchange.core.decisions.calls import confirming, legs
from svarhus.exchange.core.decisions.calls.closing import leave_queue
from svarhus.exchange.core.decisions.calls.dialling import Way, person_reachable, way_to_person
from svarhus.exchange.core.decisions.calls.talking import join
from svarhus.exchange.core.facts import AfterCallTimer, AnnounceTimer
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.turn import Turn
from svarhus.kit.clock import after
from svarhus.kit.ids import CallId, PersonKey, QueueKey
from svarhus.ports.speech import Count, Minutes, Phrase, Recorded, Spoken
from svarhus.ports.telephony import EndCause

FIRST_ANNOUNCEMENT = 1.0
"""Seconds; earlier would only delay a member who is free."""


def enter(turn: Turn, call: CallId, queue: QueueKey, priority: int) -> None:
    """Stand in the queue with music. Who is rung is decided at the end of the turn."""
    rules = turn.rules_of(call)
    settings = rules.queues[queue]
    first_leg = turn.state.calls[call].first_leg
    legs.music(turn, first_leg, settings.music)
    left = turn.state.calls[call].left_place
    back = left if left and left.queue == queue else None
    priority = max(priority, back.priority) if back else priority
    turn.record(
        QueueEntered(
            call=call,
            queue=queue,
            priority=priority,
            position=turn.state.next_position(queue, priority),
            staff=turn.state.logged_in(queue),
            order=back.order if back else None,
            since=back.entered_at if back else None,
        )
    )
    _announce_after(turn, call, max(FIRST_ANNOUNCEMENT, settings.announcements.first_after))


def wait_on(turn: Turn, call: CallId) -> None:
    """The caller is back at the place that it had, with music."""
    settings = turn.rules_of(call).queues[turn.state.waiting[call].queue]
    legs.music(turn, turn.state.calls[call].first_leg, settings.music)
    _announce_after(turn, call, settings.announcements.every)


# ------------------------------------------------------------------ distribution


def distribute(turn: Turn) -> None:
    """Ring free members for those who wait: by priority, then arrival, over all queues."""
    if not turn.state.free or turn.state.next_unserved(turn.state.lines) is None:
        return
    free = [turn.state.agents[person] for person in turn.state.free if person_reachable(turn.state, turn.rules, person)]
    queues = {queue for agent in free for queue in agent.queues}
    while waiting := turn.state.next_unserved(queues):
        turn.serving = waiting.call
        chosen = _ring_for(turn, waiting, free)
        if chosen:
            free.remove(chosen)
        else:
            queues.remove(waiting.queue)


def _ring_for(turn: Turn, waiting: Waiting, free: list[Agent]) -> Agent | None:
    """Ring one of the free for the caller. None: nobody of them can be rung for this queue."""
    rules = turn.rules
    queue = rules.queues.get(waiting.queue) or turn.rules_of(waiting.call).queues[waiting.queue]
    candidates = [agent for agent in free if waiting.queue in agent.queues]
    while candidates:
        agent = STRATEGIES[queue.distribution](_of_first_priority(queue, candidates))
        way = way_to_person(turn, rules, rules.people[agent.person])
        if isinstance(way, Way):
            offer(turn, waiting, queue, agent.person, way)
            return agent
        candidates.remove(agent)
    return None


def _of_first_priority(queue: Queue, candidates: list[Agent]) -> list[Agent]:
    priorities = {member.person: member.priority for member in queue.members}
    first = min(priorities.get(agent.person, 1) for agent in candidates)
    return [agent for agent in candidates if priorities.get(agent.person, 1) == first]


def offer(
    turn: Turn,
    waiting: Waiting,
    queue: Queue,
    person: PersonKey,
    way: Way,
    headers: Mapping[str, str] = legs.NO_HEADERS,
) -> None:
    """Ring the person for the caller."""
    call = turn.state.calls[waiting.call]
    # The party of the first leg: a colleague who calls from inside has an extension, and no number.
    first = turn.state.legs[call.first_leg]
    caller = first.party or None
    shown = caller if queue.member_sees == "caller" else _presented_by(turn.rules, queue)
    name = name_of(call, first) or queue.name
    leg = legs.dial(turn, call.id, LegRole.MEMBER, way.target, shown, name, queue.ring_time, person, headers)
    turn.record(OfferMade(call=call.id, leg=leg, queue=waiting.queue, person=person))


def _presented_by(rules: Rules, queue: Queue) -> str | None:
    return queue.presented or rules.organisation.outgoing.presented


# ------------------------------------------------------------------ offers


def take_call(turn: Turn, offer: Offer) -> None:
    """The member has the caller."""
    call = turn.state.calls[offer.call]
    turn.record(OfferEnded(call=call.id, leg=offer.leg, person=offer.person, outcome=OfferOutcome.ANSWERED))
    leave_queue(turn, call.id, "answered", offer.person)
    join(turn, call.id, call.first_leg, offer.leg, Outcome.ANSWERED)


def offer_failed(turn: Turn, offer: Offer, cause: EndCause) -> None:
    """The member's leg ended before the conversation; the caller goes on waiting at the same place."""
    outcome = _outcome_of(cause, offer)
    confirming.done(turn, offer.leg)
    turn.record(OfferEnded(call=offer.call, leg=offer.leg, person=offer.person, outcome=outcome))
    if outcome is not OfferOutcome.WITHDRAWN:
        pause = turn.rules_of(offer.call).queues[offer.queue].after_call_work
        seconds = pause.declined if outcome is OfferOutcome.DECLINED else pause.missed
        begin_after_call_work(turn, offer.person, max(seconds, 1) if outcome is OfferOutcome.FAILED else seconds)


def _outcome_of(cause: EndCause, offer: Offer) -> OfferOutcome:
    match cause:
        case EndCause.DECLINED | EndCause.BUSY:
            return OfferOutcome.DECLINED
        case EndCause.NO_ANSWER:
            return OfferOutcome.MISSED
        case EndCause.ENGINE_FAILED:
            return OfferOutcome.WITHDRAWN
        case EndCause.WE_HUNG_UP | EndCause.HUNG_UP if offer.confirming:
            return OfferOutcome.MISSED
        case EndCause.HUNG_UP:
            return OfferOutcome.DECLINED
        case _:
            return OfferOutcome.FAILED


def begin_after_call_work(turn: Turn, person: PersonKey, seconds: int) -> None:
    """Nothing is offered to the person for so long; 0 seconds is none at all."""
    if seconds > 0:
        until = after(turn.now, timedelta(seconds=seconds))
        turn.record(AfterCallWorkBegan(person=person, until=until))
        turn.set_timer(f"after-call:{person}", seconds, AfterCallTimer(person))


# ------------------------------------------------------------------ announcements


def announce(turn: Turn, call: CallId) -> None:
    """Tell a waiting caller the place and the wait; music pauses and goes on."""
    waiting = turn.state.waiting.get(call)
    if waiting is None:
        return
    phrases = _announcement(turn, waiting)
    if phrases:
        legs.say(turn, turn.state.calls[call].first_leg, phrases)
    else:
        announced(turn, call)


def announced(turn: Turn, call: CallId) -> None:
    """An announcement has come to its end: music goes on until the next."""
    settings = turn.rules_of(call).queues[turn.state.waiting[call].queue].announcements
    _announce_after(turn, call, settings.every)


def _announce_after(turn: Turn, call: CallId, seconds: float) -> None:
    settings = turn.rules_of(call).queues[turn.state.waiting[call].queue].announcements
    if settings.position or settings.estimated_wait or settings.message:
        turn.set_timer(f"announce:{call}", seconds, AnnounceTimer(call), call)


def _announcement(turn: Turn, waiting: Waiting) -> tuple[Phrase, ...]:
    settings = turn.rules_of(waiting.call).queues[waiting.queue].announcements
    language = turn.state.calls[waiting.call].language
    position = turn.state.position(waiting)
    said: list[Phrase] = []
    if settings.position and position == 1:
        said.append(Spoken("queue.next", language))
    elif settings.position:
        said.append(Spoken("queue.position", language, {"position": Count(position)}))
    if settings.estimated_wait:
        seen = turn.state.stored.waits.get(waiting.queue, ())
        wait = estimated_wait(seen, position, turn.state.logged_in(waiting.queue))
        if wait is not None:
            said.append(Spoken("queue.wait", language, {"wait": Minutes(ceil(wait / 60))}))
    if settings.message:
        said.append(Recorded(settings.message, language))
    return tuple(said)
