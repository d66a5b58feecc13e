"""Signing in and out, and passwords."""

import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

import msgspec

from svarhus.domains.audit.log import AuditLog
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.repository import OrganisationRepository
from svarhus.domains.people import repository, second_factor_repository
from svarhus.domains.people.attempts import FORGOTTEN_AFTER
from svarhus.domains.people.errors import NoPerson, NoSession, SignInExpired, WrongPassword, WrongSignIn
from svarhus.domains.people.known_devices import forget_old_devices, is_known, remember
from svarhus.domains.people.model import Person
from svarhus.domains.people.passwords import Passwords, check_strength
from svarhus.domains.people.pin_repository import people_with_pin
from svarhus.domains.people.repository import KeptSession
from svarhus.domains.people.rights import Actor, Right, require
from svarhus.domains.people.tickets import Ticket, add_ticket, find_ticket, forget_expired_tickets, invited, take_ticket
from svarhus.domains.people.ways_in import actor_of, end_ways_in, may_let_in, person_of
from svarhus.domains.signin.attempting import Attempts, by_person, code_of, from_outside, password_of
from svarhus.domains.signin.second_factor import NewSecondFactor, SecondFactors
from svarhus.kit.clock import Clock, Instant, after, seconds_between
from svarhus.kit.database import Database, Session
from svarhus.kit.errors import NotSignedIn
from svarhus.kit.ids import OrganisationId, PersonKey
from svarhus.kit.text import tidy

IDLE = timedelta(hours=12)
"""A session that is not used ends: a working day."""
LONGEST = timedelta(days=7)


@dataclass(frozen=True)
class Origin:
    """From where somebody signs in."""

    address: str
    device: str = ""
    """As people know it: `Firefox, Linux`."""
    known_as: str | None = field(default=None, repr=False)
    """The secret that the device was given when somebody signed in from it."""


@dataclass(frozen=True)
class NewSession:
    """A session just begun."""

    token: str = field(repr=False)
    actor: Actor
    expires_at: Instant
    known_as: str = field(repr=False)
    """The device's secret from now on: see `Origin`."""
    recovery_codes: tuple[str, ...] = field(default=(), repr=False)
    """When a second factor was set up on the way in: shown this once."""


@dataclass(frozen=True)
class SecondStep:
    """The password was right. A code is still needed, or the second factor must be set up first."""

    step: Literal["code", "set_up"]
    ticket: str = field(repr=False)
    expires_at: Instant


class WayIn(msgspec.Struct, frozen=True):
    """How it stands with somebody's way in."""

    person: str
    has_password: bool
    second_factor: bool
    has_pin: bool
    invited_until: Instant | None
    seen_at: Instant | None


Within = Callable[[Session, Configuration], Awaitable[None]]
"""Done in the unit of work that keeps a password, with the organisation locked; it may refuse."""


