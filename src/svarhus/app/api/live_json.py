"""Live state as JSON: it is encoded by msgspec, and described in the OpenAPI document all the same."""

from collections.abc import Sequence
from typing import Any

import msgspec
from fastapi.responses import JSONResponse

from svarhus.app.wallboard import Wallboard
from svarhus.domains.channels.model import DeskItem
from svarhus.domains.channels.registry import CHANNELS
from svarhus.exchange.showing.desk import Desk
from svarhus.exchange.showing.views import (
    LeftQueues,
    LiveAbsence,
    LiveAgent,
    LiveBooking,
    LiveCall,
    LiveQueue,
    LiveTopic,
    Snapshot,
)

_REF = "#/components/schemas/{name}"


class LiveAgents(msgspec.Struct, frozen=True):
    """Some people, in the order of their keys."""

    items: tuple[LiveAgent, ...]
    next: str | None
    """Cursor of the next page; null at the end."""


class LiveJson(JSONResponse):
    """JSON that is encoded already. FastAPI describes what is no JSONResponse as text."""

    def render(self, content: Any) -> bytes:
        return content.encode() if isinstance(content, str) else bytes(content)


def live_json(value: msgspec.Struct) -> LiveJson:
    return LiveJson(msgspec.json.encode(value))


def described(shape: type[msgspec.Struct]) -> dict[int | str, dict[str, Any]]:
    """The answer of an endpoint, for the OpenAPI document."""
    content = {"application/json": {"schema": {"$ref": _REF.format(name=shape.__name__)}}}
    return {200: {"description": "Successful Response", "content": content}}


def live_schemas() -> dict[str, Any]:
    """The components that answers and messages refer to."""
    views = (LiveCall, LiveQueue, LiveAgent, LiveBooking, DeskItem)
    _, components = msgspec.json.schema_components(
        (Snapshot, LeftQueues, LiveAbsence, LiveAgents, Wallboard, Desk, *views), ref_template=_REF
    )
    components["DeskItem"]["properties"]["kind"]["enum"] = [*CHANNELS.names]
    return {**components, "Changes": _changes([view.__name__ for view in views])}


def _changes(views: Sequence[str]) -> dict[str, Any]:
    """Its values have no tag, the topic says what they are: msgspec describes no such union."""
    value = {"anyOf": [{"$ref": _REF.format(name=view)} for view in views] + [{"type": "null"}]}
    change = _object(
        "One thing as it is now; the value is null when it is gone, and always for voicemails.",
        {"topic": {"enum": [topic.value for topic in LiveTopic]}, "key": {"type": "string"}, "value": value},
    )
    return _object(
        "What has changed since the message before, whose number was one less.",
        {"type": {"const": "changes"}, "seq": {"type": "integer"}, "changes": {"type": "array", "items": change}},
    )


def _object(description: str, properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "description": description, "required": list(properties), "properties": properties}
