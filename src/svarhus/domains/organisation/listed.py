"""The lists of a configuration by the keys of their parts."""

from collections.abc import Mapping
from operator import attrgetter
from typing import TypeVar

from svarhus.domains.organisation.lists import KEY_OF, LISTS
from svarhus.domains.organisation.model import Configuration
from svarhus.kit.buckets import Buckets
from svarhus.kit.document import DocumentPart
from svarhus.kit.listed import Listed, listed, place_of

P = TypeVar("P", bound=DocumentPart)

_FEW = 4
"""Parts that are each looked for; to go through all of them costs as much as to look for so many."""


def index_of(list_name: str, parts: tuple[P, ...]) -> Buckets[P]:
    """The parts by their keys. It takes its time for a list that is not `Listed`."""
    if isinstance(parts, Listed):
        return parts.by_key
    return Buckets.of(zip(map(attrgetter(KEY_OF.get(list_name, "key")), parts), parts, strict=True))


def with_parts(list_name: str, parts: tuple[P, ...], other: Mapping[str, P]) -> Listed[P]:
    """The list with these in place of those of the same keys."""
    index = index_of(list_name, parts)
    found = [(part, other[key]) for key in other if (part := index.get(key)) is not None]
    if len(found) > _FEW:
        places = {id(part): new for part, new in found}
        return listed((places.get(id(part), part) for part in parts), index.changed((), other))
    new_parts = [*parts]
    for part, new in found:
        new_parts[place_of(parts, part)] = new
    return listed(new_parts, index.changed((), other))


def all_listed(configuration: Configuration) -> Configuration:
    """The same, with all of its lists `Listed`."""
    lists = {name: getattr(configuration, name) for name in LISTS}
    plain = {name: parts for name, parts in lists.items() if not isinstance(parts, Listed)}
    made = {name: listed(parts, index_of(name, parts)) for name, parts in plain.items()}
    return configuration.model_copy(update=made)
