"""Parts as they were in earlier revisions. Only the pages on which they stood are read."""

import json
from collections.abc import Collection
from typing import NamedTuple

from pydantic import JsonValue
from sqlalchemy import text

from svarhus.domains.organisation.layout import ORGANISATION
from svarhus.kit.database import Session
from svarhus.kit.ids import OrganisationId

_SETTINGS = text(
    """select revisions.revision, '' as key, contents.content
    from organisation_revisions revisions join organisation_contents contents
        on contents.organisation_id = revisions.organisation_id
        and contents.id = revisions.manifest ->> 'organisation'
    where revisions.organisation_id = :organisation and revisions.revision = any(:revisions)"""
)

_PARTS = text(
    """with lies_on as materialized (
        select revisions.revision, page.id as page
        from organisation_revisions revisions, json_array_elements_text(revisions.manifest -> :list) page(id)
        where revisions.organisation_id = :organisation and revisions.revision = any(:revisions)
    ), part as materialized (
        select pages.id as page, part.key, part.value as id
        from organisation_contents pages, json_each_text(pages.content::json) part
        where pages.organisation_id = :organisation and pages.id in (select page from lies_on)
            and part.key = any(:keys)
    )
    select lies_on.revision, part.key, contents.content
    from lies_on join part on part.page = lies_on.page join organisation_contents contents on contents.id = part.id
    where contents.organisation_id = :organisation"""
)


class Found(NamedTuple):
    """A part as it was in one revision."""

    revision: int
    key: str
    value: JsonValue


async def settings_in(session: Session, organisation: OrganisationId, revisions: Collection[int]) -> list[Found]:
    """The organisation's own settings, in each of these revisions."""
    rows = await session.execute(_SETTINGS, {"organisation": organisation, "revisions": [*revisions]})
    return [Found(row.revision, ORGANISATION, json.loads(row.content)) for row in rows]


async def parts_in(
    session: Session, organisation: OrganisationId, list_name: str, keys: Collection[str], revisions: Collection[int]
) -> list[Found]:
    """The parts of these keys, in each of these revisions in which they stood."""
    wanted = {"list": list_name, "keys": [*keys], "revisions": [*revisions]}
    rows = await session.execute(_PARTS, {"organisation": organisation, **wanted})
    return [Found(row.revision, row.key, json.loads(row.content)) for row in rows]
