"""Searches contacts in the database: in milliseconds among tens of thousands.

The best are asked for first, in the order of an index, so that the database can stop as soon as a page is full:
what many contacts have is found at once, what few have by the index of trigrams.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Row,
    Select,
    Text,
    and_,
    any_,
    bindparam,
    case,
    func,
    literal,
    not_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY

from svarhus.domains.contacts.folding import folded, pattern
from svarhus.domains.contacts.model import Entry, EntryKind, Found, Position
from svarhus.domains.contacts.repository import numbers_of
from svarhus.domains.contacts.tables import contacts
from svarhus.kit.database import Session
from svarhus.kit.ids import OrganisationId

_CONTACT = 1
_LAST_CHARACTER = "\U0010ffff"
_FAVOURITE, _OTHER = 0, 1
"""As in `Position.common`."""

_TRIGRAM = 3

_columns = contacts.c
_SHOWN = (
    _columns.id,
    _columns.name,
    _columns.company,
    _columns.title,
    _columns.department,
    _columns.place,
    _columns.email,
    _columns.numbers,
    _columns.tags,
    _columns.fields,
    _columns.sort_name,
)


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


class _Shape(msgspec.Struct, frozen=True):
    """What makes a statement another one, not only its values: it takes longer to put together than to run."""

    indexed: tuple[bool, ...]
    """Of each term: whether the index of trigrams knows it. With shorter ones it would be read from end to end."""
    only_digits: bool
    common: tuple[int, ...]
    """Whether favourites, others or both are looked for."""
    after: int | None
    """The rank at which the page begins; None for the first page."""


async def search_contacts(
    session: Session, organisation: OrganisationId, wanted: Wanted, favourites: frozenset[str]
) -> list[Found]:
    """The best first, and at least one more than the limit when there are more. `favourites`: ids of contacts."""
    common = (*([_FAVOURITE] if favourites else []), *([] if wanted.favourites_only else [_OTHER]))
    if not common:
        return []
    digits = bool(wanted.terms) and all(term.isdigit() for term in wanted.terms)
    indexed = tuple(len(term) >= _TRIGRAM for term in wanted.terms)
    shape = _Shape(indexed, digits, common, wanted.after.rank if wanted.after else None)
    rows = await session.execute(_statement(shape), _values(organisation, wanted, favourites))
    return sorted((_found(row) for row in rows), key=lambda each: each.position)


def _values(organisation: OrganisationId, wanted: Wanted, favourites: frozenset[str]) -> dict[str, object]:
    query = folded(wanted.query)
    values: dict[str, object] = {
        "organisation": organisation,
        "favourites": sorted(favourites),
        "query": query,
        "query_end": query + _LAST_CHARACTER,
        "most": wanted.limit + 1,
    }
    for place, term in enumerate(wanted.terms):
        values |= {f"term_{place}": pattern(term), f"word_{place}": pattern(" " + term)}
    if wanted.after is not None:
        for common in (_FAVOURITE, _OTHER):
            name, key = _last(wanted.after, common)
            values |= {f"after_name_{common}": name, f"after_key_{common}": key}
    return values


def _last(after: Position, common: int) -> tuple[str, str]:
    """What comes right before the page among contacts of this kind and of the rank at which it begins."""
    if (after.common, after.kind) == (common, _CONTACT):
        return after.name, after.key
    return (_LAST_CHARACTER, "") if (after.common, after.kind) > (common, _CONTACT) else ("", "")


@lru_cache(maxsize=256)
def _statement(shape: _Shape) -> Select[Any] | CompoundSelect[Any]:
    """One part after the other is run, until the page is full."""
    tiers = [tier for tier in _tiers(shape) if shape.after is None or tier.last >= shape.after]
    parts = [_part(shape, tier, common) for tier in tiers for common in shape.common]
    return parts[0] if len(parts) == 1 else union_all(*parts).limit(_value("most", Integer()))


def _part(shape: _Shape, tier: _Tier, common: int) -> Select[Any]:
    """The favourites of a tier or the others, by rank and name, from where the page begins."""
    rank = tier.rank.label("rank")
    query = select(*_SHOWN, rank, literal(common).label("common")).where(
        _columns.organisation_id == _value("organisation"), tier.condition
    )
    if _FAVOURITE in shape.common:
        favourite = _columns.id == any_(_value("favourites", ARRAY(Text)))
        query = query.where(favourite if common == _FAVOURITE else not_(favourite))
    by_name = (_columns.sort_name, _columns.id)
    if shape.after is not None:
        last = (literal(shape.after), _value(f"after_name_{common}"), _value(f"after_key_{common}"))
        query = query.where(tuple_(tier.rank, *by_name) > tuple_(*last))
    # Sorted by what is one and the same, no index would be of use.
    order: tuple[ColumnElement[Any], ...] = by_name if tier.one_rank else (rank, *by_name)
    return query.order_by(*order).limit(_value("most", Integer()))


def _tiers(shape: _Shape) -> Sequence[_Tier]:
    """As `Position.rank` says: a name that begins with the query has words that begin with its terms."""
    first, last = literal(0), literal(3)
    if not shape.indexed:
        return [_Tier(first, 0, _columns.organisation_id.is_not(None))]
    anywhere = _all_in(_columns.searched, shape)
    if shape.only_digits:
        return [_Tier(last, 3, anywhere)]
    name = _columns.folded_name
    spaced = func.concat(" ", name)
    begins = and_(name >= _value("query"), name < _value("query_end"))
    words = and_(*(spaced.like(_value(f"word_{place}")) for place in range(len(shape.indexed))))
    within = _all_in(name, shape)
    return [
        _Tier(first, 0, begins),
        _Tier(case((words, 1), else_=2), 2, and_(within, not_(begins)), one_rank=False),
        _Tier(last, 3, and_(anywhere, not_(within), not_(begins))),
    ]


def _all_in(column: ColumnElement[str], shape: _Shape) -> ColumnElement[bool]:
    return and_(
        *(
            (column if indexed else func.concat(column)).like(_value(f"term_{place}"))
            for place, indexed in enumerate(shape.indexed)
        )
    )


def _value(name: str, type: Any = Text) -> ColumnElement[Any]:
    return bindparam(name, type_=type)


def _found(row: Row[*tuple[object, ...]]) -> Found:
    columns = row._mapping
    position = Position(columns["rank"], columns["common"], _CONTACT, columns["sort_name"], columns["id"])
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
        favourite=position.common == _FAVOURITE,
    )
    return Found(entry, position)
