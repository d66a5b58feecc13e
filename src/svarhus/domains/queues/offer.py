"""A member is asked to take a place."""

from enum import StrEnum

import msgspec

from svarhus.kit.clock import Instant
from svarhus.kit.ids import CallId, LegId, OfferId, PersonKey, PlaceId, QueueKey


class How(StrEnum):
    """How an offer came about."""

    DISTRIBUTED = "distributed"
    """The queue's strategy chose the member."""
    PICKED = "picked"
    """The member chose the caller."""
    ASSIGNED = "assigned"
    """Somebody else chose the two for each other."""


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """A member is asked to take a place; at a phone, that phone rings."""

    id: OfferId
    """At a phone, its leg's."""
    place: PlaceId
    queue: QueueKey
    person: PersonKey
    made_at: Instant
    leg: LegId | None
    how: How = How.DISTRIBUTED
    during: CallId | None = None
    """The call in which the member talks meanwhile; None: the member was free."""
    confirming: bool = False
    """Picked up at an outside number; waits for the key that shows it is a person."""
    taken: bool = False
    """Picked up for a kept place; waits for the customer, who is being called."""


class OfferOutcome(StrEnum):
    ANSWERED = "answered"
    MISSED = "missed"
    """Rang out."""
    DECLINED = "declined"
    FAILED = "failed"
    """The phone could not be rung."""
    WITHDRAWN = "withdrawn"
    """The caller hung up or left while it rang: neither missed nor declined."""
    ANSWERED_ELSEWHERE = "answered_elsewhere"
    """Another member took the place: neither missed nor declined."""


NOT_TAKEN = frozenset({OfferOutcome.MISSED, OfferOutcome.DECLINED, OfferOutcome.FAILED})
"""It was the member, or the phone, who did not take the place."""
