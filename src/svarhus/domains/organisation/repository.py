"""Reads and writes organisations, their revisions and what belongs to them."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple, TypeVar

import msgspec
from sqlalchemy import ARRAY, JSON, TIMESTAMP, BigInteger, Integer, Row, Text, bindparam, func, select, text
from sqlalchemy.dialects.postgresql import JSONB, insert

from svarhus.domains.organisation import shelf
from svarhus.domains.organisation.choices import NONE, Choice, chosen_since, laid_over, laid_over_again, laid_over_other
from svarhus.domains.organisation.errors import NoOrganisation, NoRevision
from svarhus.domains.organisation.layout import Contents, InForce, Layout
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.tables import (
    claims,
    organisation_revisions,
    organisations,
    own_choices,
    phone_secrets,
)
from svarhus.kit.clock import Instant, instant
from svarhus.kit.database import Database, Page, Session, notify, page
from svarhus.kit.ids import OrganisationId

CHANGED = "organisation_changed"
"""Channel on which the key of an organisation is told after each change of its configuration or secrets."""

_KEPT = 64

T = TypeVar("T")

FEW = 100
"""People whose own choices are laid over the document at once; for more, other work has its turn meanwhile."""

_KEEP = text(
    """with contents as (
        insert into organisation_contents (organisation_id, id, content)
        select :organisation, unnest(cast(:ids as text[])), unnest(cast(:contents as text[])) on conflict do nothing
    ), kept as (
        insert into organisation_revisions (organisation_id, revision, manifest, author, at, comment)
        values (:organisation, :revision, :manifest, :author, :at, :comment) on conflict do nothing
    )
    update organisations set revision = :revision
    where id = :organisation and revision = :revision - 1 and choices_version = :choices_version
    returning pg_notify(:channel, :organisation)"""
).bindparams(
    bindparam("revision", type_=Integer),
    bindparam("choices_version", type_=Integer),
    bindparam("ids", type_=ARRAY(Text)),
    bindparam("contents", type_=ARRAY(Text)),
    bindparam("manifest", type_=JSON),
    bindparam("at", type_=TIMESTAMP(timezone=True)),
)
"""All at once: each way to the database and back costs as much as all that differs."""

_STANDING = select(organisations.c.revision, organisations.c.choices_version).where(
    organisations.c.id == bindparam("organisation", type_=Text)
)
_STANDING_LOCKED = _STANDING.with_for_update()
_NEWEST = _STANDING.add_columns(
    select(func.max(phone_secrets.c.version))
    .where(phone_secrets.c.organisation_id == bindparam("organisation", type_=Text))
    .scalar_subquery()
    .label("secrets")
)
"""What is asked at each change is made once: to make it costs as much as to ask."""

_SECRETS_SINCE = text(
    "select kind, key, secret, version from phone_secrets where organisation_id = :organisation and version > :since"
).bindparams(bindparam("since", type_=BigInteger))
_SECRETS_OF = text(
    "select kind, key, secret from phone_secrets where organisation_id = :organisation and key = any(:keys)"
).bindparams(bindparam("keys", type_=ARRAY(Text)))
_SET_SECRETS = text(
    """insert into phone_secrets (organisation_id, kind, key, secret)
    select :organisation, :kind, unnest(cast(:keys as text[])), unnest(cast(:secrets as text[]))
    on conflict (organisation_id, kind, key) do update
    set secret = excluded.secret, version = nextval('phone_secrets_version')"""
).bindparams(bindparam("keys", type_=ARRAY(Text)), bindparam("secrets", type_=ARRAY(Text)))

_CHOOSE = text(
    """with next as (
        update organisations set choices_version = choices_version + 1 where id = :organisation
        returning choices_version
    )
    insert into own_choices (organisation_id, person, choice, version)
    select :organisation, chosen.key, chosen.value, next.choices_version from next, jsonb_each(:choices) chosen
    on conflict (organisation_id, person) do update set choice = excluded.choice, version = excluded.version"""
).bindparams(bindparam("choices", type_=JSONB))


class Revision(msgspec.Struct, frozen=True):
    """One state of an organisation's configuration, and who made it."""

    revision: int
    author: str
    at: Instant
    comment: str


