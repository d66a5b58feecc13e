"""Facts about calls and legs. A fact is what has been decided or has happened; it never changes."""

import msgspec

from svarhus.domains.callflows.keys import TakesKeys
from svarhus.domains.calls.model import CallKind, CallRecord, LegRole, Outcome
from svarhus.domains.calls.purpose import Purpose
from svarhus.domains.calls.reasons import CallRefusal, EndReason, TransferOutcome
from svarhus.domains.calls.recording import OfQueue, Owner, RecordingEnd
from svarhus.domains.calls.supervision import Supervision
from svarhus.domains.calls.talk import Destination
from svarhus.domains.presence.device import DeviceKind
from svarhus.kit.clock import Instant
from svarhus.kit.ids import (
    BookingId,
    CallId,
    CategoryKey,
    ConversationId,
    JoinId,
    LegId,
    PersonKey,
    PromptId,
    QueueKey,
    RecordingId,
)
from svarhus.ports.speech import Phrase
from svarhus.ports.telephony import EndCause


class CallFact(msgspec.Struct, frozen=True, kw_only=True):
    """A fact that belongs to one call, and is shown in its journal."""

    call: CallId


class CallBegan(CallFact, frozen=True, kw_only=True, tag="call_began"):
    kind: CallKind
    revision: int
    caller: str | None
    caller_name: str = ""
    dialled: str
    language: str
    trunk: str | None = None
    diversion: str | None = None
    first_leg: LegId
    booking: BookingId | None = None


class CallRefused(msgspec.Struct, frozen=True, kw_only=True, tag="call_refused"):
    """A call that was not let in, and why."""

    dialled: str
    caller: str | None
    source: str
    """The trunk or endpoint that it came from."""
    reason: CallRefusal


class LegBegan(CallFact, frozen=True, kw_only=True, tag="leg_began"):
    leg: LegId
    role: LegRole
    purpose: Purpose | None = None
    """None only in facts of the time before legs said it."""
    party: str
    person: PersonKey | None = None
    outside: bool = False
    billing: str = ""
    """To what a call to the outside is charged."""
    device: DeviceKind | None = None
    replaces: LegId | None = None
    """Of that time, too: the leg whose place it takes."""


class LegRang(CallFact, frozen=True, kw_only=True, tag="leg_rang"):
    leg: LegId


class LegUp(CallFact, frozen=True, kw_only=True, tag="leg_answered"):
    leg: LegId


class LegGone(CallFact, frozen=True, kw_only=True, tag="leg_ended"):
    leg: LegId
    cause: EndCause
    detail: str = ""


class LegPutOnHold(CallFact, frozen=True, kw_only=True, tag="leg_held"):
    """The party is put on hold and hears music, or is taken back."""

    leg: LegId
    held: bool
    by: LegId | None = None


class PhoneHolds(CallFact, frozen=True, kw_only=True, tag="phone_holds"):
    """The party's own phone has put us on hold, or has taken us back."""

    leg: LegId
    holds: bool


class SteppedAside(CallFact, frozen=True, kw_only=True, tag="stepped_aside"):
    """One of three or more is not in their conversation for now, which goes on; or is in it again."""

    leg: LegId
    aside: bool


class Supervised(CallFact, frozen=True, kw_only=True, tag="supervised"):
    """One who leads is with the conversation in this way from here on."""

    leg: LegId
    person: PersonKey | None
    """Who leads."""
    how: Supervision
    hears: LegId
    member: PersonKey | None


class LegReleased(CallFact, frozen=True, kw_only=True, tag="leg_released"):
    """The party is not needed in this call any more, which goes on without it."""

    leg: LegId


class LegReplaced(CallFact, frozen=True, kw_only=True, tag="leg_replaced"):
    """The same person goes on at another leg."""

    old: LegId
    new: LegId


class LegMoved(CallFact, frozen=True, kw_only=True, tag="leg_moved"):
    """A party of another call belongs to this one from now on."""

    leg: LegId
    origin: CallId


class Parted(CallFact, frozen=True, kw_only=True, tag="parted"):
    """The legs of a join hear each other no more."""

    join: JoinId


class NowServing(CallFact, frozen=True, kw_only=True, tag="now_serving"):
    """This is the party whom the call is about from now on."""

    leg: LegId


class DialWanted(CallFact, frozen=True, kw_only=True, tag="dial_wanted"):
    """Who has asked for the call is rung first, and then this one."""

    to: Destination


