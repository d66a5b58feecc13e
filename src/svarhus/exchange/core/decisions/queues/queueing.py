"""Waiting in a queue: who is rung for whom, and what the waiting are told."""

from collections.abc import Mapping
from datetime import timedelta
from math import ceil

from svarhus.domains.calls.model import Call, Outcome
from svarhus.domains.calls.party import name_of
from svarhus.domains.calls.purpose import Offered
from svarhus.domains.presence.state import After, AfterCallWorkBegan
from svarhus.domains.queues.distribution.strategy import Candidate
from svarhus.domains.queues.estimate import estimated_wait
from svarhus.domains.queues.model import Queue
from svarhus.domains.queues.offer import How, Offer, OfferOutcome
from svarhus.domains.queues.place import Place
from svarhus.domains.queues.state import OfferEnded, OfferMade, QueueEntered
from svarhus.domains.queues.ways import CameBy, LeftBy
from svarhus.exchange.core.decisions.calls import confirming, legs
from svarhus.exchange.core.decisions.calls.closing import leave_queue
from svarhus.exchange.core.decisions.calls.dialling import Way, way_to_person
from svarhus.exchange.core.decisions.calls.talking import join
from svarhus.exchange.core.decisions.queues import readiness
from svarhus.exchange.core.facts import AfterCallTimer, AnnounceTimer
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.turn import Turn
from svarhus.kit.clock import after
from svarhus.kit.ids import CallId, PersonKey, PlaceId, QueueKey
from svarhus.ports.speech import Count, MessagePhrase, Minutes, Phrase, TemplatePhrase
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
    arrival = back.place if back else PlaceId(turn.state.stored.arrivals + 1)
    position = turn.state.matching.next_position(queue, (-priority, arrival))
    turn.record(
        QueueEntered(
            call=call,
            queue=queue,
            priority=priority,
            position=position,
            staff=turn.state.logged_in(queue),
            place=back.place if back else None,
            since=back.entered_at if back else None,
            came=came_by(turn.state.calls[call]),
            language=turn.state.calls[call].language,
            estimated=_estimated(turn, queue, position),
        )
    )
    _announce_after(turn, call, max(FIRST_ANNOUNCEMENT, settings.announcements.first_after))


def came_by(call: Call) -> CameBy:
    """How the call comes into the queue that it enters now."""
    before = call.parts[-1].outcome if call.parts else None
    if call.led:
        return call.led
    if before is LeftBy.TIMED_OUT:
        return CameBy.TIMED_OUT
    if before is LeftBy.ANSWERED:
        return CameBy.TRANSFERRED
    return CameBy.FROM_QUEUE if before else CameBy.DIRECT


def wait_on(turn: Turn, call: CallId) -> None:
    """The caller is back at the place that it had, with music."""
    settings = _settings_of(turn, call)
    legs.music(turn, turn.state.calls[call].first_leg, settings.music)
    _announce_after(turn, call, settings.announcements.every)


# ------------------------------------------------------------------ distribution


def distribute(turn: Turn) -> None:
    """Ring free members for those who wait: by priority, then arrival, over all queues."""
    if not turn.state.stored.revision:
        return
    matching, passed_over = turn.state.matching, set[QueueKey]()
    readiness.follow(turn.state, turn.rules)
    try:
        while (id := matching.next()) is not None:
            place = turn.state.places[id]
            turn.serving = place.call
            if not _ring_for(turn, place):
                matching.pass_over(place.queue)
                passed_over.add(place.queue)
            readiness.follow(turn.state, turn.rules)
    finally:
        matching.look_again(passed_over)


def _ring_for(turn: Turn, place: Place) -> bool:
    """Ring those whom the queue's strategy chooses. False: nobody of the free can be rung for this queue."""
    rules = turn.rules if place.queue in turn.rules.queues else turn.rules_of(place.call)
    queue, priorities = rules.queues[place.queue], rules.priorities[place.queue]
    candidates = [
        Candidate(person, priorities.get(person, 1), turn.state.agents[person].idle_since)
        for person in turn.state.matching.ready(place.queue)
    ]
    while candidates:
        wave = rules.strategies[queue.distribution](place, candidates)
        rung = [candidate for candidate in wave if _ring(turn, place, queue, candidate.person)]
        if rung:
            return True
        candidates = [candidate for candidate in candidates if candidate not in wave]
    return False


def _ring(turn: Turn, place: Place, queue: Queue, person: PersonKey) -> bool:
    way = way_to_person(turn, turn.rules, turn.rules.people[person])
    if isinstance(way, Way):
        offer(turn, place, queue, person, way, How.DISTRIBUTED)
    return isinstance(way, Way)


