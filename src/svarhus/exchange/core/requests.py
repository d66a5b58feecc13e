"""What people ask of the running organisation. Each is answered, or refused with a SvarhusError."""

import msgspec

from svarhus.domains.callbacks.state import BookingKind, WhyMoved
from svarhus.domains.calls.supervision import Supervision
from svarhus.domains.calls.talk import Destination
from svarhus.domains.cases.requests import CaseRequest, Known, TakeOverCases
from svarhus.domains.people.pins import PinAnswer
from svarhus.domains.presence.absence import AbsenceKind
from svarhus.domains.presence.device import DeviceKind
from svarhus.kit.clock import Instant
from svarhus.kit.ids import BookingId, CallId, CategoryKey, LegId, PauseKey, PersonKey, PromptId, QueueKey, TimerId
from svarhus.ports.telephony import CallOffered, Inventory


class LogIn(msgspec.Struct, frozen=True):
    """Log a person in to queues; all of the person's own when none are named."""

    person: PersonKey
    queues: tuple[QueueKey, ...] = ()
    by_oneself: bool = False
    """Where the queue does not let its members do it themselves, it is refused."""


class LogOut(msgspec.Struct, frozen=True):
    """Log a person out of queues; of all when none are named."""

    person: PersonKey
    queues: tuple[QueueKey, ...] = ()
    by_oneself: bool = False


class EndAfterCallWork(msgspec.Struct, frozen=True):
    person: PersonKey


class ExtendAfterCallWork(msgspec.Struct, frozen=True):
    """The person needs so many seconds more, from now; said again while somebody writes."""

    person: PersonKey
    seconds: int


class BeginAbsence(msgspec.Struct, frozen=True):
    """Colleagues see it from now on, until then or until it is ended."""

    person: PersonKey
    kind: AbsenceKind
    until: Instant | None
    note: str
    by: PersonKey | None
    """None when a program asks."""


class EndAbsence(msgspec.Struct, frozen=True):
    person: PersonKey


class BeginPause(msgspec.Struct, frozen=True):
    """Ring the person for no queue, until then or until it is ended."""

    person: PersonKey
    reason: PauseKey
    until: Instant | None
    """None: after the reason's own time, where it has one; else when somebody says so."""
    by: PersonKey | None
    """None when a program asks."""


class EndPause(msgspec.Struct, frozen=True):
    person: PersonKey
    by: PersonKey | None


class StartCallback(msgspec.Struct, frozen=True):
    """Ring the agent's phone, then the customer. Answered with the call's id."""

    booking: BookingId
    person: PersonKey


class MarkCallback(msgspec.Struct, frozen=True):
    """Say whether the customer was reached."""

    booking: BookingId
    person: PersonKey
    answered: bool


class CancelCallback(msgspec.Struct, frozen=True):
    booking: BookingId
    person: PersonKey | None
    """None when a program asks."""


class MoveCallback(msgspec.Struct, frozen=True):
    """Promise another time. Without one, the next free slot."""

    booking: BookingId
    person: PersonKey | None
    """None when a program asks."""
    at: Instant | None = None
    queue: QueueKey | None = None
    """Whose members call then; None: those of the same queue."""
    why: WhyMoved = WhyMoved.ASKED
    """What has lost its place only: refused when there is one, and by itself never moved to an earlier time."""


class KeepCallback(msgspec.Struct, frozen=True):
    """Let the time stand that the work schedule has no place for any more."""

    booking: BookingId
    person: PersonKey | None


class CallNow(msgspec.Struct, frozen=True):
    """Let it be due at once, before the time that was promised."""

    booking: BookingId
    person: PersonKey | None


class BookCallback(msgspec.Struct, frozen=True):
    """Book for a customer. Timed and without `at`, the next free slot. Answered with the booking's id."""

    queue: QueueKey
    number: str
    person: PersonKey | None
    """None when a program asks."""
    at: Instant | None = None
    known: Known | None = None
    """The case that goes on with it; None: it is one of its own."""
    kind: BookingKind = BookingKind.TIMED
    email: str | None = None
    """Where the customer is told of it too."""
    category: CategoryKey | None = None
    """What it is about; None: what that case is about, or the queue's own."""


