"""A queue as it is where a caller stands in it: each place in a call flow may say otherwise."""

from svarhus.domains.queues.model import Queue
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import CallId


def queue_here(turn: Turn, call: CallId, queue: Queue) -> Queue:
    """The queue, in which the call waits, by its place in the flow."""
    position = turn.state.calls[call].position
    return turn.rules_of(call).queue_at(position, queue) if position else queue


def settings_of(turn: Turn, call: CallId) -> Queue:
    """Of the queue in which the call waits, as it is there."""
    place = turn.state.place_of(call)
    assert place is not None
    return queue_here(turn, call, turn.rules_of(call).queues[place.queue])