class Newest(NamedTuple):
    """What is to be decided by from now on."""

    revision: int
    configuration: Configuration
    secrets: int
    """The version of the phones' secrets."""


@dataclass(frozen=True)
class PhoneSecrets:
    """Passwords with which phones and trunks register, by key of the person or trunk."""

    people: Mapping[str, str]
    trunks: Mapping[str, str]
    version: int = field(default=0, compare=False)
    """Rises with each change of one of them."""


class OrganisationRepository:
    """What is kept of organisations. Revisions never change, so some are remembered.

    Whatever revision is read, people have chosen what they have chosen by now. What two revisions share are the
    same objects, so that their difference is found quickly.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._read: OrderedDict[tuple[OrganisationId, int], Layout] = OrderedDict()
        self._in_force: dict[OrganisationId, InForce] = {}
        """As it was read last."""

    async def organisations(self) -> tuple[OrganisationId, ...]:
        """All that there are, in alphabetical order."""
        async with self._database.begin() as session:
            rows = await session.execute(select(organisations.c.id).order_by(organisations.c.id))
            return tuple(OrganisationId(key) for key in rows.scalars())

    async def load(self, organisation: OrganisationId) -> tuple[int, Configuration]:
        """The configuration in force and its revision. NoOrganisation when there is none of this key."""
        async with self._database.read() as session:
            return await self.current(session, organisation)

    async def newest(self, organisation: OrganisationId) -> Newest:
        """The configuration in force, and the version of the phones' secrets. NoOrganisation."""
        async with self._database.read() as session:
            row = (await session.execute(_NEWEST, {"organisation": organisation})).one_or_none()
            if row is None:
                raise NoOrganisation(f"There is no organisation `{organisation}`.")
            known = await self._as_of(session, organisation, row.revision, row.choices_version)
        return Newest(known.revision, known.configuration, row.secrets or 0)

    def last_in_force(self, organisation: OrganisationId) -> InForce | None:
        """What was in force when that was read last."""
        return self._in_force.get(organisation)

    def last_read(self, organisation: OrganisationId) -> Configuration | None:
        """The configuration in force as it was read last: for who has just had it read, as by signing in."""
        known = self._in_force.get(organisation)
        return known.configuration if known else None

    async def load_revision(self, organisation: OrganisationId, revision: int) -> Configuration:
        """The configuration as it was. NoRevision when there is none of this number."""
        async with self._database.begin() as session:
            found = await self.in_force(session, organisation)
            document = (await self._layout(session, organisation, revision)).configuration
        written, held = found.layout.configuration, found.configuration
        return await _aside(len(found.choices), lambda: laid_over_other(document, found.choices, written, held))

    async def phone_secrets(self, organisation: OrganisationId, since: int = 0) -> PhoneSecrets:
        """All; with `since`, those that were changed after this version."""
        async with self._database.read() as session:
            rows = (await session.execute(_SECRETS_SINCE, {"organisation": organisation, "since": since})).all()
        return _secrets(rows, max((row.version for row in rows), default=since))

    async def phone_secret(self, organisation: OrganisationId, person: str) -> str | None:
        """The password of a person's phone; None when there is none."""
        async with self._database.read() as session:
            return (await self.secrets(session, organisation, [person])).people.get(person)

    async def revisions(self, organisation: OrganisationId, cursor: str | None, limit: int) -> Page[Revision]:
        """The newest first."""
        columns = organisation_revisions.c
        query = select(columns.revision, columns.author, columns.at, columns.comment).where(
            columns.organisation_id == organisation
        )
        async with self._database.begin() as session:
            found = await page(session, query, [columns.revision], cursor, limit, newest_first=True)
        return found.map(lambda row: Revision(row.revision, row.author, instant(row.at), row.comment))

    async def holder(self, session: Session, kind: str, value: str) -> tuple[OrganisationId, str] | None:
        """Whose a name is that is unique in the installation: the organisation and the key there."""
        query = select(claims.c.organisation_id, claims.c.key).where(claims.c.kind == kind, claims.c.value == value)
        row = (await session.execute(query)).one_or_none()
        return (OrganisationId(row.organisation_id), row.key) if row else None

    # ---- within a unit of work

    async def current(
        self, session: Session, organisation: OrganisationId, *, lock: bool = False
    ) -> tuple[int, Configuration]:
        """As `load`. With `lock`, nobody else can change it until this unit of work ends."""
        found = await self.in_force(session, organisation, lock=lock)
        return found.revision, found.configuration

    async def in_force(self, session: Session, organisation: OrganisationId, *, lock: bool = False) -> InForce:
        """The same, and how it is kept. NoOrganisation."""
        asked = _STANDING_LOCKED if lock else _STANDING
        row = (await session.execute(asked, {"organisation": organisation})).one_or_none()
        if row is None:
            raise NoOrganisation(f"There is no organisation `{organisation}`.")
        return await self._as_of(session, organisation, row.revision, row.choices_version)

    async def _as_of(self, session: Session, organisation: OrganisationId, revision: int, version: int) -> InForce:
        known = self._in_force.get(organisation)
        if known is not None and known.number == (revision, version):
            return known
        if known is not None and known.choices_version > version:
            known = None
        layout = await self._layout(session, organisation, revision)
        since = known.choices_version if known else 0
        come = await _chosen(session, organisation, since) if version > since else {}
        if any(each.version > version for each in come.values()):
            # Chosen since it was looked up what is in force, and perhaps more has changed with it.
            return await self.in_force(session, organisation)
        stay = len(known.choices) if known and known.layout is not layout else 0
        found = await _aside(len(come) + stay, partial(_laid, revision, layout, known, version, come))
        self._in_force[organisation] = found
        return found

    async def choose(self, session: Session, organisation: OrganisationId, choices: Mapping[str, Choice]) -> None:
        """Let people have chosen this, by person, in place of what they had. The organisation is locked already."""
        await session.execute(
            _CHOOSE, {"organisation": organisation, "choices": {key: dict(each) for key, each in choices.items()}}
        )

    async def create(self, session: Session, organisation: OrganisationId, at: Instant) -> bool:
        """Make an organisation without a revision yet. False when there is one of this key."""
        made = await session.execute(
            insert(organisations)
            .values(id=organisation, created_at=at, revision=0)
            .on_conflict_do_nothing()
            .returning(organisations.c.id)
        )
        return made.one_or_none() is not None

    async def add_revision(
        self,
        session: Session,
        organisation: OrganisationId,
        revision: Revision,
        layout: Layout,
        contents: Contents,
        choices_version: int,
    ) -> bool:
        """Keep a new revision, let it be the one in force and tell so. `contents`: what is new in it.

        False when it is not the one before that is in force, with the choices of this version: then this unit of work
        must not be committed. Otherwise nobody else can change the organisation until it ends.
        """
        told = await session.execute(
            _KEEP,
            {
                "choices_version": choices_version,
                "organisation": organisation,
                "ids": [*contents],
                "contents": [*contents.values()],
                "revision": revision.revision,
                "manifest": layout.manifest,
                "author": revision.author,
                "at": revision.at,
                "comment": revision.comment,
                "channel": CHANGED,
            },
        )
        return told.first() is not None

    async def tell_changed(self, session: Session, organisation: OrganisationId) -> None:
        await notify(session, CHANGED, organisation)

    async def secrets(
        self, session: Session, organisation: OrganisationId, keys: Collection[str] | None = None
    ) -> PhoneSecrets:
        """All, or those of the people and trunks of these keys."""
        if keys is None:
            return _secrets((await session.execute(_SECRETS_SINCE, {"organisation": organisation, "since": 0})).all())
        wanted = {"organisation": organisation, "keys": [*keys]}
        return _secrets((await session.execute(_SECRETS_OF, wanted)).all())

    async def set_secrets(self, session: Session, organisation: OrganisationId, wanted: PhoneSecrets) -> None:
        """Let these be the secrets of those who are named. Others keep theirs."""
        for kind, by_key in (("person", wanted.people), ("trunk", wanted.trunks)):
            if by_key:
                values = {"organisation": organisation, "kind": kind, "keys": [*by_key], "secrets": [*by_key.values()]}
                await session.execute(_SET_SECRETS, values)

    def remember(self, organisation: OrganisationId, kept: InForce) -> None:
        """What has just been kept need not be read."""
        self._keep(organisation, kept.revision, kept.layout)
        known = self._in_force.get(organisation)
        if known is None or known.number < kept.number:
            self._in_force[organisation] = kept

    def _keep(self, organisation: OrganisationId, revision: int, layout: Layout) -> Layout:
        """There is one of each, whoever reads it first."""
        kept = self._read.setdefault((organisation, revision), layout)
        if len(self._read) > _KEPT:
            self._read.popitem(last=False)
        return kept

    async def written(self, organisation: OrganisationId, revision: int) -> Configuration:
        """The document of a revision as it was kept, without what people have chosen. NoRevision."""
        async with self._database.read() as session:
            return (await self._layout(session, organisation, revision)).configuration

    async def _layout(self, session: Session, organisation: OrganisationId, revision: int) -> Layout:
        known = self._read.get((organisation, revision))
        if known is not None:
            self._read.move_to_end((organisation, revision))
            return known
        columns = organisation_revisions.c
        query = select(columns.manifest).where(columns.organisation_id == organisation, columns.revision == revision)
        manifest = (await session.execute(query)).scalar_one_or_none()
        if manifest is None:
            raise NoRevision(f"The organisation `{organisation}` has no revision {revision}.")
        last = self._in_force.get(organisation)
        found = await shelf.read(session, organisation, manifest, last.layout if last else None)
        return self._keep(organisation, revision, found)


