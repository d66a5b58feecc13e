"""Closing a queue for now, and opening it: by a supervisor, or when its time is over."""

from svarhus.domains.organisation.errors import NoPart
from svarhus.domains.queues.closing import OpensInThePast, QueueClosed, QueueOpened
from svarhus.exchange.core.facts import QueueTimer
from svarhus.exchange.core.requests import CloseQueue, OpenQueue
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.turn import Turn
from svarhus.kit.clock import seconds_between
from svarhus.kit.ids import QueueKey


def close(turn: Turn, request: CloseQueue) -> str:
    """Let nobody new in; said again, with the new time and message. NoPart, OpensInThePast."""
    _check(turn, request)
    turn.clear_timer(_timer(request.queue))
    turn.record(QueueClosed(queue=request.queue, until=request.until, message=request.message, by=request.by))
    if request.until is not None:
        seconds = seconds_between(turn.now, request.until)
        turn.set_timer(_timer(request.queue), seconds, QueueTimer(request.queue))
    return request.queue


def open_again(turn: Turn, request: OpenQueue) -> str:
    """Let callers in. Nothing when it is open. NoPart."""
    if request.queue not in turn.rules.queues:
        raise NoPart(f"there is no queue `{request.queue}`")
    if request.queue in turn.state.stored.closed:
        turn.clear_timer(_timer(request.queue))
        turn.record(QueueOpened(queue=request.queue, by=request.by))
    return request.queue


def time_over(turn: Turn, queue: QueueKey) -> None:
    """It opens by itself."""
    if queue in turn.state.stored.closed:
        turn.record(QueueOpened(queue=queue))


def follow_configuration(turn: Turn, before: Rules) -> None:
    """A queue that is no more is not closed either."""
    gone = set(before.queues) - set(turn.rules.queues)
    for queue in sorted(gone & turn.state.stored.closed.keys()):
        turn.clear_timer(_timer(queue))
        turn.record(QueueOpened(queue=queue))


def _check(turn: Turn, request: CloseQueue) -> None:
    if request.queue not in turn.rules.queues:
        raise NoPart(f"there is no queue `{request.queue}`")
    if request.message is not None and request.message not in turn.rules.messages:
        raise NoPart(f"there is no message `{request.message}`")
    if request.until is not None and request.until <= turn.now:
        raise OpensInThePast("the queue would open at a time that is over")


def _timer(queue: QueueKey) -> str:
    return f"closed:{queue}"
