"""Reads bookings."""

from collections.abc import Collection
from datetime import datetime

import msgspec
from sqlalchemy import Row, select

from svarhus.domains.callbacks.state import BookingKind, BookingStatus
from svarhus.domains.callbacks.tables import bookings
from svarhus.kit.clock import Instant, instant
from svarhus.kit.database import Page, Session, page
from svarhus.kit.ids import BookingId, CallId, CategoryKey, OrganisationId, PersonKey, QueueKey


class BookingFilter(msgspec.Struct, frozen=True):
    """Which bookings are wanted; what is None does not matter."""

    statuses: Collection[BookingStatus] | None = None
    queue: QueueKey | None = None
    number: str | None = None
    """E.164."""
    category: CategoryKey | None = None


class KeptBooking(msgspec.Struct, frozen=True):
    """A promise, kept, broken or still to be kept."""

    id: BookingId
    kind: BookingKind
    queue: QueueKey
    schedule: str
    number: str
    promised_at: Instant | None
    due_at: Instant
    booked_at: Instant
    call: CallId | None
    booked_by: PersonKey | None
    language: str
    status: BookingStatus
    attempts: int
    first_attempt_at: Instant | None
    connected: bool
    person: PersonKey | None
    closed_at: Instant | None
    closed_by: PersonKey | None
    above_capacity: bool
    email: str | None = None
    category: CategoryKey | None = None


async def find_bookings(
    session: Session, organisation: OrganisationId, wanted: BookingFilter, cursor: str | None, limit: int
) -> Page[KeptBooking]:
    """By the time at which they are due."""
    columns = bookings.c
    query = select(bookings).where(columns.organisation_id == organisation)
    if wanted.statuses is not None:
        query = query.where(columns.status.in_([status.value for status in wanted.statuses]))
    if wanted.queue is not None:
        query = query.where(columns.queue == wanted.queue)
    if wanted.number is not None:
        query = query.where(columns.number == wanted.number)
    if wanted.category is not None:
        query = query.where(columns.category == wanted.category)
    found = await page(session, query, [columns.due_at, columns.id], cursor, limit)
    return found.map(_kept)


async def find_booking(
    session: Session, organisation: OrganisationId, booking: BookingId, *, hold: bool = False
) -> KeptBooking | None:
    """`hold`: it stays as it is until this unit of work ends."""
    query = select(bookings).where(bookings.c.organisation_id == organisation, bookings.c.id == booking)
    row = (await session.execute(query.with_for_update(read=True) if hold else query)).one_or_none()
    return _kept(row) if row else None


def _kept(row: Row[*tuple[object, ...]]) -> KeptBooking:
    columns = row._mapping
    return KeptBooking(
        id=columns["id"],
        kind=BookingKind(columns["kind"]),
        queue=columns["queue"],
        schedule=columns["schedule"],
        number=columns["number"],
        promised_at=_instant(columns["promised_at"]),
        due_at=instant(columns["due_at"]),
        booked_at=instant(columns["booked_at"]),
        call=columns["call_id"],
        booked_by=columns["booked_by"],
        language=columns["language"],
        status=BookingStatus(columns["status"]),
        attempts=columns["attempts"],
        first_attempt_at=_instant(columns["first_attempt_at"]),
        connected=columns["connected"],
        person=columns["person"],
        closed_at=_instant(columns["closed_at"]),
        closed_by=columns["closed_by"],
        email=columns["email"],
        category=columns["category"],
        above_capacity=columns["above_capacity"],
    )


def _instant(moment: datetime | None) -> Instant | None:
    return instant(moment) if moment else None
