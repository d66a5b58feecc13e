"""Tickets: secrets for one purpose that hold for a short time. Only their hashes are kept."""

import secrets
from datetime import timedelta
from typing import Literal

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from svarhus.domains.people.repository import hashed
from svarhus.domains.people.rights import Right
from svarhus.domains.people.tables import sign_in_tickets
from svarhus.kit.clock import Instant, after, instant
from svarhus.kit.database import Session
from svarhus.kit.ids import OrganisationId, PersonKey

TicketKind = Literal["code", "set_up", "invitation"]
"""What it is for: the code of the second factor, setting the second factor up, or setting a password."""

STEPS: tuple[TicketKind, ...] = ("code", "set_up")
"""Sign-ins that are half done."""
TICKET_KINDS: tuple[TicketKind, ...] = (*STEPS, "invitation")

STEP_LASTS = timedelta(minutes=10)
INVITATION_LASTS = timedelta(hours=72)


class Ticket(msgspec.Struct, frozen=True):
    """Whose it is and until when it holds."""

    organisation: OrganisationId
    person: PersonKey
    kind: TicketKind
    made_by: str
    made_at: Instant
    expires_at: Instant
    allows: frozenset[Right] | None = None
    """Of an invitation: the rights that the person had when it was made; None when that was not kept."""


async def add_ticket(
    session: Session,
    organisation: OrganisationId,
    person: PersonKey,
    kind: TicketKind,
    made_by: str,
    now: Instant,
    allows: frozenset[Right] | None = None,
) -> tuple[str, Ticket]:
    """A new one and its secret. An invitation takes the place of earlier ones."""
    if kind == "invitation":
        await end_tickets(session, organisation, person, kind)
    secret = secrets.token_urlsafe(32)
    expires_at = after(now, INVITATION_LASTS if kind == "invitation" else STEP_LASTS)
    ticket = Ticket(organisation, person, kind, made_by, now, expires_at, allows)
    await session.execute(
        insert(sign_in_tickets).values(
            token_hash=hashed(secret),
            organisation_id=organisation,
            person=person,
            kind=kind,
            made_by=made_by,
            made_at=now,
            expires_at=expires_at,
            allows=None if allows is None else sorted(allows),
        )
    )
    return secret, ticket


async def find_ticket(session: Session, secret: str, kind: TicketKind, now: Instant) -> Ticket | None:
    """The ticket of this secret, while it holds."""
    columns = sign_in_tickets.c
    query = select(sign_in_tickets).where(
        columns.token_hash == hashed(secret), columns.kind == kind, columns.expires_at > now
    )
    row = (await session.execute(query)).one_or_none()
    if row is None:
        return None
    return Ticket(
        OrganisationId(row.organisation_id),
        PersonKey(row.person),
        kind,
        row.made_by,
        instant(row.made_at),
        instant(row.expires_at),
        None if row.allows is None else frozenset(right for right in Right if right in row.allows),
    )


async def take_ticket(session: Session, secret: str) -> bool:
    """Use it up. False when somebody was quicker."""
    taken = await session.execute(
        delete(sign_in_tickets)
        .where(sign_in_tickets.c.token_hash == hashed(secret))
        .returning(sign_in_tickets.c.person)
    )
    return taken.one_or_none() is not None


async def end_tickets(session: Session, organisation: OrganisationId, person: str, *kinds: TicketKind) -> None:
    """End the person's tickets of these kinds."""
    columns = sign_in_tickets.c
    await session.execute(
        delete(sign_in_tickets).where(
            columns.organisation_id == organisation, columns.person == person, columns.kind.in_(kinds)
        )
    )


async def invited(session: Session, organisation: OrganisationId, now: Instant) -> dict[str, Instant]:
    """People who have an invitation that still holds, and until when."""
    columns = sign_in_tickets.c
    query = select(columns.person, columns.expires_at).where(
        columns.organisation_id == organisation, columns.kind == "invitation", columns.expires_at > now
    )
    return {row.person: instant(row.expires_at) for row in await session.execute(query)}


async def forget_expired_tickets(session: Session, now: Instant) -> None:
    await session.execute(delete(sign_in_tickets).where(sign_in_tickets.c.expires_at < now))
