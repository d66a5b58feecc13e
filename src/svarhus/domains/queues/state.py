"""Who waits and who is being rung, as it stands now; and the facts that change it."""

from enum import StrEnum

import msgspec

from svarhus.kit.clock import Instant
from svarhus.kit.ids import CallId, LegId, PersonKey, QueueKey

CHOSE_OTHER = "chose_other"
"""Why somebody left a queue who pressed a key that leads out of it."""


class Waiting(msgspec.Struct, frozen=True):
    """A caller in a queue."""

    call: CallId
    queue: QueueKey
    entered_at: Instant
    priority: int
    order: int
    """Order of arrival, unique in the organisation."""
    offer: LegId | None = None
    """The member's leg that rings for this caller now."""

    @property
    def rank(self) -> tuple[int, int]:
        """Smaller is served first: priority, then arrival."""
        return (-self.priority, self.order)


class LeftPlace(msgspec.Struct, frozen=True):
    """The place of a caller who has left the queue by a key, to hear of something else."""

    flow: str
    element: str
    """Where in the flow it was."""
    queue: QueueKey
    entered_at: Instant
    priority: int
    order: int
    offered: bool = False
    """The caller has been led back to it once. Whom the queue did not take then is not led there again."""


class Offer(msgspec.Struct, frozen=True):
    """A member's phone that rings for a caller."""

    leg: LegId
    call: CallId
    queue: QueueKey
    person: PersonKey
    made_at: Instant
    confirming: bool = False
    """Picked up at an outside number; waits for the key that shows it is a person."""


class OfferOutcome(StrEnum):
    ANSWERED = "answered"
    MISSED = "missed"
    """Rang out."""
    DECLINED = "declined"
    FAILED = "failed"
    """The phone could not be rung."""
    WITHDRAWN = "withdrawn"
    """The caller hung up or left while it rang: neither missed nor declined."""


class Wait(msgspec.Struct, frozen=True):
    """A real wait that was seen, from which later ones are estimated."""

    position: int
    """Place at entry, from 1."""
    seconds: float
    staff: int
    """Members logged in at entry."""


class QueueEntered(msgspec.Struct, frozen=True, kw_only=True, tag="queue_entered"):
    call: CallId
    queue: QueueKey
    priority: int = 0
    position: int
    staff: int
    order: int | None = None
    """Of one who comes back: the order of the arrival then. The place, and the wait so far, are the same."""
    since: Instant | None = None
    """Of one who comes back: when the wait began."""


class OfferMade(msgspec.Struct, frozen=True, kw_only=True, tag="offer_made"):
    call: CallId
    leg: LegId
    queue: QueueKey
    person: PersonKey


class OfferConfirming(msgspec.Struct, frozen=True, kw_only=True, tag="offer_confirming"):
    call: CallId
    leg: LegId


class OfferEnded(msgspec.Struct, frozen=True, kw_only=True, tag="offer_ended"):
    call: CallId
    leg: LegId
    person: PersonKey
    outcome: OfferOutcome


class QueueLeft(msgspec.Struct, frozen=True, kw_only=True, tag="queue_left"):
    call: CallId
    queue: QueueKey
    outcome: str
    """`answered`, `abandoned`, or why the caller flowed out."""
    person: PersonKey | None = None


QueueFact = QueueEntered | OfferMade | OfferConfirming | OfferEnded | QueueLeft