class SignIn:
    """Lets people in, and keeps others out."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        passwords: Passwords,
        organisations: OrganisationRepository,
        audit: AuditLog,
        second_factors: SecondFactors,
    ) -> None:
        self._database = database
        self._clock = clock
        self._passwords = passwords
        self._organisations = organisations
        self._audit = audit
        self._second_factors = second_factors
        self._attempts = Attempts(database, clock)

    async def sign_in(self, email: str, password: str, origin: Origin) -> NewSession | SecondStep:
        """Begin a session, or the second step towards one.

        WrongSignIn without saying what is wrong; TooManyAttempts when too many have failed.
        """
        email = tidy(email).strip().lower()
        async with self._database.begin() as session:
            holder = await self._organisations.holder(session, "email", email)
            hash = await repository.password_hash(session, *holder) if holder else None
            device = await _known(session, origin, *holder) if holder else None
        subjects = from_outside(password_of(email), origin.address, device)
        await self._attempts.begin(*subjects)
        right = await self._passwords.fits(password, hash)
        if holder is None or not right:
            await self._note_failure(holder, "password")
            raise _wrong()
        async with self._database.begin() as session:
            await self._attempts.succeeded(session, *subjects)
        return await self.let_in(holder[0], PersonKey(holder[1]), hash, origin)

    async def let_in(
        self, organisation: OrganisationId, person: PersonKey, proved: str | None, origin: Origin
    ) -> NewSession | SecondStep:
        """Go on with somebody who has shown to know the password whose hash is `proved`. WrongSignIn when it has been
        changed meanwhile."""
        step = await self._second_factors.needed(organisation, person)
        async with self._database.begin() as session:
            if await repository.password_hash(session, organisation, person, lock=True) != proved:
                raise _wrong()
            if step is None:
                return await self._begin_session(session, organisation, person, origin)
            ticket, kept = await add_ticket(session, organisation, person, step, person, self._clock.now())
        return SecondStep(step, ticket, kept.expires_at)

    async def enter_code(self, ticket: str, code: str, origin: Origin) -> NewSession:
        """The second step: a code of the app, or one for recovery. WrongCode, SignInExpired, TooManyAttempts."""
        async with self._database.begin() as session:
            kept = _there(await find_ticket(session, ticket, "code", self._clock.now()))
            device = await _known(session, origin, kept.organisation, kept.person)
        subjects = from_outside(code_of(kept.organisation, kept.person), origin.address, device)
        await self._attempts.begin(*subjects)
        try:
            await self._second_factors.use(kept.organisation, kept.person, code)
        except NotSignedIn:
            await self._note_failure((kept.organisation, kept.person), "code")
            raise
        async with self._database.begin() as session:
            await self._attempts.succeeded(session, *subjects)
            if not await take_ticket(session, ticket):
                raise SignInExpired
            return await self._begin_session(session, kept.organisation, kept.person, origin)

    async def begin_set_up(self, ticket: str) -> NewSecondFactor:
        """The second factor that must be set up before anybody gets in. SignInExpired."""
        async with self._database.begin() as session:
            kept = _there(await find_ticket(session, ticket, "set_up", self._clock.now()))
        return await self._second_factors.begin(kept.organisation, kept.person)

    async def finish_set_up(self, ticket: str, code: str, origin: Origin) -> NewSession:
        """Confirm it with the app's code, and begin the session. WrongConfirmation, SignInExpired."""
        async with self._database.begin() as session:
            kept = _there(await find_ticket(session, ticket, "set_up", self._clock.now()))
            device = await _known(session, origin, kept.organisation, kept.person)
        subjects = from_outside(code_of(kept.organisation, kept.person), origin.address, device)
        await self._attempts.begin(*subjects)
        codes = await self._second_factors.confirm(kept.organisation, kept.person, code)
        async with self._database.begin() as session:
            await self._attempts.succeeded(session, *subjects)
            if not await take_ticket(session, ticket):
                raise SignInExpired
            return await self._begin_session(session, kept.organisation, kept.person, origin, codes)

    async def sign_out(self, token: str) -> None:
        async with self._database.begin() as session:
            kept = await repository.find_session(session, token)
            await repository.end_session(session, token)
            if kept:
                await self._note(session, kept.organisation, kept.person, "signed-out", kept.person)

    async def signed_in(self, token: str, *, in_use: bool = True) -> Actor:
        """Who has this session. NotSignedIn when it is over or never was.

        Not `in_use`: somebody only looks on, which does not keep the session from ending.
        """
        now = self._clock.now()
        async with self._database.read() as session:
            kept = await repository.find_session(session, token)
            if kept is None or kept.expires_at <= now or after(kept.seen_at, IDLE) <= now:
                raise NotSignedIn("You are not signed in, or no longer.", "Sign in.")
            _, configuration = await self._organisations.current(session, kept.organisation)
        if in_use and seconds_between(kept.seen_at, now) > 60:
            async with self._database.begin() as session:
                await repository.session_seen(session, token, now)
        return _actor(configuration, kept.person)

    # ---- sessions

    async def sessions(self, actor: Actor) -> tuple[KeptSession, ...]:
        """The actor's own, the one that was used last first."""
        if actor.person is None:
            return ()
        now = self._clock.now()
        async with self._database.begin() as session:
            kept = await repository.sessions_of(session, actor.organisation, actor.person)
        return tuple(each for each in kept if each.expires_at > now and after(each.seen_at, IDLE) > now)

    async def session_id(self, token: str) -> str | None:
        """By which id the session of this token is in the list."""
        async with self._database.begin() as session:
            kept = await repository.find_session(session, token)
        return kept.id if kept else None

    async def end_session(self, actor: Actor, id: str) -> None:
        """Sign the actor out where this session is. NoSession."""
        async with self._database.begin() as session:
            if actor.person is None or not await repository.end_session_of(
                session, actor.organisation, actor.person, id
            ):
                raise NoSession("There is no such session.", "It may have ended by itself.")
            await self._note(session, actor.organisation, actor.name, "session-ended", actor.person)

    async def end_sessions(self, actor: Actor, but: str | None = None) -> None:
        """Sign the actor out everywhere, but for the session of the token `but`."""
        if actor.person is None:
            return
        async with self._database.begin() as session:
            await end_ways_in(session, actor.organisation, actor.person, but, invitations=False)
            await self._note(session, actor.organisation, actor.name, "sessions-ended", actor.person)

    async def end_sessions_of(self, actor: Actor, person: PersonKey) -> None:
        """Sign somebody else out everywhere."""
        await self.may_let_in(actor, person)
        async with self._database.begin() as session:
            await end_ways_in(session, actor.organisation, person, invitations=False)
            await self._note(session, actor.organisation, actor.name, "sessions-ended", person)

    async def overview(self, actor: Actor) -> tuple[WayIn, ...]:
        """How it stands with everybody's way in, in the order of the document."""
        require(actor, Right.SET_PASSWORDS)
        now = self._clock.now()
        async with self._database.begin() as session:
            _, configuration = await self._organisations.current(session, actor.organisation)
            having = await repository.people_with_password(session, actor.organisation)
            seen = await repository.last_seen(session, actor.organisation)
            second = await second_factor_repository.people_with(session, actor.organisation)
            links = await invited(session, actor.organisation, now)
            keying = await people_with_pin(session, actor.organisation)
        return tuple(
            WayIn(
                each.key,
                each.key in having,
                each.key in second,
                each.key in keying,
                links.get(each.key),
                seen.get(each.key),
            )
            for each in configuration.people
        )

    # ---- passwords

    async def change_password(self, actor: Actor, token: str | None, present: str, new: str) -> None:
        """Change one's own. Other sessions than the one with the token end. WrongPassword, WeakPassword."""
        person = await self.check_password(actor, present)
        await self.store_password(actor.organisation, actor.name, person, new, but=token)

    async def check_password(self, actor: Actor, present: str) -> PersonKey:
        """Whether it is the actor's own password. WrongPassword, TooManyAttempts."""
        if actor.person is None:
            raise WrongPassword("A token has no password.", "Sign in as a person.")
        subject = by_person(actor.organisation, actor.person)
        await self._attempts.begin(subject)
        async with self._database.begin() as session:
            hash = await repository.password_hash(session, actor.organisation, actor.person)
        if not await self._passwords.fits(present, hash):
            raise WrongPassword("The present password is wrong.", "Try again.")
        async with self._database.begin() as session:
            await self._attempts.succeeded(session, subject)
        return actor.person

    async def set_password(self, actor: Actor, person: PersonKey, new: str) -> None:
        """Set somebody else's. Whatever let that person in ends."""
        await self.may_let_in(actor, person)

        async def still(session: Session, configuration: Configuration) -> None:
            may_let_in(actor, configuration, person)

        await self.store_password(actor.organisation, actor.name, person, new, within=still)

    async def may_let_in(self, actor: Actor, person: PersonKey) -> Person:
        """Refused unless the actor may decide how this person signs in. NoPerson."""
        _, configuration = await self._organisations.load(actor.organisation)
        return may_let_in(actor, configuration, person)

    async def check_new_password(self, organisation: OrganisationId, person: PersonKey, new: str) -> None:
        """WeakPassword when it may not be the person's."""
        _, configuration = await self._organisations.load(organisation)
        found = person_of(configuration, person)
        check_strength(new, found.key, found.name, found.email.partition("@")[0])

    async def store_password(
        self,
        organisation: OrganisationId,
        who: str,
        person: PersonKey,
        new: str,
        *,
        but: str | None = None,
        within: Within | None = None,
    ) -> str:
        """Keep a new password, and end whatever let the person in but the session with the token `but`. WeakPassword.

        `within` the same unit of work may refuse: between the asking and the hashing a right may have been taken.
        Gives the hash.
        """
        await self.check_new_password(organisation, person, new)
        hash = await self._passwords.hash(new)
        async with self._database.begin() as session:
            _, configuration = await self._organisations.current(session, organisation, lock=True)
            person_of(configuration, person)
            if within:
                await within(session, configuration)
            await repository.set_password_hash(session, organisation, person, hash, self._clock.now())
            await end_ways_in(session, organisation, person, but)
            await self._note(session, organisation, who, "password-set", person)
        return hash

    async def forget_old(self) -> None:
        """Clear away sessions, tickets and failures that no longer count. For now and then."""
        now = self._clock.now()
        async with self._database.begin() as session:
            await repository.forget_expired(session, now, IDLE)
            await repository.forget_attempts(session, now, FORGOTTEN_AFTER)
            await forget_expired_tickets(session, now)
            await forget_old_devices(session, now)

    async def _begin_session(
        self,
        session: Session,
        organisation: OrganisationId,
        person: PersonKey,
        origin: Origin,
        codes: Sequence[str] = (),
    ) -> NewSession:
        now = self._clock.now()
        token, expires_at = secrets.token_urlsafe(32), after(now, LONGEST)
        kept = KeptSession(organisation, person, now, expires_at, device=origin.device, address=origin.address)
        await repository.add_session(session, token, kept)
        actor = _actor((await self._organisations.current(session, organisation))[1], person)
        await self._note(session, organisation, actor.name, "signed-in", person)
        device = await remember(session, origin.known_as, organisation, person, now)
        return NewSession(token, actor, expires_at, device, tuple(codes))

    async def _note_failure(self, holder: tuple[OrganisationId, str] | None, what: str) -> None:
        if holder is None:
            return
        async with self._database.begin() as session:
            await self._audit.write(
                session, holder[0], self._clock.now(), holder[1], "sign-in-failed", holder[1], after={"what": what}
            )

    async def _note(self, session: Session, organisation: OrganisationId, who: str, action: str, subject: str) -> None:
        await self._audit.write(session, organisation, self._clock.now(), who, action, subject)


def _actor(configuration: Configuration, key: PersonKey) -> Actor:
    try:
        person = person_of(configuration, key)
    except NoPerson as error:
        raise NotSignedIn("You are no longer in the organisation.", "Ask an administrator.") from error
    return actor_of(configuration, person)


async def _known(session: Session, origin: Origin, organisation: OrganisationId, person: str) -> str | None:
    """The device's secret when the person has signed in from it before."""
    secret = origin.known_as
    return secret if secret and await is_known(session, secret, organisation, person) else None


def _wrong() -> WrongSignIn:
    return WrongSignIn(
        "The e-mail address and the password do not go together.",
        "Try again, or ask an administrator for a new password.",
    )


def _there(ticket: Ticket | None) -> Ticket:
    if ticket is None:
        raise SignInExpired
    return ticket
