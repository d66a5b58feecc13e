"""How callers come into a queue, and how they leave it: closed types, since figures count by them."""

from enum import StrEnum


class LeftBy(StrEnum):
    """How a stay in a queue ended. See the definitions of figures: all but the first two are flowed out."""

    ANSWERED = "answered"
    ABANDONED = "abandoned"
    """The caller hung up."""
    TIMED_OUT = "timed_out"
    CHOSE_OTHER = "chose_other"
    """A key that leads out of the queue."""
    NO_MEMBERS = "no_members"
    KEPT_PLACE = "kept_place"
    """The caller hung up and is called when the turn comes: the stay goes on in another call, which counts."""
    NOT_REACHED = "not_reached"
    """Who had kept the place was called as often as the queue says, in vain."""
    ENDED = "ended"
    """The call was taken down, by somebody's wish or by a fault."""

    @classmethod
    def _missing_(cls, value: object) -> "LeftBy | None":
        """Older journals name the reason for which the call was taken down."""
        return cls.ENDED if isinstance(value, str) else None


class CameBy(StrEnum):
    """How a caller came into the queue."""

    DIRECT = "direct"
    """By the call flow of the number that was dialled."""
    TIMED_OUT = "timed_out"
    """By a flow, out of another queue where the wait was over."""
    FROM_QUEUE = "from_queue"
    """By a flow, out of another queue for any other reason."""
    TRANSFERRED = "transferred"
    """Somebody who talked with the caller handed it over."""
    RETURNED = "returned"
    """Handed over to somebody who did not take it."""
    KEPT_PLACE = "kept_place"
    """Kept the place and hung up: this part goes on with that stay."""
    COLLEAGUE = "colleague"
    """One of us dialled the queue."""
