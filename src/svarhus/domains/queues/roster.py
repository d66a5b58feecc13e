"""Who takes the calls of a queue."""

from collections.abc import Iterable, Mapping

import msgspec

from svarhus.domains.people.model import Person
from svarhus.domains.queues.model import Member, OutsideMember, Queue, Team
from svarhus.kit.ids import PersonKey


class Seat(msgspec.Struct, frozen=True):
    """A member's standing in a queue."""

    priority: int
    """0 is asked first, 9 last."""
    order: int
    """Place in the queue's list, from 0; teams stand after those who are named."""
    starts_logged_in: bool = False
    confirms: bool = True
    """Who answers at a number outside shows by a key that it is a person."""


Roster = Mapping[PersonKey, Seat]


def roster(queue: Queue, people: Iterable[Person]) -> Roster:
    """The members of the queue, in the order of its list, then telephones outside, and then its teams. `people`:
    everybody, where it has any.

    Who is named holds as that, whatever teams the person belongs to; who belongs to several, as in the first.
    """
    found: dict[PersonKey, Seat] = {}
    unconfirmed = {each.key for each in queue.outside if not each.confirm}
    for member in _all(queue, people):
        key = PersonKey(member.person)
        found.setdefault(key, Seat(member.priority, len(found), member.starts_logged_in, key not in unconfirmed))
    return found


def _all(queue: Queue, people: Iterable[Person]) -> Iterable[Member]:
    yield from queue.members
    yield from map(outside_as_member, queue.outside)
    if queue.teams:
        everybody = list(people)
        for team in queue.teams:
            yield from (as_member(team, person) for person in everybody if belongs(person, team))


def belongs(person: Person, team: Team) -> bool:
    """Who could not be rung anywhere never does."""
    if person.answers_at == "extension" and person.extension is None:
        return False
    if team.tag is not None:
        return team.tag.casefold() in (tag.casefold() for tag in person.tags)
    return team.unit in person.units


def outside_as_member(outside: OutsideMember) -> Member:
    return Member(person=outside.key, priority=outside.priority, starts_logged_in=outside.starts_logged_in)


def outside_as_person(outside: OutsideMember, language: str) -> Person:
    """Somebody who can be rung there and does nothing else."""
    return Person(
        key=outside.key,
        name=outside.name,
        email=f"{outside.key}@outside.invalid",
        language=language,
        number=outside.number,
        answers_at="number",
    )


def as_member(team: Team, person: Person) -> Member:
    return Member(person=person.key, priority=team.priority, starts_logged_in=team.starts_logged_in)
