"""Reads and writes devices that want to be told of calls. With a session goes its device."""

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from svarhus.domains.push.model import MOST_DEVICES, Subscription
from svarhus.domains.push.tables import push_subscriptions
from svarhus.kit.clock import instant
from svarhus.kit.database import Session
from svarhus.kit.ids import OrganisationId, PersonKey
from svarhus.ports.push import PushTarget

_columns = push_subscriptions.c


async def keep(session: Session, subscription: Subscription, session_hash: bytes) -> None:
    """Add it, or bring it up to date; the same browser tells nobody else from now on."""
    target = subscription.target
    values = {
        "session_hash": session_hash,
        "public_key": target.public_key,
        "secret": target.secret,
        "language": subscription.language,
        "made_at": subscription.made_at,
    }
    await forget_endpoint(session, target.endpoint)
    await session.execute(
        insert(push_subscriptions).values(
            organisation_id=subscription.organisation,
            person=subscription.person,
            endpoint=target.endpoint,
            **values,
        )
    )
    newest = (
        select(_columns.endpoint)
        .where(_columns.organisation_id == subscription.organisation, _columns.person == subscription.person)
        .order_by(_columns.made_at.desc())
        .limit(MOST_DEVICES)
    )
    await session.execute(
        delete(push_subscriptions).where(
            _columns.organisation_id == subscription.organisation,
            _columns.person == subscription.person,
            _columns.endpoint.not_in(newest),
        )
    )


async def of_person(session: Session, organisation: OrganisationId, person: PersonKey) -> tuple[Subscription, ...]:
    query = (
        select(push_subscriptions)
        .where(_columns.organisation_id == organisation, _columns.person == person)
        .order_by(_columns.made_at)
    )
    return tuple(
        Subscription(
            organisation=OrganisationId(row.organisation_id),
            person=PersonKey(row.person),
            target=PushTarget(row.endpoint, row.public_key, row.secret),
            language=row.language,
            made_at=instant(row.made_at),
        )
        for row in await session.execute(query)
    )


async def people(session: Session) -> frozenset[tuple[OrganisationId, PersonKey]]:
    """Everybody who has a device, in all organisations."""
    rows = await session.execute(select(_columns.organisation_id, _columns.person).distinct())
    return frozenset((OrganisationId(row.organisation_id), PersonKey(row.person)) for row in rows)


async def forget(session: Session, organisation: OrganisationId, person: PersonKey, endpoint: str) -> None:
    await session.execute(
        delete(push_subscriptions).where(
            _columns.organisation_id == organisation, _columns.person == person, _columns.endpoint == endpoint
        )
    )


async def forget_endpoint(session: Session, endpoint: str) -> None:
    """Whosever it was: a browser that others sign in on must not tell of the calls of who was there before."""
    await session.execute(delete(push_subscriptions).where(_columns.endpoint == endpoint))
