"""Reads, seals and forgets recorded conversations."""

from collections.abc import Sequence

from sqlalchemy import Row, delete, select, update

from svarhus.domains.calls.recording import RecordingEnd
from svarhus.domains.recordings.model import CallRecording
from svarhus.domains.recordings.tables import call_recordings
from svarhus.kit.clock import Instant, instant
from svarhus.kit.database import Session
from svarhus.kit.ids import CallId, OrganisationId, QueueKey, RecordingId

_columns = call_recordings.c


async def recordings_of(session: Session, organisation: OrganisationId, call: CallId) -> tuple[CallRecording, ...]:
    """In the order in which they began."""
    query = select(call_recordings).where(_columns.organisation_id == organisation, _columns.call_id == call)
    return tuple(map(_recording, await session.execute(query.order_by(_columns.began_at, _columns.id))))


async def find_recording(session: Session, organisation: OrganisationId, id: RecordingId) -> CallRecording | None:
    query = select(call_recordings).where(_columns.organisation_id == organisation, _columns.id == id)
    row = (await session.execute(query)).one_or_none()
    return _recording(row) if row else None


async def mark_sealed(
    session: Session, organisation: OrganisationId, id: RecordingId, at: Instant, seconds: float, peaks: bytes
) -> bool:
    """False when it is there no more."""
    done = await session.execute(
        update(call_recordings)
        .where(_columns.organisation_id == organisation, _columns.id == id)
        .values(sealed_at=at, seconds=seconds, peaks=peaks)
    )
    return done.rowcount > 0


async def of_queue(session: Session, organisation: OrganisationId, queue: QueueKey) -> tuple[CallRecording, ...]:
    """All that were made for a queue, in order of their ids."""
    query = select(call_recordings).where(_columns.organisation_id == organisation, _columns.queue == queue)
    return tuple(map(_recording, await session.execute(query.order_by(_columns.id))))


async def forget(session: Session, organisation: OrganisationId, ids: Sequence[RecordingId]) -> None:
    await session.execute(delete(call_recordings).where(_columns.organisation_id == organisation, _columns.id.in_(ids)))


async def ended_before(
    session: Session, organisation: OrganisationId, moment: Instant, after: RecordingId | None, most: int
) -> tuple[CallRecording, ...]:
    """In order of their ids, beginning after one."""
    query = select(call_recordings).where(_columns.organisation_id == organisation, _columns.ended_at < moment)
    if after is not None:
        query = query.where(_columns.id > after)
    return tuple(map(_recording, await session.execute(query.order_by(_columns.id).limit(most))))


async def unsealed_since_before(
    session: Session, organisation: OrganisationId, moment: Instant, most: int
) -> tuple[RecordingId, ...]:
    """With sound that should have been sealed by now."""
    query = select(_columns.id).where(
        _columns.organisation_id == organisation,
        _columns.ended_at < moment,
        _columns.sealed_at.is_(None),
        _columns.seconds > 0,
    )
    return tuple(map(RecordingId, (await session.execute(query.order_by(_columns.id).limit(most))).scalars()))


def _recording(row: Row[*tuple[object, ...]]) -> CallRecording:
    columns = row._mapping
    ended, sealed = columns["ended_at"], columns["sealed_at"]
    return CallRecording(
        organisation=columns["organisation_id"],
        id=columns["id"],
        call=columns["call_id"],
        leg=columns["leg_id"],
        party=columns["party"],
        person=columns["person"],
        queue=columns["queue"],
        asked_by=columns["asked_by"],
        began_at=instant(columns["began_at"]),
        keep_days=columns["keep_days"],
        ended_at=instant(ended) if ended else None,
        seconds=columns["seconds"],
        why=RecordingEnd(columns["why"]) if columns["why"] else None,
        sealed_at=instant(sealed) if sealed else None,
        peaks=columns["peaks"] or b"",
    )