class ConsultBegan(CallFact, frozen=True, kw_only=True, tag="consult_began"):
    by: LegId
    waiting: LegId
    other: LegId
    to: Destination


class ConsultEnded(CallFact, frozen=True, kw_only=True, tag="consult_ended"):
    completed: bool
    """The two others have been connected, or will be."""
    together: bool = False
    """All three talk with each other."""


class TransferBegan(CallFact, frozen=True, kw_only=True, tag="transfer_began"):
    by: PersonKey | None
    to: Destination
    return_after: int | None


class CallParked(CallFact, frozen=True, kw_only=True, tag="call_parked"):
    """Who was handed over is at this parking place, until somebody takes the call."""

    place: int


class TransferRinging(CallFact, frozen=True, kw_only=True, tag="transfer_ringing"):
    """This phone rings for the one who was handed over."""

    leg: LegId


class TransferReturning(CallFact, frozen=True, kw_only=True, tag="transfer_returning"):
    """Nobody took it: it goes back to the one who handed it over, as soon as that person can be rung."""

    reason: EndCause


class TransferEnded(CallFact, frozen=True, kw_only=True, tag="transfer_ended"):
    outcome: TransferOutcome


class PartyMissing(CallFact, frozen=True, kw_only=True, tag="party_missing"):
    """The sound of this party was lost; the other one is kept until the phone is back."""

    leg: LegId
    person: PersonKey


class PartyGivenUp(CallFact, frozen=True, kw_only=True, tag="party_given_up"):
    """The phone has not come back in time."""

    person: PersonKey


class PromptStarted(CallFact, frozen=True, kw_only=True, tag="prompt_started"):
    leg: LegId
    prompt: PromptId
    phrases: tuple[Phrase, ...]
    takes_keys: TakesKeys = TakesKeys.ANSWER


class PromptEnded(CallFact, frozen=True, kw_only=True, tag="prompt_ended"):
    leg: LegId
    prompt: PromptId


class MusicBegan(CallFact, frozen=True, kw_only=True, tag="music_began"):
    leg: LegId
    playlist: str


class MusicEnded(CallFact, frozen=True, kw_only=True, tag="music_ended"):
    leg: LegId


class Joined(CallFact, frozen=True, kw_only=True, tag="joined"):
    """These legs hear each other from now on: a conversation."""

    join: JoinId
    legs: tuple[LegId, ...]
    conversation: ConversationId | None = None
    """None in facts of the time before conversations had an id: that which they have in common, or else a new one."""


class AnsweredInVain(CallFact, frozen=True, kw_only=True, tag="answered_in_vain"):
    """The leg was gone before sound could flow: nobody has answered, and the call is where it was before."""

    leg: LegId


class KeyPressed(CallFact, frozen=True, kw_only=True, tag="key_pressed"):
    leg: LegId
    digit: str
    pressed_at: Instant | None = None
    """By the engine's clock, when it tells."""


class KeysSent(CallFact, frozen=True, kw_only=True, tag="keys_sent"):
    """A person sent so many keys to the other party. Which ones may be a secret."""

    leg: LegId
    count: int


class ElementEntered(CallFact, frozen=True, kw_only=True, tag="element_entered"):
    flow: str
    element: str
    exit: str = ""
    """The exit of the element before, by which the call came here."""
    to_wait: bool = False
    """Somebody led the call to a queue: it goes into the flow where that waits, not at its start."""
    back: bool = False
    """To the queue that the caller has left by a key."""


class Remembered(CallFact, frozen=True, kw_only=True, tag="remembered"):
    memory: dict[str, str | int]


class LanguageChosen(CallFact, frozen=True, kw_only=True, tag="language_chosen"):
    """The party that is served is spoken with in this language from here on."""

    language: str


class CallerListed(CallFact, frozen=True, kw_only=True, tag="caller_listed"):
    """The caller's number was found on a list. Of several, the last holds from there on."""

    caller_list: str
    version: int
    """Of the list's rows."""


class CategoryGiven(CallFact, frozen=True, kw_only=True, tag="category_given"):
    """What the call is about from here on, by the number that was called, a choice in a menu, or its queue."""

    category: CategoryKey
    by_queue: bool = False
    """Nobody said, and the queue's own holds: another queue may say otherwise."""


