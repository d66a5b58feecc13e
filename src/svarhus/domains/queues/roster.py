"""Who takes the calls of a queue."""

from collections.abc import Iterable, Mapping

import msgspec

from svarhus.domains.people.model import Person
from svarhus.domains.queues.model import Member, Queue, Team
from svarhus.kit.ids import PersonKey


class Seat(msgspec.Struct, frozen=True):
    """A member's standing in a queue."""

    priority: int
    """0 is asked first, 9 last."""
    order: int
    """Place in the queue's list, from 0; teams stand after those who are named."""
    starts_logged_in: bool = False


Roster = Mapping[PersonKey, Seat]


def roster(queue: Queue, people: Iterable[Person]) -> Roster:
    """The members of the queue, in the order of its list, and then of its teams. `people`: everybody, where it has any.

    Who is named holds as that, whatever teams the person belongs to; who belongs to several, as in the first.
    """
    found: dict[PersonKey, Seat] = {}
    for member in _all(queue, people):
        key = PersonKey(member.person)
        found.setdefault(key, Seat(member.priority, len(found), member.starts_logged_in))
    return found


def _all(queue: Queue, people: Iterable[Person]) -> Iterable[Member]:
    yield from queue.members
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


def as_member(team: Team, person: Person) -> Member:
    return Member(person=person.key, priority=team.priority, starts_logged_in=team.starts_logged_in)
