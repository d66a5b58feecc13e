"""What passes between an element of a call flow and the one who runs it.

An element gets an event and answers with actions. It keeps nothing itself: what it must remember
between events goes into its memory, which is a small value that survives a restart.
"""

import builtins
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, ClassVar, Generic, Protocol, TypeVar
from zoneinfo import ZoneInfo

import msgspec

from svarhus.domains.callflows.keys import TakesKeys
from svarhus.domains.numbers.lists import Listed
from svarhus.domains.people.pins import PinAnswer
from svarhus.domains.queues.closing import Closing
from svarhus.domains.queues.entry import NotLetInBy
from svarhus.domains.queues.model import Queue
from svarhus.domains.queues.ways import LeftBy
from svarhus.domains.schedules.meeting import Meeting
from svarhus.kit.clock import Instant
from svarhus.kit.document import DocumentPart
from svarhus.kit.ids import BookingId, CategoryKey, PersonKey, QueueKey
from svarhus.ports.speech import Phrase
from svarhus.ports.telephony import EndCause

# ------------------------------------------------------------------ events


class Entered(msgspec.Struct, frozen=True):
    """The caller has come to this element."""

    priority: int = 0
    """Above 0: nobody took over who should. Waits with at least this priority, also in a queue that is full."""
    led: bool = False
    """Somebody of ours led the caller here: what the flow says nothing of is not to end the call."""


class SaidAll(msgspec.Struct, frozen=True):
    """What was said last has come to its end."""


class Pressed(msgspec.Struct, frozen=True):
    digit: str


class SecretPressed(msgspec.Struct, frozen=True):
    """A key of a secret was pressed."""


class SecretKeyed(msgspec.Struct, frozen=True):
    """A secret was keyed to its end; nobody here knows what it is."""


class SecretDeclined(msgspec.Struct, frozen=True):
    """In place of a secret * was pressed: it would be somebody else's."""


class PersonKeyed(msgspec.Struct, frozen=True):
    """Whose secret it will be was keyed."""

    person: PersonKey | None
    """None: nobody has that number, which must not be told."""


class PinChecked(msgspec.Struct, frozen=True):
    """What came of CheckPin."""

    answer: PinAnswer


class Elapsed(msgspec.Struct, frozen=True):
    """The time asked for by After has passed."""

    name: str


class MessageTaken(msgspec.Struct, frozen=True):
    """The message that TakeMessage asked for is there; `seconds` is 0 when nothing was said."""

    seconds: float


class DialFailed(msgspec.Struct, frozen=True):
    """The number dialled by Connect did not answer."""

    cause: EndCause


class NobodyLeft(msgspec.Struct, frozen=True):
    """The last member has logged out of the queue in which the caller waits."""


class RoundOver(msgspec.Struct, frozen=True):
    """Everybody who could be asked to take the caller was asked in vain, for the `rounds`th time."""

    rounds: int


Event = (
    Entered
    | SaidAll
    | Pressed
    | SecretPressed
    | SecretKeyed
    | SecretDeclined
    | PersonKeyed
    | PinChecked
    | Elapsed
    | MessageTaken
    | DialFailed
    | NobodyLeft
    | RoundOver
)

# ------------------------------------------------------------------ actions


class Say(msgspec.Struct, frozen=True):
    """Say these, then SaidAll. The caller is answered first, unless `early`.

    `takes_keys`: from when on a key answers it.
    """

    phrases: tuple[Phrase, ...]
    early: bool = False
    takes_keys: TakesKeys = TakesKeys.ANSWER


class BeQuiet(msgspec.Struct, frozen=True):
    """Stop saying; no SaidAll comes."""


class After(msgspec.Struct, frozen=True):
    """Tell Elapsed after so many seconds. The same name set again starts anew."""

    name: str
    seconds: float


class NoLonger(msgspec.Struct, frozen=True):
    """Forget the After of this name."""

    name: str


class Remember(msgspec.Struct, frozen=True):
    """Replace the memory."""

    memory: Mapping[str, str | int]


class Leave(msgspec.Struct, frozen=True):
    """Go on by this exit. An exit that leads nowhere ends the call."""

    exit: str
    pressed: str = ""
    """A key that the caller pressed ahead: the next element gets it as soon as it has begun, if it takes such keys."""


class SpeakIn(msgspec.Struct, frozen=True):
    """Whatever is said in this call from here on is said in this language."""

    language: str


class MarkListed(msgspec.Struct, frozen=True):
    """For the rest of the call, the caller is one of this list."""

    found: Listed


class GiveCategory(msgspec.Struct, frozen=True):
    """From here on, the call is about this."""

    category: CategoryKey


class WaitInQueue(msgspec.Struct, frozen=True):
    """Enter the queue with music. Events go on coming; an answer ends the flow."""

    queue: QueueKey
    priority: int = 0


class NotLetIn(msgspec.Struct, frozen=True):
    """Tell that the caller goes on without having stood in the queue."""

    queue: QueueKey
    reason: NotLetInBy
    priority: int = 0
    """With which the caller would have waited."""


