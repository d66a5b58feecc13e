"""Recordings have a list of their own. Before, a call named the one that ran, and the queue that a message was for."""

from typing import Any

Json = dict[str, Any]


def calls_have_recordings(kept: Json) -> None:
    """A call says `recordings`, in place of `recording` and `voicemail_queue`."""
    legs = kept.get("legs", {})
    for call in kept.get("calls", {}).values():
        running, queue = call.pop("recording", None), call.pop("voicemail_queue", None)
        if not queue:
            continue
        at = next((leg for leg in legs.values() if running and leg.get("recording") == running), None)
        recording = {
            "id": running or f"{call['id']}-voicemail",
            "leg": at["id"] if at else call["first_leg"],
            "owner": {"type": "queue", "queue": queue},
            "began_at": call["began_at"],
            "longest": at.get("recording_longest", 180) if at else 180,
            "seconds": None if running else 0.0,
        }
        call["recordings"] = [recording]
