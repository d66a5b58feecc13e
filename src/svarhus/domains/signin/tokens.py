"""API tokens: what other programs sign in with."""

import secrets
from datetime import timedelta

from svarhus.domains.audit.log import AuditLog
from svarhus.domains.organisation.repository import OrganisationRepository
from svarhus.domains.people import repository
from svarhus.domains.people.errors import NoToken
from svarhus.domains.people.repository import Token
from svarhus.domains.people.rights import NAMES_OF_TOKENS, RIGHTS, Actor, Right, Role, at_most, require
from svarhus.domains.people.ways_in import answerable
from svarhus.kit.clock import Clock, Instant
from svarhus.kit.database import Database
from svarhus.kit.errors import Invalid, NotSignedIn

PREFIX = "svarhus_"
"""Lets secret scanners know a token when they see one."""


NOTED_EVERY = timedelta(minutes=5)
"""How exactly the last use is known: not every request is to write."""


class Tokens:
    """Makes tokens, knows them again and takes them back."""

    def __init__(
        self, database: Database, clock: Clock, organisations: OrganisationRepository, audit: AuditLog
    ) -> None:
        self._organisations = organisations
        self._database = database
        self._clock = clock
        self._audit = audit

    async def make(self, actor: Actor, name: str, role: Role, expires_at: Instant | None = None) -> tuple[str, Token]:
        """A new token and its secret, which is shown this once."""
        require(actor, Right.MAKE_TOKENS)
        at_most(actor, RIGHTS[role])
        now = self._clock.now()
        if expires_at is not None and expires_at <= now:
            raise Invalid("The token would have expired already.", "Give a later `expires_at`.")
        secret = PREFIX + secrets.token_urlsafe(32)
        made_by = actor.answerable or actor.name
        token = Token(actor.organisation, secrets.token_hex(8), name, role, made_by, now, expires_at)
        async with self._database.begin() as session:
            await repository.add_token(session, secret, token)
            after = {"name": name, "role": role.value}
            await self._audit.write(
                session, actor.organisation, now, actor.name, "token-made", token.id, after=dict(after)
            )
        return secret, token

    async def all(self, actor: Actor) -> tuple[Token, ...]:
        require(actor, Right.MAKE_TOKENS)
        async with self._database.begin() as session:
            return await repository.tokens(session, actor.organisation)

    async def revoke(self, actor: Actor, id: str) -> None:
        """Take a token back: it is of no use from now on."""
        require(actor, Right.MAKE_TOKENS)
        async with self._database.begin() as session:
            name = await repository.remove_token(session, actor.organisation, id)
            if name is None:
                raise NoToken(f"There is no token `{id}`.")
            now = self._clock.now()
            await self._audit.write(
                session, actor.organisation, now, actor.name, "token-revoked", id, before={"name": name}
            )

    async def signed_in(self, secret: str) -> Actor:
        """Who has this token: it gives what its role gives, as far as whoever made it has that right now.

        NotSignedIn when it is unknown or has expired, or when who made it has left.
        """
        now = self._clock.now()
        async with self._database.read() as session:
            token = await repository.find_token(session, secret)
            if token is not None:
                _, configuration = await self._organisations.current(session, token.organisation)
        if token is None or (token.expires_at is not None and token.expires_at <= now):
            raise NotSignedIn("The token is unknown or has expired.", "Ask an administrator for a new one.")
        maker = answerable(configuration, token.created_by)
        if maker is None:
            raise NotSignedIn(
                f"`{token.created_by}`, who made this token, has left.", "Ask an administrator for a new token."
            )
        if token.last_used_at is None or now - token.last_used_at >= NOTED_EVERY:
            async with self._database.begin() as session:
                await repository.token_used(session, token, now)
        rights = RIGHTS[token.role]
        granted = None if rights <= maker.rights else rights & maker.rights
        name = f"{NAMES_OF_TOKENS}{token.name}"
        return Actor(token.organisation, token.role, name, granted=granted, answerable=token.created_by)
