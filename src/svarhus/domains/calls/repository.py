"""Reads the call log and the journal."""

from datetime import date, timedelta

import msgspec
from sqlalchemy import Select, Text, cast, or_, select

from svarhus.domains.calls.model import CallKind, CallRecord, Outcome
from svarhus.domains.calls.tables import calls, journal
from svarhus.kit.clock import Instant, instant
from svarhus.kit.database import Page, Session, page
from svarhus.kit.ids import CallId, OrganisationId, PersonKey, QueueKey


class CallFilter(msgspec.Struct, frozen=True):
    """Which calls are wanted; what is None does not matter."""

    began_from: Instant | None = None
    began_before: Instant | None = None
    number: str | None = None
    """The caller's or the dialled one, E.164 or an extension."""
    queue: QueueKey | None = None
    person: PersonKey | None = None
    outcome: Outcome | None = None
    kind: CallKind | None = None


class CallLine(msgspec.Struct, frozen=True):
    """A line of the call log, without parts and legs."""

    call: CallId
    kind: CallKind
    began_at: Instant
    answered_at: Instant | None
    ended_at: Instant
    caller: str | None
    caller_name: str
    dialled: str
    queue: QueueKey | None
    person: PersonKey | None
    outcome: Outcome
    wait: float
    talk: float


class JournalLine(msgspec.Struct, frozen=True):
    """A fact of a call's journal."""

    seq: int
    at: Instant
    kind: str
    body: dict[str, object]
    """The fact itself, as JSON."""


async def find_calls(
    session: Session, organisation: OrganisationId, wanted: CallFilter, cursor: str | None, limit: int
) -> Page[CallLine]:
    """The newest first."""
    columns = [column for column in calls.c if column.name not in ("organisation_id", "record")]
    query = _filtered(select(*columns).where(calls.c.organisation_id == organisation), wanted)
    found = await page(session, query, [calls.c.began_at, calls.c.call_id], cursor, limit, newest_first=True)
    return found.map(
        lambda row: CallLine(
            call=CallId(row.call_id),
            kind=CallKind(row.kind),
            began_at=instant(row.began_at),
            answered_at=instant(row.answered_at) if row.answered_at else None,
            ended_at=instant(row.ended_at),
            caller=row.caller,
            caller_name=row.caller_name,
            dialled=row.dialled,
            queue=row.queue,
            person=row.person,
            outcome=Outcome(row.outcome),
            wait=row.wait,
            talk=row.talk,
        )
    )


def _filtered(query: Select[*tuple[object, ...]], wanted: CallFilter) -> Select[*tuple[object, ...]]:
    columns = calls.c
    if wanted.began_from is not None:
        query = query.where(columns.began_at >= wanted.began_from)
    if wanted.began_before is not None:
        query = query.where(columns.began_at < wanted.began_before)
    if wanted.number is not None:
        query = query.where(or_(columns.caller == wanted.number, columns.dialled == wanted.number))
    for column, value in (
        (columns.queue, wanted.queue),
        (columns.person, wanted.person),
        (columns.outcome, wanted.outcome),
        (columns.kind, wanted.kind),
    ):
        if value is not None:
            query = query.where(column == str(value))
    return query


async def find_call(session: Session, organisation: OrganisationId, call: CallId) -> CallRecord | None:
    query = select(cast(calls.c.record, Text)).where(calls.c.organisation_id == organisation, calls.c.call_id == call)
    record = (await session.execute(query)).scalar_one_or_none()
    return msgspec.json.decode(record, type=CallRecord) if record else None


async def find_journal(
    session: Session, organisation: OrganisationId, call: CallId, cursor: str | None, limit: int
) -> Page[JournalLine]:
    """The facts of a call in order."""
    columns = journal.c
    query = select(columns.seq, columns.at, columns.kind, columns.body).where(
        columns.organisation_id == organisation, columns.call_id == call
    )
    days = await _days(session, organisation, call)
    if days is not None:
        # Lets the database look into these days' partitions alone.
        query = query.where(columns.day.between(*days))
    found = await page(session, query, [columns.seq], cursor, limit)
    return found.map(
        lambda row: JournalLine(
            row.seq, instant(row.at), row.kind, {name: value for name, value in row.body.items() if name != "type"}
        )
    )


async def _days(session: Session, organisation: OrganisationId, call: CallId) -> tuple[date, date] | None:
    """The days that the facts of a call are of; None for one in progress."""
    columns = calls.c
    query = select(columns.began_at, columns.ended_at).where(
        columns.organisation_id == organisation, columns.call_id == call
    )
    row = (await session.execute(query)).one_or_none()
    if row is None:
        return None
    return instant(row.began_at).date(), instant(row.ended_at).date() + timedelta(days=1)
