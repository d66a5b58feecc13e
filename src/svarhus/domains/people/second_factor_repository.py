"""Reads and writes second factors and recovery codes. Codes are never kept, only their hashes."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from svarhus.domains.people.codes import normal
from svarhus.domains.people.tables import recovery_codes, second_factors
from svarhus.kit.clock import Instant, instant
from svarhus.kit.database import Session
from svarhus.kit.ids import OrganisationId


@dataclass(frozen=True)
class SecondFactor:
    """What a person's authenticator app shares with us."""

    secret: str = field(repr=False)
    """Sealed; in clear when it was written before secrets were sealed."""
    confirmed_at: Instant | None
    last_step: int
    """The step of the last code that was used: none is taken twice."""


async def find(
    session: Session, organisation: OrganisationId, person: str, *, lock: bool = False
) -> SecondFactor | None:
    """The person's, also one that is not confirmed yet."""
    query = select(second_factors).where(
        second_factors.c.organisation_id == organisation, second_factors.c.person == person
    )
    row = (await session.execute(query.with_for_update() if lock else query)).one_or_none()
    if row is None:
        return None
    return SecondFactor(row.secret, instant(row.confirmed_at) if row.confirmed_at else None, row.last_step)


async def secrets_of(session: Session, organisation: OrganisationId) -> dict[str, str]:
    """As they are kept, by person. Nobody uses or changes them until the unit of work is over."""
    query = select(second_factors.c.person, second_factors.c.secret).where(
        second_factors.c.organisation_id == organisation
    )
    rows = await session.execute(query.with_for_update())
    return {row.person: row.secret for row in rows}


async def set_secret(session: Session, organisation: OrganisationId, person: str, secret: str) -> None:
    await session.execute(
        update(second_factors)
        .where(second_factors.c.organisation_id == organisation, second_factors.c.person == person)
        .values(secret=secret)
    )


async def is_on(session: Session, organisation: OrganisationId, person: str) -> bool:
    found = await find(session, organisation, person)
    return found is not None and found.confirmed_at is not None


async def people_with(session: Session, organisation: OrganisationId) -> frozenset[str]:
    """Those whose second factor is on."""
    query = select(second_factors.c.person).where(
        second_factors.c.organisation_id == organisation, second_factors.c.confirmed_at.is_not(None)
    )
    return frozenset((await session.execute(query)).scalars())


async def begin(session: Session, organisation: OrganisationId, person: str, secret: str, now: Instant) -> None:
    """Keep a secret that is still to be confirmed, in the place of an earlier one that was not."""
    values = {"secret": secret, "begun_at": now, "last_step": 0}
    await session.execute(
        insert(second_factors)
        .values(organisation_id=organisation, person=person, confirmed_at=None, **values)
        .on_conflict_do_update(
            index_elements=["organisation_id", "person"], set_=values, where=second_factors.c.confirmed_at.is_(None)
        )
    )


async def used(
    session: Session, organisation: OrganisationId, person: str, step: int, confirmed_at: Instant | None
) -> None:
    """Remember the step of a code, so that no code is taken twice."""
    await session.execute(
        update(second_factors)
        .where(second_factors.c.organisation_id == organisation, second_factors.c.person == person)
        .values(last_step=step, confirmed_at=confirmed_at)
    )


async def forget_begun(session: Session, organisation: OrganisationId, person: str) -> None:
    """Forget one that is not confirmed: whoever began it may know its secret."""
    await session.execute(
        delete(second_factors).where(
            second_factors.c.organisation_id == organisation,
            second_factors.c.person == person,
            second_factors.c.confirmed_at.is_(None),
        )
    )


async def forget(session: Session, organisation: OrganisationId, person: str) -> bool:
    """Take the second factor and its recovery codes away. Whether there was one."""
    await session.execute(
        delete(recovery_codes).where(
            recovery_codes.c.organisation_id == organisation, recovery_codes.c.person == person
        )
    )
    forgotten = await session.execute(
        delete(second_factors)
        .where(second_factors.c.organisation_id == organisation, second_factors.c.person == person)
        .returning(second_factors.c.person)
    )
    return forgotten.one_or_none() is not None


async def set_recovery_codes(session: Session, organisation: OrganisationId, person: str, codes: Sequence[str]) -> None:
    """Keep new ones; earlier ones are of no use any more."""
    await session.execute(
        delete(recovery_codes).where(
            recovery_codes.c.organisation_id == organisation, recovery_codes.c.person == person
        )
    )
    await session.execute(
        insert(recovery_codes).values(
            [{"organisation_id": organisation, "person": person, "code_hash": _hashed(code)} for code in codes]
        )
    )


async def use_recovery_code(session: Session, organisation: OrganisationId, person: str, code: str) -> bool:
    """Use one up. False when it is none, or was used."""
    used_up = await session.execute(
        delete(recovery_codes)
        .where(
            recovery_codes.c.organisation_id == organisation,
            recovery_codes.c.person == person,
            recovery_codes.c.code_hash == _hashed(code),
        )
        .returning(recovery_codes.c.person)
    )
    return used_up.one_or_none() is not None


async def recovery_codes_left(session: Session, organisation: OrganisationId, person: str) -> int:
    query = select(func.count()).where(
        recovery_codes.c.organisation_id == organisation, recovery_codes.c.person == person
    )
    return int((await session.execute(query)).scalar_one())


def _hashed(code: str) -> bytes:
    return hashlib.sha256(normal(code).encode()).digest()
