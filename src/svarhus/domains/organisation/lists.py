"""The lists of the document, and by what their entries are known."""

from collections.abc import Mapping
from typing import get_args

from svarhus.domains.organisation.model import Configuration
from svarhus.kit.document import DocumentPart

LISTS: Mapping[str, type[DocumentPart]] = {
    name: get_args(annotation.annotation)[0]
    for name, annotation in Configuration.model_fields.items()
    if get_args(annotation.annotation)[1:] == (Ellipsis,)
}
"""The lists of the document and what is in them."""

KEY_OF: Mapping[str, str] = {"numbers": "number"}
"""By which setting the entries of a list are known, where it is not `key`."""

OF_UNITS: tuple[str, ...] = tuple(name for name, model in LISTS.items() if "unit" in model.model_fields)
"""The lists whose parts may belong to a unit."""

SINGULAR: Mapping[str, str] = {
    "units": "unit",
    "roles": "role",
    "fields": "field",
    "people": "person",
    "trunks": "trunk",
    "numbers": "number",
    "lists": "list",
    "hours": "opening hours",
    "categories": "category",
    "messages": "message",
    "playlists": "playlist",
    "schedules": "schedule",
    "queues": "queue",
    "tags": "tag",
    "pauses": "pause",
    "callflows": "call flow",
}


def key_of(list_name: str, part: DocumentPart) -> str:
    """By which the part is known in its list."""
    return str(getattr(part, KEY_OF.get(list_name, "key")))


def unit_of(part: DocumentPart) -> str | None:
    """The key of the unit to which the part belongs. None: of the whole organisation, or of no unit by its kind."""
    unit: str | None = getattr(part, "unit", None)
    return unit
