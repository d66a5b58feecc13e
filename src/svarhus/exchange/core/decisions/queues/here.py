"""A queue as it is where a caller stands in it: each place in a call flow may say otherwise."""

from svarhus.domains.callflows.position import Position
from svarhus.domains.queues.model import Queue
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import CallId


def queue_here(turn: Turn, call: CallId, queue: Queue) -> Queue:
    """The queue, in which the call waits, by its place in the flow."""
    position = turn.state.calls[call].position or _kept_at(turn, call)
    return turn.rules_of(call).queue_at(position, queue) if position else queue


def _kept_at(turn: Turn, call: CallId) -> Position | None:
    """Where in its flow a caller waited who has kept the place."""
    place = turn.state.place_of(call)
    kept = turn.state.bookings[place.kept_for].kept if place and place.kept_for else None
    return Position(kept.flow, kept.element) if kept else None


def settings_of(turn: Turn, call: CallId) -> Queue:
    """Of the queue in which the call waits, as it is there."""
    place = turn.state.place_of(call)
    assert place is not None
    return queue_here(turn, call, turn.rules_of(call).queues[place.queue])
