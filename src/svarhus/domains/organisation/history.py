"""How one part of the configuration came to be as it is, and what depends on it."""

import msgspec
from msgspec.structs import replace
from pydantic import JsonValue
from sqlalchemy import select

from svarhus.domains.organisation.errors import NoPart
from svarhus.domains.organisation.layout import ORGANISATION
from svarhus.domains.organisation.lists import LISTS, SINGULAR
from svarhus.domains.organisation.looking_back import parts_in, settings_in
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.parts import no_part, part_of, references
from svarhus.domains.organisation.reading import dotted
from svarhus.domains.organisation.repository import OrganisationRepository, Revision
from svarhus.domains.organisation.shape import SECRETS
from svarhus.domains.organisation.tables import organisation_revisions
from svarhus.domains.people.projection import keys_shown_to, sees_everybody, written_shown_to
from svarhus.domains.people.rights import Actor, Right, require
from svarhus.kit.clock import instant
from svarhus.kit.database import Database, Session
from svarhus.kit.ids import OrganisationId

PEOPLE = "people"

_LOOKED_AT = 300
"""Revisions in which changes are looked for, from the newest."""


class Version(msgspec.Struct, frozen=True):
    """A part as it was from one revision on, until the next version."""

    revision: Revision
    value: JsonValue
    """None: it was not there."""


class History:
    """Looks back."""

    def __init__(self, database: Database, organisations: OrganisationRepository) -> None:
        self._database = database
        self._organisations = organisations

    async def of(self, actor: Actor, list_name: str, key: str) -> tuple[Version, ...]:
        """The versions of a part, the newest first. NoPart when there is no such list."""
        require(actor, Right.SEE_CONFIGURATION)
        _check(list_name)
        async with self._database.begin() as session:
            _, configuration = await self._organisations.current(session, actor.organisation)
            _check_shown(actor, configuration, list_name, key)
            found = [
                _seen_by(actor, list_name, each)
                for each in await _versions(session, actor.organisation, list_name, key)
            ]
        changed = []
        for index, version in enumerate(found):
            earlier = found[index + 1].value if index + 1 < len(found) else None
            oldest = index + 1 == len(found)
            if version.value != earlier or (oldest and version.value is not None):
                changed.append(version)
        return tuple(changed)

    async def uses(self, actor: Actor, list_name: str, key: str) -> tuple[str, ...]:
        """Paths of the places that name a part: `queues.reception.members[0].person`. NoPart."""
        require(actor, Right.SEE_CONFIGURATION)
        _check(list_name)
        _, configuration = await self._organisations.load(actor.organisation)
        if list_name == ORGANISATION:
            return ()
        part_of(configuration, list_name, key)
        _check_shown(actor, configuration, list_name, key)
        named = (place for place in references(configuration) if (place.list_name, place.key) == (list_name, key))
        return tuple(dotted(place.path) for place in named)


def _check(list_name: str) -> None:
    if list_name != ORGANISATION and list_name not in LISTS:
        raise NoPart(f"There is no list `{list_name}`.", f"There are {', '.join(SINGULAR)}.")


def _check_shown(actor: Actor, configuration: Configuration, list_name: str, key: str) -> None:
    """NoPart for a person who is hidden from the actor, or has left: what they were like then is nobody's business."""
    if list_name == PEOPLE and not sees_everybody(actor) and key not in keys_shown_to(actor, configuration):
        raise no_part(list_name, key)


def _seen_by(actor: Actor, list_name: str, version: Version) -> Version:
    if list_name != PEOPLE or not isinstance(version.value, dict):
        return version
    return replace(version, value=written_shown_to(actor, version.value))


async def _versions(session: Session, organisation: OrganisationId, list_name: str, key: str) -> list[Version]:
    """The part in each of the latest revisions, the newest first."""
    columns = organisation_revisions.c
    query = (
        select(columns.revision, columns.author, columns.at, columns.comment)
        .where(columns.organisation_id == organisation)
        .order_by(columns.revision.desc())
        .limit(_LOOKED_AT)
    )
    latest = [Revision(row.revision, row.author, instant(row.at), row.comment) for row in await session.execute(query)]
    numbers = [each.revision for each in latest]
    if list_name == ORGANISATION:
        found = await settings_in(session, organisation, numbers)
    else:
        found = await parts_in(session, organisation, list_name, [key], numbers)
    values = {each.revision: each.value for each in found}
    return [Version(each, _shown(values.get(each.revision))) for each in latest]


def _shown(part: JsonValue) -> JsonValue:
    if not isinstance(part, dict):
        return part
    return {name: value for name, value in part.items() if name not in SECRETS}
