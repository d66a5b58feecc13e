"""People who are hidden from a reader are not named to them: not in any answer, whatever it is about.

Where a person stands in an answer its type is `PersonKey`, which is how they are found. All else stays as it is, so
that figures and the order of what happened are right.
"""

import dataclasses
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Protocol, Self, TypeVar, cast, get_args, get_origin, get_type_hints, runtime_checkable

import msgspec
from pydantic import BaseModel

from svarhus.domains.people.model import Person
from svarhus.domains.people.projection import shown_to
from svarhus.domains.people.rights import Actor
from svarhus.domains.people.staff import Staff
from svarhus.kit.ids import PersonKey

UNNAMED = PersonKey("unnamed-colleague")
"""In place of a key that the reader is not told. No person may have it."""

T = TypeVar("T")

_NOT_OF_PEOPLE = frozenset(
    {"queue", "queues", "flow", "element", "exit", "unit", "tag", "language", "kind", "music"}
    | {"caller_list", "category"}
)
"""Names in stored JSON under which a word that is somebody's key means something else."""


class Unnamed:
    """Who is hidden from one reader."""

    def __init__(self, hidden: Mapping[str, Person]) -> None:
        """`hidden`: by their keys."""
        self._hidden = hidden
        self._names = {person.name for person in hidden.values()}
        self._extensions = {person.extension for person in hidden.values() if person.extension}

    def __bool__(self) -> bool:
        return bool(self._hidden)

    def hides(self, key: str | None) -> bool:
        return key in self._hidden

    def person(self, key: str) -> PersonKey:
        """The key, or what stands in its place."""
        return UNNAMED if key in self._hidden else PersonKey(key)

    def name(self, name: str, number: str | None = None) -> str:
        """A caller's name; nothing when it is that of somebody hidden, or calls from such a person's phone."""
        return "" if name in self._names or number in self._extensions else name

    def words(self, text: str) -> str:
        """A text in which keys stand as words, such as `changed person anna`."""
        return " ".join(map(self.person, text.split(" ")))

    def stored(self, value: T, under: str = "") -> T:
        """The same for JSON as it was stored, where no types tell what is what. `under`: the name it stands under."""
        if isinstance(value, str):
            if under in _NOT_OF_PEOPLE:
                return value
            return cast(T, "" if value in self._names else self.person(value))
        if isinstance(value, Mapping):
            return cast(T, {name: self.stored(inner, name) for name, inner in value.items()})
        if isinstance(value, list | tuple):
            return cast(T, type(value)(self.stored(inner, under) for inner in value))
        return value

    def of(self, value: T) -> T:
        """The value without their names."""
        return self._of(value) if self._hidden else value

    def _of(self, value: T) -> T:
        if isinstance(value, tuple | list):
            return cast(T, _same(value, [self._of(each) for each in value]))
        kind: type = type(value)
        plan = _plan(kind)
        if plan is None:
            return value
        changed = {
            name: after
            for name, is_person in plan
            if (after := self._field(before := getattr(value, name), is_person)) is not before
        }
        seen = _with(value, changed) if changed else value
        return seen.unnamed(self) if isinstance(seen, TellsOfPeople) else seen

    def _field(self, value: object, is_person: bool) -> object:
        if not is_person:
            return self._of(value)
        if isinstance(value, str):
            return UNNAMED if value in self._hidden else value
        if isinstance(value, tuple | list):
            return _same(value, [self._field(each, is_person) for each in value])
        return value


@runtime_checkable
class TellsOfPeople(Protocol):
    """Tells of people otherwise than by a key of theirs, and knows where."""

    def unnamed(self, by: Unnamed) -> Self: ...


def unnamed_to(actor: Actor, staff: Staff) -> Unnamed:
    """Who is not named to the actor."""
    return Unnamed({each.key: each for each in staff.people if shown_to(actor, each) is None})


def may_tell_of_people(value: object) -> bool:
    """Whether there is anything to look at; only then it matters who is hidden."""
    if isinstance(value, tuple | list):
        return any(may_tell_of_people(each) for each in value[:1])
    kind: type = type(value)
    return _plan(kind) is not None


# ------------------------------------------------------------------ where people stand

_Plan = tuple[tuple[str, bool], ...]
"""Names of fields, and whether each holds the key of a person; else it may hold what tells of people."""


@cache
def _plan(of: type) -> _Plan | None:
    """None: nothing of this type has fields that can be looked at."""
    names = tuple(_fields(of))
    if not names:
        return None
    hints = get_type_hints(of)
    kinds = ((name, tuple(_parts(hints[name]))) for name in names if name in hints)
    return tuple(
        (name, PersonKey in parts)
        for name, parts in kinds
        if PersonKey in parts or any(part is Any or isinstance(part, TypeVar) or _has_fields(part) for part in parts)
    )


def _fields(of: type) -> Iterator[str]:
    if issubclass(of, msgspec.Struct):
        yield from of.__struct_fields__
    elif issubclass(of, BaseModel):
        yield from of.model_fields
    elif dataclasses.is_dataclass(of):
        yield from (field.name for field in dataclasses.fields(of))


def _has_fields(part: object) -> bool:
    return isinstance(part, type) and any(True for _ in _fields(part))


def _parts(hint: object) -> Iterator[object]:
    """A type and all that it is put together of."""
    yield hint
    if (origin := get_origin(hint)) is not None:
        yield origin
    for inner in get_args(hint):
        yield from _parts(inner)


def _same(before: "tuple[object, ...] | list[object]", after: list[object]) -> object:
    """What was there before when nothing has changed: so it need not be made anew."""
    if all(one is other for one, other in zip(before, after, strict=True)):
        return before
    return type(before)(after)


def _with(value: T, changed: dict[str, object]) -> T:
    if isinstance(value, msgspec.Struct):
        return msgspec.structs.replace(value, **changed)
    if isinstance(value, BaseModel):
        return value.model_copy(update=changed)
    return dataclasses.replace(value, **changed)  # type: ignore[type-var]  # `_plan` has looked
