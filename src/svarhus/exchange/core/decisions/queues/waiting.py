"""Waiting in a queue: going in, and what follows for the caller."""

from itertools import islice

from svarhus.domains.calls.facts import CategoryGiven
from svarhus.domains.calls.model import Call
from svarhus.domains.categories.model import Category
from svarhus.domains.numbers.lists import NumberList
from svarhus.domains.queues.entry import NotLetInBy
from svarhus.domains.queues.model import Queue
from svarhus.domains.queues.precedence import Precedence, highest_of
from svarhus.domains.queues.state import NotLetIn, QueueEntered
from svarhus.domains.queues.waiting_sound import heard
from svarhus.domains.queues.ways import CameBy, LeftBy
from svarhus.exchange.core.decisions.calls import legs, noticing
from svarhus.exchange.core.decisions.calls.dialling import Way, way_to_person
from svarhus.exchange.core.decisions.queues import announcing, fitting, pacing, readiness
from svarhus.exchange.core.decisions.queues.expecting import estimated
from svarhus.exchange.core.decisions.queues.here import queue_here, settings_of
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import CallId, CategoryKey, PlaceId, QueueKey
from svarhus.ports.speech import MessagePhrase


def enter(turn: Turn, call: CallId, queue: QueueKey, priority: int) -> None:
    """Stand in the queue with music, once it has been told that the call may be recorded where the queue wants that.
    Who is rung is decided at the end of the turn."""
    rules = turn.rules_of(call)
    settings = queue_here(turn, call, rules.queues[queue])
    if noticing.needed(turn, call, settings):
        noticing.tell(turn, call, turn.state.calls[call].first_leg, settings, priority)
        return
    stand(turn, call, queue, priority)


def stand(turn: Turn, call: CallId, queue: QueueKey, priority: int) -> None:
    """Stand in the queue with music."""
    settings = queue_here(turn, call, turn.rules_of(call).queues[queue])
    first_leg = turn.state.calls[call].first_leg
    legs.music(turn, first_leg, heard(settings.waiting_sound, settings.music, rings=False))
    came = come(turn, call, queue, priority)
    if came is CameBy.RETURNED and settings.returned_message:
        language = turn.state.calls[call].language
        legs.say(turn, first_leg, (MessagePhrase(settings.returned_message, language),))
    announcing.first(turn, call)


def come(turn: Turn, call: CallId, queue: QueueKey, priority: int) -> CameBy:
    """Take a place: the one that was left, or a new one at the end."""
    left = turn.state.calls[call].left_place
    back = left if left and left.queue == queue else None
    own = turn.rules_of(call).queues[queue]
    settings = queue_here(turn, call, own)
    _categorise(turn, call, settings)
    listed, category = _list_of(turn, call), _category_of(turn, call)
    priority = max(_with_urgency(turn, call, priority), back.priority if back else 0)
    precedence = highest_of(settings.precedence, category.precedence) if category else settings.precedence
    if pacing.goes_first(turn, call, settings):
        precedence = Precedence.HIGHEST
    arrival = back.place if back else PlaceId(turn.state.stored.arrivals + 1)
    position = turn.state.matching.next_position(queue, (-priority, arrival))
    came = came_by(turn.state.calls[call])
    turn.record(
        QueueEntered(
            call=call,
            queue=queue,
            priority=priority,
            position=position,
            staff=turn.state.logged_in(queue),
            place=back.place if back else None,
            since=back.entered_at if back else None,
            came=came,
            language=turn.state.calls[call].language,
            estimated=estimated(turn, queue, position),
            at_once=is_offered_at_once(turn, call, queue),
            caller_list=turn.state.calls[call].caller_list,
            service_level=listed.service_level if listed else None,
            category=turn.state.calls[call].category,
            precedence=precedence if precedence is not own.precedence else None,
            let_through=back is not None and back.let_through,
        )
    )
    return came


def not_let_in(turn: Turn, call: CallId, queue: QueueKey, reason: NotLetInBy, priority: int) -> None:
    """The caller goes on without having stood in the queue."""
    turn.record(
        NotLetIn(
            call=call,
            queue=queue,
            reason=reason,
            came=came_by(turn.state.calls[call]),
            estimated=expected(turn, call, queue, priority),
            caller_list=turn.state.calls[call].caller_list,
            category=turn.state.calls[call].category,
        )
    )


def _categorise(turn: Turn, call_id: CallId, queue: Queue) -> None:
    """Of whom nobody has said what the call is about, the queue does, where it does."""
    call = turn.state.calls[call_id]
    said = call.category is not None and not call.category_by_queue
    if queue.category and not said and queue.category != call.category:
        turn.record(CategoryGiven(call=call_id, category=CategoryKey(queue.category), by_queue=True))


def _list_of(turn: Turn, call: CallId) -> NumberList | None:
    """The list on which the caller's number was found."""
    return turn.rules_of(call).lists.get(turn.state.calls[call].caller_list)


def _with_urgency(turn: Turn, call: CallId, priority: int) -> int:
    """The priority, or a higher one that the caller's list gives, or what the call is about."""
    listed, category = _list_of(turn, call), _category_of(turn, call)
    return max(priority, listed.priority if listed else 0, category.queue_priority if category else 0)


def _category_of(turn: Turn, call: CallId) -> Category | None:
    about = turn.state.calls[call].category
    return turn.rules_of(call).categories.get(about) if about else None


def expected(turn: Turn, call: CallId, queue: QueueKey, priority: int) -> float | None:
    """Seconds that the caller can expect to wait when coming in now; None when nobody knows."""
    return estimated(turn, queue, position_of(turn, call, queue, priority))


def position_of(turn: Turn, call: CallId, queue: QueueKey, priority: int) -> int:
    """Of the caller who comes in now, from 1: at the place that was left, or at the end."""
    left = turn.state.calls[call].left_place
    last = (-_with_urgency(turn, call, priority), PlaceId(turn.state.stored.arrivals + 1))
    return turn.state.matching.next_position(queue, left.rank if left and left.queue == queue else last)


def is_offered_at_once(turn: Turn, call: CallId, queue: QueueKey) -> bool:
    """Whether a member who has what the caller needs is free, should the call come in now: those who wait already come
    first, unless nobody of the free fits them."""
    readiness.follow(turn.state, turn.rules)
    matching, people = turn.state.matching, turn.rules.people
    ready = fitting.having(turn, call, fitting.needs_in(turn, call, queue), matching.ready(queue))
    before = matching.unserved(queue) - len(matching.nobody_fits(queue))
    if len(ready) <= before or not pacing.has_room(turn, queue):
        return False
    free = (key for key in ready if isinstance(way_to_person(turn, turn.rules, people[key]), Way))
    return any(True for _ in islice(free, before, None))


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
    settings = settings_of(turn, call)
    playlist = heard(settings.waiting_sound, settings.music, rings=False)
    legs.music(turn, turn.state.calls[call].first_leg, playlist)
    announcing.announced(turn, call)
