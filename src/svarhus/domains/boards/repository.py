"""Links to wallboards, and the part of the journal that says how a day goes."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import Row, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from svarhus.domains.boards.model import PartFact, WallboardLink
from svarhus.domains.boards.tables import wallboard_links
from svarhus.domains.calls.tables import journal
from svarhus.kit.clock import Instant, after, instant
from svarhus.kit.database import Session
from svarhus.kit.ids import OrganisationId, PersonKey, QueueKey

_ENTERED, _LEFT = "queue_entered", "queue_left"

LONGEST_WAIT = timedelta(hours=6)
"""How long before midnight somebody may have entered who is waiting still."""


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


async def add_link(session: Session, token: str, link: WallboardLink) -> None:
    await session.execute(
        insert(wallboard_links).values(
            organisation_id=link.organisation,
            id=link.id,
            token_hash=_hash(token),
            name=link.name,
            unit=link.unit,
            queues=list(link.queues),
            shows_agents=link.shows_agents,
            theme=link.theme,
            language=link.language,
            made_at=link.made_at,
            made_by=link.made_by,
        )
    )


async def links(session: Session, organisation: OrganisationId) -> tuple[WallboardLink, ...]:
    """The newest first."""
    columns = wallboard_links.c
    query = select(wallboard_links).where(columns.organisation_id == organisation)
    return tuple(_link(row) for row in await session.execute(query.order_by(columns.made_at.desc(), columns.id)))


async def remove_link(session: Session, organisation: OrganisationId, id: str) -> WallboardLink | None:
    """None when there was none."""
    columns = wallboard_links.c
    removed = await session.execute(
        delete(wallboard_links)
        .where(columns.organisation_id == organisation, columns.id == id)
        .returning(wallboard_links)
    )
    row = removed.one_or_none()
    return _link(row) if row else None


async def find_link(session: Session, token: str) -> WallboardLink | None:
    row = (
        await session.execute(select(wallboard_links).where(wallboard_links.c.token_hash == _hash(token)))
    ).one_or_none()
    return _link(row) if row else None


async def link_seen(session: Session, link: WallboardLink, at: Instant) -> None:
    columns = wallboard_links.c
    await session.execute(
        update(wallboard_links)
        .where(columns.organisation_id == link.organisation, columns.id == link.id)
        .values(seen_at=at)
    )


async def part_facts(
    session: Session, organisation: OrganisationId, since: Instant, until: Instant, seq: int, limit: int
) -> tuple[PartFact, ...]:
    """Who entered and left queues, in order, after the fact of this number."""
    columns = journal.c
    first = after(since, -LONGEST_WAIT)
    query = (
        select(
            columns.seq,
            columns.at,
            columns.kind,
            columns.call_id,
            columns.body["queue"].astext.label("queue"),
            columns.body["outcome"].astext.label("outcome"),
            columns.body["person"].astext.label("person"),
            columns.body["service_level"].astext.label("service_level"),
            columns.body["since"].astext.label("since"),
        )
        .where(
            columns.organisation_id == organisation,
            columns.seq > seq,
            # Lets the database look into these days' partitions alone.
            columns.day.between(first.date(), after(until, timedelta(days=1)).date()),
            columns.at >= first,
            columns.kind.in_([_ENTERED, _LEFT]),
        )
        .order_by(columns.seq)
        .limit(limit)
    )
    return tuple(_part(row) for row in await session.execute(query))


def _part(row: Row[*tuple[object, ...]]) -> PartFact:
    columns = row._mapping
    return PartFact(
        seq=columns["seq"],
        at=instant(columns["at"]),
        call=columns["call_id"],
        queue=QueueKey(columns["queue"]),
        outcome=columns["outcome"] if columns["kind"] == _LEFT else None,
        person=PersonKey(columns["person"]) if columns["person"] else None,
        service_level=int(columns["service_level"]) if columns["service_level"] else None,
        since=instant(datetime.fromisoformat(columns["since"])) if columns["since"] else None,
    )


def _link(row: Row[*tuple[object, ...]]) -> WallboardLink:
    columns = row._mapping
    return WallboardLink(
        organisation=OrganisationId(columns["organisation_id"]),
        id=columns["id"],
        name=columns["name"],
        unit=columns["unit"],
        queues=tuple(columns["queues"]),
        shows_agents=columns["shows_agents"],
        theme=columns["theme"],
        language=columns["language"],
        made_at=instant(columns["made_at"]),
        made_by=columns["made_by"],
        seen_at=instant(columns["seen_at"]) if columns["seen_at"] else None,
    )
