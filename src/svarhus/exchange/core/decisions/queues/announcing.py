"""What the waiting are told, and when.

What is told at the same interval is told at the same time, and has one timer; each is set at the end of what was said.
"""

from collections.abc import Iterable, Iterator
from math import ceil

from svarhus.domains.queues.announcements import Announcements, Counted, Item, Told
from svarhus.domains.queues.place import Place
from svarhus.domains.queues.waiting_sound import WaitingSound
from svarhus.exchange.core.decisions.calls import legs
from svarhus.exchange.core.decisions.queues.expecting import estimated, is_offered
from svarhus.exchange.core.decisions.queues.here import settings_of
from svarhus.exchange.core.facts import AnnounceTimer
from svarhus.exchange.core.turn import Turn
from svarhus.kit.clock import seconds_between
from svarhus.kit.ids import CallId, TimerId
from svarhus.ports.speech import Count, Digits, MessagePhrase, Minutes, Phrase, TemplatePhrase

FIRST_ANNOUNCEMENT = 1.0
"""Seconds; earlier would only delay a member who is free."""

TOGETHER = 4.0
"""Seconds: what is due within them is told now, so that the music is not broken off twice."""

A_MOMENT = 1.0
"""Seconds after which it is tried again while something else is being said."""


def announce(turn: Turn, call: CallId, every: int) -> None:
    """Tell a waiting caller what is told at this interval (0: everything); music pauses and goes on."""
    place = turn.state.place_of(call)
    if place is None:
        return
    first = turn.state.legs[turn.state.calls[call].first_leg]
    if first.prompt is not None:
        turn.set_timer(_timer(call, every), A_MOMENT, AnnounceTimer(call, every), call)
        return
    due = {other for other in _intervals(turn, call) if every in (0, other) or _is_soon(turn, call, other)}
    for other in due:
        turn.clear_timer(_timer(call, other))
    items = (item for item in _items(turn, call) if item.every in due)
    phrases = tuple(phrase for item in items for phrase in _said(turn, place, item))
    if phrases:
        legs.say(turn, first.id, phrases)
    else:
        announced(turn, call)


def first(turn: Turn, call: CallId) -> None:
    """The caller has just come in: the first announcement is as long from now as the queue says."""
    seconds = max(FIRST_ANNOUNCEMENT, _announcements(turn, call).first_after)
    keeps = settings_of(turn, call).keeps_places
    told = {item.every for item in _announcements(turn, call).items()}
    for every in _intervals(turn, call):
        only_keeping = keeps is not None and every not in told
        later = max(FIRST_ANNOUNCEMENT, keeps.after) if keeps and only_keeping else seconds
        turn.set_timer(_timer(call, every), later, AnnounceTimer(call, every), call)


def announced(turn: Turn, call: CallId) -> None:
    """An announcement has come to its end: music goes on until the next."""
    for every in _intervals(turn, call):
        if TimerId(_timer(call, every)) not in turn.state.timers:
            turn.set_timer(_timer(call, every), every, AnnounceTimer(call, every), call)


def no_more(turn: Turn, call: CallId) -> None:
    """The caller waits no longer."""
    own = f"announce:{call}"
    for timer in sorted(turn.state.calls[call].timers):
        if timer == own or timer.startswith(f"{own}:"):
            turn.clear_timer(timer)


def _timer(call: CallId, every: int) -> str:
    return f"announce:{call}:{every}"


def _is_soon(turn: Turn, call: CallId, every: int) -> bool:
    timer = turn.state.timers.get(TimerId(_timer(call, every)))
    return timer is not None and seconds_between(turn.now, timer.due) <= TOGETHER


def _announcements(turn: Turn, call: CallId) -> Announcements:
    return settings_of(turn, call).announcements


def _items(turn: Turn, call: CallId) -> Iterable[Item]:
    queue = settings_of(turn, call)
    if queue.waiting_sound is WaitingSound.RINGING_ONLY:
        return ()
    keeps = queue.keeps_places
    offered = (Item(Told.KEEP_PLACE, keeps.every),) if keeps and keeps.key is not None else ()
    return (*queue.announcements.items(), *offered)


def _intervals(turn: Turn, call: CallId) -> list[int]:
    return sorted({item.every for item in _items(turn, call)})


def _said(turn: Turn, place: Place, item: Item) -> Iterator[Phrase]:
    """Nothing when it cannot be known, or says nothing."""
    language = turn.state.calls[place.call].language
    position = turn.state.matching.position(place)
    match item.told:
        case Told.POSITION if position == 1:
            yield TemplatePhrase("queue.next", language)
        case Told.POSITION if _announcements(turn, place.call).position_as is Counted.AHEAD:
            yield TemplatePhrase("queue.ahead", language, {"ahead": Count(position - 1)})
        case Told.POSITION:
            yield TemplatePhrase("queue.position", language, {"position": Count(position)})
        case Told.ESTIMATED_WAIT:
            wait = estimated(turn, place.queue, position)
            if wait is not None:
                yield TemplatePhrase("queue.wait", language, {"wait": Minutes(ceil(wait / 60))})
        case Told.MEMBERS:
            members = turn.state.logged_in(place.queue)
            if members:
                yield TemplatePhrase("queue.members", language, {"members": Count(members)})
        case Told.KEEP_PLACE if _is_time_to_keep(turn, place):
            keeps = settings_of(turn, place.call).keeps_places
            assert keeps is not None and keeps.key is not None
            yield TemplatePhrase("queue.keep_place", language, {"key": Digits(keeps.key)})
        case Told.MESSAGE:
            yield MessagePhrase(item.message, language)


def _is_time_to_keep(turn: Turn, place: Place) -> bool:
    """The caller has waited as long as the queue says, and may keep the place."""
    keeps = settings_of(turn, place.call).keeps_places
    return keeps is not None and seconds_between(place.entered_at, turn.now) >= keeps.after and is_offered(turn, place)
