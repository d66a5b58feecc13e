"""PINs, kept as passwords are."""

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from svarhus.domains.people.tables import pins
from svarhus.kit.clock import Instant, instant
from svarhus.kit.database import Session
from svarhus.kit.ids import OrganisationId


async def pin_hash(session: Session, organisation: OrganisationId, person: str) -> str | None:
    query = select(pins.c.pin_hash).where(pins.c.organisation_id == organisation, pins.c.person == person)
    return (await session.execute(query)).scalar_one_or_none()


async def pin_since(session: Session, organisation: OrganisationId, person: str) -> Instant | None:
    """When the person's PIN was set; None when there is none."""
    query = select(pins.c.changed_at).where(pins.c.organisation_id == organisation, pins.c.person == person)
    found = (await session.execute(query)).scalar_one_or_none()
    return instant(found) if found else None


async def people_with_pin(session: Session, organisation: OrganisationId) -> frozenset[str]:
    query = select(pins.c.person).where(pins.c.organisation_id == organisation)
    return frozenset((await session.execute(query)).scalars())


async def set_pin_hash(session: Session, organisation: OrganisationId, person: str, hash: str, at: Instant) -> None:
    values = {"pin_hash": hash, "changed_at": at}
    await session.execute(
        insert(pins)
        .values(organisation_id=organisation, person=person, **values)
        .on_conflict_do_update(index_elements=["organisation_id", "person"], set_=values)
    )


async def clear_pin(session: Session, organisation: OrganisationId, person: str) -> bool:
    """False: there was none."""
    cleared = await session.execute(
        delete(pins).where(pins.c.organisation_id == organisation, pins.c.person == person).returning(pins.c.person)
    )
    return cleared.scalar_one_or_none() is not None
