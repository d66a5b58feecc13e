"""Changes of the configuration that must wait for what goes on now."""

from svarhus.domains.callflows.interpreter import waited_in
from svarhus.domains.numbers.model import Number
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.queues.closing import NumberInUse, QueueInUse
from svarhus.domains.queues.model import Queue
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.state import State
from svarhus.kit.document import DocumentPart
from svarhus.kit.ids import QueueKey


def refuse_what_must_wait(state: State, rules: Rules, list_name: str, key: str, after: DocumentPart | None) -> None:
    """`after`: what the part of this key is to be; None: it is to be deleted. NumberInUse, QueueInUse."""
    if list_name == "queues" and (queue := rules.queues.get(QueueKey(key))):
        _queue(state, queue, after)
    elif list_name == "numbers" and (number := rules.numbers.get(key)):
        _number(state, rules, number, after)


def refuse_whole_that_must_wait(state: State, rules: Rules, wanted: Configuration) -> None:
    """The same of a whole configuration that is to take the place of the one in force."""
    numbers = {number.number: number for number in wanted.numbers}
    queues = {queue.key: queue for queue in wanted.queues}
    for key, number in rules.numbers.items():
        _number(state, rules, number, numbers.get(key))
    for name, queue in rules.queues.items():
        _queue(state, queue, queues.get(name))


def _queue(state: State, queue: Queue, after: DocumentPart | None) -> None:
    key = QueueKey(queue.key)
    if after is None:
        waiting = state.matching.waiting(key)
        promised = sum(booking.queue == key for booking in state.bookings.values())
        if waiting or promised:
            raise QueueInUse(f"{waiting} wait in {queue.name}, and {promised} are to be called back")
    elif isinstance(after, Queue) and queue.extension and after.extension != queue.extension:
        _refuse_open(state, queue, queue.extension)


def _number(state: State, rules: Rules, number: Number, after: DocumentPart | None) -> None:
    if isinstance(after, Number) and after.number == number.number:
        return
    for key in sorted(waited_in(rules.flows[number.flow])):
        _refuse_open(state, rules.queues[key], number.number)


def _refuse_open(state: State, queue: Queue, number: str) -> None:
    key = QueueKey(queue.key)
    waiting = state.matching.waiting(key)
    if waiting:
        raise NumberInUse(f"{number} leads to {queue.name}, where {waiting} wait")
    if key not in state.stored.closed:
        raise NumberInUse(f"{number} leads to {queue.name}, which is open")
