"""Promises: who is rung back, when, and how it went; and the facts that change it."""

from enum import StrEnum

import msgspec

from svarhus.domains.queues.place import LeftPlace
from svarhus.domains.queues.telling import Telling
from svarhus.domains.queues.texting import TextOutcome
from svarhus.kit.clock import Instant
from svarhus.kit.ids import BookingId, CallId, CaseId, CategoryKey, LegId, PersonKey, QueueKey


class BookingKind(StrEnum):
    """What the customer was promised."""

    TIMED = "timed"
    """A time of the work schedule, which is taken by it."""
    UNTIMED = "untimed"
    """To be called as soon as we can, in the order in which people asked for it. Takes no time of the schedule."""
    KEPT_PLACE = "kept_place"
    """To be called when the turn has come of the place that was kept in the queue."""
    ABANDONED = "abandoned"
    """Nothing: the customer hung up while waiting, and is called back nevertheless."""


class BookingStatus(StrEnum):
    BOOKED = "booked"
    """The promised time has not come."""
    DUE = "due"
    """It is time: the next free agent starts it."""
    IN_ATTEMPT = "in_attempt"
    TO_MARK = "to_mark"
    """Attempted; the agent has yet to say whether the customer was reached."""
    REACHED = "reached"
    NOT_REACHED = "not_reached"
    """The last attempt was unanswered."""
    CANCELLED = "cancelled"

    @property
    def live(self) -> bool:
        """Still a promise to keep."""
        return self in _LIVE


class WhyMoved(StrEnum):
    """Why another time is promised."""

    ASKED = "asked"
    """At the customer's wish."""
    NO_PLACE = "no_place"
    """The work schedule had no place for it any more: the customer has to be told."""
    NOT_REACHED = "not_reached"
    """By itself, after the last attempt in vain: attempts are counted anew."""


_LIVE = frozenset({BookingStatus.BOOKED, BookingStatus.DUE, BookingStatus.IN_ATTEMPT, BookingStatus.TO_MARK})


class Booking(msgspec.Struct, frozen=True):
    """A promise to ring a number: at a time, as soon as we can, or at its turn."""

    id: BookingId
    queue: QueueKey
    schedule: str
    """From which the time is; empty for a kept place."""
    number: str
    """E.164."""
    promised_at: Instant | None
    """The time that the customer was told; None: none was."""
    due_at: Instant
    """The promised time, or that of the next attempt; without a time, the first moment in which calls are made."""
    booked_at: Instant
    call: CallId | None
    """The call in which it was made."""
    language: str
    status: BookingStatus = BookingStatus.BOOKED
    attempts: int = 0
    first_attempt_at: Instant | None = None
    attempt_call: CallId | None = None
    """In which it is attempted; of a kept place that stands in the queue, the one in which it will be."""
    person: PersonKey | None = None
    """Who attempts it now, or did so last."""
    kind: BookingKind = BookingKind.TIMED
    category: CategoryKey | None = None
    """What it is about: places may be reserved for it."""
    above_capacity: bool = False
    """Its time is kept although the work schedule has no place for it."""
    put_off: bool = False
    """The customer, who is being talked with, is called again at the time that is promised now."""
    standing: CallId | None = None
    """The call that stands in the queue for it, until a member takes it."""
    judged: bool | None = None
    """Whether the customer was reached, as the member said while the call went on."""
    again_at: Instant | None = None
    """When it was attempted last, after the first time."""
    attempts_before: int = 0
    """Those that were made before a new time was booked after the last of them."""

    @property
    def is_to_stand(self) -> bool:
        """It is time, and it stands nowhere; a kept place stands by its own rules."""
        return self.status is BookingStatus.DUE and self.standing is None and self.kept is None

    @property
    def waits_for_its_time(self) -> bool:
        """Nobody has rung yet, and the promised time has not come."""
        return self.status is BookingStatus.BOOKED and self.due_at == self.promised_at

    kept: LeftPlace | None = None
    """The place that is kept: it stands in the queue but while the customer's own call lasts, and between attempts."""


class KeptSlot(msgspec.Struct, frozen=True):
    """A slot of a work schedule that a caller is being offered: nobody else is, until then."""

    schedule: str
    at: Instant
    until: Instant
    category: CategoryKey | None = None
    """What the caller calls about."""
    language: str = ""
    """In which the caller is spoken with."""


class SlotKept(msgspec.Struct, frozen=True, kw_only=True, tag="place_kept"):
    """The slot that the call kept before is free again."""

    call: CallId
    slot: KeptSlot = msgspec.field(name="place")


class SlotLetGo(msgspec.Struct, frozen=True, kw_only=True, tag="place_let_go"):
    """The caller is offered none any more. Entering another element, a booking and the call's end mean the same."""

    call: CallId


class SlotWithheld(msgspec.Struct, frozen=True, kw_only=True, tag="place_withheld"):
    """Offered to nobody until then although nothing was booked: what the next caller hears does not tell that the
    number, which somebody else keyed, had a booking already."""

    call: CallId
    slot: KeptSlot = msgspec.field(name="place")