class RecordingBegan(CallFact, frozen=True, kw_only=True, tag="recording_began"):
    leg: LegId
    recording: RecordingId
    owner: Owner | None = None
    """None in facts of the time when all were messages for a queue."""
    queue: QueueKey | None = None
    """Of that time: whose the message is."""
    longest: int = 180
    """Seconds."""
    of_queue: QueueKey | None = None
    """Of a conversation: for which queue it was; None when for none."""
    asked_by: PersonKey | None = None
    """Of a conversation: who wanted it; None when the queue's settings did."""
    keep_days: int = 0
    """Of a conversation: days after which it is to be deleted."""
    party: str = ""
    """Of a conversation: the number or extension at whose leg it is recorded."""
    person: PersonKey | None = None
    """Of a conversation: the person there, when it is one of ours."""

    @property
    def whose(self) -> Owner:
        return self.owner or OfQueue(self.queue or QueueKey(""))


class RecordingEnded(CallFact, frozen=True, kw_only=True, tag="recording_ended"):
    recording: RecordingId
    seconds: float
    why: RecordingEnd | None = None
    """Of a conversation."""


class RecordingNotice(CallFact, frozen=True, kw_only=True, tag="recording_notice"):
    """The party is told that the call may be recorded, before it goes into the queue."""

    queue: QueueKey
    priority: int = 0


class RecordingNoticeOver(CallFact, frozen=True, kw_only=True, tag="recording_notice_over"):
    heard: bool
    """To its end. False: there was no sound, or the party went elsewhere before."""


class RecordingWanted(CallFact, frozen=True, kw_only=True, tag="recording_wanted"):
    """Somebody in the conversation wants it recorded, or no longer."""

    by: PersonKey
    on: bool


class RecordingPaused(CallFact, frozen=True, kw_only=True, tag="recording_paused"):
    """Somebody in the conversation wants what comes now left out."""

    by: PersonKey


class RecordingResumed(CallFact, frozen=True, kw_only=True, tag="recording_resumed"):
    by: PersonKey | None = None
    """None: who had paused it has left the call."""


class RecordingSilenced(CallFact, frozen=True, kw_only=True, tag="recording_silenced"):
    """From here on silence is to be recorded, since somebody has paused it or the party is on hold; or sound again."""

    recording: RecordingId
    on: bool


class RecordingSilent(CallFact, frozen=True, kw_only=True, tag="recording_silent"):
    """The engine has done that."""

    recording: RecordingId
    on: bool


class RecordingStopped(CallFact, frozen=True, kw_only=True, tag="recording_stopped"):
    """It is to end."""

    recording: RecordingId


class VoicemailLeft(CallFact, frozen=True, kw_only=True, tag="voicemail_left"):
    recording: RecordingId
    queue: QueueKey
    caller: str | None
    seconds: float
    file: str


class OutcomeReached(CallFact, frozen=True, kw_only=True, tag="outcome_reached"):
    outcome: Outcome


class CallEnding(CallFact, frozen=True, kw_only=True, tag="call_ending"):
    """The call is taken down; the legs that are left hang up."""

    reason: EndReason


class CallClosed(CallFact, frozen=True, kw_only=True, tag="call_closed"):
    """No leg is left. The record is the call's line in the log."""

    record: CallRecord


CallsFact = (
    CallBegan
    | CallRefused
    | LegBegan
    | LegRang
    | LegUp
    | LegGone
    | LegPutOnHold
    | PhoneHolds
    | SteppedAside
    | Supervised
    | LegReleased
    | LegReplaced
    | LegMoved
    | Parted
    | NowServing
    | DialWanted
    | ConsultBegan
    | ConsultEnded
    | TransferBegan
    | CallParked
    | TransferRinging
    | TransferReturning
    | TransferEnded
    | PartyMissing
    | PartyGivenUp
    | PromptStarted
    | PromptEnded
    | MusicBegan
    | MusicEnded
    | Joined
    | AnsweredInVain
    | KeyPressed
    | KeysSent
    | ElementEntered
    | Remembered
    | LanguageChosen
    | CallerListed
    | CategoryGiven
    | RecordingBegan
    | RecordingEnded
    | RecordingNotice
    | RecordingNoticeOver
    | RecordingWanted
    | RecordingPaused
    | RecordingResumed
    | RecordingSilenced
    | RecordingSilent
    | RecordingStopped
    | VoicemailLeft
    | OutcomeReached
    | CallEnding
    | CallClosed
)
