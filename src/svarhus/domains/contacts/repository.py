"""Reads and writes contacts and favourites."""

import asyncio
from collections.abc import Collection, Sequence

from sqlalchemy import Row, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from svarhus.domains.contacts.folding import folded, number_forms, pattern, sort_key, spellings, terms
from svarhus.domains.contacts.model import Contact, ContactCard, ContactId, EntryKind, Numbered, NumberLabel
from svarhus.domains.contacts.tables import contacts, favourites
from svarhus.kit.clock import instant
from svarhus.kit.database import Session, analyze
from svarhus.kit.ids import OrganisationId, PersonKey

_MOST_NAMED = 200
_MOST_NAMES = 2

_AT_ONCE = 500
"""Rows of one statement, which may have 32,767 values."""
_MANY = 500


async def add(session: Session, organisation: OrganisationId, added: Sequence[Contact], country: str) -> None:
    for start in range(0, len(added), _AT_ONCE):
        rows = await asyncio.to_thread(_rows, organisation, added[start : start + _AT_ONCE], country)
        await session.execute(insert(contacts), rows)
    if len(added) >= _MANY:
        # The database learns of them by itself, but a minute later: until then it searches in the wrong way.
        await analyze(session, contacts)


async def replace(session: Session, organisation: OrganisationId, contact: Contact, country: str) -> bool:
    """False when there is none of this id."""
    changed = await session.execute(
        update(contacts)
        .where(contacts.c.organisation_id == organisation, contacts.c.id == contact.id)
        .values(_values(contact, country))
        .returning(contacts.c.id)
    )
    return changed.one_or_none() is not None


async def remove(session: Session, organisation: OrganisationId, id: ContactId) -> Contact | None:
    """What was removed, with everybody's mark that it is a favourite."""
    await session.execute(
        delete(favourites).where(
            favourites.c.organisation_id == organisation,
            favourites.c.kind == EntryKind.CONTACT.value,
            favourites.c.key == id,
        )
    )
    removed = delete(contacts).where(contacts.c.organisation_id == organisation, contacts.c.id == id)
    row = (await session.execute(removed.returning(contacts))).one_or_none()
    return contact_of(row) if row else None


async def find(session: Session, organisation: OrganisationId, id: ContactId) -> Contact | None:
    query = select(contacts).where(contacts.c.organisation_id == organisation, contacts.c.id == id)
    row = (await session.execute(query)).one_or_none()
    return contact_of(row) if row else None


async def with_number(session: Session, organisation: OrganisationId, number: str) -> tuple[Contact, ...]:
    """Those who have the number (E.164), by name; several share a switchboard's."""
    has = contacts.c.numbers.contains([{"number": number}])
    query = select(contacts).where(contacts.c.organisation_id == organisation, has)
    rows = await session.execute(query.order_by(contacts.c.sort_name, contacts.c.id).limit(10))
    return tuple(contact_of(row) for row in rows)


async def numbers_named(session: Session, organisation: OrganisationId, text: str) -> tuple[str, ...]:
    """The numbers of contacts in whose card the text is; of so many at most that a query can hold them."""
    columns = contacts.c
    found = [columns.searched.like(pattern(term)) for term in terms(text)]
    if not found:
        return ()
    query = select(columns.numbers).where(columns.organisation_id == organisation, *found).limit(_MOST_NAMED)
    rows = (await session.execute(query)).scalars()
    return tuple(sorted({each["number"] for numbers in rows for each in numbers}))


async def names(session: Session, organisation: OrganisationId, numbers: Collection[str]) -> dict[str, str]:
    """Who has these numbers (E.164); the names of two contacts who share one are joined."""
    columns = contacts.c
    if not numbers:
        return {}
    has = or_(*(columns.numbers.contains([{"number": number}]) for number in numbers))
    query = select(columns.name, columns.numbers).where(columns.organisation_id == organisation, has)
    found: dict[str, list[str]] = {}
    for row in await session.execute(query.order_by(columns.sort_name, columns.id)):
        for each in row.numbers:
            found.setdefault(each["number"], []).append(row.name)
    return {number: " / ".join(found[number][:_MOST_NAMES]) for number in numbers if number in found}


