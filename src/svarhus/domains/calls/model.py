"""A call and its legs, as they stand now.

A call is one visit of a caller, or one attempt to ring somebody back. It has parts: one for each
queue that the caller stood in (see the definitions of figures). A leg is one party's connection.
"""

from enum import StrEnum

import msgspec

from svarhus.domains.callflows.keys import TakesKeys
from svarhus.domains.callflows.position import Position
from svarhus.domains.calls.purpose import Purpose, Rejoining, Supervising
from svarhus.domains.calls.reasons import LegCause
from svarhus.domains.calls.recording import Recorded, Recording
from svarhus.domains.calls.talk import Consult, Destination, Missing, Step, Transfer
from svarhus.domains.presence.device import DeviceKind
from svarhus.domains.queues.offer import Offer
from svarhus.domains.queues.place import LeftPlace, Place
from svarhus.domains.queues.ways import CameBy, LeftBy
from svarhus.kit.clock import Instant
from svarhus.kit.ids import (
    BookingId,
    CallId,
    CategoryKey,
    ConversationId,
    LegId,
    PersonKey,
    PromptId,
    QueueKey,
    TimerId,
)
from svarhus.ports.speech import Phrase

PROVEN = 0.5
"""Seconds after which those who were joined have heard each other: twice what a broken phone and a far network take,
and less than anybody needs to say a name."""


class CallKind(StrEnum):
    INCOMING = "incoming"
    CALLBACK = "callback"
    INTERNAL = "internal"
    OUTGOING = "outgoing"


class LegRole(StrEnum):
    CALLER = "caller"
    """The party that rang us: a caller from outside, or a colleague at a phone."""
    MEMBER = "member"
    """A person whose phone we ring for a queue or for a callback."""
    CUSTOMER = "customer"
    """The one who is called back."""
    TARGET = "target"
    """A number that a call is connected to."""
    SUPERVISOR = "supervisor"
    """One who leads, and has come to a conversation of others."""


class Outcome(StrEnum):
    """How a call ended, as the log shows it."""

    ANSWERED = "answered"
    ABANDONED = "abandoned"
    """The caller hung up while waiting in a queue."""
    CALLBACK_BOOKED = "callback_booked"
    VOICEMAIL = "voicemail"
    TRANSFERRED = "transferred"
    COMPLETED = "completed"
    """The call flow came to its end, with nothing of the above."""
    HUNG_UP = "hung_up"
    """The caller hung up in the call flow."""
    UNANSWERED = "unanswered"
    """The one whom we rang did not answer."""
    REFUSED = "refused"
    FAILED = "failed"


class Leg(msgspec.Struct, frozen=True):
    """One party's connection, and what it hears."""

    id: LegId
    call: CallId
    role: LegRole
    """As what it came, for the log."""
    purpose: Purpose
    """What it is in the call for now."""
    began_at: Instant
    party: str
    """The number or extension at the far end; empty when withheld."""
    person: PersonKey | None = None
    outside: bool = False
    """Over a trunk, paid for: counts for the limits of outgoing calls."""
    billing: str = ""
    """To what it is charged, as the organisation names it."""
    rang_at: Instant | None = None
    answered_at: Instant | None = None
    prompt: PromptId | None = None
    last_prompt: PromptId | None = None
    """What was said last, also when it is over or was cut short."""
    prompt_at: Instant | None = None
    """Since when that is being said, or was."""
    saying: tuple[Phrase, ...] = ()
    takes_keys: TakesKeys = TakesKeys.ANSWER
    last_key: str = ""
    last_key_at: Instant | None = None
    music: str | None = None
    device: DeviceKind | None = None
    """Of a person's leg: which of the person's phones it is."""
    session: str | None = None
    """Of a browser's leg: the page that it is on."""
    conversation: ConversationId | None = None
    """That it is in now: of several, the one to which it has turned."""
    phone_holds: bool = False
    """The party's own phone has put us on hold."""
    language: str = ""
    """That the party has chosen, or had in the call that it came from; empty: that of its call."""
    talked: bool = False
    """It has been in a conversation."""
    released: bool = False
    """It is not needed any more and hangs up."""
    elsewhere: bool = False
    """Another member has taken the caller for whom it rang."""

    @property
    def replaces(self) -> LegId | None:
        """The leg of the same person that it takes the place of when it is answered."""
        return self.purpose.replaces if isinstance(self.purpose, Rejoining) else None

    @property
    def only_listens(self) -> bool:
        """Of one who leads: it is in no conversation itself."""
        return isinstance(self.purpose, Supervising) and self.conversation is None


