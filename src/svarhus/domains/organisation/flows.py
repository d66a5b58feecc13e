"""Whether a caller can find the way through a call flow: settings, exits, and where they lead.

Element types are known by their registry alone.
"""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from graphlib import CycleError, TopologicalSorter

import msgspec
from pydantic import JsonValue

from svarhus.domains.callflows.elements import ELEMENTS
from svarhus.domains.callflows.model import CallFlow, Element
from svarhus.domains.callflows.steps import KEYS, AnyElementType, Exits
from svarhus.domains.hours.model import CLOSED, OpeningHours
from svarhus.domains.organisation.coherence import impossible_number
from svarhus.domains.organisation.draft import Draft
from svarhus.domains.organisation.reading import Path
from svarhus.domains.organisation.references import Named, missing
from svarhus.domains.organisation.shape import Finding, shaped
from svarhus.domains.queues.model import Queue
from svarhus.kit.document import DocumentPart


class ReadElement(msgspec.Struct, frozen=True):
    """An element with the settings that its type reads."""

    path: Path
    element: Element
    kind: AnyElementType
    settings: DocumentPart


def faulty_flows(draft: Draft) -> Iterator[Finding]:
    """Everything wrong in the call flows, beyond the shape."""
    for path, flow in draft.each("callflows", CallFlow):
        read: dict[str, ReadElement] = {}
        for key, element in flow.elements.items():
            kind = ELEMENTS.get(element.type)
            at = (*path, "elements", key)
            if kind is None:
                yield Finding(
                    (*at, "type"),
                    f"there is no element type `{element.type}`",
                    _nearest(element.type),
                    reason="no-element-type",
                    values=(element.type,),
                )
                continue
            settings, findings = shaped(kind.Settings, _as_json(element.settings), (*at, "settings"))
            yield from findings
            if settings is not None:
                read[key] = ReadElement(at, element, kind, settings)
        yield from _elements(draft, read)
        yield from _graph(path, flow, read)


def normalised(flow: CallFlow) -> CallFlow:
    """The flow with the settings of its elements complete and in their types. Only for faultless flows."""
    elements = {key: _normalised(element) for key, element in flow.elements.items()}
    return flow.model_copy(update={"elements": elements})


def _normalised(element: Element) -> Element:
    settings, _ = shaped(ELEMENTS[element.type].Settings, _as_json(element.settings))
    assert settings is not None, "a faultless flow has settings that its types read"
    return element.model_copy(update={"settings": settings.model_dump(mode="json", by_alias=True)})


def _as_json(settings: Mapping[str, JsonValue]) -> JsonValue:
    return dict(settings)


def _nearest(type: str) -> str:
    near = get_close_matches(type, ELEMENTS, n=1, cutoff=0.6)
    return f"Did you mean `{near[0]}`?" if near else f"There are {', '.join(f'`{each}`' for each in ELEMENTS)}."


# ------------------------------------------------------------------ one element


def _elements(draft: Draft, read: Mapping[str, ReadElement]) -> Iterator[Finding]:
    for each in read.values():
        references = [
            Named((*each.path, "settings", *_inside(reference.setting)), reference.kind, reference.key)
            for reference in each.kind.references(each.settings)
        ]
        yield from missing(draft, references)
        yield from _takes_bookings(draft, each, references)
        yield from _exits(draft, each)
        for setting, value in each.settings.model_dump().items():
            if isinstance(value, str) and value.startswith("+") and value[1:].isdecimal():
                yield from impossible_number((*each.path, "settings", setting), value)


def _inside(setting: str) -> Path:
    """`messages[0]` or `categories[0].category` as a path."""
    return tuple(int(word) if word.isdecimal() else word for word in re.findall(r"[^\[\].]+", setting))


def _takes_bookings(draft: Draft, each: ReadElement, references: list[Named]) -> Iterator[Finding]:
    if each.kind.books_in(each.settings) is None:
        return
    outgoing = draft.organisation.outgoing.trunk if draft.organisation else "unknown"
    for reference in references:
        queue = draft.find("queues", reference.key, Queue)
        if queue and queue.callbacks is None:
            remedy = f"Give the queue `{queue.key}` the setting `callbacks`, with a schedule."
            yield Finding(
                reference.path,
                f"the queue `{queue.key}` takes no bookings",
                remedy,
                reason="no-bookings",
                values=(queue.key,),
            )
    if outgoing is None:
        yield Finding(
            each.path,
            "nobody can be called back: outgoing calls have no trunk",
            "Name it in `organisation.outgoing.trunk`.",
            reason="no-outgoing-trunk",
        )


