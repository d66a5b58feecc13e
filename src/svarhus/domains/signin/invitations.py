"""Links by which somebody sets a password: for who is new, and for who has forgotten it."""

from collections.abc import Awaitable, Callable

import msgspec

from svarhus.domains.audit.log import AuditLog
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.repository import OrganisationRepository
from svarhus.domains.people.errors import NoInvitation, NoPerson
from svarhus.domains.people.model import Person, rights_of
from svarhus.domains.people.rights import Actor
from svarhus.domains.people.tickets import Ticket, add_ticket, end_tickets, find_ticket, invited, take_ticket
from svarhus.domains.people.ways_in import answerable, may_let_in, person_of
from svarhus.domains.signin.attempting import Attempts, by_address
from svarhus.domains.signin.service import NewSession, Origin, SecondStep, SignIn
from svarhus.kit.clock import Clock, Instant
from svarhus.kit.database import Database, Session
from svarhus.kit.errors import Refused
from svarhus.kit.ids import OrganisationId, PersonKey


class Invited(msgspec.Struct, frozen=True):
    """Who is invited, as the one who opens the link is told."""

    organisation: str
    name: str
    email: str
    language: str
    expires_at: Instant


Within = Callable[[Session, Configuration, Person, str, Instant], Awaitable[None]]
"""Is given the one who is invited, the secret, and until when it holds."""


class Invitations:
    """Makes links, and lets their receivers set a password. A link holds for three days and for one use."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        organisations: OrganisationRepository,
        audit: AuditLog,
        sign_in: SignIn,
    ) -> None:
        self._database = database
        self._clock = clock
        self._organisations = organisations
        self._audit = audit
        self._sign_in = sign_in
        self._attempts = Attempts(database, clock)

    async def make(self, actor: Actor, person: PersonKey, within: Within | None = None) -> tuple[str, Instant]:
        """The secret of a new link, and until when it holds. An earlier one is of no use any more.

        `within`: done in the same unit of work.
        """
        now = self._clock.now()
        async with self._database.begin() as session:
            _, configuration = await self._organisations.current(session, actor.organisation, lock=True)
            invited = may_let_in(actor, configuration, person)
            allows = rights_of(invited.role, configuration.roles)
            by = actor.answerable or actor.name
            secret, ticket = await add_ticket(session, actor.organisation, person, "invitation", by, now, allows)
            await self._audit.write(session, actor.organisation, now, actor.name, "invitation-made", person)
            if within is not None:
                await within(session, configuration, invited, secret, ticket.expires_at)
        return secret, ticket.expires_at

    async def withdraw(self, actor: Actor, person: PersonKey) -> None:
        """Let the person's link be of no use any more."""
        await self._sign_in.may_let_in(actor, person)
        async with self._database.begin() as session:
            await end_tickets(session, actor.organisation, person, "invitation")
            now = self._clock.now()
            await self._audit.write(session, actor.organisation, now, actor.name, "invitation-withdrawn", person)

    async def waiting(self, organisation: OrganisationId) -> dict[str, Instant]:
        """People with a link that still holds, and until when."""
        async with self._database.begin() as session:
            return await invited(session, organisation, self._clock.now())

    async def look(self, secret: str, origin: Origin) -> Invited:
        """Whom the link invites. NoInvitation, TooManyAttempts."""
        ticket, configuration = await self._find(secret, origin)
        person = person_of(configuration, ticket.person)
        name = configuration.organisation.name
        return Invited(name, person.name, person.email, person.language, ticket.expires_at)

    async def accept(self, secret: str, password: str, origin: Origin) -> NewSession | SecondStep:
        """Set the password, and go on as after a right one. NoInvitation, WeakPassword."""
        ticket, _ = await self._find(secret, origin)

        async def take(session: Session, configuration: Configuration) -> None:
            if not _holds(ticket, configuration) or not await take_ticket(session, secret):
                raise _gone()

        proved = await self._sign_in.store_password(
            ticket.organisation, ticket.person, ticket.person, password, within=take
        )
        return await self._sign_in.let_in(ticket.organisation, ticket.person, proved, origin)

    async def _find(self, secret: str, origin: Origin) -> tuple[Ticket, Configuration]:
        subject = by_address(origin.address)
        await self._attempts.begin(subject)
        async with self._database.begin() as session:
            ticket = await find_ticket(session, secret, "invitation", self._clock.now())
            if ticket is not None:
                await self._attempts.succeeded(session, subject)
                _, configuration = await self._organisations.current(session, ticket.organisation)
        if ticket is None or not _holds(ticket, configuration):
            raise _gone()
        return ticket, configuration


def _holds(ticket: Ticket, configuration: Configuration) -> bool:
    """Whether it may still let its receiver in: whoever made it could make it now, and the receiver has got no right
    since that it was not made for."""
    maker = answerable(configuration, ticket.made_by)
    try:
        if maker is None:
            return False
        rights = rights_of(may_let_in(maker, configuration, ticket.person).role, configuration.roles)
    except (Refused, NoPerson):
        return False
    return ticket.allows is None or rights <= ticket.allows


def _gone() -> NoInvitation:
    return NoInvitation("The link is unknown, has been used, or holds no longer.", "Ask for a new one.")
