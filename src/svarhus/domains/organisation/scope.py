"""Which parts can have a fault that they had not before: those that are new, and those that name what is no more, or
is no more as they need it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from svarhus.domains.organisation.difference import Difference, Differing
from svarhus.domains.organisation.lists import OF_UNITS

NAMED_IN: Mapping[str, tuple[str, ...]] = {
    "units": ("people", *OF_UNITS),
    "roles": ("people",),
    "fields": ("people",),
    "people": ("queues", "numbers"),
    "trunks": ("numbers", "units"),
    "numbers": (),
    "lists": ("callflows",),
    "hours": ("schedules", "queues", "callflows"),
    "categories": ("numbers", "schedules", "queues", "callflows"),
    "messages": ("queues", "callflows"),
    "playlists": ("queues", "callflows"),
    "schedules": ("queues", "callflows"),
    "queues": ("tags", "callflows"),
    "tags": ("tags",),
    "pauses": (),
    "callflows": ("numbers", "callflows"),
}
"""The lists whose parts may name a part of this list. The organisation's own settings are always looked at."""

_NEEDED: Mapping[str, Callable[[Any], object]] = {
    "people": lambda person: (person.answers_at, person.extension is None),
    "fields": lambda field: field,
    "hours": lambda hours: frozenset(hours.in_use),
    "queues": lambda queue: queue.callbacks is None,
}
"""What those who name a part need of it, besides that it is there."""

_TOGETHER = frozenset({"tags", "trunks"})
"""Lists whose parts make one whole: where one differs, all are looked at."""


def shaken(difference: Difference) -> frozenset[str]:
    """The lists of which all parts are to be looked at; of the others, those that are new."""
    return frozenset(other for name, differing in difference.lists.items() for other in _shaken(name, differing))


def _shaken(name: str, differing: Differing) -> Iterator[str]:
    needed = _NEEDED.get(name)
    if differing.removed or (
        needed and any(needed(part) != needed(differing.new[key]) for key, part in differing.before.items())
    ):
        yield from NAMED_IN[name]
    if name in _TOGETHER:
        yield name