class ReadText(msgspec.Struct, frozen=True):
    """Do what a customer has written by SMS. Answered with what came of it (`TextOutcome`)."""

    text: str
    """Its id."""
    sender: str
    """E.164."""
    receiver: str
    """Our number, as far as the provider tells it."""
    words: str


class CloseQueue(msgspec.Struct, frozen=True):
    """Let nobody new into the queue until then, or until it is opened. Answered with the queue's key."""

    queue: QueueKey
    until: Instant | None
    message: str | None
    """Key of the message that callers hear meanwhile."""
    by: PersonKey | None
    """None when a program asks."""


class OpenQueue(msgspec.Struct, frozen=True):
    queue: QueueKey
    by: PersonKey | None
    """None when a program asks."""


class EndCall(msgspec.Struct, frozen=True):
    """Take a call down, whatever it is doing."""

    call: CallId


# ------------------------------------------------------------------ one's own phone


class ChooseDevice(msgspec.Struct, frozen=True):
    """Where the person's calls ring from now on."""

    person: PersonKey
    kind: DeviceKind
    number: str | None = None
    """As typed; the person's own when it is left out."""


class ChooseCallWaiting(msgspec.Struct, frozen=True):
    """Whether the person is rung while talking, in queues that have it so."""

    person: PersonKey
    wanted: bool


class OpenBrowser(msgspec.Struct, frozen=True):
    """A page is the person's softphone from now on."""

    person: PersonKey
    session: str


class HearBrowser(msgspec.Struct, frozen=True):
    """The page says whether it is registered; silence counts as no."""

    person: PersonKey
    session: str
    registered: bool


class CloseBrowser(msgspec.Struct, frozen=True):
    person: PersonKey
    session: str


# ------------------------------------------------------------------ one's own calls


class DialFor(msgspec.Struct, frozen=True):
    """Ring the person's phone, then the other one. Answered with the call's id."""

    person: PersonKey
    to: Destination


class HoldCall(msgspec.Struct, frozen=True):
    call: CallId
    person: PersonKey


class ResumeCall(msgspec.Struct, frozen=True):
    call: CallId
    person: PersonKey


class TransferCall(msgspec.Struct, frozen=True):
    call: CallId
    person: PersonKey
    to: Destination
    return_after: int | None
    """Seconds; None: it does not come back."""


class BeginConsult(msgspec.Struct, frozen=True):
    call: CallId
    person: PersonKey
    to: Destination


class CompleteConsult(msgspec.Struct, frozen=True):
    call: CallId
    person: PersonKey


class CancelConsult(msgspec.Struct, frozen=True):
    call: CallId
    person: PersonKey


class Confer(msgspec.Struct, frozen=True):
    """Let all three talk with each other: who asks, who is asked and who waits."""

    call: CallId
    person: PersonKey


class SwapConsult(msgspec.Struct, frozen=True):
    call: CallId
    person: PersonKey


class HangUpOwn(msgspec.Struct, frozen=True):
    """End the person's own leg."""

    call: CallId
    person: PersonKey


class PickCall(msgspec.Struct, frozen=True):
    """Take this caller out of the queue, whoever's turn it is. Answered with the call's id."""

    call: CallId
    person: PersonKey
    leads: bool = False
    """May do so without being a member."""


class RaiseCall(msgspec.Struct, frozen=True):
    """Put this waiting caller before the others, or where it was before that."""

    call: CallId
    person: PersonKey | None
    """None when a program asks."""
    raised: bool = True


class AssignCall(msgspec.Struct, frozen=True):
    """Offer this waiting caller to a chosen colleague."""

    call: CallId
    person: PersonKey | None
    """Who chooses; None when a program asks."""
    to: PersonKey


class ParkCall(msgspec.Struct, frozen=True):
    """Leave the other one at a parking place. Answered with its number."""

    call: CallId
    person: PersonKey


class TakeParked(msgspec.Struct, frozen=True):
    """Take a call that is parked: one's own phone rings for it."""

    call: CallId
    person: PersonKey


