"""Whether somebody may make this change of the configuration."""

from collections.abc import Mapping
from types import MappingProxyType

from svarhus.domains.organisation.difference import Difference, DocumentParts
from svarhus.domains.organisation.lists import LISTS
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.people.model import Person, rights_of
from svarhus.domains.people.rights import Actor, Right, at_most, require

RIGHT_OF_LIST: Mapping[str, Right] = MappingProxyType(
    {"people": Right.CHANGE_PEOPLE, "fields": Right.CHANGE_PEOPLE, "roles": Right.CHANGE_ROLES}
)
"""Lists that may be changed by a right of their own; the others, and all of them, by that to change all settings."""

ANY_CHANGE = (*dict.fromkeys(RIGHT_OF_LIST.values()), Right.CHANGE_CONFIGURATION)


def require_for(actor: Actor, before: Configuration, after: Configuration) -> None:
    """Refused when something differs that the actor may not change."""
    if before.organisation != after.organisation:
        require(actor, Right.CHANGE_CONFIGURATION)
    for name in LISTS:
        if getattr(before, name) == getattr(after, name):
            continue
        if name == "queues" and _but_members(before) == _but_members(after):
            require(actor, Right.CHANGE_PEOPLE, Right.CHANGE_CONFIGURATION)
        elif name in RIGHT_OF_LIST:
            require(actor, RIGHT_OF_LIST[name], Right.CHANGE_CONFIGURATION)
        else:
            require(actor, Right.CHANGE_CONFIGURATION)


def refuse_rising(actor: Actor, before: Configuration, after: Configuration, difference: Difference) -> None:
    """Refused when somebody would get a right that the actor has not got: nobody lifts themselves or others above
    themselves. Nor does anybody pull those down who may do more: take their rights or their sign-in name, or remove
    them."""
    roles = {role.key: frozenset(role.rights) for role in after.roles}
    for role in before.roles:
        if roles.get(role.key) != frozenset(role.rights):
            at_most(actor, frozenset(role.rights))
    had = {role.key: frozenset(role.rights) for role in before.roles}
    for role in after.roles:
        at_most(actor, frozenset(role.rights) - had.get(role.key, frozenset()))
    # With other roles anybody may have other rights.
    roles_differ = "roles" in difference.lists
    people = before.people if roles_differ else _people(difference.of("people").old)
    stay = {person.key: person for person in (after.people if roles_differ else _people(difference.of("people").new))}
    rights = {person.key: rights_of(person.role, before.roles) for person in people}
    for person in stay.values():
        at_most(actor, rights_of(person.role, after.roles) - rights.get(person.key, frozenset()))
    for person in people:
        now = stay.get(person.key)
        if now is None or (now.role, now.email) != (person.role, person.email):
            at_most(actor, rights[person.key])


def _people(parts: DocumentParts) -> tuple[Person, ...]:
    return tuple(part for part in parts.values() if isinstance(part, Person))


def _but_members(configuration: Configuration) -> tuple[object, ...]:
    return tuple(queue.model_copy(update={"members": ()}) for queue in configuration.queues)