def _exits(draft: Draft, each: ReadElement) -> Iterator[Finding]:
    possible = each.kind.exits(each.settings)
    names = _names(draft, possible)
    for exit in each.element.exits:
        if names is not None and exit not in names and not (possible.keys and exit in KEYS):
            yield Finding(
                (*each.path, "exits", exit),
                f"`{each.element.type}` has no exit `{exit}`",
                _possible(possible, names),
                reason="no-exit",
                values=(each.element.type, exit),
            )
    for category in _without_exit(draft, each, possible):
        message = f"the exit `{category}` is missing: callers who come then would be cut off"
        remedy = "Lead it to an element; to `hang_up` if that is what you want."
        yield Finding((*each.path, "exits"), message, remedy, "category-without-exit", (category,))
    for exit in sorted(possible.required - set(each.element.exits)):
        yield Finding(
            (*each.path, "exits"),
            f"the exit `{exit}` is missing",
            "Without it the element is of no use.",
            reason="exit-missing",
            values=(exit,),
        )
    if possible.keys and "no_input" in possible.names and not KEYS & set(each.element.exits):
        yield Finding(
            (*each.path, "exits"), "no key leads anywhere", 'Give an exit for a key, such as "1".', reason="no-key"
        )


def _without_exit(draft: Draft, each: ReadElement, possible: Exits) -> list[str]:
    """Categories of opening hours that lead nowhere. Not `closed`, when a call may simply end."""
    names = _names(draft, possible) if possible.categories_of is not None else None
    return sorted((names or frozenset()) - possible.names - set(each.element.exits) - {CLOSED})


def _names(draft: Draft, possible: Exits) -> frozenset[str] | None:
    """The exits by name; None when they cannot be known, since the hours have faults of their own."""
    if possible.categories_of is None:
        return possible.names
    hours = draft.find("hours", possible.categories_of, OpeningHours)
    return possible.names | set(hours.in_use) if hours else None


def _possible(possible: Exits, names: frozenset[str]) -> str:
    words = [f"`{name}`" for name in sorted(names)] + (["the keys 0-9, * and #"] if possible.keys else [])
    return f"Possible are {', '.join(words)}." if words else "It has no exits."


# ------------------------------------------------------------------ the graph


def _graph(path: Path, flow: CallFlow, read: Mapping[str, ReadElement]) -> Iterator[Finding]:
    elements = list(flow.elements)
    if flow.start not in flow.elements:
        yield Finding(
            (*path, "start"),
            f"there is no element `{flow.start}`",
            _near_element(flow.start, elements),
            reason="no-element",
            values=(flow.start,),
        )
    for key, element in flow.elements.items():
        for exit, target in element.exits.items():
            if target not in flow.elements:
                at = (*path, "elements", key, "exits", exit)
                yield Finding(
                    at,
                    f"there is no element `{target}`",
                    _near_element(target, elements),
                    reason="no-element",
                    values=(target,),
                )
    if flow.start in flow.elements:
        reached = _reached(flow)
        for key in elements:
            if key not in reached:
                remedy = "Lead an exit to it, or take it out."
                yield Finding(
                    (*path, "elements", key),
                    f"no caller can reach `{key}`",
                    remedy,
                    reason="unreachable",
                    values=(key,),
                )
    if circle := _circle(flow, read):
        way = " → ".join([*circle, circle[0]])
        yield Finding(
            (*path, "elements", circle[0]),
            f"this goes round without end: {way}",
            "Lead one exit elsewhere.",
            reason="goes-round",
            values=(way,),
        )


def _near_element(key: str, known: list[str]) -> str:
    near = get_close_matches(key, known, n=1, cutoff=0.6)
    return f"Did you mean `{near[0]}`?" if near else f"Elements are {', '.join(f'`{each}`' for each in known[:10])}."


def _reached(flow: CallFlow) -> set[str]:
    reached: set[str] = set()
    ahead = [flow.start]
    while ahead:
        key = ahead.pop()
        if key in flow.elements and key not in reached:
            reached.add(key)
            ahead += flow.elements[key].exits.values()
    return reached


def _circle(flow: CallFlow, read: Mapping[str, ReadElement]) -> list[str] | None:
    """A way round through elements that wait neither for the caller nor for time, if there is one."""
    at_once = {key: _left_at_once(each) & read.keys() for key, each in read.items()}
    try:
        TopologicalSorter(at_once).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1]
        return circle[:0:-1]
    return None


def _left_at_once(each: ReadElement) -> set[str]:
    """The elements to which a caller may go on without having waited here."""
    exits = each.element.exits
    quick = each.kind.exits(each.settings).at_once if each.kind.waits else exits.keys()
    return {exits[exit] for exit in quick if exit in exits}
