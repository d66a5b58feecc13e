"""Runs a call through its flow. It knows elements by their registry alone, none by name."""

import builtins
from collections.abc import Iterable
from functools import lru_cache

import msgspec

from svarhus.domains.callflows.elements import ELEMENTS
from svarhus.domains.callflows.model import CallFlow, Element
from svarhus.domains.callflows.position import Position
from svarhus.domains.callflows.steps import Action, AnyElementType, Event, View
from svarhus.domains.queues.model import Queue
from svarhus.kit.document import DocumentPart
from svarhus.kit.ids import QueueKey

MOST_HOPS = 100
"""Elements passed without waiting for anything before a flow counts as going in circles."""


def step(flow: CallFlow, position: Position, event: Event, view: View) -> Iterable[Action]:
    """The actions of the element at the position, for an event."""
    element = flow.elements[position.element]
    kind = ELEMENTS[element.type]
    return kind.step(_settings(element.type, msgspec.json.encode(element.settings)), event, view)


def following(flow: CallFlow, position: Position, exit: str) -> Position | None:
    """Where an exit leads; None when it leads nowhere."""
    target = flow.elements[position.element].exits.get(exit)
    return Position(flow.key, target) if target is not None else None


def leads_back(flow: CallFlow, position: Position, exit: str) -> bool:
    """Whether a caller who left a queue by a key goes back to it by this exit."""
    element = flow.elements[position.element]
    settings = _settings(element.type, msgspec.json.encode(element.settings))
    return exit in ELEMENTS[element.type].exits(settings).back


def takes_keys_ahead(flow: CallFlow, position: Position) -> bool:
    """Whether a key that was pressed before the element began is meant for it."""
    return ELEMENTS[flow.elements[position.element].type].takes_keys_ahead


def exits(element: Element) -> frozenset[str]:
    """The exits of an element that lead somewhere."""
    return frozenset(element.exits)


def waiting_position(flow: CallFlow, queue: QueueKey) -> Position | None:
    """Where the flow lets callers wait in the queue: of several such elements, the one nearest to the start."""
    for key in _by_nearness(flow):
        element = flow.elements[key]
        settings = _settings(element.type, msgspec.json.encode(element.settings))
        if ELEMENTS[element.type].waits_in(settings) == queue:
            return Position(flow.key, key)
    return None


def queue_at(flow: CallFlow, element: str, queue: Queue) -> Queue:
    """The queue as it is where callers wait in it at this element."""
    found = flow.elements[element]
    settings = _settings(found.type, msgspec.json.encode(found.settings))
    kind = ELEMENTS[found.type]
    return kind.queue_here(settings, queue) if kind.waits_in(settings) == queue.key else queue


def waits_at(flow: CallFlow, element: str, queue: QueueKey) -> bool:
    """Whether callers wait in the queue at this element."""
    found = flow.elements.get(element)
    if found is None:
        return False
    return ELEMENTS[found.type].waits_in(_settings(found.type, msgspec.json.encode(found.settings))) == queue


def waited_in(flow: CallFlow) -> frozenset[QueueKey]:
    """The queues in which callers wait in the flow."""
    found = (kind.waits_in(settings) for kind, settings in _read(flow))
    return frozenset(queue for queue in found if queue is not None)


def booked_in(flow: CallFlow) -> frozenset[QueueKey]:
    """The queues for which callbacks are booked in the flow."""
    found = (kind.books_in(settings) for kind, settings in _read(flow))
    return frozenset(queue for queue in found if queue is not None)


def hours_of(flow: CallFlow) -> frozenset[str]:
    """Keys of the opening hours by which the flow chooses its way."""
    found = (kind.exits(settings).categories_of for kind, settings in _read(flow))
    return frozenset(hours for hours in found if hours is not None)


def _read(flow: CallFlow) -> Iterable[tuple[AnyElementType, DocumentPart]]:
    for element in flow.elements.values():
        yield ELEMENTS[element.type], _settings(element.type, msgspec.json.encode(element.settings))


def _by_nearness(flow: CallFlow) -> list[str]:
    """The elements, those first to which callers come by the fewest exits, and last those to which none leads."""
    found = [flow.start]
    for key in found:
        found += sorted({to for to in flow.elements[key].exits.values() if to in flow.elements} - {*found})
    return [*found, *sorted(flow.elements.keys() - {*found})]


@lru_cache(maxsize=4096)
def _settings(type: str, settings: bytes) -> DocumentPart:
    """Settings read once: a flow is immutable, and the same element meets thousands of callers."""
    settings_model: builtins.type[DocumentPart] = ELEMENTS[type].Settings
    return settings_model.model_validate_json(settings)
