"""A queue that is closed for now: nobody new is let in, and those who wait stay."""

import msgspec

from svarhus.kit.clock import Instant
from svarhus.kit.errors import Conflict, Invalid
from svarhus.kit.ids import PersonKey, QueueKey


class Closing(msgspec.Struct, frozen=True, kw_only=True):
    since: Instant
    until: Instant | None
    """When it opens by itself; None: when somebody opens it."""
    message: str | None
    """Key of the message that callers hear before they go on; None: none."""
    by: PersonKey | None
    """Who closed it; None for a program."""


class QueueClosed(msgspec.Struct, frozen=True, kw_only=True, tag="queue_closed"):
    queue: QueueKey
    until: Instant | None = None
    message: str | None = None
    by: PersonKey | None = None


class QueueOpened(msgspec.Struct, frozen=True, kw_only=True, tag="queue_opened"):
    queue: QueueKey
    by: PersonKey | None = None
    """None when its time was over, and for a program."""


class QueueClosedNow(Conflict):
    id = "queue-closed"
    title = "The queue is closed for now"
    remedy = "Choose another, or have it opened."


class OpensInThePast(Invalid):
    id = "opens-in-the-past"
    title = "The time is over already"
    remedy = "Give a later time, or none."


class NumberInUse(Conflict):
    id = "number-in-use"
    title = "Calls come in by this number"
    remedy = "Close its queues for now, and wait until nobody waits there."


class QueueInUse(Conflict):
    id = "queue-in-use"
    title = "Somebody waits for an answer from this queue"
    remedy = "Close it for now, and delete it when nobody waits and no promise is open."
