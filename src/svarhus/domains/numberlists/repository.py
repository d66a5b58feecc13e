"""Reads and writes the rows of lists. A change costs what differs: rows that stay are part of all versions between."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import ARRAY, ColumnElement, Row, Text, any_, delete, func, literal, or_, select, text, update
from sqlalchemy.dialects.postgresql import distinct_on, insert

from svarhus.domains.contacts.folding import number_forms, pattern, spellings, terms
from svarhus.domains.numberlists.model import How, ListRow, ListVersion, RowsChange
from svarhus.domains.numbers.lists import BEGINS
from svarhus.domains.numbers.tables import LISTS_CHANGED, list_rows, list_versions
from svarhus.kit.clock import Instant, instant
from svarhus.kit.database import Page, Session, analyze, notify, page
from svarhus.kit.ids import OrganisationId

MOST_VERSIONS = 200
"""That are kept of a list; what was in none of them is gone."""

_MANY = 500

NONE_YET = ListVersion(0, None, "", How.ADDED, "", "", 0, 0, 0, 0)

_INSERT = text(
    """insert into list_rows (organisation_id, list, number, since, name, note, searched)
    select :organisation, :list, kept.*
    from unnest(cast(:numbers as text[]), cast(:versions as integer[]), cast(:names as text[]), cast(:notes as text[]),
        cast(:searched as text[])) as kept"""
)


class NewNumbers(msgspec.Struct, frozen=True):
    """What the exchange has to learn of a list."""

    version: int
    at: Instant | None
    whole: bool
    """They are all that there are: what is known of the list is nothing of it."""
    gone: tuple[str, ...]
    come: tuple[str, ...]


Known = tuple[int, Instant | None]
"""A version, and when it was made: a list that is deleted and made again counts from 1."""


async def newest(session: Session, organisation: OrganisationId, key: str) -> ListVersion:
    """NONE_YET when nothing was ever written."""
    columns = list_versions.c
    query = select(list_versions).where(columns.organisation_id == organisation, columns.list == key)
    row = (await session.execute(query.order_by(columns.version.desc()).limit(1))).one_or_none()
    return _version(row) if row else NONE_YET


async def version(session: Session, organisation: OrganisationId, key: str, wanted: int) -> ListVersion | None:
    columns = list_versions.c
    query = select(list_versions).where(
        columns.organisation_id == organisation, columns.list == key, columns.version == wanted
    )
    row = (await session.execute(query)).one_or_none()
    return _version(row) if row else None


async def versions(
    session: Session, organisation: OrganisationId, key: str, cursor: str | None, limit: int
) -> Page[ListVersion]:
    """The newest first."""
    columns = list_versions.c
    query = select(list_versions).where(columns.organisation_id == organisation, columns.list == key)
    return (await page(session, query, [columns.version], cursor, limit, newest_first=True)).map(_version)


async def newest_of_all(session: Session, organisation: OrganisationId) -> Mapping[str, ListVersion]:
    """The newest version of each list that has any."""
    columns = list_versions.c
    query = select(list_versions).where(columns.organisation_id == organisation).ext(distinct_on(columns.list))
    rows = await session.execute(query.order_by(columns.list, columns.version.desc()))
    return {row.list: _version(row) for row in rows}


async def rows(session: Session, organisation: OrganisationId, key: str, of_version: int) -> Mapping[str, ListRow]:
    """All of one version, by their numbers, in that order."""
    columns = list_rows.c
    query = select(columns.number, columns.name, columns.note)
    query = query.where(columns.organisation_id == organisation, columns.list == key, _in(of_version))
    found = await session.execute(query.order_by(columns.number))
    return {each.number: _row(each) for each in found}


async def row(session: Session, organisation: OrganisationId, key: str, number: str) -> ListRow | None:
    """As it is now."""
    columns = list_rows.c
    query = select(columns.number, columns.name, columns.note).where(
        columns.organisation_id == organisation,
        columns.list == key,
        columns.number == number,
        columns.until.is_(None),
    )
    found = (await session.execute(query)).one_or_none()
    return _row(found) if found else None


async def page_of_rows(
    session: Session,
    organisation: OrganisationId,
    key: str,
    of_version: int,
    search: str,
    cursor: str | None,
    limit: int,
) -> Page[ListRow]:
    """By number. `search`: words that stand in it, or pieces of the number in any form."""
    columns = list_rows.c
    query = select(columns.number, columns.name, columns.note).where(
        columns.organisation_id == organisation, columns.list == key, _in(of_version)
    )
    query = query.where(*(columns.searched.like(pattern(term)) for term in terms(search)))
    found = await page(session, query, [columns.number], cursor, limit)
    return found.map(_row)


async def keep(
    session: Session,
    organisation: OrganisationId,
    key: str,
    made: ListVersion,
    change: RowsChange,
    searched: Sequence[str],
) -> None:
    """`searched`: see `searched_in`, of what was added and then of what was changed."""
    columns = list_rows.c
    ended = [*change.removed, *change.changed]
    if ended:
        await session.execute(
            update(list_rows)
            .where(
                columns.organisation_id == organisation,
                columns.list == key,
                columns.until.is_(None),
                columns.number == any_(literal(ended, ARRAY(Text))),
            )
            .values(until=made.version)
        )
    come = (*change.added.values(), *change.changed.values())
    if come:
        await session.execute(
            _INSERT,
            {
                "organisation": organisation,
                "list": key,
                "numbers": [each.number for each in come],
                "versions": [made.version] * len(come),
                "names": [each.name for each in come],
                "notes": [each.note for each in come],
                "searched": [*searched],
            },
        )
    values = {**msgspec.structs.asdict(made), "how": made.how.value, "organisation_id": organisation, "list": key}
    await session.execute(insert(list_versions).values(values))
    await _forget_versions(session, organisation, key, made.version - MOST_VERSIONS)
    if len(come) >= _MANY:
        await analyze(session, list_rows)
    await notify(session, LISTS_CHANGED, organisation)


async def forget(session: Session, organisation: OrganisationId, key: str) -> None:
    """All of a list, for good."""
    for table in (list_rows, list_versions):
        await session.execute(delete(table).where(table.c.organisation_id == organisation, table.c.list == key))
    await notify(session, LISTS_CHANGED, organisation)


async def new_numbers(
    session: Session, organisation: OrganisationId, known: Mapping[str, Known]
) -> Mapping[str, NewNumbers | None]:
    """Of the lists that are not as they are known: what differs. None: the list is no more."""
    now = {key: (each.version, each.at) for key, each in (await newest_of_all(session, organisation)).items()}
    found: dict[str, NewNumbers | None] = dict.fromkeys(known.keys() - now.keys())
    for key, (newest_version, at) in now.items():
        if known.get(key) != (newest_version, at):
            before = known.get(key)
            since = before[0] if before and await _was(session, organisation, key, before) else None
            found[key] = await _differing(session, organisation, key, since, newest_version, at)
    return found


async def _was(session: Session, organisation: OrganisationId, key: str, known: Known) -> bool:
    """Whether what is known is a version of the list: not of one that was deleted and begun anew."""
    found = await version(session, organisation, key, known[0])
    return found is not None and found.at == known[1]


async def _differing(
    session: Session, organisation: OrganisationId, key: str, since: int | None, now: int, at: Instant | None
) -> NewNumbers:
    """`since`: the version that is known; None: none."""
    columns, before = list_rows.c, since or 0
    changed = or_(columns.since > before, columns.until > before)
    query = select(columns.number, func.bool_or(columns.until.is_(None)).label("there"))
    query = query.where(columns.organisation_id == organisation, columns.list == key, changed)
    numbers = (await session.execute(query.group_by(columns.number))).all()
    gone = tuple(each.number for each in numbers if not each.there)
    return NewNumbers(now, at, since is None, gone, tuple(each.number for each in numbers if each.there))


def searched_in(rows: Collection[ListRow], country: str) -> list[str]:
    """All in which a search looks, folded. It takes its time for many."""
    return [
        "\n".join((spellings(row.name), spellings(row.note), number_forms(row.number.removesuffix(BEGINS), country)))
        for row in rows
    ]


async def _forget_versions(session: Session, organisation: OrganisationId, key: str, up_to: int) -> None:
    if up_to < 1:
        return
    of_versions, of_rows = list_versions.c, list_rows.c
    await session.execute(
        delete(list_versions).where(
            of_versions.organisation_id == organisation, of_versions.list == key, of_versions.version <= up_to
        )
    )
    await session.execute(
        delete(list_rows).where(
            of_rows.organisation_id == organisation, of_rows.list == key, of_rows.until <= up_to + 1
        )
    )


def _in(of_version: int) -> ColumnElement[bool]:
    columns = list_rows.c
    return (columns.since <= of_version) & or_(columns.until.is_(None), columns.until > of_version)


def _row(row: Row[*tuple[Any, ...]]) -> ListRow:
    return ListRow(row.number, row.name, row.note)


def _version(row: Row[*tuple[Any, ...]]) -> ListVersion:
    return ListVersion(
        version=row.version,
        at=instant(row.at),
        author=row.author,
        how=How(row.how),
        about=row.about,
        note=row.note,
        added=row.added,
        changed=row.changed,
        removed=row.removed,
        rows=row.rows,
    )
