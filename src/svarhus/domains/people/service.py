"""Signing in and out, and passwords."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from svarhus.domains.organisation.audit import AuditLog
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.repository import OrganisationRepository
from svarhus.domains.people import repository
from svarhus.domains.people.attempts import FORGOTTEN_AFTER, FREE, FREE_OF_ADDRESS
from svarhus.domains.people.errors import NoPerson, TooManyAttempts, WrongPassword, WrongSignIn
from svarhus.domains.people.model import Person, rights_of
from svarhus.domains.people.passwords import Passwords, check_strength
from svarhus.domains.people.repository import KeptSession, Subject
from svarhus.domains.people.rights import Actor, Right, Role, require
from svarhus.kit.clock import Clock, Instant, after, seconds_between
from svarhus.kit.database import Database, Session
from svarhus.kit.errors import NotSignedIn
from svarhus.kit.ids import OrganisationId, PersonKey

IDLE = timedelta(hours=12)
"""A session that is not used ends: a working day."""
LONGEST = timedelta(days=7)


@dataclass(frozen=True)
class NewSession:
    """A session just begun."""

    token: str = field(repr=False)
    actor: Actor
    expires_at: Instant


class SignIn:
    """Lets people in, and keeps others out."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        passwords: Passwords,
        organisations: OrganisationRepository,
        audit: AuditLog,
    ) -> None:
        self._database = database
        self._clock = clock
        self._passwords = passwords
        self._organisations = organisations
        self._audit = audit

    async def sign_in(self, email: str, password: str, address: str) -> NewSession:
        """Begin a session. `address` is where the attempt comes from.

        WrongSignIn without saying what is wrong; TooManyAttempts when too many have failed.
        """
        email = email.strip().lower()
        subjects = (Subject("account", email, FREE), Subject("address", address, FREE_OF_ADDRESS))
        await self._begin_attempts(subjects)
        async with self._database.begin() as session:
            holder = await self._organisations.holder(session, "email", email)
            hash = await repository.password_hash(session, *holder) if holder else None
        if not await self._passwords.fits(password, hash) or holder is None:
            raise WrongSignIn(
                "The e-mail address and the password do not go together.",
                "Try again, or ask an administrator for a new password.",
            )
        return await self._begin_session(holder[0], PersonKey(holder[1]), subjects)

    async def sign_out(self, token: str) -> None:
        async with self._database.begin() as session:
            await repository.end_session(session, token)

    async def signed_in(self, token: str, *, in_use: bool = True) -> Actor:
        """Who has this session. NotSignedIn when it is over or never was.

        Not `in_use`: somebody only looks on, which does not keep the session from ending.
        """
        now = self._clock.now()
        async with self._database.begin() as session:
            kept = await repository.find_session(session, token)
            if kept is None or kept.expires_at <= now or after(kept.seen_at, IDLE) <= now:
                raise NotSignedIn("You are not signed in, or no longer.", "Sign in.")
            if in_use and seconds_between(kept.seen_at, now) > 60:
                await repository.session_seen(session, token, now)
            _, configuration = await self._organisations.current(session, kept.organisation)
        return _actor(configuration, kept.person)

    async def change_password(self, actor: Actor, token: str | None, present: str, new: str) -> None:
        """Change one's own. Other sessions than the one with the token end. WrongPassword, WeakPassword."""
        if actor.person is None:
            raise WrongPassword("A token has no password.", "Sign in as a person.")
        subject = Subject("account", f"{actor.organisation}/{actor.person}", FREE)
        await self._begin_attempts((subject,))
        async with self._database.begin() as session:
            hash = await repository.password_hash(session, actor.organisation, actor.person)
        if not await self._passwords.fits(present, hash):
            raise WrongPassword("The present password is wrong.", "Try again.")
        await self._store(actor, actor.person, new, but=token)
        async with self._database.begin() as session:
            await repository.attempt_succeeded(session, subject)

    async def set_password(self, actor: Actor, person: PersonKey, new: str) -> None:
        """Set somebody else's. All of that person's sessions end."""
        require(actor, Right.SET_PASSWORDS)
        await self._store(actor, person, new, but=None)

    async def forget_old(self) -> None:
        """Clear away sessions and failures that no longer count. For now and then."""
        now = self._clock.now()
        async with self._database.begin() as session:
            await repository.forget_expired(session, now, IDLE)
            await repository.forget_attempts(session, now, FORGOTTEN_AFTER)

    async def _begin_attempts(self, subjects: Sequence[Subject]) -> None:
        now = self._clock.now()
        async with self._database.begin() as session:
            for subject in subjects:
                possible_from = await repository.begin_attempt(session, subject, now)
                if possible_from is not None:
                    raise TooManyAttempts(max(1, round(seconds_between(now, possible_from) + 0.5)))

    async def _begin_session(
        self, organisation: OrganisationId, person: PersonKey, subjects: Sequence[Subject]
    ) -> NewSession:
        now = self._clock.now()
        token, expires_at = secrets.token_urlsafe(32), after(now, LONGEST)
        async with self._database.begin() as session:
            for subject in subjects:
                await repository.attempt_succeeded(session, subject)
            await repository.add_session(session, token, KeptSession(organisation, person, now, expires_at))
            actor = _actor((await self._organisations.current(session, organisation))[1], person)
            await self._note(session, actor, "signed-in", person)
        return NewSession(token, actor, expires_at)

    async def _store(self, actor: Actor, person: PersonKey, new: str, but: str | None) -> None:
        _, configuration = await self._organisations.load(actor.organisation)
        found = person_of(configuration, person)
        check_strength(new, found.key, found.name, found.email.partition("@")[0])
        hash = await self._passwords.hash(new)
        async with self._database.begin() as session:
            now = self._clock.now()
            await repository.set_password_hash(session, actor.organisation, person, hash, now)
            await repository.end_sessions(session, actor.organisation, person, but)
            await self._note(session, actor, "password-set", person)

    async def _note(self, session: Session, actor: Actor, action: str, subject: str) -> None:
        await self._audit.write(session, actor.organisation, self._clock.now(), actor.name, action, subject)


def person_of(configuration: Configuration, key: str) -> Person:
    """The person of this key. NoPerson when there is none."""
    for person in configuration.people:
        if person.key == key:
            return person
    raise NoPerson(f"There is no person `{key}`.")


def _actor(configuration: Configuration, key: PersonKey) -> Actor:
    try:
        person = person_of(configuration, key)
    except NoPerson as error:
        raise NotSignedIn("You are no longer in the organisation.", "Ask an administrator.") from error
    return actor_of(configuration, person)


def actor_of(configuration: Configuration, person: Person) -> Actor:
    """The person as somebody who does something, with the rights of the role."""
    organisation, key = OrganisationId(configuration.organisation.key), PersonKey(person.key)
    own = next((role for role in configuration.roles if role.key == person.role), None)
    if own is not None:
        granted = rights_of(own.key, configuration.roles)
        return Actor(organisation, own.copied_from, person.key, key, own.key, granted)
    return Actor(organisation, Role(person.role), person.key, key)