class LeaveQueue(msgspec.Struct, frozen=True):
    """Give up the place, for the reason named."""

    reason: LeftBy


class KeepSlot(msgspec.Struct, frozen=True):
    """Keep this slot for the caller who is being offered it, for a minute at the most. The one kept before is free."""

    queue: QueueKey
    at: Instant
    booking: BookingId | None = None
    """Which would be moved there; None: a new one is offered."""


class LetGoOfSlot(msgspec.Struct, frozen=True):
    """Keep no slot any more. Leaving the element does the same."""


class WithholdSlot(msgspec.Struct, frozen=True):
    """Offer this slot to nobody for a while, as if it had been booked."""

    queue: QueueKey
    at: Instant


class Book(msgspec.Struct, frozen=True):
    """Book a callback at this time; None: as soon as can be, without a stated time."""

    queue: QueueKey
    number: str
    at: Instant | None


class MoveBooking(msgspec.Struct, frozen=True):
    """Another time of its queue's schedule for what is booked; nothing, when it cannot be moved any more."""

    booking: BookingId
    at: Instant


class KeepPlace(msgspec.Struct, frozen=True):
    """Keep the place that the caller has left, or one at the end, and call this number at its turn."""

    queue: QueueKey
    number: str
    priority: int = 0
    """Of a place at the end."""


class TakePlaceBack(msgspec.Struct, frozen=True):
    """The caller, who has kept a place before, waits there on the line instead: WaitInQueue comes next."""

    booking: BookingId


class CancelBooking(msgspec.Struct, frozen=True):
    booking: BookingId


class TakeMessage(msgspec.Struct, frozen=True):
    """Record the caller until # or silence, then MessageTaken; it becomes a voicemail of the queue."""

    queue: QueueKey
    longest: int


class Connect(msgspec.Struct, frozen=True):
    """Ring a number; when it answers, the two talk and the flow is over. Else DialFailed."""

    number: str
    ring_seconds: int
    present_caller: bool
    billing: str = ""
    """To what it is charged, when the element says so."""


class Deed(StrEnum):
    """What a member can do by telephone."""

    LOG_IN = "log_in"
    LOG_OUT = "log_out"
    PAUSE = "pause"
    END_PAUSE = "end_pause"


class CheckPin(msgspec.Struct, frozen=True):
    """Have the secret that was keyed last looked at, then PinChecked."""

    person: PersonKey | None
    """None: nobody has that number, which must not be told."""


class ActAs(msgspec.Struct, frozen=True):
    """Do this for the person, who has shown to be it, and say what was done; then SaidAll."""

    person: PersonKey
    deed: Deed


class End(msgspec.Struct, frozen=True):
    """Hang up."""

    cause: EndCause = EndCause.WE_HUNG_UP


Action = (
    Say
    | BeQuiet
    | After
    | NoLonger
    | Remember
    | Leave
    | SpeakIn
    | MarkListed
    | GiveCategory
    | WaitInQueue
    | NotLetIn
    | LeaveQueue
    | KeepSlot
    | LetGoOfSlot
    | WithholdSlot
    | Book
    | KeepPlace
    | TakePlaceBack
    | MoveBooking
    | CancelBooking
    | TakeMessage
    | Connect
    | CheckPin
    | ActAs
    | End
)

# ------------------------------------------------------------------ what an element sees


class LiveBooking(msgspec.Struct, frozen=True):
    """A booking that is live."""

    booking: BookingId
    queue: QueueKey
    at: Instant | None
    """None: no time was stated."""
    changes: bool
    """Whether the caller may have another time instead."""


class HeldPlace(msgspec.Struct, frozen=True):
    """A place that who calls now has kept in a queue."""

    booking: BookingId
    position: int | None
    """From 1; None while the customer is being called, and between calls in vain."""


class MemberStands(StrEnum):
    """How it stands with a member."""

    LOGGED_IN = "logged_in"
    LOGGED_OUT = "logged_out"
    PAUSED = "paused"
    NO_MEMBER = "no_member"
    """Of no queue."""


