"""Alerts as they were: of which queue, for how long, and who was told."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import ColumnElement, Row, select, update

from svarhus.domains.alerts.tables import queue_alerts
from svarhus.domains.people.rights import Actor, Right, require
from svarhus.domains.queues.alerts import AlertEnd, AlertOn
from svarhus.kit.clock import Instant, instant
from svarhus.kit.database import Database, Page, Session, page
from svarhus.kit.ids import AlertId, OrganisationId, QueueKey

_columns = queue_alerts.c


class PastAlert(msgspec.Struct, frozen=True):
    """One that was raised; it may last still."""

    id: AlertId
    queue: QueueKey
    on: AlertOn
    limit: int
    """Seconds, callers or members."""
    minutes: int
    """For so long it had to last before it was raised."""
    seen: int
    """Seconds, callers or members when it was raised."""
    raised_at: Instant
    over_at: Instant | None
    why: AlertEnd | None
    told: tuple[str, ...]


class Wanted(msgspec.Struct, frozen=True):
    queue: QueueKey | None = None
    on: AlertOn | None = None
    raised_from: Instant | None = None
    raised_before: Instant | None = None


class PastAlerts:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, actor: Actor, wanted: Wanted, cursor: str | None, limit: int) -> Page[PastAlert]:
        """The newest first. Refused."""
        require(actor, Right.SEE_CALLS)
        query = select(queue_alerts).where(_columns.organisation_id == actor.organisation, *_conditions(wanted))
        async with self._database.begin() as session:
            order = [_columns.raised_at, _columns.id]
            found = await page(session, query, order, cursor, limit, newest_first=True)
        return found.map(_alert)


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions = []
    if wanted.queue:
        conditions.append(_columns.queue == wanted.queue)
    if wanted.on:
        conditions.append(_columns.watches == wanted.on.value)
    if wanted.raised_from:
        conditions.append(_columns.raised_at >= wanted.raised_from)
    if wanted.raised_before:
        conditions.append(_columns.raised_at < wanted.raised_before)
    return conditions


async def note_told(session: Session, organisation: OrganisationId, alert: AlertId, receivers: Sequence[str]) -> None:
    """It was told to them that it began."""
    await session.execute(
        update(queue_alerts)
        .where(_columns.organisation_id == organisation, _columns.id == alert)
        .values(told=list(receivers))
    )


def _alert(row: Row[*tuple[object, ...]]) -> PastAlert:
    columns = row._mapping
    over = columns["over_at"]
    return PastAlert(
        id=columns["id"],
        queue=columns["queue"],
        on=AlertOn(columns["watches"]),
        limit=columns["threshold"],
        minutes=columns["minutes"],
        seen=columns["seen"],
        raised_at=instant(columns["raised_at"]),
        over_at=instant(over) if over else None,
        why=AlertEnd(columns["why"]) if columns["why"] else None,
        told=tuple(columns["told"]),
    )
