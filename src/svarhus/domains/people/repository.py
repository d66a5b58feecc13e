"""Reads and writes what people sign in with. Tokens themselves are never kept, only their hashes."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import timedelta

import msgspec
from sqlalchemy import ARRAY, Row, Text, any_, delete, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert

from svarhus.domains.people.attempts import LONGEST_WAIT, next_attempt, remembered
from svarhus.domains.people.rights import Role
from svarhus.domains.people.tables import (
    api_tokens,
    credentials,
    sessions,
    sign_in_attempts,
)
from svarhus.kit.clock import Instant, after, instant
from svarhus.kit.database import Session, notify
from svarhus.kit.ids import OrganisationId, PersonKey

WAYS_IN_ENDED = "ways_in_ended"
"""Channel on which is told whose sessions or tokens have ended: `organisation/person`, or the organisation alone."""


class KeptSession(msgspec.Struct, frozen=True):
    """Somebody who is signed in."""

    organisation: OrganisationId
    person: PersonKey
    seen_at: Instant
    expires_at: Instant
    id: str = ""
    """By which it is known in the list of sessions; of no use to sign in."""
    created_at: Instant | None = None
    device: str = ""
    address: str = ""


class Token(msgspec.Struct, frozen=True):
    """An API token, without the secret itself."""

    organisation: OrganisationId
    id: str
    name: str
    role: Role
    created_by: str
    created_at: Instant
    expires_at: Instant | None
    last_used_at: Instant | None = None
    """To some minutes."""


def hashed(secret: str) -> bytes:
    """Tokens are long and random, so that a plain hash keeps them safe."""
    return hashlib.sha256(secret.encode()).digest()


# ------------------------------------------------------------------ passwords


async def password_hash(
    session: Session, organisation: OrganisationId, person: str, *, lock: bool = False
) -> str | None:
    """With `lock`, nobody changes it until the unit of work is over."""
    query = select(credentials.c.password_hash).where(
        credentials.c.organisation_id == organisation, credentials.c.person == person
    )
    return (await session.execute(query.with_for_update(read=True) if lock else query)).scalar_one_or_none()


async def set_password_hash(
    session: Session, organisation: OrganisationId, person: str, hash: str, at: Instant
) -> None:
    values = {"password_hash": hash, "changed_at": at}
    await session.execute(
        insert(credentials)
        .values(organisation_id=organisation, person=person, **values)
        .on_conflict_do_update(index_elements=["organisation_id", "person"], set_=values)
    )


async def people_with_password(
    session: Session, organisation: OrganisationId, among: Collection[str] | None = None
) -> frozenset[str]:
    """`among`: only these are asked for."""
    query = select(credentials.c.person).where(credentials.c.organisation_id == organisation)
    if among is not None:
        query = query.where(credentials.c.person == any_(literal([*among], ARRAY(Text))))
    return frozenset((await session.execute(query)).scalars())


# ------------------------------------------------------------------ sessions


async def add_session(session: Session, token: str, kept: KeptSession) -> None:
    await session.execute(
        insert(sessions).values(
            token_hash=hashed(token),
            organisation_id=kept.organisation,
            person=kept.person,
            created_at=kept.seen_at,
            seen_at=kept.seen_at,
            expires_at=kept.expires_at,
            id=kept.id or secrets.token_hex(8),
            device=kept.device,
            address=kept.address,
        )
    )


async def find_session(session: Session, token: str) -> KeptSession | None:
    row = (await session.execute(select(sessions).where(sessions.c.token_hash == hashed(token)))).one_or_none()
    return _session(row) if row else None


async def sessions_of(session: Session, organisation: OrganisationId, person: str) -> tuple[KeptSession, ...]:
    """The person's, the one that was used last first."""
    query = select(sessions).where(sessions.c.organisation_id == organisation, sessions.c.person == person)
    rows = await session.execute(query.order_by(sessions.c.seen_at.desc(), sessions.c.id))
    return tuple(_session(row) for row in rows)


async def last_seen(session: Session, organisation: OrganisationId) -> dict[str, Instant]:
    """When a session of each person was used last, as far as there is one."""
    query = select(sessions.c.person, func.max(sessions.c.seen_at).label("seen_at")).where(
        sessions.c.organisation_id == organisation
    )
    rows = await session.execute(query.group_by(sessions.c.person))
    return {row.person: instant(row.seen_at) for row in rows}


def _session(row: Row[*tuple[object, ...]]) -> KeptSession:
    columns = row._mapping
    return KeptSession(
        OrganisationId(columns["organisation_id"]),
        PersonKey(columns["person"]),
        instant(columns["seen_at"]),
        instant(columns["expires_at"]),
        columns["id"],
        instant(columns["created_at"]),
        columns["device"],
        columns["address"],
    )


async def session_seen(session: Session, token: str, at: Instant) -> None:
    await session.execute(update(sessions).where(sessions.c.token_hash == hashed(token)).values(seen_at=at))


async def end_session(session: Session, token: str) -> None:
    ended = delete(sessions).where(sessions.c.token_hash == hashed(token))
    whose = (await session.execute(ended.returning(sessions.c.organisation_id, sessions.c.person))).one_or_none()
    if whose:
        await _tell_ended(session, OrganisationId(whose.organisation_id), whose.person)


async def end_session_of(session: Session, organisation: OrganisationId, person: str, id: str) -> bool:
    """End one of a person's sessions. False when there is none of this id."""
    ended = await session.execute(
        delete(sessions)
        .where(sessions.c.organisation_id == organisation, sessions.c.person == person, sessions.c.id == id)
        .returning(sessions.c.id)
    )
    await _tell_ended(session, organisation, person)
    return ended.one_or_none() is not None


