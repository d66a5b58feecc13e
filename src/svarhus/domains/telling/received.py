"""Texts that customers have sent: kept before the provider is answered, read afterwards, forgotten with the messages
that we send."""

import secrets
from datetime import timedelta

import msgspec
from sqlalchemy import Row, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from svarhus.domains.outbox.repository import KEPT_FOR
from svarhus.domains.queues.texting import ANSWERED, TextOutcome
from svarhus.domains.telling.tables import TEXTS_RECEIVED, texts_received
from svarhus.kit.clock import Instant, after, instant
from svarhus.kit.database import Session, notify
from svarhus.kit.ids import BookingId, OrganisationId

AN_HOUR = timedelta(hours=1)

_columns = texts_received.c


class Received(msgspec.Struct, frozen=True):
    """A text that came in."""

    id: str
    sender: str
    """E.164, or what the provider has told."""
    receiver: str
    """Our number; empty when the provider has not told it."""
    text: str
    received_at: Instant
    outcome: TextOutcome | None = None
    """None: it is not read yet."""
    booking: BookingId | None = None


async def keep(session: Session, organisation: OrganisationId, received: Received, provider_id: str) -> bool:
    """False: it is kept already. Whoever reads texts is told of one without an outcome."""
    adding = insert(texts_received).values(
        organisation_id=organisation,
        id=received.id,
        provider_id=provider_id,
        sender=received.sender,
        receiver=received.receiver,
        text=received.text,
        received_at=received.received_at,
        outcome=received.outcome,
    )
    added = await session.execute(adding.on_conflict_do_nothing().returning(_columns.id))
    if added.one_or_none() is None:
        return False
    if received.outcome is None:
        await notify(session, TEXTS_RECEIVED, organisation)
    return True


def new_id() -> str:
    return secrets.token_hex(16)


async def came_lately(session: Session, organisation: OrganisationId, now: Instant, sender: str | None = None) -> int:
    """How many texts in the last hour, of one sender or of all."""
    query = select(func.count()).where(
        _columns.organisation_id == organisation, _columns.received_at > after(now, -AN_HOUR)
    )
    if sender is not None:
        query = query.where(_columns.sender == sender)
    return (await session.execute(query.select_from(texts_received))).scalar_one()


async def answered_lately(session: Session, organisation: OrganisationId, now: Instant, sender: str) -> int:
    """How many texts of the sender have asked for an answer in the hour up to then."""
    query = select(func.count()).where(
        _columns.organisation_id == organisation,
        _columns.sender == sender,
        _columns.read_at > after(now, -AN_HOUR),
        _columns.read_at <= now,
        _columns.outcome.in_([outcome.value for outcome in ANSWERED]),
    )
    return (await session.execute(query.select_from(texts_received))).scalar_one()


async def same_lately(session: Session, organisation: OrganisationId, sender: str, text: str, since: Instant) -> bool:
    """Whether the sender has sent these words since then."""
    query = select(_columns.id).where(
        _columns.organisation_id == organisation,
        _columns.sender == sender,
        _columns.received_at >= since,
        _columns.text == text,
    )
    return (await session.execute(query.limit(1))).one_or_none() is not None


async def unread(session: Session, organisation: OrganisationId | None = None) -> tuple[OrganisationId, ...]:
    """Organisations that have texts to be read."""
    query = select(_columns.organisation_id).where(_columns.outcome.is_(None)).distinct()
    if organisation is not None:
        query = query.where(_columns.organisation_id == organisation)
    return tuple(OrganisationId(key) for key in (await session.execute(query)).scalars())


async def next_unread(session: Session, organisation: OrganisationId) -> Received | None:
    """The first that came of those to be read."""
    query = select(texts_received).where(_columns.organisation_id == organisation, _columns.outcome.is_(None))
    row = (await session.execute(query.order_by(_columns.received_at, _columns.id).limit(1))).one_or_none()
    return None if row is None else _received(row)


async def given_up(session: Session, organisation: OrganisationId, text: Received) -> None:
    """It could not be read, and stands with the messages of its sender."""
    await session.execute(
        update(texts_received)
        .where(_columns.organisation_id == organisation, _columns.id == text.id, _columns.outcome.is_(None))
        .values(outcome=TextOutcome.OTHER.value)
    )


async def of_sender(session: Session, organisation: OrganisationId, sender: str, limit: int) -> tuple[Received, ...]:
    """The newest first."""
    query = select(texts_received).where(_columns.organisation_id == organisation, _columns.sender == sender)
    rows = await session.execute(query.order_by(_columns.received_at.desc(), _columns.id).limit(limit))
    return tuple(map(_received, rows))


async def forget_old_texts(session: Session, now: Instant) -> None:
    await session.execute(delete(texts_received).where(_columns.received_at < after(now, -KEPT_FOR)))


def _received(row: Row[*tuple[object, ...]]) -> Received:
    columns = row._mapping
    return Received(
        columns["id"],
        columns["sender"],
        columns["receiver"],
        columns["text"],
        instant(columns["received_at"]),
        TextOutcome(columns["outcome"]) if columns["outcome"] else None,
        BookingId(columns["booking"]) if columns["booking"] else None,
    )
