"""The state as it is kept between two recoveries, and how one that an older version has written is read.

A change of what `Stored` holds that a reader of old snapshots would stumble over adds a step to `_STEPS`: it gets the
older one's JSON and makes it the next one's. A field with a default needs none.
"""

import zlib
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from svarhus.exchange.core.formats.conversations import legs_are_in_conversations
from svarhus.exchange.core.formats.purposes import legs_have_purposes
from svarhus.exchange.core.formats.recordings import calls_have_recordings
from svarhus.exchange.core.state import Stored

Json = dict[str, Any]
Step = Callable[[Json], None]
"""Changes a snapshot of one format to the next, in place."""

FIRST = 2
"""The oldest format that can be read."""


def _places(kept: Json) -> None:
    """2 to 3: those who wait are known by their places, and may be offered to several at once."""
    waiting: Json = kept.pop("waiting", {})
    place_of = {call: each["order"] for call, each in waiting.items()}
    kept["places"] = {str(each["order"]): _place(each) for each in waiting.values()}
    kept["offers"] = {leg: _offer(each, place_of[each["call"]]) for leg, each in kept.get("offers", {}).items()}
    for call in kept.get("calls", {}).values():
        tried = call.get("tried") or {}
        place, offer = tried.pop("waiting", None), tried.get("offer")
        if place and offer:
            tried["place"], tried["offer"] = _place(place), _offer(offer, place["order"])


def _place(waiting: Json) -> Json:
    kept = {key: waiting[key] for key in ("queue", "entered_at", "priority")}
    offer = waiting.get("offer")
    return {
        **kept,
        "id": waiting["order"],
        "subject": {"type": "call", "call": waiting["call"]},
        "offers": [offer] if offer else [],
    }


def _offer(offer: Json, place: int) -> Json:
    return {**{key: value for key, value in offer.items() if key != "call"}, "id": offer["leg"], "place": place}


_STEPS: Sequence[Step] = (_places, legs_have_purposes, legs_are_in_conversations, calls_have_recordings)
"""The first of them leads from FIRST to the format after it, and so on."""


class SnapshotUnreadable(ValueError):
    """It is broken, or of a version that is older or newer than this one can read."""


def freeze(stored: Stored) -> tuple[int, bytes]:
    """The format and the bytes of a snapshot."""
    return newest(_STEPS), zlib.compress(msgspec.json.encode(stored), 1)


def thaw(format: int, body: bytes, steps: Sequence[Step] = _STEPS) -> Stored:
    """The state that was frozen, also by an older version. SnapshotUnreadable."""
    if not FIRST <= format <= newest(steps):
        raise SnapshotUnreadable(f"format {format}, where {FIRST} to {newest(steps)} can be read")
    try:
        kept = zlib.decompress(body)
        if format < newest(steps):
            kept = _brought_up(kept, steps[format - FIRST :])
        return msgspec.json.decode(kept, type=Stored)
    except (msgspec.DecodeError, zlib.error, LookupError, TypeError, AttributeError) as error:
        raise SnapshotUnreadable(f"format {format}: {error}") from error


def newest(steps: Sequence[Step] = _STEPS) -> int:
    """The format that is written."""
    return FIRST + len(steps)


def _brought_up(body: bytes, steps: Sequence[Step]) -> bytes:
    kept: Json = msgspec.json.decode(body)
    for step in steps:
        step(kept)
    return msgspec.json.encode(kept)
