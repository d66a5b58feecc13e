"""Who of us spoke with a number last."""

import msgspec
from sqlalchemy import and_, or_, select

from svarhus.domains.calls.model import CallKind
from svarhus.domains.calls.tables import calls
from svarhus.kit.clock import Instant, instant
from svarhus.kit.database import Session
from svarhus.kit.ids import CallId, OrganisationId, PersonKey, QueueKey


class LastSpoken(msgspec.Struct, frozen=True):
    """The last conversation with a number."""

    call: CallId
    person: PersonKey
    at: Instant
    queue: QueueKey | None
    talk: float
    """Seconds."""


async def last_spoken(session: Session, organisation: OrganisationId, number: str) -> LastSpoken | None:
    """The last conversation with a number (E.164): they called, or were called."""
    columns = calls.c
    called = and_(columns.kind == CallKind.OUTGOING.value, columns.dialled == number)
    query = (
        select(columns.call_id, columns.person, columns.began_at, columns.queue, columns.talk)
        .where(columns.organisation_id == organisation, or_(columns.caller == number, called))
        .where(columns.person.is_not(None), columns.talk > 0)
        .order_by(columns.began_at.desc())
        .limit(1)
    )
    row = (await session.execute(query)).one_or_none()
    if row is None:
        return None
    return LastSpoken(CallId(row.call_id), PersonKey(row.person), instant(row.began_at), row.queue, row.talk)