async def end_sessions_but(session: Session, organisation: OrganisationId, people: Collection[str]) -> None:
    """End the sessions of everybody else than these people."""
    await session.execute(
        delete(sessions).where(sessions.c.organisation_id == organisation, sessions.c.person.not_in(people))
    )
    await _tell_ended(session, organisation)


async def end_sessions(session: Session, organisation: OrganisationId, person: str, but: str | None = None) -> None:
    """End all of a person's sessions, but for the one with the token `but`."""
    ended = delete(sessions).where(sessions.c.organisation_id == organisation, sessions.c.person == person)
    if but is not None:
        ended = ended.where(sessions.c.token_hash != hashed(but))
    await session.execute(ended)
    await _tell_ended(session, organisation, person)


async def _tell_ended(session: Session, organisation: OrganisationId, person: str = "") -> None:
    await notify(session, WAYS_IN_ENDED, f"{organisation}/{person}" if person else organisation)


async def forget_expired(session: Session, now: Instant, idle: timedelta) -> None:
    stale = (sessions.c.expires_at < now) | (sessions.c.seen_at < now - idle)
    await session.execute(delete(sessions).where(stale))


# ------------------------------------------------------------------ API tokens


async def add_token(session: Session, secret: str, token: Token) -> None:
    await session.execute(
        insert(api_tokens).values(
            organisation_id=token.organisation,
            id=token.id,
            token_hash=hashed(secret),
            name=token.name,
            role=token.role.value,
            created_by=token.created_by,
            created_at=token.created_at,
            expires_at=token.expires_at,
        )
    )


async def tokens(session: Session, organisation: OrganisationId) -> tuple[Token, ...]:
    query = select(api_tokens).where(api_tokens.c.organisation_id == organisation)
    rows = await session.execute(query.order_by(api_tokens.c.created_at, api_tokens.c.id))
    return tuple(_token(row) for row in rows)


async def find_token(session: Session, secret: str) -> Token | None:
    query = select(api_tokens).where(api_tokens.c.token_hash == hashed(secret))
    row = (await session.execute(query)).one_or_none()
    return _token(row) if row else None


async def token_used(session: Session, token: Token, at: Instant) -> None:
    await session.execute(
        update(api_tokens)
        .where(api_tokens.c.organisation_id == token.organisation, api_tokens.c.id == token.id)
        .values(last_used_at=at)
    )


async def remove_token(session: Session, organisation: OrganisationId, id: str) -> str | None:
    """The name of the one that was taken away."""
    removed = await session.execute(
        delete(api_tokens)
        .where(api_tokens.c.organisation_id == organisation, api_tokens.c.id == id)
        .returning(api_tokens.c.name)
    )
    await _tell_ended(session, organisation)
    return removed.scalar_one_or_none()


def _token(row: Row[*tuple[object, ...]]) -> Token:
    columns = row._mapping
    expires = columns["expires_at"]
    return Token(
        OrganisationId(columns["organisation_id"]),
        columns["id"],
        columns["name"],
        Role(columns["role"]),
        columns["created_by"],
        instant(columns["created_at"]),
        instant(expires) if expires else None,
        instant(columns["last_used_at"]) if columns["last_used_at"] else None,
    )


# ------------------------------------------------------------------ attempts to sign in


class Subject(msgspec.Struct, frozen=True):
    """Whose failures are counted, and how many of them cost nothing."""

    kind: str
    value: str
    free: int
    longest: timedelta = LONGEST_WAIT
    forgiven: bool = True
    """A success forgives all failures before it; else it takes back what it was counted as itself."""


async def begin_attempt(session: Session, subject: Subject, now: Instant) -> Instant | None:
    """Count an attempt as failed before it is made, so that attempts at the same time cannot slip by.

    None when it may be made; else the moment from which the next one may, and nothing is counted.
    """
    identity = {"kind": subject.kind, "subject_hash": hashed(subject.value)}
    await session.execute(insert(sign_in_attempts).values(failures=0, last_at=now, **identity).on_conflict_do_nothing())
    here = (sign_in_attempts.c.kind == subject.kind) & (sign_in_attempts.c.subject_hash == hashed(subject.value))
    row = (await session.execute(select(sign_in_attempts).where(here).with_for_update())).one()
    failures = remembered(row.failures, instant(row.last_at), now)
    possible_from = next_attempt(failures, instant(row.last_at), subject.free, subject.longest)
    if possible_from > now:
        return possible_from
    await session.execute(update(sign_in_attempts).where(here).values(failures=failures + 1, last_at=now))
    return None


async def attempt_succeeded(session: Session, subject: Subject) -> None:
    """Take back the failure that the attempt was counted as, and where they are forgiven all before it."""
    here = (sign_in_attempts.c.kind == subject.kind) & (sign_in_attempts.c.subject_hash == hashed(subject.value))
    if subject.forgiven:
        await session.execute(delete(sign_in_attempts).where(here))
    else:
        fewer = sign_in_attempts.c.failures - 1
        await session.execute(
            update(sign_in_attempts).where(here, sign_in_attempts.c.failures > 0).values(failures=fewer)
        )


async def forget_attempts(session: Session, now: Instant, older: timedelta) -> None:
    await session.execute(delete(sign_in_attempts).where(sign_in_attempts.c.last_at < after(now, -older)))
