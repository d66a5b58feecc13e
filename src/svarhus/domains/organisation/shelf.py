"""The contents of which revisions are made, as they lie in the database: read when they are not known already."""

import asyncio
import json
from collections.abc import Collection, Mapping, Sequence
from itertools import chain
from typing import Any

from pydantic import JsonValue
from sqlalchemy import ARRAY, Text, any_, literal, select

from svarhus.domains.organisation.layout import ORGANISATION, Layout, Manifest, Page
from svarhus.domains.organisation.listed import index_of
from svarhus.domains.organisation.lists import LISTS, key_of
from svarhus.domains.organisation.model import Configuration, Organisation
from svarhus.domains.organisation.tables import organisation_contents
from svarhus.kit.database import Session
from svarhus.kit.document import DocumentPart
from svarhus.kit.ids import OrganisationId
from svarhus.kit.listed import Listed, listed

FEW = 100
"""Parts that are understood at once; more take so long that other work has its turn meanwhile."""

_Kept = tuple[str, str]
"""The list in which a part stands, and the id of its content."""


async def read(session: Session, organisation: OrganisationId, manifest: Manifest, known: Layout | None) -> Layout:
    """The revision of this manifest. What it shares with the known one are the same objects."""
    wanted = {name: _ids(manifest.get(name)) for name in LISTS}
    pages = {(name, page.id): page for name in LISTS for page in (known.pages[name] if known else ())}
    unknown = [(name, page) for name in LISTS for page in wanted[name] if (name, page) not in pages]
    if unknown:
        turned = await _turned(session, organisation, [page for _, page in unknown])
        parts = _replaced(known, wanted) if known else {}
        missing = {(name, each) for name, page in unknown for each in turned[page]} - parts.keys()
        parts |= await _parts(session, organisation, missing)
        for name, page in unknown:
            pages[name, page] = Page(page, tuple(parts[name, each] for each in turned[page]), turned[page])
    own = str(manifest[ORGANISATION])
    if known is not None and known.organisation == own:
        settings = known.configuration.organisation
    else:
        settings = Organisation.model_validate_json((await _texts(session, organisation, [own]))[own])
    laid = {name: tuple(pages[name, page] for page in wanted[name]) for name in LISTS}
    return Layout(_configuration(settings, laid, known), own, laid)


def _configuration(
    settings: Organisation, pages: Mapping[str, tuple[Page, ...]], known: Layout | None
) -> Configuration:
    lists: dict[str, Any] = {
        name: getattr(known.configuration, name)
        if known and pages[name] == known.pages[name]
        else _list(name, pages[name], known)
        for name in LISTS
    }
    return Configuration.model_construct(organisation=settings, **lists)


def _list(name: str, pages: tuple[Page, ...], known: Layout | None) -> Listed[DocumentPart]:
    parts = chain.from_iterable(page.parts for page in pages)
    if known is None:
        all_parts = tuple(parts)
        return listed(all_parts, index_of(name, all_parts))
    old, new = known.pages[name], frozenset(map(id, pages))
    stay = frozenset(map(id, old))
    gone = [key_of(name, part) for page in old if id(page) not in new for part in page.parts]
    come = {key_of(name, part): part for page in pages if id(page) not in stay for part in page.parts}
    return listed(parts, index_of(name, getattr(known.configuration, name)).changed(gone, come))


def _replaced(known: Layout, wanted: Mapping[str, Collection[str]]) -> dict[_Kept, DocumentPart]:
    """The parts on the known pages that are not wanted any more as they are."""
    return {
        (name, each): part
        for name, pages in known.pages.items()
        for stay in [frozenset(wanted[name])]
        for page in pages
        if page.id not in stay
        for each, part in zip(page.ids, page.parts, strict=True)
    }


async def _parts(
    session: Session, organisation: OrganisationId, wanted: Collection[_Kept]
) -> dict[_Kept, DocumentPart]:
    texts = await _texts(session, organisation, [each for _, each in wanted])

    def understood() -> dict[_Kept, DocumentPart]:
        return {(name, each): LISTS[name].model_validate_json(texts[each]) for name, each in wanted}

    return await asyncio.to_thread(understood) if len(wanted) > FEW else understood()


async def _turned(
    session: Session, organisation: OrganisationId, pages: Sequence[str]
) -> Mapping[str, tuple[str, ...]]:
    """The ids of the contents on each of the pages."""
    texts = await _texts(session, organisation, pages)
    return {each: tuple(json.loads(text).values()) for each, text in texts.items()}


async def _texts(session: Session, organisation: OrganisationId, ids: Sequence[str]) -> dict[str, str]:
    columns = organisation_contents.c
    query = select(columns.id, columns.content).where(
        columns.organisation_id == organisation, columns.id == any_(literal(ids, ARRAY(Text)))
    )
    return {row.id: row.content for row in await session.execute(query)}


def _ids(pages: JsonValue) -> tuple[str, ...]:
    return tuple(map(str, pages)) if isinstance(pages, list) else ()
