"""Reads and adds notices. There is nothing here that removes one."""

from collections.abc import Collection

import msgspec
from sqlalchemy import ColumnElement, Row, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from svarhus.domains.noticeboard.model import Notice
from svarhus.domains.noticeboard.tables import notices, notices_read
from svarhus.kit.clock import Instant, instant
from svarhus.kit.database import Page, Session, page
from svarhus.kit.ids import OrganisationId, PersonKey


class Boards(msgspec.Struct, frozen=True):
    """Whose notices are meant."""

    organisation: OrganisationId
    units: Collection[str]
    common: bool = True
    """Also those to everybody."""


async def add_notice(
    session: Session,
    organisation: OrganisationId,
    unit: str | None,
    at: Instant,
    author: tuple[str, str],
    text: str,
    important: bool,
) -> Notice:
    """`author`: key and name."""
    added = await session.execute(
        insert(notices)
        .values(
            organisation_id=organisation,
            unit=unit,
            at=at,
            author=author[0],
            author_name=author[1],
            body=text,
            important=important,
        )
        .returning(notices)
    )
    return _notice(added.one())


async def find_notices(
    session: Session, boards: Boards, first: Instant, end: Instant, cursor: str | None, limit: int
) -> Page[Notice]:
    """Those from `first` until before `end`, the newest first."""
    query = select(notices).where(
        notices.c.organisation_id == boards.organisation, _on(boards), notices.c.at >= first, notices.c.at < end
    )
    found = await page(session, query, [notices.c.at, notices.c.id], cursor, limit, newest_first=True)
    return found.map(_notice)


async def latest(session: Session, boards: Boards, limit: int) -> tuple[Notice, ...]:
    query = (
        select(notices)
        .where(notices.c.organisation_id == boards.organisation, _on(boards))
        .order_by(notices.c.id.desc())
        .limit(limit)
    )
    return tuple(_notice(row) for row in await session.execute(query))


async def pinned(session: Session, boards: Boards, limit: int) -> tuple[Notice, ...]:
    query = select(notices).where(
        notices.c.organisation_id == boards.organisation, _on(boards), notices.c.pinned_at.is_not(None)
    )
    return tuple(_notice(row) for row in await session.execute(query.order_by(notices.c.id.desc()).limit(limit)))


async def find_notice(session: Session, boards: Boards, id: int) -> Notice | None:
    row = (
        await session.execute(
            select(notices).where(notices.c.organisation_id == boards.organisation, _on(boards), notices.c.id == id)
        )
    ).one_or_none()
    return _notice(row) if row else None


async def set_pin(session: Session, organisation: OrganisationId, id: int, at: Instant | None, by: str | None) -> None:
    await session.execute(
        update(notices)
        .where(notices.c.organisation_id == organisation, notices.c.id == id)
        .values(pinned_at=at, pinned_by=by)
    )


async def read_to(session: Session, organisation: OrganisationId, person: PersonKey) -> int:
    """The last notice that the person has read; 0 when none."""
    query = select(notices_read.c.read_to).where(
        notices_read.c.organisation_id == organisation, notices_read.c.person == person
    )
    return (await session.execute(query)).scalar_one_or_none() or 0


async def set_read_to(session: Session, organisation: OrganisationId, person: PersonKey, id: int) -> None:
    """Never further back than it was."""
    wanted = insert(notices_read).values(organisation_id=organisation, person=person, read_to=id)
    await session.execute(
        wanted.on_conflict_do_update(
            index_elements=["organisation_id", "person"],
            set_={"read_to": func.greatest(notices_read.c.read_to, wanted.excluded.read_to)},
        )
    )


async def unread(session: Session, boards: Boards, after: int, reader: str) -> tuple[int, int]:
    """How many after this one somebody else has written, and how many of these are important."""
    query = select(func.count(), func.count().filter(notices.c.important)).where(
        notices.c.organisation_id == boards.organisation,
        _on(boards),
        notices.c.id > after,
        notices.c.author != reader,
    )
    row = (await session.execute(query)).one()
    return row[0], row[1]


def _on(boards: Boards) -> ColumnElement[bool]:
    named = notices.c.unit.in_(list(boards.units))
    return or_(named, notices.c.unit.is_(None)) if boards.common else named


def _notice(row: Row[*tuple[object, ...]]) -> Notice:
    columns = row._mapping
    return Notice(
        id=columns["id"],
        unit=columns["unit"],
        at=instant(columns["at"]),
        author=columns["author"],
        author_name=columns["author_name"],
        text=columns["body"],
        important=columns["important"],
        pinned_at=instant(columns["pinned_at"]) if columns["pinned_at"] else None,
        pinned_by=columns["pinned_by"],
    )