class Booked(msgspec.Struct, frozen=True, kw_only=True, tag="booked"):
    booking: BookingId
    call: CallId | None = None
    queue: QueueKey
    schedule: str
    number: str
    at: Instant
    """When the customer is to be called; whether that was promised says the kind."""
    language: str
    by: PersonKey | None = None
    kind: BookingKind = BookingKind.TIMED
    told: bool = False
    """Those whom the queue names for that are told of it."""
    case: CaseId | None = None
    """The case that goes on with it; None: that of the call, or one of its own."""
    notes: int = 0
    """How many that case has by then."""
    email: str | None = None
    """Where the customer is told of it too."""
    category: CategoryKey | None = None
    kept: LeftPlace | None = None


class BookingDue(msgspec.Struct, frozen=True, kw_only=True, tag="booking_due"):
    booking: BookingId
    early: Instant | None = None
    """It is to be called now, before its time."""
    by: PersonKey | None = None
    """Who wants that."""


class BookingMoved(msgspec.Struct, frozen=True, kw_only=True, tag="booking_moved"):
    """Another time is promised, or one at all: the slot that it had is free again."""

    booking: BookingId
    queue: QueueKey | None = None
    """Whose members call then; None: those of the same queue."""
    schedule: str
    at: Instant
    was: Instant
    """When the customer was to be called until now."""
    by: PersonKey | None = None
    call: CallId | None = None
    """The call in which the customer has moved it."""
    why: WhyMoved = WhyMoved.ASKED


class BookingKept(msgspec.Struct, frozen=True, kw_only=True, tag="booking_kept"):
    """Its time stands, although the work schedule has no place for it any more."""

    booking: BookingId
    by: PersonKey | None = None


class BookingPostponed(msgspec.Struct, frozen=True, kw_only=True, tag="booking_postponed"):
    """The customer's phone could not be rung: it is tried again then. The promise is as it was."""

    booking: BookingId
    at: Instant


class BookingCancelled(msgspec.Struct, frozen=True, kw_only=True, tag="booking_cancelled"):
    booking: BookingId
    call: CallId | None = None
    by: PersonKey | None = None


class PlaceTakenBack(msgspec.Struct, frozen=True, kw_only=True, tag="place_taken_back"):
    """The customer, who had kept the place, waits on the line again."""

    call: CallId
    place: LeftPlace


class CallbackStood(msgspec.Struct, frozen=True, kw_only=True, tag="callback_stood"):
    """It is due, and stands in the queue until a member takes it."""

    booking: BookingId
    call: CallId
    queue: QueueKey
    priority: int = 0


class CallbackStoodDown(msgspec.Struct, frozen=True, kw_only=True, tag="callback_stood_down"):
    """It stands there no more: a member has taken it, or it is not to be carried out now."""

    booking: BookingId
    call: CallId
    queue: QueueKey


class AttemptBegan(msgspec.Struct, frozen=True, kw_only=True, tag="attempt_began"):
    booking: BookingId
    call: CallId
    person: PersonKey
    leg: LegId | None = None
    """Of the member who has taken it; None: the member's phone is rung now."""


class CustomerDialled(msgspec.Struct, frozen=True, kw_only=True, tag="customer_dialled"):
    """The agent is on the line and the customer's phone is rung: from here it counts as an attempt."""

    booking: BookingId
    call: CallId


class AttemptEnded(msgspec.Struct, frozen=True, kw_only=True, tag="attempt_ended"):
    booking: BookingId
    call: CallId
    dialled: bool
    """Whether the customer's phone was rung at all."""
    connected: bool
    taken_back: bool = False
    """It had begun to be rung when the agent's own phone was gone: that is no attempt."""
    put_off: bool = False
    """Another time was promised while they talked: there is nothing to mark."""


class AttemptJudged(msgspec.Struct, frozen=True, kw_only=True, tag="attempt_judged"):
    """The member says so while the call goes on: a machine has answered, for instance."""

    booking: BookingId
    answered: bool
    by: PersonKey


class AttemptMarked(msgspec.Struct, frozen=True, kw_only=True, tag="attempt_marked"):
    booking: BookingId
    answered: bool
    by: PersonKey | None
    """None: by itself."""
    next_at: Instant | None = None
    """The next attempt, when it was unanswered and there is another one."""


class TellingDue(msgspec.Struct, frozen=True, kw_only=True, tag="telling_due"):
    """The customer is to be told by SMS or e-mail."""

    booking: BookingId
    what: Telling
    at: Instant | None = None
    """The time that is told: that of the call, or of the next attempt."""


class TextRead(msgspec.Struct, frozen=True, kw_only=True, tag="text_read"):
    """What a customer wrote by SMS was read, and done where it could be."""

    text: str
    """Id of the text."""
    sender: str
    """E.164."""
    outcome: TextOutcome
    language: str
    booking: BookingId | None = None
    at: Instant | None = None
    """The time that the customer is told."""


CallbackFact = (
    SlotKept
    | SlotLetGo
    | SlotWithheld
    | Booked
    | BookingDue
    | BookingMoved
    | BookingKept
    | BookingPostponed
    | BookingCancelled
    | PlaceTakenBack
    | CallbackStood
    | CallbackStoodDown
    | AttemptBegan
    | CustomerDialled
    | AttemptEnded
    | AttemptJudged
    | AttemptMarked
    | TellingDue
    | TextRead
)
