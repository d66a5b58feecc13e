"""A person as others may see them: the one place where that is decided, for every list, card, history and search."""

from collections.abc import Mapping

from pydantic import JsonValue

from svarhus.domains.people.errors import NoPerson
from svarhus.domains.people.model import Person
from svarhus.domains.people.rights import Actor, Right
from svarhus.domains.people.staff import Staff

_WHOLE = frozenset({Right.SEE_PEOPLE, Right.CHANGE_PEOPLE, Right.CHANGE_CONFIGURATION})


def sees_everybody(actor: Actor) -> bool:
    """Whether the actor may see who is hidden, and everybody's whole card."""
    return bool(_WHOLE & actor.rights)


def sees_whole(actor: Actor, key: str) -> bool:
    """Whether the actor may see the whole card of the person of this key: everybody may see the own."""
    return actor.person == key or sees_everybody(actor)


def shown_to(actor: Actor, person: Person) -> Person | None:
    """The person without the organisation's own fields for whom they are not; None for whom the person is hidden."""
    if sees_whole(actor, person.key):
        return person
    return None if person.hidden else person.model_copy(update={"fields": {}})


def written_shown_to(actor: Actor, person: Mapping[str, JsonValue]) -> dict[str, JsonValue] | None:
    """The same for a person as an earlier document wrote it."""
    if sees_whole(actor, str(person.get("key"))):
        return {**person}
    return None if person.get("hidden") else {**person, "fields": {}}


def people_shown_to(actor: Actor, staff: Staff) -> tuple[Person, ...]:
    return tuple(shown for person in staff.people if (shown := shown_to(actor, person)) is not None)


def keys_shown_to(actor: Actor, staff: Staff) -> frozenset[str]:
    return frozenset(person.key for person in people_shown_to(actor, staff))


def person_shown_to(actor: Actor, staff: Staff, key: str) -> Person:
    """NoPerson when there is none of this key for the actor."""
    for person in people_shown_to(actor, staff):
        if person.key == key:
            return person
    raise NoPerson(f"There is no person `{key}`.")
