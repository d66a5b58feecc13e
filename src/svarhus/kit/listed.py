"""Lists of parts that find each by its key, however many there are."""

from collections.abc import Iterable
from itertools import compress, count, repeat
from operator import is_
from typing import TypeVar

from svarhus.kit.buckets import Buckets
from svarhus.kit.document import DocumentPart

P = TypeVar("P", bound=DocumentPart)


class Listed(tuple[P, ...]):
    """Parts in their order, and by their keys."""

    by_key: Buckets[P]


def listed(parts: Iterable[P], by_key: Buckets[P]) -> Listed[P]:
    """`by_key`: just these parts."""
    made = Listed(parts)
    made.by_key = by_key
    return made


def found(parts: tuple[P, ...], key: str, known_by: str = "key") -> P | None:
    """The part of this key. `known_by`: the setting that is its key."""
    if isinstance(parts, Listed):
        return parts.by_key.get(key)
    return next((part for part in parts if getattr(part, known_by) == key), None)


def place_of(parts: tuple[DocumentPart, ...], part: DocumentPart) -> int:
    """Where this very object stands."""
    return next(compress(count(), map(is_, parts, repeat(part))))
