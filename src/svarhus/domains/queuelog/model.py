"""The queue log: callers who waited in a queue and whom nobody answered."""

from enum import StrEnum

import msgspec

from svarhus.kit.clock import Instant
from svarhus.kit.ids import CallId, CategoryKey, PersonKey, QueueKey


class Resolution(StrEnum):
    """Why nobody has to call back any more."""

    CALLED_AGAIN = "called_again"
    """They called again and were answered."""
    CALLED_BACK = "called_back"
    """Somebody called them and they answered."""
    BOOKED = "booked"
    """They have been promised a callback, which is kept elsewhere."""
    VOICEMAIL = "voicemail"
    """They called again and left a message, which is kept elsewhere."""
    HANDLED = "handled"
    """Somebody has marked it."""


class Resolved(msgspec.Struct, frozen=True):
    how: Resolution
    at: Instant
    by: PersonKey | str | None
    """Who spoke with them, or marked it."""
    call: CallId | None
    """The later call."""


class Unanswered(msgspec.Struct, frozen=True):
    """A caller whom nobody answered: their last such call to a queue."""

    call: CallId
    queue: QueueKey
    at: Instant
    caller: str | None
    """E.164; None when withheld: nobody can call them back."""
    caller_name: str
    dialled: str
    wait: float
    """Seconds."""
    earlier: int
    """Unanswered calls of theirs to the queue before this one, since anybody took care of them."""
    resolved: Resolved | None
    category: CategoryKey | None = None
    """What they called about."""


class Wanted(msgspec.Struct, frozen=True):
    """Which lines of the queue log are wanted."""

    since: Instant
    queues: tuple[QueueKey, ...] = ()
    """All when none are named."""
    open_only: bool = True
    but: tuple[QueueKey, ...] = ()
    """Not those of these queues."""
