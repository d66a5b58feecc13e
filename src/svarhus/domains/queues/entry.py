"""Who is let into a queue, and what becomes of those who are not."""

from collections.abc import Callable
from enum import StrEnum

from pydantic import Field

from svarhus.domains.people.model import Extension
from svarhus.kit.document import E164, DocumentPart


class NotLetInBy(StrEnum):
    """Why a caller was not let in: a closed type, since figures count by it."""

    MOST_WAITING = "most_waiting"
    """So many wait already."""
    LONGEST_ESTIMATE = "longest_estimate"
    """The wait would be longer than callers are let in for."""
    NO_WAITING = "no_waiting"
    """No member is free at this moment, and nobody waits in this queue."""
    CLOSED = "closed"
    """Somebody has closed the queue for now."""
    NOBODY = "nobody"
    """No member is logged in."""


class WayOn(StrEnum):
    """What becomes of callers who are not let in."""

    VOICEMAIL = "voicemail"
    NUMBER = "number"
    MESSAGE = "message"
    """They are told that we cannot take the call, and the call ends."""
    BUSY = "busy"
    """The busy tone; whoever was answered already is told that it is busy."""


class EntryLimits(DocumentPart):
    """Who is let in, and for how long. Whoever can be offered to a free member at once always is."""

    most_waiting: int | None = Field(default=None, ge=0, le=9999, description="With so many waiting, it is full.")
    longest_estimate: int | None = Field(
        default=None,
        ge=1,
        le=240,
        description="Minutes: full for those who would wait longer by the estimate. An unknown estimate lets in.",
    )
    no_waiting: bool = Field(default=False, description="Full for all who cannot be offered to a free member at once.")
    longest_wait: int | None = Field(
        default=None, ge=5, le=4 * 3600, description="Seconds of waiting, then the exit `timed_out` of the call flow."
    )
    most_rounds: int | None = Field(
        default=None,
        ge=1,
        le=100,
        description="So often is everybody who is free asked in vain, then the exit `timed_out` of the call flow.",
    )
    way_on: WayOn = Field(
        default=WayOn.VOICEMAIL,
        description="What becomes of those who are not let in, where the call flow has no exit `full`.",
    )
    number: E164 | Extension | None = Field(
        default=None, description="For `way_on: number`: an outside number, or the extension of a person."
    )


def limit_reached(limits: EntryLimits, waiting: int, expected: Callable[[], float | None]) -> NotLetInBy | None:
    """Which limit keeps out who comes in now, and cannot be offered to a free member at once. `expected`: seconds of
    the wait."""
    if limits.no_waiting:
        return NotLetInBy.NO_WAITING
    if limits.most_waiting is not None and waiting >= limits.most_waiting:
        return NotLetInBy.MOST_WAITING
    wait = expected() if limits.longest_estimate else None
    too_long = wait is not None and limits.longest_estimate is not None and wait > limits.longest_estimate * 60
    return NotLetInBy.LONGEST_ESTIMATE if too_long else None
