"""What a caller can expect: how long the wait will be, and whether the place may be kept."""

from svarhus.domains.queues.estimate import estimated_wait
from svarhus.domains.queues.place import Place
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import QueueKey


def estimated(turn: Turn, queue: QueueKey, position: int) -> float | None:
    """Seconds that somebody at this position can expect to wait."""
    seen = turn.state.stored.waits.get(queue, ())
    return estimated_wait(seen, position, turn.state.logged_in(queue))


def may_be_kept(turn: Turn, rules: Rules, queue: QueueKey) -> bool:
    """Whether one more place may be kept in the queue."""
    settings = rules.queues[queue].keeps_places
    return settings is not None and turn.state.kept_places[queue] < settings.most


def is_offered(turn: Turn, place: Place) -> bool:
    """Whether a waiting caller is told that the place may be kept, and can do so by a key."""
    rules = turn.rules_of(place.call)
    settings = rules.queues[place.queue].keeps_places
    if settings is None or settings.key is None or not may_be_kept(turn, rules, place.queue):
        return False
    at = turn.state.calls[place.call].position
    if at is None or settings.key in rules.flows[at.flow].elements[at.element].exits:
        return False
    position = turn.state.matching.position(place)
    wait = estimated(turn, place.queue, position)
    return position >= settings.from_position and (wait is None or wait >= settings.from_estimate * 60)
