"""A configuration as it is kept: each part once by its content, parts in pages, and of each revision a manifest that
names the pages.

A revision costs what it changes: the parts, the pages in which they stand, and a manifest. Where a page ends follows
from the keys of its parts alone, so that the same list lies in the same pages, however it came about.
"""

import json
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from operator import is_
from zlib import crc32

import msgspec
from pydantic import JsonValue

from svarhus.domains.organisation.choices import NONE, Choices
from svarhus.domains.organisation.lists import LISTS, key_of
from svarhus.domains.organisation.model import Configuration
from svarhus.kit.document import DocumentPart

PAGE = 64
"""Parts on a page, on the average."""

ORGANISATION = "organisation"
"""In the manifest: the content of the organisation's own settings, beside the pages of each list."""

Contents = Mapping[str, str]
"""JSON by the id that follows from it."""

Manifest = Mapping[str, JsonValue]


class Page(msgspec.Struct, frozen=True):
    """Some parts of a list that stand together."""

    id: str
    parts: tuple[DocumentPart, ...]
    ids: tuple[str, ...]
    """Of the contents of the parts."""


class Layout(msgspec.Struct, frozen=True):
    """A configuration, and where its parts lie."""

    configuration: Configuration
    organisation: str
    """Id of the organisation's own settings."""
    pages: Mapping[str, tuple[Page, ...]]
    """By the name of the list."""

    @property
    def manifest(self) -> dict[str, JsonValue]:
        pages: dict[str, JsonValue] = {name: [page.id for page in self.pages[name]] for name in LISTS}
        return {"svarhus": self.configuration.svarhus, ORGANISATION: self.organisation, **pages}


class InForce(msgspec.Struct, frozen=True):
    """What holds in an organisation."""

    revision: int
    layout: Layout
    """As it was kept."""
    configuration: Configuration
    """With what people have chosen for themselves."""
    choices: Choices = NONE
    choices_version: int = 0
    """Rises with each change of the choices."""

    @property
    def number(self) -> tuple[int, int]:
        """By which it is known; what holds later has a higher one."""
        return self.revision, self.choices_version


def lay_out(configuration: Configuration, known: Layout | None = None) -> tuple[Layout, Contents]:
    """The layout, and all contents that are not in the known one. Parts that are the same objects are not looked at."""
    new: dict[str, str] = {}
    if known is not None and known.configuration.organisation is configuration.organisation:
        organisation = known.organisation
    else:
        organisation = _kept(configuration.organisation.model_dump_json(by_alias=True), new)
    pages = {
        name: _pages(name, getattr(configuration, name), known.pages.get(name, ()) if known else (), new)
        for name in LISTS
    }
    return Layout(configuration, organisation, pages), new


def id_of(content: str) -> str:
    """By which a content is known: 32 hexadecimal digits."""
    return blake2b(content.encode(), digest_size=16).hexdigest()


def page_content(keys: Sequence[str], ids: Sequence[str]) -> str:
    """What is kept of a page: the ids of the parts by their keys, in order."""
    return json.dumps(dict(zip(keys, ids, strict=True)), separators=(",", ":"))


def ends_page(key: str) -> bool:
    """Whether the part of this key is the last one of its page."""
    return crc32(key.encode()) % PAGE == 0


def _kept(content: str, new: dict[str, str]) -> str:
    known_as = id_of(content)
    new[known_as] = content
    return known_as


def _pages(name: str, parts: tuple[DocumentPart, ...], known: Sequence[Page], new: dict[str, str]) -> tuple[Page, ...]:
    found = _as_before(name, parts, known)
    stay = {id(page) for page in found if isinstance(page, Page)}
    ids = {
        id(part): known_as
        for page in known
        if id(page) not in stay
        for part, known_as in zip(page.parts, page.ids, strict=True)
    }
    return tuple(page if isinstance(page, Page) else _page(name, page, ids, new) for page in found)


def _as_before(
    name: str, parts: tuple[DocumentPart, ...], known: Sequence[Page]
) -> list[Page | tuple[DocumentPart, ...]]:
    """The pages that stay as they are, and between them the parts of others."""
    begins = {id(page.parts[0]): page for page in known}
    found: list[Page | tuple[DocumentPart, ...]] = []
    place = 0
    while place < len(parts):
        page = begins.get(id(parts[place]))
        if page is None or not _stays(name, page, parts, place):
            end = _end(name, parts, place)
            found.append(parts[place:end])
        else:
            end = place + len(page.parts)
            found.append(page)
        place = end
    return found


def _stays(name: str, page: Page, parts: tuple[DocumentPart, ...], place: int) -> bool:
    end = place + len(page.parts)
    ends = end == len(parts) or ends_page(key_of(name, page.parts[-1]))
    return ends and end <= len(parts) and all(map(is_, page.parts, parts[place:end]))


def _end(name: str, parts: tuple[DocumentPart, ...], place: int) -> int:
    ends = (end + 1 for end in range(place, len(parts)) if ends_page(key_of(name, parts[end])))
    return next(ends, len(parts))


def _page(name: str, parts: tuple[DocumentPart, ...], known: Mapping[int, str], new: dict[str, str]) -> Page:
    ids = tuple(known.get(id(part)) or _kept(part.model_dump_json(by_alias=True), new) for part in parts)
    return Page(_kept(page_content([key_of(name, part) for part in parts], ids), new), parts, ids)
