"""Reads voicemails, marks them as handled and removes them."""

from sqlalchemy import Row, delete, func, select, update

from svarhus.domains.voicemails.model import Voicemail
from svarhus.domains.voicemails.tables import voicemails
from svarhus.kit.clock import Instant, instant
from svarhus.kit.database import Page, Session, page
from svarhus.kit.ids import OrganisationId, QueueKey, RecordingId


async def find_voicemails(
    session: Session,
    organisation: OrganisationId,
    handled: bool,
    queue: QueueKey | None,
    cursor: str | None,
    limit: int,
) -> Page[Voicemail]:
    """Those to be handled, the oldest first; or those that were, the newest first."""
    columns = voicemails.c
    query = select(voicemails).where(columns.organisation_id == organisation)
    query = query.where(columns.handled_at.is_not(None) if handled else columns.handled_at.is_(None))
    if queue is not None:
        query = query.where(columns.queue == queue)
    found = await page(session, query, [columns.at, columns.id], cursor, limit, newest_first=handled)
    return found.map(_voicemail)


async def find_voicemail(session: Session, organisation: OrganisationId, id: RecordingId) -> Voicemail | None:
    query = select(voicemails).where(voicemails.c.organisation_id == organisation, voicemails.c.id == id)
    row = (await session.execute(query)).one_or_none()
    return _voicemail(row) if row else None


async def handle(
    session: Session, organisation: OrganisationId, id: RecordingId, at: Instant, by: str
) -> Voicemail | None:
    """Mark it as handled. Who was first stays. None when there is none."""
    columns = voicemails.c
    marked = await session.execute(
        update(voicemails)
        .where(columns.organisation_id == organisation, columns.id == id)
        .values(handled_at=func.coalesce(columns.handled_at, at), handled_by=func.coalesce(columns.handled_by, by))
        .returning(voicemails)
    )
    row = marked.one_or_none()
    return _voicemail(row) if row else None


async def reopen(session: Session, organisation: OrganisationId, id: RecordingId) -> None:
    """It is to be handled after all."""
    columns = voicemails.c
    await session.execute(
        update(voicemails)
        .where(columns.organisation_id == organisation, columns.id == id)
        .values(handled_at=None, handled_by=None)
    )


async def find_unhandled(session: Session, organisation: OrganisationId) -> tuple[Voicemail, ...]:
    """All that are to be handled, the oldest first."""
    columns = voicemails.c
    query = select(voicemails).where(columns.organisation_id == organisation, columns.handled_at.is_(None))
    return tuple(_voicemail(row) for row in (await session.execute(query.order_by(columns.at, columns.id))).all())


async def remove(session: Session, organisation: OrganisationId, id: RecordingId) -> Voicemail | None:
    """None when there was none."""
    columns = voicemails.c
    removed = await session.execute(
        delete(voicemails).where(columns.organisation_id == organisation, columns.id == id).returning(voicemails)
    )
    row = removed.one_or_none()
    return _voicemail(row) if row else None


def _voicemail(row: Row[*tuple[object, ...]]) -> Voicemail:
    columns = row._mapping
    handled_at = columns["handled_at"]
    return Voicemail(
        id=columns["id"],
        call=columns["call_id"],
        queue=columns["queue"],
        caller=columns["caller"],
        at=instant(columns["at"]),
        seconds=columns["seconds"],
        file=columns["file"],
        handled_at=instant(handled_at) if handled_at else None,
        handled_by=columns["handled_by"],
    )
