"""Names of the parts of an organisation, also of those that are no more."""

from bisect import bisect_right
from collections.abc import Collection, Mapping

import msgspec
from sqlalchemy import select

from svarhus.domains.organisation.lists import KEY_OF, LISTS
from svarhus.domains.organisation.looking_back import parts_in
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.tables import organisation_revisions
from svarhus.domains.people.projection import keys_shown_to, sees_everybody
from svarhus.domains.people.rights import Actor
from svarhus.kit.clock import Instant
from svarhus.kit.database import Session
from svarhus.kit.ids import OrganisationId

PEOPLE = "people"

_LOOKED_INTO = 40
"""Earlier revisions that are read for one page of a log."""


class Mention(msgspec.Struct, frozen=True):
    """A part that a line names."""

    list_name: str
    key: str
    revision: int | None = None
    """In force when the line was written; a part that it removed is in the one before."""


async def part_names(
    session: Session, actor: Actor, configuration: Configuration, mentions: Collection[Mention]
) -> Mapping[Mention, str]:
    """The names as they are now; of what is no more, as it was called when it was mentioned.

    Left out: what nothing is known of, and people whom the actor may not see.
    """
    shown = keys_shown_to(actor, configuration)
    known = {
        (list_name, str(getattr(part, KEY_OF.get(list_name, "key")))): str(part.name)
        for list_name in {each.list_name for each in mentions} & {*LISTS}
        for part in getattr(configuration, list_name)
        if getattr(part, "name", "")
    }
    found: dict[Mention, str] = {}
    gone: set[Mention] = set()
    for each in mentions:
        name = known.get((each.list_name, each.key))
        if name is None:
            gone.add(each)
        elif each.list_name != PEOPLE or each.key in shown:
            found[each] = name
    may_see = {each for each in gone if each.list_name != PEOPLE or sees_everybody(actor)}
    return {**found, **await _as_they_were(session, actor.organisation, may_see)}


async def _as_they_were(
    session: Session, organisation: OrganisationId, gone: Collection[Mention]
) -> Mapping[Mention, str]:
    places = {each: each.revision for each in gone if each.revision is not None and each.list_name in LISTS}
    revisions = sorted({number for at in places.values() for number in (at, at - 1)}, reverse=True)[:_LOOKED_INTO]
    found: dict[tuple[str, str, int], str] = {}
    for list_name in {each.list_name for each in places}:
        keys = {each.key for each in places if each.list_name == list_name}
        for part in await parts_in(session, organisation, list_name, keys, revisions):
            if isinstance(part.value, dict) and part.value.get("name"):
                found[list_name, part.key, part.revision] = str(part.value["name"])
    called = {
        each: found.get((each.list_name, each.key, at)) or found.get((each.list_name, each.key, at - 1))
        for each, at in places.items()
    }
    return {each: name for each, name in called.items() if name}


async def revisions_at(
    session: Session, organisation: OrganisationId, moments: Collection[Instant]
) -> Mapping[Instant, int]:
    """Which revision was in force at each moment; the one that was made then when one was."""
    if not moments:
        return {}
    columns = organisation_revisions.c
    query = (
        select(columns.revision, columns.at)
        .where(columns.organisation_id == organisation, columns.at <= max(moments))
        .order_by(columns.revision)
    )
    made = [(row.revision, row.at) for row in await session.execute(query)]
    made_at = [at for _, at in made]
    return {moment: made[after - 1][0] for moment in moments if (after := bisect_right(made_at, moment))}
