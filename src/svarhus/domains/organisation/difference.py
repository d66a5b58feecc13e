"""What differs between two configurations, part by part.

Parts are immutable, and whoever changes a configuration hands on those that stay: what is the same object is not
looked at, so that a difference costs what differs.
"""

from collections.abc import Mapping, Sequence
from itertools import compress
from operator import is_not

import msgspec

from svarhus.domains.organisation.lists import LISTS, key_of
from svarhus.domains.organisation.model import Configuration
from svarhus.kit.document import DocumentPart

DocumentParts = Mapping[str, DocumentPart]
"""By key, in the order in which they stand."""


class Differing(msgspec.Struct, frozen=True):
    """How one list differs."""

    removed: DocumentParts = msgspec.field(default_factory=dict)
    before: DocumentParts = msgspec.field(default_factory=dict)
    """Those that changed, as they were."""
    new: DocumentParts = msgspec.field(default_factory=dict)
    """All that is as it was not: added, or changed."""
    places: Mapping[str, int] = msgspec.field(default_factory=dict)
    """Where the new ones stand."""
    moved: bool = False
    """Those that stay stand in another order."""
    inserted: bool = False
    """What was added does not all stand at the end."""

    @property
    def added(self) -> DocumentParts:
        return {key: part for key, part in self.new.items() if key not in self.before}

    @property
    def old(self) -> DocumentParts:
        """All that is no more as it was: removed, or changed."""
        return {**self.removed, **self.before}

    @property
    def keys(self) -> frozenset[str]:
        return frozenset((*self.removed, *self.new))

    @property
    def reordered(self) -> bool:
        """The parts alone do not tell where they stand."""
        return self.moved or self.inserted


SAME = Differing()


class Difference(msgspec.Struct, frozen=True):
    """What one configuration has that another had not, and the other way round."""

    organisation: bool
    """The settings of the organisation itself differ."""
    lists: Mapping[str, Differing]
    """Those that differ."""

    def of(self, list_name: str) -> Differing:
        return self.lists.get(list_name, SAME)

    def __bool__(self) -> bool:
        return self.organisation or bool(self.lists)


UNCHANGED = Difference(organisation=False, lists={})


def difference(before: Configuration, after: Configuration) -> Difference:
    """All that differs, order included."""
    lists = {
        name: found
        for name in LISTS
        if (old := getattr(before, name)) is not (new := getattr(after, name))
        and (found := _differing(name, old, new)) is not None
    }
    return Difference(_differs(before.organisation, after.organisation), lists)


def _differing(name: str, before: Sequence[DocumentPart], after: Sequence[DocumentPart]) -> Differing | None:
    front = _alike(before, after)
    back = _alike(before[: front - 1 if front else None : -1], after[: front - 1 if front else None : -1])
    old = {key_of(name, part): part for part in before[front : len(before) - back]}
    new = {key_of(name, part): part for part in after[front : len(after) - back]}
    places = {key_of(name, part): place for place, part in enumerate(after[front : len(after) - back], front)}
    added = {key for key in new if key not in old}
    changed = {key for key, part in new.items() if key in old and _differs(old[key], part)}
    found = Differing(
        removed={key: part for key, part in old.items() if key not in new},
        before={key: part for key, part in old.items() if key in changed},
        new={key: part for key, part in new.items() if key in added or key in changed},
        places={key: place for key, place in places.items() if key in added or key in changed},
        moved=[key for key in old if key in new] != [key for key in new if key in old],
        inserted=bool(added) and (back > 0 or not added.issuperset([*new][-len(added) :])),
    )
    return found if found.keys or found.moved else None


def _alike(before: Sequence[DocumentPart], after: Sequence[DocumentPart]) -> int:
    """How many at the front are the same objects."""
    shorter = min(len(before), len(after))
    return next(compress(range(shorter), map(is_not, before, after)), shorter)


def _differs(one: DocumentPart, other: DocumentPart) -> bool:
    """Also when only the order of its settings does."""
    return one is not other and one.model_dump_json(by_alias=True) != other.model_dump_json(by_alias=True)
