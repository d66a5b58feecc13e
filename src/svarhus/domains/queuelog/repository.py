"""Reads the lines of the queue log, and keeps who took care of them."""

from sqlalchemy import Row, delete, select, true

from svarhus.domains.calls.tables import calls
from svarhus.domains.queuelog import lines
from svarhus.domains.queuelog.model import Resolution, Resolved, Unanswered, Wanted
from svarhus.domains.queuelog.tables import call_follow_ups, unanswered
from svarhus.kit.clock import Instant, instant
from svarhus.kit.database import Page, Session, page
from svarhus.kit.ids import CallId, OrganisationId


async def find(
    session: Session, organisation: OrganisationId, wanted: Wanted, cursor: str | None, limit: int
) -> Page[Unanswered]:
    """The newest first, each caller once for each queue until somebody took care of them."""
    line, category = unanswered.c, calls.c.record["category"].astext.label("category")
    query = (
        select(unanswered, calls.c.caller_name, calls.c.dialled, calls.c.wait, category)
        .join(calls, (calls.c.organisation_id == line.organisation_id) & (calls.c.call_id == line.call_id))
        .where(line.organisation_id == organisation, line.began_at >= wanted.since, line.newest == true())
    )
    if wanted.queues:
        query = query.where(line.queue.in_(wanted.queues))
    if wanted.but:
        query = query.where(line.queue.not_in(wanted.but))
    if wanted.open_only:
        query = query.where(line.how.is_(None), line.caller.is_not(None))
    found = await page(session, query, [line.began_at, line.call_id], cursor, limit, newest_first=True)
    return found.map(_unanswered)


def _unanswered(row: Row[*tuple[object, ...]]) -> Unanswered:
    columns = row._mapping
    how = columns["how"]
    return Unanswered(
        call=columns["call_id"],
        queue=columns["queue"],
        at=instant(columns["began_at"]),
        caller=columns["caller"],
        caller_name=columns["caller_name"],
        dialled=columns["dialled"],
        wait=columns["wait"],
        earlier=columns["earlier"],
        resolved=Resolved(
            Resolution(how), instant(columns["resolved_at"]), columns["resolved_by"], columns["resolved_call"]
        )
        if how
        else None,
        category=columns["category"],
    )


async def handle(session: Session, organisation: OrganisationId, call: CallId, at: Instant, by: str) -> bool:
    """Mark an unanswered call as taken care of; who was first stays. False when there is no such call."""
    marked = await session.exec_driver_sql(
        """insert into call_follow_ups (organisation_id, call_id, handled_at, handled_by)
        select organisation_id, call_id, $3, $4 from unanswered where organisation_id = $1 and call_id = $2
        on conflict (organisation_id, call_id) do update set handled_by = call_follow_ups.handled_by
        returning call_id""",
        (organisation, call, at, by),
    )
    if marked.one_or_none() is None:
        return False
    await session.exec_driver_sql(lines.MARKED, (organisation, call, at, by))
    return True


async def take_up(session: Session, organisation: OrganisationId, call: CallId) -> bool:
    """Take the mark back. False when there was none."""
    columns = call_follow_ups.c
    gone = await session.execute(
        delete(call_follow_ups)
        .where(columns.organisation_id == organisation, columns.call_id == call)
        .returning(columns.call_id)
    )
    if gone.one_or_none() is None:
        return False
    await session.exec_driver_sql(lines.MARK_TAKEN_BACK, (organisation, call))
    return True


async def rebuild(session: Session, organisation: OrganisationId) -> None:
    """Make all lines anew out of calls, bookings and marks, where calls were not written as they ended."""
    await session.exec_driver_sql(lines.ALL_ANEW, (organisation,))
