"""What has been decided and has happened in queues."""

import msgspec

from svarhus.domains.queues.closing import QueueClosed, QueueOpened
from svarhus.domains.queues.distribution import StrategyName
from svarhus.domains.queues.entry import NotLetInBy
from svarhus.domains.queues.offer import How, OfferOutcome
from svarhus.domains.queues.precedence import Precedence
from svarhus.domains.queues.ways import CameBy, LeftBy
from svarhus.kit.clock import Instant
from svarhus.kit.ids import BookingId, CallId, CategoryKey, LegId, PersonKey, PlaceId, QueueKey


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
    place: PlaceId | None = msgspec.field(default=None, name="order")
    """Of one who comes back: the place of then, with the wait so far."""
    since: Instant | None = None
    """Of one who comes back: when the wait began."""
    came: CameBy | None = None
    """None in journals of before this was kept."""
    language: str = ""
    """In which the caller is spoken with."""
    estimated: float | None = None
    """Seconds of the wait that is expected, as it would be told now; None when nobody knows."""
    at_once: bool = False
    """A member was free for the caller: nothing of how fast others are answered follows from this wait."""
    caller_list: str = ""
    """On which the caller's number was found; empty: on none, or nobody looked."""
    service_level: int | None = None
    """Seconds, where that list has a service level of its own; None: the queue's holds."""
    category: CategoryKey | None = None
    """What the call is about."""
    kept_for: BookingId | None = None
    """The call is one in which who has kept the place is to be called."""
    precedence: Precedence | None = None
    """Before other queues, where the place in the flow has one of its own; None: the queue's holds."""
    let_through: bool = False
    """Of one who comes back: the pace of the queue has counted the place before."""


class NotLetIn(msgspec.Struct, frozen=True, kw_only=True, tag="not_let_in"):
    """The caller came to a queue and goes on without having stood in it: no part of the call, counted apart."""

    call: CallId
    queue: QueueKey
    reason: NotLetInBy
    came: CameBy | None = None
    estimated: float | None = None
    """Seconds of the wait that was expected; None when nobody knows."""
    caller_list: str = ""
    """On which the caller's number was found."""
    category: CategoryKey | None = None
    """What the call is about."""


class LetThrough(msgspec.Struct, frozen=True):
    """How many calls a paced queue has let through in a period of its schedule."""

    period: Instant
    """When it began."""
    calls: int


class CallLetThrough(msgspec.Struct, frozen=True, kw_only=True, tag="call_let_through"):
    """It is the turn of the call by the schedule that sets the queue's pace."""

    call: CallId
    queue: QueueKey
    period: Instant
    """When the period began in which it counts."""


class LedToQueue(msgspec.Struct, frozen=True, kw_only=True, tag="led_to_queue"):
    """Not by itself, but led by somebody, the call comes to the queue that it enters next."""

    call: CallId
    came: CameBy


class OfferMade(msgspec.Struct, frozen=True, kw_only=True, tag="offer_made"):
    call: CallId
    leg: LegId
    queue: QueueKey
    person: PersonKey
    how: How = How.DISTRIBUTED
    strategy: StrategyName | None = None
    """That chose the member; None when none did, and in journals of before this was kept."""
    by: PersonKey | None = None
    """Who has assigned the caller."""
    during: CallId | None = None
    """The call in which the member talked when it came; None: the member was free, or picked the caller."""


class OfferConfirming(msgspec.Struct, frozen=True, kw_only=True, tag="offer_confirming"):
    call: CallId
    leg: LegId


class OfferTaken(msgspec.Struct, frozen=True, kw_only=True, tag="offer_taken"):
    """A member has picked up for a kept place: nobody else is asked, and the customer is called."""

    call: CallId
    leg: LegId


class RoundEnded(msgspec.Struct, frozen=True, kw_only=True, tag="round_ended"):
    """Everybody who could be asked to take the caller has been, in vain: from here they are asked anew."""

    call: CallId
    queue: QueueKey


class NeedsWidened(msgspec.Struct, frozen=True, kw_only=True, tag="needs_widened"):
    """Nobody with what the caller needs was free in time: from here others are asked as well."""

    call: CallId
    queue: QueueKey


class CalledOut(msgspec.Struct, frozen=True, kw_only=True, tag="called_out"):
    """The phones that ring have rung for a ring time in vain: more members are asked to take the caller as well."""

    call: CallId
    queue: QueueKey


class OfferEnded(msgspec.Struct, frozen=True, kw_only=True, tag="offer_ended"):
    call: CallId
    leg: LegId
    person: PersonKey
    outcome: OfferOutcome


class PlaceRaised(msgspec.Struct, frozen=True, kw_only=True, tag="place_raised"):
    """Somebody has put the caller before the others who wait, or has taken that back."""

    call: CallId
    queue: QueueKey
    by: PersonKey | None
    priority: int
    raised: bool


class QueueLeft(msgspec.Struct, frozen=True, kw_only=True, tag="queue_left"):
    call: CallId
    queue: QueueKey
    outcome: LeftBy
    person: PersonKey | None = None


QueueFact = (
    QueueClosed
    | QueueOpened
    | NotLetIn
    | CallLetThrough
    | LedToQueue
    | QueueEntered
    | PlaceRaised
    | OfferMade
    | OfferConfirming
    | OfferTaken
    | OfferEnded
    | RoundEnded
    | CalledOut
    | NeedsWidened
    | QueueLeft
)