class View(Protocol):
    """The world as an element may see it, at this moment."""

    @property
    def now(self) -> Instant: ...

    @property
    def zone(self) -> ZoneInfo: ...

    @property
    def language(self) -> str: ...

    @property
    def caller(self) -> str | None:
        """The caller's number in E.164, None when withheld or not a number that can be called."""
        ...

    @property
    def answered(self) -> bool:
        """We have picked up: a tone of the caller's own exchange can be heard no more."""
        ...

    @property
    def withheld(self) -> bool:
        """Nobody knows the caller's number."""
        ...

    def found_on(self, lists: Sequence[str]) -> Listed | None:
        """The list on which the caller's number is."""
        ...

    @property
    def memory(self) -> Mapping[str, str | int]: ...

    @property
    def exits(self) -> frozenset[str]:
        """Exits of this element that lead somewhere."""
        ...

    @property
    def goes_back(self) -> bool:
        """Whether the caller has left a place in a queue, to which some exits lead back."""
        ...

    def category(self, hours: str) -> str:
        """The category of these opening hours now."""
        ...

    def meeting(self, schedule: str) -> Meeting:
        """How the work schedule lets the caller be met now."""
        ...

    def may_be_called(self, queue: QueueKey) -> bool:
        """Whether calls are made for the queue some time, also to those who are told no time."""
        ...

    def next_slot(
        self, queue: QueueKey, later_than: Instant | None, booking: BookingId | None = None
    ) -> Instant | None:
        """The next slot in the queue's schedule that is free and kept for nobody else, None when there is none.

        With `booking`: to which that may be moved, by what it is about."""
        ...

    def is_free(self, queue: QueueKey, at: Instant, booking: BookingId | None = None) -> bool:
        """Whether this slot can still be sold, or the booking be moved there."""
        ...

    def live_booking(self, queue: QueueKey, number: str) -> LiveBooking | None:
        """The live booking that keeps this number from another one in the queue."""
        ...

    def held_place(self, queue: QueueKey, number: str) -> HeldPlace | None:
        """The place that is kept for this number in the queue."""
        ...

    def may_keep_place(self, queue: QueueKey) -> bool:
        """Whether the queue keeps places, and one more."""
        ...

    def may_keep_by_key(self, queue: QueueKey, key: str) -> bool:
        """Whether the caller, who waits in the queue, is offered to keep the place by this key."""
        ...

    def position(self, queue: QueueKey, priority: int) -> int:
        """The caller's in the queue, from 1: of the place that was left, or when coming in now."""
        ...

    def queue(self, queue: QueueKey) -> Queue:
        """The settings of the queue."""
        ...

    def closing(self, queue: QueueKey) -> Closing | None:
        """When the queue is closed for now: how."""
        ...

    def waiting(self, queue: QueueKey) -> int: ...

    def is_offered_at_once(self, queue: QueueKey) -> bool:
        """Whether a member is free for who comes into the queue now."""
        ...

    def estimated(self, queue: QueueKey, priority: int) -> float | None:
        """Seconds of the wait that a caller who came now can expect; None when nobody knows."""
        ...

    def waited(self, queue: QueueKey) -> float | None:
        """Seconds since the caller came to the place in this queue that was left by a key; None without such one."""
        ...

    def logged_in(self, queue: QueueKey) -> int: ...

    @property
    def calling(self) -> PersonKey | None:
        """Who of ours calls, as far as the number or the phone says it: it proves nothing."""
        ...

    def language_of(self, person: PersonKey) -> str: ...

    def stands(self, person: PersonKey) -> MemberStands: ...

    def as_dialled(self, number: str) -> str:
        """E.164 as people of the country dial it, to be read out."""
        ...

    def callable_number(self, digits: str) -> str | None:
        """Keyed digits as E.164, when such a number may be called; else None."""
        ...


# ------------------------------------------------------------------ element types

S = TypeVar("S", bound=DocumentPart)


class Reference(msgspec.Struct, frozen=True):
    """A key of another part of the document that the settings name."""

    kind: str
    """`hours`, `messages`, `queues`, `schedules`, `categories`, `lists` or `callflows`."""
    key: str
    setting: str
    """Path inside the settings, such as `messages[0]` or `categories[0].category`."""


class Exits(msgspec.Struct, frozen=True):
    """Which exits an element has."""

    names: frozenset[str] = frozenset()
    keys: bool = False
    """The telephone keys 0-9, * and # as well."""
    categories_of: str | None = None
    """The categories of these opening hours as well."""
    at_once: frozenset[str] = frozenset()
    """Of these, the ones by which the caller may leave at once, although the element waits otherwise."""
    back: frozenset[str] = frozenset()
    """Of these, the ones by which a caller who left a queue by a key goes back to the place that was left."""
    required: frozenset[str] = frozenset()
    """Exits without which the element is of no use."""


KEYS = frozenset("0123456789*#")


class ElementType(Generic[S]):
    """A type of element. Subclasses are without state, one file each."""

    type: ClassVar[str]
    title: ClassVar[str]
    description: ClassVar[str]
    waits: ClassVar[bool] = True
    """False for an element that goes on at once, so that a circle of such ones would never end."""
    takes_keys_ahead: ClassVar[bool] = False
    """A key that was pressed during a message before it counts: what the caller chooses can be chosen again."""
    Settings: builtins.type[S]

    def exits(self, settings: S) -> Exits:
        raise NotImplementedError

    def references(self, settings: S) -> tuple[Reference, ...]:
        return ()

    def waits_in(self, settings: S) -> QueueKey | None:
        """The queue in which the caller waits here."""
        return None

    def queue_here(self, settings: S, queue: Queue) -> Queue:
        """The queue in which the caller waits here, with what is said of it at this place."""
        return queue

    def books_in(self, settings: S) -> QueueKey | None:
        """The queue whose members call back who books here."""
        return None

    def step(self, settings: S, event: Event, view: View) -> Iterable[Action]:
        raise NotImplementedError


AnyElementType = ElementType[Any]
