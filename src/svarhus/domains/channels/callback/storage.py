"""Callbacks as they are kept: as cases, as earlier contacts, and those that are done."""

from sqlalchemy import Boolean, Double, case, cast, false, literal, null, select

from svarhus.domains.callbacks.repository import find_booking
from svarhus.domains.callbacks.tables import bookings
from svarhus.domains.calls.tables import calls
from svarhus.domains.cases.model import CaseRef
from svarhus.domains.channels.call.storage import as_told_in
from svarhus.domains.channels.channel import Rows
from svarhus.domains.channels.model import Subject
from svarhus.kit.clock import Instant, instant
from svarhus.kit.database import Session
from svarhus.kit.ids import BookingId, OrganisationId, PersonKey


async def find_subject(session: Session, organisation: OrganisationId, case: CaseRef) -> Subject | None:
    booking = await find_booking(session, organisation, BookingId(case.id))
    if booking is None:
        return None
    name, dialled = await as_told_in(session, organisation, booking.call)
    return Subject(
        ref=case,
        queue=booking.queue,
        number=booking.number,
        name=name,
        at=booking.booked_at,
        call=booking.call,
        open=booking.status.live,
        language=booking.language,
        dialled=dialled,
        category=booking.category,
    )


def earlier(organisation: OrganisationId, number: str) -> Rows:
    row = bookings.c
    return select(
        row.organisation_id,
        literal("callback").label("kind"),
        row.id.label("id"),
        row.booked_at.label("at"),
        row.queue.label("queue"),
        case((row.closed_at.is_not(None), row.closed_by), else_=row.person).label("person"),
        row.status.label("outcome"),
        cast(null(), Double).label("seconds"),
        cast(false(), Boolean).label("outgoing"),
    ).where(row.organisation_id == organisation, row.number == number)


def done(organisation: OrganisationId, since: Instant) -> Rows:
    row = bookings.c
    return select(
        row.organisation_id,
        literal("callback").label("kind"),
        row.id.label("id"),
        row.closed_at.label("done_at"),
        row.closed_by.label("who"),
        row.status.label("outcome"),
        row.booked_at.label("came_at"),
        row.queue.label("queue"),
        row.number.label("number"),
        cast(null(), Double).label("seconds"),
        row.closed_in.is_not(None).label("by_customer"),
    ).where(row.organisation_id == organisation, row.closed_at >= since)


async def last_of(
    session: Session, organisation: OrganisationId, person: PersonKey, since: Instant
) -> tuple[Instant, str] | None:
    """The booking that the person attempted last, and when that call ended."""
    row = calls.c
    booking = row.record["booking"].astext
    query = (
        select(row.ended_at, booking.label("booking"))
        .where(row.organisation_id == organisation, row.person == person, row.ended_at >= since)
        .where(booking.is_not(None))
        .order_by(row.ended_at.desc())
        .limit(1)
    )
    found = (await session.execute(query)).one_or_none()
    return (instant(found.ended_at), found.booking) if found else None
