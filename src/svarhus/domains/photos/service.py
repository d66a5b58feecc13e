"""People's photos."""

import hashlib
from dataclasses import dataclass, field

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from svarhus.domains.audit.log import AuditLog
from svarhus.domains.organisation.repository import OrganisationRepository
from svarhus.domains.people.errors import NoPhoto
from svarhus.domains.people.projection import keys_shown_to
from svarhus.domains.people.rights import Actor, Right, require
from svarhus.domains.people.tables import photos
from svarhus.domains.people.ways_in import person_of
from svarhus.domains.photos.pictures import square
from svarhus.kit.clock import Clock, Instant
from svarhus.kit.database import Database, Session
from svarhus.kit.ids import OrganisationId
from svarhus.kit.workshop import Workshop


@dataclass(frozen=True)
class Photo:
    """A photo as it is kept: a square WebP."""

    sha256: str
    image: bytes = field(repr=False)


class Photos:
    """Keeps a photo for each person who has one. Everybody in the organisation sees them."""

    def __init__(
        self, database: Database, clock: Clock, organisations: OrganisationRepository, audit: AuditLog
    ) -> None:
        self._database = database
        self._clock = clock
        self._organisations = organisations
        self._audit = audit
        self._workshop = Workshop("photos")

    async def all(self, actor: Actor) -> dict[str, str]:
        """Who has a photo, and the hash that it is known by."""
        _, configuration = await self._organisations.load(actor.organisation)
        shown = keys_shown_to(actor, configuration)
        async with self._database.begin() as session:
            found = await find_hashes(session, actor.organisation)
        return {person: hash for person, hash in found.items() if person in shown}

    async def photo(self, actor: Actor, person: str) -> Photo:
        """NoPhoto, also when there is no such person here, or not for the actor."""
        _, configuration = await self._organisations.load(actor.organisation)
        async with self._database.begin() as session:
            found = await find_photo(session, actor.organisation, person)
        if found is None or person not in keys_shown_to(actor, configuration):
            raise NoPhoto(f"There is no photo of `{person}`.")
        return found

    async def put(self, actor: Actor, person: str, file: bytes) -> str:
        """Keep a photo, one's own or with the right to change people. Gives its hash. NoPicture."""
        await self._check(actor, person)
        image = await self._workshop.run(lambda _: square(file))
        photo, now = Photo(hashlib.sha256(image).hexdigest(), image), self._clock.now()
        async with self._database.begin() as session:
            await keep_photo(session, actor.organisation, person, photo, now)
            await self._audit.write(session, actor.organisation, now, actor.name, "photo-set", person)
        return photo.sha256

    async def remove(self, actor: Actor, person: str) -> None:
        """Forget it. Also right when there is none."""
        await self._check(actor, person)
        async with self._database.begin() as session:
            if await remove_photo(session, actor.organisation, person):
                now = self._clock.now()
                await self._audit.write(session, actor.organisation, now, actor.name, "photo-removed", person)

    async def _check(self, actor: Actor, person: str) -> None:
        if person != actor.person:
            require(actor, Right.CHANGE_PEOPLE, Right.CHANGE_CONFIGURATION)
        _, configuration = await self._organisations.load(actor.organisation)
        person_of(configuration, person)


async def find_hashes(session: Session, organisation: OrganisationId) -> dict[str, str]:
    query = select(photos.c.person, photos.c.sha256).where(photos.c.organisation_id == organisation)
    return {row.person: row.sha256 for row in await session.execute(query)}


async def find_photo(session: Session, organisation: OrganisationId, person: str) -> Photo | None:
    query = select(photos.c.sha256, photos.c.image).where(
        photos.c.organisation_id == organisation, photos.c.person == person
    )
    row = (await session.execute(query)).one_or_none()
    return Photo(row.sha256, row.image) if row else None


async def keep_photo(session: Session, organisation: OrganisationId, person: str, photo: Photo, now: Instant) -> None:
    values = {"sha256": photo.sha256, "image": photo.image, "at": now}
    await session.execute(
        insert(photos)
        .values(organisation_id=organisation, person=person, **values)
        .on_conflict_do_update(index_elements=["organisation_id", "person"], set_=values)
    )


async def remove_photo(session: Session, organisation: OrganisationId, person: str) -> bool:
    removed = await session.execute(
        delete(photos)
        .where(photos.c.organisation_id == organisation, photos.c.person == person)
        .returning(photos.c.person)
    )
    return removed.one_or_none() is not None