def _secrets(rows: Iterable[Row[Any]], version: int = 0) -> PhoneSecrets:
    found: dict[str, dict[str, str]] = {"person": {}, "trunk": {}}
    for row in rows:
        found[row.kind][row.key] = row.secret
    return PhoneSecrets(found["person"], found["trunk"], version)


class _Chosen(NamedTuple):
    choice: Choice
    version: int


async def _chosen(session: Session, organisation: OrganisationId, since: int) -> Mapping[str, _Chosen]:
    """What people have chosen after this version."""
    columns = own_choices.c
    query = select(columns.person, columns.choice, columns.version).where(
        columns.organisation_id == organisation, columns.version > since
    )
    return {row.person: _Chosen(row.choice, row.version) for row in await session.execute(query)}


def _laid(revision: int, layout: Layout, known: InForce | None, version: int, come: Mapping[str, _Chosen]) -> InForce:
    """What holds. `known`: what held before, of which a person stays the same object; `come`: chosen since."""
    document, new = layout.configuration, {key: each.choice for key, each in come.items()}
    choices = chosen_since(known.choices if known else NONE, new)
    if known is None:
        return InForce(revision, layout, laid_over(document, choices), choices, version)
    written = known.layout.configuration
    held = laid_over_again(known.configuration, written, new)
    return InForce(revision, layout, laid_over_other(document, choices, written, held), choices, version)


async def _aside(choices: int, work: Callable[[], T]) -> T:
    """What the work gives; other work has its turn meanwhile where there are so many choices to look at."""
    return await asyncio.to_thread(work) if choices > FEW else work()
