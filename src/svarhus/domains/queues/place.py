"""A place in a queue: who waits there, since when, and which members are asked to take it."""

import msgspec

from svarhus.domains.queues.precedence import Precedence
from svarhus.kit.clock import Instant
from svarhus.kit.ids import BookingId, CallId, OfferId, PersonKey, PlaceId, QueueKey

Rank = tuple[int, PlaceId]
"""Smaller is served first: priority, then arrival."""


class OnTheLine(msgspec.Struct, frozen=True, tag="call"):
    """A caller who listens to the queue's music."""

    call: CallId


class KeptPlace(msgspec.Struct, frozen=True, tag="kept"):
    """A customer who has hung up, and is called when the turn comes."""

    call: CallId
    """In which the customer is to be called: until then nobody is in it."""
    booking: BookingId


class ToCallBack(msgspec.Struct, frozen=True, tag="to_call_back"):
    """A callback that is due: the customer is called as soon as a member takes it."""

    call: CallId
    """In which the member is rung, and then the customer."""


Subject = OnTheLine | KeptPlace | ToCallBack
"""Who or what waits. Another kind of thing that can wait in a queue gets a class of its own beside these."""


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept for one who waits. It is one place for as long as the turn in the queue is kept."""

    id: PlaceId
    queue: QueueKey
    entered_at: Instant
    priority: int
    subject: Subject
    raised_from: int | None = None
    """The priority before somebody raised it; None: nobody did."""
    let_through: bool = False
    """By the schedule that sets the queue's pace: it was the turn of this one once."""
    offers: tuple[OfferId, ...] = ()
    """Members who are asked to take it now, all at the same time; the first who does gets it."""
    asked: frozenset[PersonKey] = frozenset()
    """Members who were asked in this round and did not take it: they are asked again when nobody else is left."""
    rounds: int = 0
    """How often everybody who could be asked was asked in vain."""
    widened: bool = False
    """Members are asked as well who have not what the caller needs."""
    step: int = 0
    """How often it has been called out to more members while phones ring for it."""

    beside: bool = False
    """Those who are asked talk: who is free would be asked instead."""
    precedence: Precedence | None = None
    """Before other queues, in place of the queue's."""

    @property
    def rank(self) -> Rank:
        return (-self.priority, self.id)

    @property
    def to_call_back(self) -> bool:
        """It stands for a callback that is due: who is called has never waited here."""
        return isinstance(self.subject, ToCallBack)

    @property
    def call(self) -> CallId:
        return self.subject.call

    @property
    def kept_for(self) -> BookingId | None:
        """The promise to call back who has hung up; None for a caller on the line."""
        return self.subject.booking if isinstance(self.subject, KeptPlace) else None


class LeftPlace(msgspec.Struct, frozen=True, kw_only=True):
    """The place of a caller who has left the queue by a key, to hear of something else; or has hung up to be called
    back when its turn comes."""

    flow: str
    element: str
    """Where in the flow it was."""
    queue: QueueKey
    entered_at: Instant
    priority: int
    place: PlaceId = msgspec.field(name="order")
    offered: bool = False
    """The caller has been led back to it once. Whom the queue did not take then is not led there again."""
    position: int = 1
    """At entry; this and what follows is for figures, as the part of the call has it."""
    staff: int = 0
    estimated: float | None = None
    at_once: bool = False
    caller_list: str = ""
    service_level: int | None = None
    precedence: Precedence | None = None
    """Before other queues, in place of the queue's."""
    let_through: bool = False
    """The pace of the queue has counted it."""

    @property
    def rank(self) -> Rank:
        return (-self.priority, self.place)
