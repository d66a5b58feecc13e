"""Searches contacts in the database: in milliseconds among tens of thousands."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Integer, Row, and_, case, func, literal, select, tuple_
from sqlalchemy.sql.expression import cast

from svarhus.domains.contacts.folding import folded
from svarhus.domains.contacts.model import Entry, EntryKind, Found, Position
from svarhus.domains.contacts.repository import numbers_of
from svarhus.domains.contacts.tables import contacts, favourites
from svarhus.kit.database import Session
from svarhus.kit.ids import OrganisationId, PersonKey


class Wanted(msgspec.Struct, frozen=True):
    """What somebody searches for."""

    query: str
    """As typed."""
    terms: tuple[str, ...]
    """`folding.terms` of it: each must be found."""
    person: PersonKey | None
    """Whose favourites count."""
    favourites_only: bool = False
    after: Position | None = None
    limit: int = 50


async def search_contacts(session: Session, organisation: OrganisationId, wanted: Wanted) -> list[Found]:
    """The best first, and one more than the limit when there are more."""
    mine = and_(
        favourites.c.organisation_id == organisation,
        favourites.c.person == (wanted.person or ""),
        favourites.c.kind == EntryKind.CONTACT.value,
        favourites.c.key == contacts.c.id,
    )
    rank = _rank(wanted).label("rank")
    common = case((favourites.c.key.is_not(None), 0), else_=1).label("common")
    order: Sequence[ColumnElement[Any]] = (rank, common, contacts.c.sort_name, contacts.c.id)
    query = (
        select(contacts, rank, common)
        .select_from(contacts.join(favourites, mine, isouter=not wanted.favourites_only))
        .where(contacts.c.organisation_id == organisation)
        .where(*(contacts.c.searched.contains(term, autoescape=True) for term in wanted.terms))
    )
    if wanted.after is not None:
        query = query.where(tuple_(*order) > tuple_(*_last(wanted.after)))
    rows = await session.execute(query.order_by(*order).limit(wanted.limit + 1))
    return [_found(row) for row in rows]


def _rank(wanted: Wanted) -> ColumnElement[int]:
    """As `Position.rank` says; the text is compared as it is folded, with and without the accents alike."""
    if not wanted.terms:
        return cast(literal(0), Integer)
    name = contacts.c.folded_name
    spaced = func.concat(" ", name)
    return case(
        (name.startswith(folded(wanted.query), autoescape=True), 0),
        (and_(*(spaced.contains(" " + term, autoescape=True) for term in wanted.terms)), 1),
        (and_(*(name.contains(term, autoescape=True) for term in wanted.terms)), 2),
        else_=3,
    )


def _last(position: Position) -> Sequence[ColumnElement[object]]:
    """Where to go on among contacts, whichever kind of entry was the last."""
    values = (position.rank, position.common, position.name, position.key)
    if position.kind < _CONTACT:
        # Contacts come after colleagues of the same rank.
        values = (position.rank, position.common, "", "")
    return [literal(value) for value in values]


_CONTACT = 1


def _found(row: Row[*tuple[object, ...]]) -> Found:
    columns = row._mapping
    entry = Entry(
        kind=EntryKind.CONTACT,
        key=columns["id"],
        name=columns["name"],
        company=columns["company"],
        title=columns["title"],
        department=columns["department"],
        place=columns["place"],
        email=columns["email"],
        numbers=numbers_of(columns["numbers"]),
        tags=tuple(columns["tags"]),
        fields=columns["fields"],
        units=(),
        favourite=columns["common"] == 0,
    )
    return Found(entry, Position(columns["rank"], columns["common"], _CONTACT, columns["sort_name"], columns["id"]))
