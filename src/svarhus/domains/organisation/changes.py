"""What is different between two configurations, in words that an administrator reads before saying yes."""

import json
from collections.abc import Iterator

from pydantic import JsonValue

from svarhus.domains.organisation.difference import Difference, Differing, difference
from svarhus.domains.organisation.lists import LISTS, SINGULAR, key_of
from svarhus.domains.organisation.model import Configuration
from svarhus.kit.document import DocumentPart

_KNOWN_BY = ("person", "key", "number", "name")
"""Settings by which the entries of an inner list are told apart."""


def changes(before: Configuration | None, after: Configuration) -> tuple[str, ...]:
    """Each difference in a line of its own. Without a `before`, everything is new."""
    if before is not None:
        return told(before, after, difference(before, after))
    found = [f"organisation `{after.organisation.key}` added"]
    for name in LISTS:
        found += [f"{SINGULAR[name]} `{key_of(name, part)}` added" for part in getattr(after, name)]
    return tuple(found)


def told(before: Configuration, after: Configuration, difference: Difference) -> tuple[str, ...]:
    """The same, of a difference that is known already."""
    found = [f"organisation: {words}" for words in _inside(_plain(before.organisation), _plain(after.organisation))]
    for name in LISTS:
        found += _list(name, difference.of(name))
    return tuple(found)


def same(before: Configuration, after: Configuration) -> bool:
    """Whether nothing differs, order included."""
    return not difference(before, after)


def _plain(part: DocumentPart) -> JsonValue:
    plain: JsonValue = part.model_dump(mode="json", by_alias=True)
    return plain


def _as_text(value: JsonValue) -> str:
    return json.dumps(value)


def _list(name: str, differing: Differing) -> Iterator[str]:
    what = SINGULAR[name]
    for key in differing.removed:
        yield f"{what} `{key}` removed"
    for key, part in differing.new.items():
        if key not in differing.before:
            yield f"{what} `{key}` added"
        else:
            inside = _inside(_plain(differing.before[key]), _plain(part))
            yield from (f"{what} `{key}`: {words}" for words in inside)
    if differing.moved:
        yield f"{name}: in another order"


def _inside(before: JsonValue, after: JsonValue, path: str = "") -> Iterator[str]:
    """Differences within one part."""
    if _as_text(before) == _as_text(after):
        return
    if isinstance(before, dict) and isinstance(after, dict):
        yield from _settings(before, after, path)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _entries(before, after, path)
    else:
        yield f"{path} {_shown(before)} → {_shown(after)}"


def _settings(before: dict[str, JsonValue], after: dict[str, JsonValue], path: str) -> Iterator[str]:
    for name in [*before, *(name for name in after if name not in before)]:
        inner = f"{path}.{name}" if path else name
        if name not in after:
            yield f"{inner} removed"
        elif name not in before:
            yield f"{inner} added" if isinstance(after[name], dict | list) else f"{inner} added: {_shown(after[name])}"
        else:
            yield from _inside(before[name], after[name], inner)
    if [name for name in before if name in after] != [name for name in after if name in before]:
        yield f"{path}: in another order"


def _entries(before: list[JsonValue], after: list[JsonValue], path: str) -> Iterator[str]:
    old, new = _by_name(before), _by_name(after)
    if old is not None and new is not None:
        yield from (f"{path}: `{key}` removed" for key in old if key not in new)
        for key, entry in new.items():
            if key in old:
                yield from _inside(old[key], entry, f"{path}.{key}")
            else:
                yield f"{path}: `{key}` added"
        if [key for key in old if key in new] != [key for key in new if key in old]:
            yield f"{path}: in another order"
    elif len(before) == len(after):
        for index, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from _inside(one, other, f"{path}[{index}]")
    else:
        yield f"{path}: {_count(before)} → {_count(after)}"


def _by_name(entries: list[JsonValue]) -> dict[str, JsonValue] | None:
    """The entries by what tells them apart; None when nothing does."""
    if all(isinstance(entry, str) for entry in entries):
        named: list[tuple[str, JsonValue]] = [(str(entry), entry) for entry in entries]
    else:
        named = [
            (str(entry[known]), entry)
            for entry in entries
            if isinstance(entry, dict)
            for known in [next((each for each in _KNOWN_BY if entry.get(each) is not None), None)]
            if known
        ]
    unique = dict(named)
    return unique if len(unique) == len(entries) else None


def _count(entries: list[JsonValue]) -> str:
    return "1 entry" if len(entries) == 1 else f"{len(entries)} entries"


def _shown(value: JsonValue) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case str():
            return f'"{value}"' if " " in value or not value else value
        case list() | dict():
            return _count(list(value))
        case _:
            return str(value)
