"""A document that may still be faulty: as much of it as could be understood, so that all its faults can be
told at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TypeVar

from pydantic import JsonValue

from svarhus.domains.organisation.lists import KEY_OF, LISTS, key_of
from svarhus.domains.organisation.model import Configuration, Organisation
from svarhus.domains.organisation.reading import Path
from svarhus.domains.organisation.shape import Finding, shaped
from svarhus.kit.document import DocumentPart
from svarhus.kit.workshop import GoOn, to_the_end

P = TypeVar("P", bound=DocumentPart)


@dataclass
class Draft:
    """What could be understood of a document."""

    organisation: Organisation | None = None
    parts: dict[str, dict[int, DocumentPart]] = field(default_factory=dict)
    """By list and place in it, those with the right shape."""
    keys: dict[str, dict[int, str]] = field(default_factory=dict)
    """By list and place in it, the key, also of parts with faults."""
    written: Sequence[tuple[Path, JsonValue]] = ()
    """What is looked at as it was written, and where it stands."""
    findings: list[Finding] = field(default_factory=list)
    _known: dict[str, frozenset[str]] = field(default_factory=dict)
    """The keys of each list that has been asked for, once all has been read."""
    _found: dict[str, dict[str, DocumentPart]] = field(default_factory=dict)
    """The same of the parts with the right shape."""

    def each(self, list_name: str, model: type[P]) -> Iterator[tuple[Path, P]]:
        """The parts of a list that have the right shape and are looked at, with their paths."""
        yield from self.every(list_name, model)

    def every(self, list_name: str, model: type[P]) -> Iterator[tuple[Path, P]]:
        """All parts of a list that have the right shape, by which those that are looked at may have faults."""
        for index, part in self.parts.get(list_name, {}).items():
            if isinstance(part, model):
                yield (list_name, index), part

    def find(self, list_name: str, key: str, model: type[P]) -> P | None:
        """The part of this key, when it has the right shape."""
        if list_name not in self._found:
            self._found[list_name] = {key_of(list_name, part): part for _, part in self.every(list_name, DocumentPart)}
        part = self._found[list_name].get(key)
        return part if isinstance(part, model) else None

    def has(self, list_name: str, key: str) -> bool:
        if list_name not in self._known:
            self._known[list_name] = frozenset(self.keys.get(list_name, {}).values())
        return key in self._known[list_name]

    def configuration(self) -> Configuration:
        """The whole, when there were no findings."""
        assert self.organisation is not None and not self.findings, "a faulty draft is no configuration"
        lists = {name: tuple(parts.values()) for name, parts in self.parts.items()}
        return Configuration.model_validate({"organisation": self.organisation, **lists})


def drafted(configuration: Configuration) -> Draft:
    """A draft of what has the right shape already."""
    made = Draft(organisation=configuration.organisation)
    for name in LISTS:
        parts: tuple[DocumentPart, ...] = getattr(configuration, name)
        made.parts[name] = dict(enumerate(parts))
        made.keys[name] = dict(enumerate(map(attrgetter(KEY_OF.get(name, "key")), parts)))
    return made


MOST_FINDINGS = 1000
"""After which the rest of a document is not looked at: it was no such file."""


def draft(document: JsonValue, go_on: GoOn = to_the_end) -> Draft:
    """Understand a document, part by part."""
    made = Draft(written=[((), document)])
    if document is None:
        made.findings.append(
            Finding((), "the file is empty", "Begin with `organisation:`; see the guide.", reason="file-empty")
        )
    elif not isinstance(document, dict):
        made.findings.append(
            Finding((), "the file is not a set of names and values", "Begin with `organisation:`.", reason="shape-map")
        )
    else:
        _top(made, document, go_on)
    return made


def _top(made: Draft, document: dict[str, JsonValue], go_on: GoOn) -> None:
    lists: dict[str, JsonValue] = {name: [] for name in LISTS if name in document}
    _, findings = shaped(Configuration, {**document, "organisation": _PLACEHOLDER, **lists})
    made.findings += findings
    if "organisation" not in document:
        made.findings.append(
            Finding(("organisation",), "`organisation` is missing", "Add `organisation`.", reason="shape-missing")
        )
    else:
        made.organisation, findings = shaped(Organisation, document["organisation"], ("organisation",))
        made.findings += findings
    for name in lists:
        _list(made, name, document[name], go_on)


_PLACEHOLDER: JsonValue = {"key": "none", "name": "none"}


def _list(made: Draft, name: str, entries: JsonValue, go_on: GoOn) -> None:
    made.parts[name], made.keys[name] = {}, {}
    if not isinstance(entries, list):
        _, findings = shaped(Configuration, {"organisation": _PLACEHOLDER, name: entries})
        made.findings += [finding for finding in findings if finding.path == (name,)]
        return
    for index, entry in enumerate(entries):
        go_on()
        if len(made.findings) > MOST_FINDINGS:
            return
        part, findings = shaped(LISTS[name], entry, (name, index))
        made.findings += findings
        if part is not None:
            made.parts[name][index] = part
            made.keys[name][index] = key_of(name, part)
        elif isinstance(entry, dict) and KEY_OF.get(name, "key") in entry:
            made.keys[name][index] = str(entry[KEY_OF.get(name, "key")])
