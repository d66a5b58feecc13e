"""People, trunks and lists that have left the document, and what was kept of them besides it: passwords, second
factors, photos, settings, rows. It waits for their return, as after the wrong file was applied and then the right one,
and is forgotten after a while."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Literal

import msgspec
from sqlalchemy import ARRAY, Text, any_, bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from svarhus.domains.numbers.lists import NumberList
from svarhus.domains.numbers.model import Trunk
from svarhus.domains.numbers.tables import LISTS_CHANGED, list_rows, list_versions
from svarhus.domains.organisation.difference import Difference, DocumentParts
from svarhus.domains.organisation.tables import departures, own_choices, phone_secrets
from svarhus.domains.people.model import Person
from svarhus.domains.people.tables import (
    credentials,
    known_devices,
    photos,
    pins,
    preferences,
    recovery_codes,
    second_factors,
)
from svarhus.domains.people.ways_in import end_ways_in
from svarhus.kit.clock import Instant, after
from svarhus.kit.database import Session, notify
from svarhus.kit.ids import OrganisationId

KEPT_FOR = timedelta(days=90)
"""As long as a mistake may take to be noticed."""

_OF_PEOPLE = (credentials, pins, known_devices, recovery_codes, second_factors, photos, preferences, own_choices)

_Kind = Literal["person", "trunk", "list"]

_TAKE_BACK = (
    delete(departures)
    .where(
        departures.c.organisation_id == bindparam("organisation", type_=Text),
        departures.c.kind == bindparam("kind", type_=Text),
        departures.c.key == any_(bindparam("keys", type_=ARRAY(Text))),
    )
    .returning(departures.c.key, departures.c.marks)
)


class _Known(msgspec.Struct, frozen=True):
    """By what somebody who returns under a key is told from somebody else."""

    marks: tuple[str, ...]

    def same_as(self, other: tuple[str, ...]) -> bool:
        return any(mark in other for mark in self.marks)


def _people(parts: DocumentParts) -> dict[str, _Known]:
    return {key: _person(each) for key, each in parts.items() if isinstance(each, Person)}


def _person(person: Person) -> _Known:
    return _Known((f"email {person.email.lower()}", f"name {person.name.casefold()}"))


def _trunks(parts: DocumentParts) -> dict[str, _Known]:
    return {key: _trunk(each) for key, each in parts.items() if isinstance(each, Trunk)}


def _trunk(trunk: Trunk) -> _Known:
    return _Known((f"{trunk.username}@{trunk.host or ''}",))


def _lists(parts: DocumentParts) -> dict[str, _Known]:
    return {
        key: _Known((f"name {each.name.casefold()}",)) for key, each in parts.items() if isinstance(each, NumberList)
    }


async def settle_departures(
    session: Session, organisation: OrganisationId, difference: Difference, now: Instant
) -> None:
    """Let those who leave in no more, and give those who return what was kept of them.

    A key that somebody else has now gets nothing of who had it before.
    """
    people, trunks, lists = difference.of("people"), difference.of("trunks"), difference.of("lists")
    both: tuple[tuple[_Kind, Mapping[str, _Known], Mapping[str, _Known]], ...] = (
        ("person", _people(people.removed), _people(people.added)),
        ("trunk", _trunks(trunks.removed), _trunks(trunks.added)),
        ("list", _lists(lists.removed), _lists(lists.added)),
    )
    for kind, gone, come in both:
        for key, known in gone.items():
            await _note(session, organisation, kind, key, known, now)
            if kind == "person":
                await end_ways_in(session, organisation, key)
        await _take_back(session, organisation, kind, come)


async def forget_departed(session: Session, now: Instant) -> None:
    """Forget what is kept of those who left long ago, in all organisations."""
    columns = departures.c
    query = select(columns.organisation_id, columns.kind, columns.key).where(columns.left_at < after(now, -KEPT_FOR))
    for row in (await session.execute(query)).all():
        await _forget(session, OrganisationId(row.organisation_id), row.kind, [row.key])


async def _note(
    session: Session, organisation: OrganisationId, kind: _Kind, key: str, known: _Known, now: Instant
) -> None:
    values = {"marks": list(known.marks), "left_at": now}
    await session.execute(
        insert(departures)
        .values(organisation_id=organisation, kind=kind, key=key, **values)
        .on_conflict_do_update(index_elements=["organisation_id", "kind", "key"], set_=values)
    )


async def _take_back(
    session: Session, organisation: OrganisationId, kind: _Kind, returning: Mapping[str, _Known]
) -> None:
    if not returning:
        return
    wanted = {"organisation": organisation, "kind": kind, "keys": [*returning]}
    rows = (await session.execute(_TAKE_BACK, wanted)).all()
    others = [row.key for row in rows if not returning[row.key].same_as(tuple(row.marks))]
    if others:
        await _forget(session, organisation, kind, others)


async def _forget(session: Session, organisation: OrganisationId, kind: _Kind, keys: Iterable[str]) -> None:
    gone = list(keys)
    if kind == "person":
        for table in _OF_PEOPLE:
            await session.execute(
                delete(table).where(table.c.organisation_id == organisation, table.c.person.in_(gone))
            )
    if kind == "list":
        for table in (list_rows, list_versions):
            await session.execute(delete(table).where(table.c.organisation_id == organisation, table.c.list.in_(gone)))
        await notify(session, LISTS_CHANGED, organisation)
    for table in (phone_secrets, departures):
        await session.execute(
            delete(table).where(table.c.organisation_id == organisation, table.c.kind == kind, table.c.key.in_(gone))
        )
