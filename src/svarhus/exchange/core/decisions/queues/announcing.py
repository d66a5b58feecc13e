"""What the waiting are told, and when."""

from math import ceil

from svarhus.domains.queues.estimate import estimated_wait
from svarhus.domains.queues.model import Queue
from svarhus.domains.queues.place import Place
from svarhus.exchange.core.decisions.calls import legs
from svarhus.exchange.core.facts import AnnounceTimer
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import CallId, QueueKey
from svarhus.ports.speech import Count, MessagePhrase, Minutes, Phrase, TemplatePhrase

FIRST_ANNOUNCEMENT = 1.0
"""Seconds; earlier would only delay a member who is free."""


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


def first(turn: Turn, call: CallId) -> None:
    """The caller has just come in: the first announcement is as long from now as the queue says."""
    _after(turn, call, max(FIRST_ANNOUNCEMENT, settings_of(turn, call).announcements.first_after))


def announced(turn: Turn, call: CallId) -> None:
    """An announcement has come to its end: music goes on until the next."""
    _after(turn, call, settings_of(turn, call).announcements.every)


def _after(turn: Turn, call: CallId, seconds: float) -> None:
    settings = settings_of(turn, call).announcements
    if settings.position or settings.estimated_wait or settings.message:
        turn.set_timer(f"announce:{call}", seconds, AnnounceTimer(call), call)


def settings_of(turn: Turn, call: CallId) -> Queue:
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
        wait = estimated(turn, place.queue, position)
        if wait is not None:
            said.append(TemplatePhrase("queue.wait", language, {"wait": Minutes(ceil(wait / 60))}))
    if settings.message:
        said.append(MessagePhrase(settings.message, language))
    return tuple(said)


def estimated(turn: Turn, queue: QueueKey, position: int) -> float | None:
    """Seconds that somebody at this position can expect to wait."""
    seen = turn.state.stored.waits.get(queue, ())
    return estimated_wait(seen, position, turn.state.logged_in(queue))
