"""Reads voicemails."""

from sqlalchemy import Row, select

from svarhus.domains.voicemails.model import Voicemail
from svarhus.domains.voicemails.tables import voicemails
from svarhus.kit.clock import instant
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


async def of_queue(session: Session, organisation: OrganisationId, queue: QueueKey) -> tuple[RecordingId, ...]:
    """All of a queue, whoever has handled them."""
    columns = voicemails.c
    query = select(columns.id).where(columns.organisation_id == organisation, columns.queue == queue)
    return tuple(RecordingId(id) for id in await session.scalars(query))


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
