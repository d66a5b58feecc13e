"""Takes names that only one organisation in the installation may have, and gives them back."""

from collections.abc import Collection, Mapping

from sqlalchemy import ARRAY, Text, bindparam, text

from svarhus.domains.organisation.claims import NETWORKS, Claim, Claims, overlapping
from svarhus.kit.database import Session
from svarhus.kit.ids import OrganisationId

NETWORKS_LOCK = 839_000_001
"""Advisory lock: two organisations that change at once would not see each other's networks."""

_NAMES = tuple(bindparam(name, type_=ARRAY(Text)) for name in ("kinds", "values", "keys"))

_GIVE_BACK_ALL = text("delete from claims where organisation_id = :organisation")

_GIVE_BACK = text(
    """delete from claims using unnest(:kinds, :values, :keys) gone(kind, value, key)
    where claims.organisation_id = :organisation
        and claims.kind = gone.kind and claims.value = gone.value and claims.key = gone.key"""
).bindparams(*_NAMES)

_TAKE = text(
    """with wanted as (
        select * from unnest(:kinds, :values, :keys) names(kind, value, key)
    ), taken as (
        insert into claims (organisation_id, kind, value, key)
        select :organisation, kind, value, key from wanted order by kind, value
        on conflict do nothing returning kind, value
    )
    select kind, value from taken
    union all
    select kind, value from claims join wanted using (kind, value)
    where claims.organisation_id = :organisation"""
).bindparams(*_NAMES)
"""In one order everywhere, so that two organisations cannot wait for each other. Gives those that are its own."""

_LOCK_NETWORKS = text("select pg_advisory_xact_lock(:lock)")

_OTHER_NETWORKS = text(
    "select kind, value, key from claims where organisation_id <> :organisation and kind = any(:kinds)"
).bindparams(bindparam("kinds", type_=ARRAY(Text)))


async def claim(session: Session, organisation: OrganisationId, wanted: Claims) -> tuple[Claim, ...]:
    """Let the organisation have these names; gives those that another one has."""
    if wanted.everything:
        await session.execute(_GIVE_BACK_ALL, {"organisation": organisation})
    elif wanted.gone:
        await session.execute(_GIVE_BACK, _named(organisation, wanted.gone))
    come = tuple(wanted.come.values())
    if not come:
        return ()
    lie_somewhere = any(each.kind in NETWORKS for each in come)
    rivals = await _networks_of_others(session, organisation) if lie_somewhere else []
    once = {(each.kind, each.value): each for each in sorted(come)}
    own = {(row.kind, row.value) for row in await session.execute(_TAKE, _named(organisation, once.values()))}
    return tuple(
        each for each in come if (each.kind, each.value) not in own or any(overlapping(each, rival) for rival in rivals)
    )


async def _networks_of_others(session: Session, organisation: OrganisationId) -> list[Claim]:
    """From where their calls come. One change at a time looks at them."""
    await session.execute(_LOCK_NETWORKS, {"lock": NETWORKS_LOCK})
    rows = await session.execute(_OTHER_NETWORKS, {"organisation": organisation, "kinds": [*NETWORKS]})
    return [Claim(row.kind, row.value, row.key) for row in rows]


def _named(organisation: OrganisationId, names: Collection[Claim]) -> Mapping[str, object]:
    return {
        "organisation": organisation,
        "kinds": [each.kind for each in names],
        "values": [each.value for each in names],
        "keys": [each.key for each in names],
    }
