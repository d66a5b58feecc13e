"""Live state as JSON: it is encoded by msgspec, and described in the OpenAPI document all the same."""

from typing import Any

import msgspec
from fastapi import Response

from svarhus.exchange.live import Change, LiveAgent, Snapshot

_REF = "#/components/schemas/{name}"


class LiveAgents(msgspec.Struct, frozen=True):
    """Some people, in the order of their keys."""

    items: tuple[LiveAgent, ...]
    next: str | None
    """Cursor of the next page; null at the end."""


class LiveJson(Response):
    media_type = "application/json"


def live_json(value: msgspec.Struct) -> LiveJson:
    return LiveJson(msgspec.json.encode(value))


def described(shape: type[msgspec.Struct]) -> dict[int | str, dict[str, Any]]:
    """The answer of an endpoint, for the OpenAPI document."""
    content = {LiveJson.media_type: {"schema": {"$ref": _REF.format(name=shape.__name__)}}}
    return {200: {"description": "Successful Response", "content": content}}


def live_schemas() -> dict[str, Any]:
    """The components that answers and messages refer to."""
    _, components = msgspec.json.schema_components((Snapshot, Change, LiveAgents), ref_template=_REF)
    return components