async def all_contacts(session: Session, organisation: OrganisationId) -> tuple[Contact, ...]:
    """By name."""
    query = select(contacts).where(contacts.c.organisation_id == organisation)
    rows = await session.execute(query.order_by(contacts.c.sort_name, contacts.c.id))
    return tuple(contact_of(row) for row in rows)


async def count(session: Session, organisation: OrganisationId) -> int:
    query = select(func.count()).select_from(contacts).where(contacts.c.organisation_id == organisation)
    return (await session.execute(query)).scalar_one()


# ------------------------------------------------------------------ favourites


async def favourite_keys(
    session: Session, organisation: OrganisationId, person: PersonKey
) -> dict[EntryKind, frozenset[str]]:
    columns = favourites.c
    query = select(columns.kind, columns.key).where(columns.organisation_id == organisation, columns.person == person)
    rows = (await session.execute(query)).all()
    return {kind: frozenset(row.key for row in rows if row.kind == kind.value) for kind in EntryKind}


async def add_favourite(
    session: Session, organisation: OrganisationId, person: PersonKey, kind: EntryKind, key: str
) -> None:
    values = {"organisation_id": organisation, "person": person, "kind": kind.value, "key": key}
    await session.execute(insert(favourites).values(values).on_conflict_do_nothing())


async def remove_favourite(
    session: Session, organisation: OrganisationId, person: PersonKey, kind: EntryKind, key: str
) -> None:
    columns = favourites.c
    await session.execute(
        delete(favourites).where(
            columns.organisation_id == organisation,
            columns.person == person,
            columns.kind == kind.value,
            columns.key == key,
        )
    )


# ------------------------------------------------------------------ rows


def contact_of(row: Row[*tuple[object, ...]]) -> Contact:
    columns = row._mapping
    card = ContactCard(
        name=columns["name"],
        company=columns["company"],
        title=columns["title"],
        department=columns["department"],
        place=columns["place"],
        email=columns["email"],
        numbers=numbers_of(columns["numbers"]),
        tags=tuple(columns["tags"]),
        fields=columns["fields"],
        notes=columns["notes"],
    )
    return Contact(ContactId(columns["id"]), card, instant(columns["changed_at"]), columns["changed_by"])


def numbers_of(kept: Collection[dict[str, str]]) -> tuple[Numbered, ...]:
    return tuple(Numbered(each["number"], NumberLabel(each["label"]), each.get("note", "")) for each in kept)


def _kept_number(number: Numbered) -> dict[str, str]:
    kept = {"number": number.number, "label": number.label.value}
    return {**kept, "note": number.note} if number.note else kept


def _rows(organisation: OrganisationId, added: Sequence[Contact], country: str) -> list[dict[str, object]]:
    return [{"organisation_id": organisation, **_values(contact, country)} for contact in added]


def _values(contact: Contact, country: str) -> dict[str, object]:
    card = contact.card
    return {
        "id": contact.id,
        "name": card.name,
        "company": card.company,
        "title": card.title,
        "department": card.department,
        "place": card.place,
        "email": card.email,
        "numbers": [_kept_number(each) for each in card.numbers],
        "tags": list(card.tags),
        "fields": dict(card.fields),
        "notes": card.notes,
        "folded_name": folded(card.name),
        "sort_name": sort_key(card.name),
        "searched": searched(card, country),
        "changed_at": contact.changed_at,
        "changed_by": contact.changed_by,
    }


def searched(card: ContactCard, country: str) -> str:
    """All in which a search looks, folded: one field after the other. Notes are left out: they are read, not found."""
    texts = (card.name, card.company, card.title, card.department, card.place, card.email, *card.tags)
    found = [spellings(text) for text in (*texts, *card.fields.values()) if text]
    return "\n".join((*found, *(number_forms(each.number, country) for each in card.numbers)))