def offer(
    turn: Turn,
    place: Place,
    queue: Queue,
    person: PersonKey,
    way: Way,
    how: How,
    headers: Mapping[str, str] = legs.NO_HEADERS,
) -> None:
    """Ring the person for the caller."""
    call = turn.state.calls[place.call]
    # The party of the first leg: a colleague who calls from inside has an extension, and no number.
    first = turn.state.legs[call.first_leg]
    caller = first.party or None
    shown = caller if queue.member_sees == "caller" else _presented_by(turn.rules, queue)
    name = name_of(call, first) or queue.name
    leg = legs.dial(turn, call.id, Offered(), way.target, shown, name, queue.ring_time, person, headers)
    turn.record(OfferMade(call=call.id, leg=leg, queue=place.queue, person=person, how=how))


def _presented_by(rules: Rules, queue: Queue) -> str | None:
    return queue.presented or rules.organisation.outgoing.presented


# ------------------------------------------------------------------ offers


def take_call(turn: Turn, offer: Offer) -> None:
    """The member has the caller."""
    assert offer.leg is not None
    call = turn.state.calls[turn.state.call_of(offer)]
    turn.record(OfferEnded(call=call.id, leg=offer.leg, person=offer.person, outcome=OfferOutcome.ANSWERED))
    leave_queue(turn, call.id, LeftBy.ANSWERED, offer.person)
    join(turn, call.id, call.first_leg, offer.leg, Outcome.ANSWERED)


def offer_failed(turn: Turn, offer: Offer, cause: EndCause) -> None:
    """The member's leg ended before the conversation; the caller goes on waiting at the same place."""
    assert offer.leg is not None
    call, outcome = turn.state.call_of(offer), _outcome_of(cause, offer)
    confirming.done(turn, offer.leg)
    turn.record(OfferEnded(call=call, leg=offer.leg, person=offer.person, outcome=outcome))
    if outcome is not OfferOutcome.WITHDRAWN:
        pause = turn.rules_of(call).queues[offer.queue].after_call_work
        declined = outcome is OfferOutcome.DECLINED
        seconds = pause.declined if declined else pause.missed
        if outcome is OfferOutcome.FAILED:
            seconds = max(seconds, 1)
        after_what = After.DECLINED if declined else After.MISSED
        begin_after_call_work(turn, offer.person, seconds, call, offer.queue, after_what)


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


def begin_after_call_work(
    turn: Turn, person: PersonKey, seconds: int, call: CallId, queue: QueueKey, after_what: After
) -> None:
    """Nothing is offered to the person for so long; 0 seconds is none at all."""
    if seconds > 0:
        until = after(turn.now, timedelta(seconds=seconds))
        turn.record(AfterCallWorkBegan(person=person, until=until, call=call, queue=queue, after=after_what))
        turn.set_timer(f"after-call:{person}", seconds, AfterCallTimer(person))


# ------------------------------------------------------------------ announcements


def announce(turn: Turn, call: CallId) -> None:
    """Tell a waiting caller the place and the wait; music pauses and goes on."""
    place = turn.state.place_of(call)
    if place is None:
        return
    phrases = _announcement(turn, place)
    if phrases:
        legs.say(turn, turn.state.calls[call].first_leg, phrases)
    else:
        announced(turn, call)


def announced(turn: Turn, call: CallId) -> None:
    """An announcement has come to its end: music goes on until the next."""
    _announce_after(turn, call, _settings_of(turn, call).announcements.every)


def _announce_after(turn: Turn, call: CallId, seconds: float) -> None:
    settings = _settings_of(turn, call).announcements
    if settings.position or settings.estimated_wait or settings.message:
        turn.set_timer(f"announce:{call}", seconds, AnnounceTimer(call), call)


def _settings_of(turn: Turn, call: CallId) -> Queue:
    """Of the queue in which the call waits."""
    place = turn.state.place_of(call)
    assert place is not None
    return turn.rules_of(call).queues[place.queue]


def _announcement(turn: Turn, place: Place) -> tuple[Phrase, ...]:
    settings = turn.rules_of(place.call).queues[place.queue].announcements
    language = turn.state.calls[place.call].language
    position = turn.state.matching.position(place)
    said: list[Phrase] = []
    if settings.position and position == 1:
        said.append(TemplatePhrase("queue.next", language))
    elif settings.position:
        said.append(TemplatePhrase("queue.position", language, {"position": Count(position)}))
    if settings.estimated_wait:
        wait = _estimated(turn, place.queue, position)
        if wait is not None:
            said.append(TemplatePhrase("queue.wait", language, {"wait": Minutes(ceil(wait / 60))}))
    if settings.message:
        said.append(MessagePhrase(settings.message, language))
    return tuple(said)


def _estimated(turn: Turn, queue: QueueKey, position: int) -> float | None:
    """Seconds that somebody at this position can expect to wait."""
    seen = turn.state.stored.waits.get(queue, ())
    return estimated_wait(seen, position, turn.state.logged_in(queue))
