"""A draft of what was made of a configuration without faults: what is new is read again, the rest is known."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

from svarhus.domains.organisation.difference import Difference
from svarhus.domains.organisation.draft import Draft
from svarhus.domains.organisation.listed import index_of
from svarhus.domains.organisation.lists import LISTS, key_of
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.reading import Path
from svarhus.domains.organisation.scope import shaken
from svarhus.domains.organisation.shape import shaped, tidied
from svarhus.kit.buckets import Buckets
from svarhus.kit.document import DocumentPart
from svarhus.kit.listed import Listed, listed

P = TypeVar("P", bound=DocumentPart)


class Redraft(Draft):
    """Looked at are the parts that are new, and the lists whose parts name what is no more as it was."""

    def __init__(self, before: Configuration, after: Configuration, difference: Difference) -> None:
        super().__init__(organisation=before.organisation)
        self._before = before
        self._after = after
        self._difference = difference
        self._indexes: dict[str, Buckets[DocumentPart]] = {}
        self._new = {name: self._read(name) for name in difference.lists}
        self._shaken = shaken(difference)

    def _read(self, name: str) -> dict[int, DocumentPart]:
        """What is new in a list, by its place, as it would be read from a file."""
        found: dict[int, DocumentPart] = {}
        differing = self._difference.of(name)
        for key, part in differing.new.items():
            path: Path = (name, differing.places[key])
            value = tidied(part.model_dump(mode="json", by_alias=True))
            self.written = [*self.written, (path, value)]
            read, findings = shaped(LISTS[name], value, path)
            self.findings += findings
            if read is not None:
                found[differing.places[key]] = read
        return found

    @property
    def certain(self) -> bool:
        """All could be read, and no key is there twice; else only a look at the whole tells what is wrong."""
        return not self.findings and all(map(self._has_keys_once, LISTS))

    def _has_keys_once(self, name: str) -> bool:
        differing = self._difference.of(name)
        before, after = getattr(self._before, name), getattr(self._after, name)
        return (
            len(after) == len(before) - len(differing.removed) + len(differing.added)
            and not any(key in self._index(name) for key in differing.added)
            and [key_of(name, part) for part in self.new(name).values()] == [*differing.new]
        )

    def with_lists(self, replaced: Mapping[str, Mapping[int, DocumentPart]]) -> Configuration:
        """The whole, with these in place of what was read. What stays are the objects of before."""
        lists: dict[str, Listed[DocumentPart]] = {}
        for name, differing in self._difference.lists.items():
            parts, new = [*getattr(self._after, name)], {**self._new[name], **replaced.get(name, {})}
            for place, part in new.items():
                parts[place] = part
            come = {key_of(name, part): part for part in new.values()}
            lists[name] = listed(parts, self._index(name).changed(differing.removed, come))
        return self._before.model_copy(update=lists)

    def new(self, name: str) -> Mapping[int, DocumentPart]:
        return self._new.get(name, {})

    # ---- for the rules

    def each(self, list_name: str, model: type[P]) -> Iterator[tuple[Path, P]]:
        if list_name in self._shaken:
            yield from self.every(list_name, model)
            return
        for place, part in self.new(list_name).items():
            if isinstance(part, model):
                yield (list_name, place), part

    def every(self, list_name: str, model: type[P]) -> Iterator[tuple[Path, P]]:
        new = self.new(list_name)
        for place, part in enumerate(getattr(self._after, list_name)):
            one = new.get(place, part)
            if isinstance(one, model):
                yield (list_name, place), one

    def find(self, list_name: str, key: str, model: type[P]) -> P | None:
        differing = self._difference.of(list_name)
        if key in differing.new:
            part: DocumentPart | None = self._new[list_name].get(differing.places[key])
        else:
            part = None if key in differing.removed else self._index(list_name).get(key)
        return part if isinstance(part, model) else None

    def has(self, list_name: str, key: str) -> bool:
        return self.find(list_name, key, LISTS[list_name]) is not None

    def _index(self, name: str) -> Buckets[DocumentPart]:
        if name not in self._indexes:
            self._indexes[name] = index_of(name, getattr(self._before, name))
        return self._indexes[name]