class RecordCall(msgspec.Struct, frozen=True):
    """Record the conversation from here on, or no longer."""

    call: CallId
    person: PersonKey
    on: bool
    by_right: bool
    """The person's role may record calls that are of no queue."""


class PauseRecordingOf(msgspec.Struct, frozen=True):
    """Leave out of the recording what comes now, or record it again."""

    call: CallId
    person: PersonKey
    on: bool


class Supervise(msgspec.Struct, frozen=True):
    """Be with a conversation of others in this way: one's own phone rings for it first."""

    call: CallId
    person: PersonKey
    how: Supervision
    member: PersonKey | None = None
    """Whose conversation, where several of ours talk in the call."""


class SendKeys(msgspec.Struct, frozen=True):
    call: CallId
    person: PersonKey
    digits: str


PhoneRequest = ChooseDevice | ChooseCallWaiting | OpenBrowser | HearBrowser | CloseBrowser | DialFor
TalkRequest = (
    HoldCall
    | ResumeCall
    | TransferCall
    | BeginConsult
    | CompleteConsult
    | CancelConsult
    | SwapConsult
    | Confer
    | HangUpOwn
    | SendKeys
    | RecordCall
    | PauseRecordingOf
    | Supervise
    | ParkCall
    | TakeParked
)
Request = (
    LogIn
    | LogOut
    | EndAfterCallWork
    | ExtendAfterCallWork
    | BeginAbsence
    | EndAbsence
    | BeginPause
    | EndPause
    | StartCallback
    | MarkCallback
    | CancelCallback
    | MoveCallback
    | KeepCallback
    | CallNow
    | BookCallback
    | ReadText
    | CloseQueue
    | OpenQueue
    | EndCall
    | PickCall
    | RaiseCall
    | AssignCall
    | PhoneRequest
    | TalkRequest
    | CaseRequest
)


class InventoryTaken(msgspec.Struct, frozen=True):
    """What is alive in the engine, to be compared with what should be."""

    inventory: Inventory
    known: frozenset[LegId] | None = None
    """The legs that we knew of when it was asked for, of later ones it says nothing. None: of all."""


class SecretPressed(msgspec.Struct, frozen=True):
    """A key of a secret was pressed; which, is kept elsewhere."""

    leg: LegId
    prompt: PromptId
    """That asked for it."""


class SecretKeyed(msgspec.Struct, frozen=True):
    """The secret was keyed to its end. What asked for it is the handle to it."""

    leg: LegId
    prompt: PromptId


class SecretDeclined(msgspec.Struct, frozen=True):
    """In place of a secret * was pressed."""

    leg: LegId
    prompt: PromptId


class PersonKeyed(msgspec.Struct, frozen=True):
    """Whose secret it will be was keyed to its end; the digits are kept elsewhere."""

    leg: LegId
    prompt: PromptId
    person: PersonKey | None
    """None: nobody has that number, or several have."""


class HiddenChoice(msgspec.Struct, frozen=True):
    """A key was pressed that is not to be kept."""

    leg: LegId
    prompt: PromptId
    digit: str
    again: bool
    """It was pressed before it too."""


class PinChecked(msgspec.Struct, frozen=True):
    leg: LegId
    prompt: PromptId
    answer: PinAnswer


class TakeConfiguration(msgspec.Struct, frozen=True):
    """A new revision is there (its rules are already loaded)."""

    revision: int


class TurnedAway(msgspec.Struct, frozen=True):
    """A caller who met a technical problem and has left."""

    offered: CallOffered


class TimePassed(msgspec.Struct, frozen=True):
    """Timers may be due: each that is, is decided by itself."""


class TimerDue(msgspec.Struct, frozen=True):
    timer: TimerId
    call: CallId | None


Inner = (
    InventoryTaken
    | SecretPressed
    | SecretKeyed
    | SecretDeclined
    | PersonKeyed
    | HiddenChoice
    | PinChecked
    | TakeConfiguration
    | TurnedAway
    | TimePassed
    | TimerDue
    | TakeOverCases
)