class LegRecord(msgspec.Struct, frozen=True):
    """A leg that is over, for the log."""

    leg: LegId
    role: LegRole
    party: str
    person: PersonKey | None
    began_at: Instant
    rang_at: Instant | None
    answered_at: Instant | None
    ended_at: Instant
    cause: LegCause
    detail: str
    billing: str = ""


class Part(msgspec.Struct, frozen=True):
    """A stay in one queue."""

    queue: QueueKey
    entered_at: Instant
    left_at: Instant | None = None
    outcome: LeftBy | None = None
    """None while it lasts."""
    person: PersonKey | None = None
    wait: float = 0.0
    """Seconds from entering to leaving."""
    position: int = 1
    """Place at entry, from 1."""
    staff: int = 0
    """Members logged in at entry."""
    came: CameBy | None = None
    """None in calls of before this was kept."""
    language: str = ""
    estimated: float | None = None
    """Seconds, as expected at entry."""
    at_once: bool = False
    """A member was free at entry."""
    caller_list: str = ""
    """The list on which the caller's number was found; empty: on none, or nobody looked."""
    service_level: int | None = None
    """Seconds, where that list has a service level of its own; None: the queue's holds."""
    category: CategoryKey | None = None
    """What the call was about at entry."""


class Tried(msgspec.Struct, frozen=True):
    """What the call was when this leg was joined to it: put back when no sound comes of that."""

    leg: LegId
    at: Instant
    outcome: Outcome | None
    talk: float
    talk_since: Instant | None
    hold: float
    position: Position | None
    wanted: Destination | None
    transfer: Transfer | None
    parts: tuple[Part, ...]
    path: tuple[Step, ...]
    place: Place | None = None
    offer: Offer | None = None


class Call(msgspec.Struct, frozen=True):
    id: CallId
    kind: CallKind
    revision: int
    """The revision of the configuration that the call began on and finishes on."""
    began_at: Instant
    caller: str | None
    """E.164; None when withheld or internal."""
    caller_name: str
    dialled: str
    language: str
    first_leg: LegId
    position: Position | None = None
    legs: tuple[LegId, ...] = ()
    ended_legs: tuple[LegRecord, ...] = ()
    parts: tuple[Part, ...] = ()
    timers: frozenset[TimerId] = frozenset()
    booking: BookingId | None = None
    """For a callback: whose promise it carries out."""
    talk_since: Instant | None = None
    talk: float = 0.0
    """Seconds of conversation, hold included."""
    recordings: tuple[Recording, ...] = ()
    """That run, and have run; in the order in which they began."""
    recorded: Recorded = Recorded()
    outcome: Outcome | None = None
    """What the call has come to so far."""
    ending: bool = False
    """It is being taken down: legs that are left are hanging up."""
    led: CameBy | None = None
    """Somebody leads it to a queue: how it will have come there."""
    wanted: Destination | None = None
    """Whom the first leg wants to talk with, rung as soon as that leg is answered."""
    consult: Consult | None = None
    transfer: Transfer | None = None
    missing: Missing | None = None
    path: tuple[Step, ...] = ()
    left_place: LeftPlace | None = None
    """In the queue that the caller has left by a key, and may come back to."""
    keeps: BookingId | None = None
    """The caller has kept a place, which stands in its queue as soon as this call is over."""
    hold: float = 0.0
    """Seconds on hold so far."""
    hold_since: Instant | None = None
    tried: Tried | None = None
    """The leg that was joined to it last, and what was before."""
    caller_list: str = ""
    """On which the caller's number was found."""
    category: CategoryKey | None = None
    """What it is about; None: nobody said."""
    category_by_queue: bool = False
    """Only the queue said so."""


class CallRecord(msgspec.Struct, frozen=True):
    """A call that is over: one line of the call log, with its parts and legs underneath."""

    call: CallId
    kind: CallKind
    began_at: Instant
    answered_at: Instant | None
    ended_at: Instant
    caller: str | None
    caller_name: str
    dialled: str
    language: str
    outcome: Outcome
    queue: QueueKey | None
    """The last queue that it stood in."""
    person: PersonKey | None
    """Who spoke with the caller last."""
    wait: float
    """Seconds of waiting, all parts together."""
    talk: float
    revision: int
    booking: BookingId | None
    parts: tuple[Part, ...]
    legs: tuple[LegRecord, ...]
    hold: float = 0.0
    """Seconds on hold, part of the talk."""
    path: tuple[Step, ...] = ()
    category: CategoryKey | None = None
    """What it was about at last."""
