"""Searches contacts in the database: in milliseconds among tens of thousands.

The best are asked for first, in the order of an index, so that the database can stop as soon as a page is full:
what many contacts have is found at once, what few have by the index of trigrams.
"""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Row, and_, case, func, literal, not_, select, tuple_

from svarhus.domains.contacts.folding import folded, pattern
from svarhus.domains.contacts.model import Entry, EntryKind, Found, Position
from svarhus.domains.contacts.repository import numbers_of
from svarhus.domains.contacts.tables import contacts
from svarhus.kit.database import Session
from svarhus.kit.ids import OrganisationId

_CONTACT = 1
_LAST_CHARACTER = "\U0010ffff"


class Wanted(msgspec.Struct, frozen=True):
    """What somebody searches for."""

    query: str
    """As typed."""
    terms: tuple[str, ...]
    """`folding.terms` of it: each must be found."""
    favourites_only: bool = False
    after: Position | None = None
    limit: int = 50


class _Tier(msgspec.Struct, frozen=True):
    """Contacts of one rank, or of some that are found together; none is in two tiers."""

    rank: ColumnElement[int]
    last: int
    """The highest rank in it."""
    condition: ColumnElement[bool]
    one_rank: bool = True


async def search_contacts(
    session: Session, organisation: OrganisationId, wanted: Wanted, favourites: frozenset[str]
) -> list[Found]:
    """The best first, and at least one more than the limit when there are more. `favourites`: ids of contacts."""
    found: list[Found] = []
    for tier in _tiers(wanted):
        if wanted.after is not None and tier.last < wanted.after.rank:
            continue
        for common in (0, 1) if favourites else (1,):
            if common == 0 or not wanted.favourites_only:
                found += await _of_tier(session, organisation, wanted, tier, common, favourites)
        if len(found) > wanted.limit:
            break
    return sorted(found, key=lambda each: each.position)


async def _of_tier(
    session: Session,
    organisation: OrganisationId,
    wanted: Wanted,
    tier: _Tier,
    common: int,
    favourites: frozenset[str],
) -> list[Found]:
    """The favourites of a tier (`common` 0) or the others, by rank and name, from where the page begins."""
    rank = tier.rank.label("rank")
    query = select(contacts, rank).where(contacts.c.organisation_id == organisation, tier.condition)
    if favourites:
        ids = sorted(favourites)
        query = query.where(contacts.c.id.not_in(ids) if common else contacts.c.id.in_(ids))
    by_name: tuple[ColumnElement[Any], ...] = (contacts.c.sort_name, contacts.c.id)
    # Sorted by what is one and the same, no index would be of use.
    order = by_name if tier.one_rank else (rank, *by_name)
    if wanted.after is not None:
        query = query.where(tuple_(tier.rank, *by_name) > tuple_(*_last(wanted.after, common)))
    rows = await session.execute(query.order_by(*order).limit(wanted.limit + 1))
    return [_found(row, common) for row in rows]


def _last(after: Position, common: int) -> Sequence[ColumnElement[Any]]:
    """What comes right before the page among contacts that are favourites (`common` 0) or are not."""
    if (after.common, after.kind) == (common, _CONTACT):
        values: tuple[object, ...] = (after.rank, after.name, after.key)
    elif (after.common, after.kind) > (common, _CONTACT):
        values = (after.rank, _LAST_CHARACTER, "")
    else:
        values = (after.rank, "", "")
    return [literal(value) for value in values]


def _tiers(wanted: Wanted) -> Sequence[_Tier]:
    """As `Position.rank` says: a name that begins with the query has words that begin with its terms."""
    first, last = literal(0), literal(3)
    if not wanted.terms:
        return [_Tier(first, 0, contacts.c.organisation_id.is_not(None))]
    anywhere = and_(*(contacts.c.searched.like(pattern(term)) for term in wanted.terms))
    if all(term.isdigit() for term in wanted.terms):
        return [_Tier(last, 3, anywhere)]
    name = contacts.c.folded_name
    spaced = func.concat(" ", name)
    query = folded(wanted.query)
    begins = and_(name >= query, name < query + _LAST_CHARACTER)
    words = and_(*(spaced.like(pattern(" " + term)) for term in wanted.terms))
    within = and_(*(name.like(pattern(term)) for term in wanted.terms))
    return [
        _Tier(first, 0, begins),
        _Tier(case((words, 1), else_=2), 2, and_(within, not_(begins)), one_rank=False),
        _Tier(last, 3, and_(anywhere, not_(within), not_(begins))),
    ]


def _found(row: Row[*tuple[object, ...]], common: int) -> Found:
    columns = row._mapping
    position = Position(columns["rank"], common, _CONTACT, columns["sort_name"], columns["id"])
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
        favourite=common == 0,
    )
    return Found(entry, position)
