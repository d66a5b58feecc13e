"""Reads and writes organisations, their revisions and what belongs to them."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from svarhus.domains.organisation.claims import NETWORKS, Claim, overlapping
from svarhus.domains.organisation.errors import NoOrganisation, NoRevision
from svarhus.domains.organisation.languages import Chosen, in_chosen
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.tables import claims, organisation_revisions, organisations, phone_secrets
from svarhus.kit.clock import Instant, instant
from svarhus.kit.database import Database, Page, Session, notify, page
from svarhus.kit.ids import OrganisationId

CHANGED = "organisation_changed"
"""Channel on which the key of an organisation is told after each change of its configuration or secrets."""

NETWORKS_LOCK = 839_000_001
"""Advisory lock: two organisations that change at once would not see each other's networks."""

_KEPT = 64


@dataclass(frozen=True)
class Revision:
    """One state of an organisation's configuration, and who made it."""

    revision: int
    author: str
    at: Instant
    comment: str


@dataclass(frozen=True)
class PhoneSecrets:
    """Passwords with which phones and trunks register, by key of the person or trunk."""

    people: Mapping[str, str]
    trunks: Mapping[str, str]


class OrganisationRepository:
    """What is kept of organisations. Revisions never change, so some are remembered.

    Whatever revision is read, people have the language in it that they have chosen.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._read: OrderedDict[tuple[OrganisationId, int], Configuration] = OrderedDict()
        self._spoken: dict[OrganisationId, tuple[int, Chosen, Configuration]] = {}
        """The last one that was read of each, with its revision and the languages in it."""

    async def organisations(self) -> tuple[OrganisationId, ...]:
        """All that there are, in alphabetical order."""
        async with self._database.begin() as session:
            rows = await session.execute(select(organisations.c.id).order_by(organisations.c.id))
            return tuple(OrganisationId(key) for key in rows.scalars())

    async def load(self, organisation: OrganisationId) -> tuple[int, Configuration]:
        """The configuration in force and its revision. NoOrganisation when there is none of this key."""
        async with self._database.begin() as session:
            return await self.current(session, organisation)

    def last_read(self, organisation: OrganisationId) -> Configuration | None:
        """The configuration in force as it was read last: for who has just had it read, as by signing in."""
        known = self._spoken.get(organisation)
        return known[2] if known else None

    async def load_revision(self, organisation: OrganisationId, revision: int) -> Configuration:
        """The configuration as it was. NoRevision when there is none of this number."""
        async with self._database.begin() as session:
            document = await self.written(session, organisation, revision)
            return in_chosen(document, await self.languages(session, organisation))

    async def phone_secrets(self, organisation: OrganisationId) -> PhoneSecrets:
        async with self._database.begin() as session:
            return await self.secrets(session, organisation)

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
        query = select(organisations.c.revision, organisations.c.languages).where(organisations.c.id == organisation)
        row = (await session.execute(query.with_for_update() if lock else query)).one_or_none()
        if row is None:
            raise NoOrganisation(f"There is no organisation `{organisation}`.")
        return row.revision, await self._in_force(session, organisation, row.revision, row.languages)

    async def languages(self, session: Session, organisation: OrganisationId) -> Chosen:
        """Those that people have chosen."""
        query = select(organisations.c.languages).where(organisations.c.id == organisation)
        return (await session.execute(query)).scalar_one_or_none() or {}

    async def set_languages(self, session: Session, organisation: OrganisationId, chosen: Chosen) -> None:
        values = {"languages": dict(chosen)}
        await session.execute(update(organisations).where(organisations.c.id == organisation).values(values))

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
        self, session: Session, organisation: OrganisationId, revision: Revision, configuration: Configuration
    ) -> None:
        """Keep a new revision and let it be the one in force."""
        await session.execute(
            insert(organisation_revisions).values(
                organisation_id=organisation,
                revision=revision.revision,
                document=configuration.model_dump(mode="json", by_alias=True),
                author=revision.author,
                at=revision.at,
                comment=revision.comment,
            )
        )
        await session.execute(
            update(organisations).where(organisations.c.id == organisation).values(revision=revision.revision)
        )

    async def tell_changed(self, session: Session, organisation: OrganisationId) -> None:
        await notify(session, CHANGED, organisation)

    async def claim(self, session: Session, organisation: OrganisationId, wanted: Sequence[Claim]) -> tuple[Claim, ...]:
        """Let the organisation have these names and no others; those that another one has are given back."""
        await session.execute(delete(claims).where(claims.c.organisation_id == organisation))
        if not wanted:
            return ()
        rivals = await self._networks_of_others(session, organisation)
        # In one order everywhere, so that two organisations cannot wait for each other.
        rows = {
            (each.kind, each.value): {"organisation_id": organisation, "key": each.key}
            | {"kind": each.kind, "value": each.value}
            for each in sorted(wanted)
        }
        made = await session.execute(
            insert(claims).values([*rows.values()]).on_conflict_do_nothing().returning(claims.c.kind, claims.c.value)
        )
        had = {(row.kind, row.value) for row in made}
        return tuple(
            each
            for each in wanted
            if (each.kind, each.value) not in had or any(overlapping(each, rival) for rival in rivals)
        )

    async def _networks_of_others(self, session: Session, organisation: OrganisationId) -> list[Claim]:
        """From where their calls come. One change at a time looks at them."""
        await session.execute(select(func.pg_advisory_xact_lock(NETWORKS_LOCK)))
        query = select(claims.c.kind, claims.c.value, claims.c.key).where(
            claims.c.organisation_id != organisation, claims.c.kind.in_(NETWORKS)
        )
        return [Claim(row.kind, row.value, row.key) for row in await session.execute(query)]

    async def secrets(self, session: Session, organisation: OrganisationId) -> PhoneSecrets:
        query = select(phone_secrets).where(phone_secrets.c.organisation_id == organisation)
        rows = (await session.execute(query)).all()
        return PhoneSecrets(
            people={row.key: row.secret for row in rows if row.kind == "person"},
            trunks={row.key: row.secret for row in rows if row.kind == "trunk"},
        )

    async def set_secrets(self, session: Session, organisation: OrganisationId, wanted: PhoneSecrets) -> None:
        """Let these be the organisation's secrets, and no others."""
        await session.execute(delete(phone_secrets).where(phone_secrets.c.organisation_id == organisation))
        rows = [
            {"organisation_id": organisation, "kind": kind, "key": key, "secret": secret}
            for kind, by_key in (("person", wanted.people), ("trunk", wanted.trunks))
            for key, secret in by_key.items()
        ]
        if rows:
            await session.execute(insert(phone_secrets).values(rows))

    async def _in_force(
        self, session: Session, organisation: OrganisationId, revision: int, chosen: Chosen
    ) -> Configuration:
        known = self._spoken.get(organisation)
        if known is None or known[:2] != (revision, chosen):
            document = await self.written(session, organisation, revision)
            known = self._spoken[organisation] = revision, chosen, in_chosen(document, chosen)
        return known[2]

    async def written(self, session: Session, organisation: OrganisationId, revision: int) -> Configuration:
        """The document of a revision as it was kept, without the languages that people have chosen. NoRevision."""
        known = self._read.get((organisation, revision))
        if known is not None:
            self._read.move_to_end((organisation, revision))
            return known
        columns = organisation_revisions.c
        query = select(columns.document).where(columns.organisation_id == organisation, columns.revision == revision)
        document = (await session.execute(query)).scalar_one_or_none()
        if document is None:
            raise NoRevision(f"The organisation `{organisation}` has no revision {revision}.")
        configuration = Configuration.model_validate(document)
        self._read[organisation, revision] = configuration
        if len(self._read) > _KEPT:
            self._read.popitem(last=False)
        return configuration
