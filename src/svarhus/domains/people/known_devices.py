"""Devices from which somebody has signed in before: others' failures do not keep them out. They let nobody in."""

import secrets
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from svarhus.domains.people.repository import hashed
from svarhus.domains.people.tables import known_devices
from svarhus.kit.clock import Instant, after
from svarhus.kit.database import Session
from svarhus.kit.ids import OrganisationId, PersonKey

REMEMBERED_FOR = timedelta(days=180)
MOST = 20
"""Of one person."""

_columns = known_devices.c


async def is_known(session: Session, secret: str, organisation: OrganisationId, person: str) -> bool:
    """Whether the person has signed in from there."""
    query = select(_columns.person).where(
        _columns.device_hash == hashed(secret), _columns.organisation_id == organisation, _columns.person == person
    )
    return (await session.execute(query)).one_or_none() is not None


async def remember(
    session: Session, secret: str | None, organisation: OrganisationId, person: PersonKey, now: Instant
) -> str:
    """The device's secret: the one that it has when it is one of ours, else a new one, so that nobody else knows it."""
    if secret is None or not await _is_ours(session, secret):
        secret = secrets.token_urlsafe(32)
    row = {"device_hash": hashed(secret), "organisation_id": organisation, "person": person, "seen_at": now}
    await session.execute(
        insert(known_devices)
        .values(row)
        .on_conflict_do_update(index_elements=["device_hash", "organisation_id", "person"], set_={"seen_at": now})
    )
    of_person = (_columns.organisation_id == organisation) & (_columns.person == person)
    newest = select(_columns.device_hash).where(of_person).order_by(_columns.seen_at.desc()).limit(MOST)
    await session.execute(delete(known_devices).where(of_person, _columns.device_hash.not_in(newest)))
    return secret


async def _is_ours(session: Session, secret: str) -> bool:
    """A shared computer is known to several people, also of several organisations."""
    query = select(_columns.device_hash).where(_columns.device_hash == hashed(secret)).limit(1)
    return (await session.execute(query)).one_or_none() is not None


async def forget_old_devices(session: Session, now: Instant) -> None:
    await session.execute(delete(known_devices).where(_columns.seen_at < after(now, -REMEMBERED_FOR)))
