"""What lets a person in: who may decide about it, and how all of it ends.

Every credential (password, phone password, second factor, invitation, API token) asks here, and asks when it is used:
what somebody was once allowed to hand out is worth no more than what they may hand out now.
"""

from svarhus.domains.people import repository, second_factor_repository
from svarhus.domains.people.errors import NoPerson
from svarhus.domains.people.model import Person, rights_of
from svarhus.domains.people.rights import NAMES_OF_TOKENS, OPERATOR, Actor, Right, Role, at_most, operator, require
from svarhus.domains.people.staff import Staff
from svarhus.domains.people.tickets import STEPS, TICKET_KINDS, end_tickets
from svarhus.kit.database import Session
from svarhus.kit.ids import OrganisationId, PersonKey
from svarhus.kit.listed import found


def require_let_in(actor: Actor, *holder: frozenset[Right]) -> None:
    """Refused unless the actor may decide how somebody with these rights gets in: nobody takes over somebody with
    more rights."""
    require(actor, Right.SET_PASSWORDS)
    for rights in holder:
        at_most(actor, rights)


def may_let_in(actor: Actor, staff: Staff, person: PersonKey) -> Person:
    """The person. Refused as for `require_let_in`; NoPerson."""
    require(actor, Right.SET_PASSWORDS)
    found = person_of(staff, person)
    require_let_in(actor, rights_of(found.role, staff.roles))
    return found


def person_of(staff: Staff, key: str) -> Person:
    """The person of this key. NoPerson when there is none."""
    person = found(staff.people, key)
    if person is None:
        raise NoPerson(f"There is no person `{key}`.")
    return person


def actor_of(staff: Staff, person: Person) -> Actor:
    """The person as somebody who does something, with the rights of the role."""
    organisation, key = OrganisationId(staff.organisation.key), PersonKey(person.key)
    own = next((role for role in staff.roles if role.key == person.role), None)
    if own is not None:
        granted = rights_of(own.key, staff.roles)
        return Actor(organisation, own.copied_from, person.key, key, own.key, granted)
    return Actor(organisation, Role(person.role), person.key, key)


def answerable(staff: Staff, name: str) -> Actor | None:
    """Who answers for a token or an invitation, with the rights of now; None when they have left."""
    if name == OPERATOR or name.startswith(NAMES_OF_TOKENS):
        return operator(OrganisationId(staff.organisation.key))
    person = found(staff.people, name)
    return actor_of(staff, person) if person else None


async def end_ways_in(
    session: Session, organisation: OrganisationId, person: str, but: str | None = None, *, invitations: bool = True
) -> None:
    """End what lets the person in or would soon: sessions (and the devices that are told of calls with them), sign-ins
    and set-ups that are half done, and with `invitations` links to set a password.

    But for the session with the token `but`. API tokens are the organisation's and go on.
    """
    # Tickets before sessions: a second step that is being taken now has locked its ticket, and its session is found.
    await end_tickets(session, organisation, person, *(TICKET_KINDS if invitations else STEPS))
    await second_factor_repository.forget_begun(session, organisation, person)
    await repository.end_sessions(session, organisation, person, but)
