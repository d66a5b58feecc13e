"""What those who are watching see: one view for each kind of thing. They are made in `live.py`."""

from enum import StrEnum
from typing import Self

import msgspec

from svarhus.domains.callbacks.state import BookingKind, BookingStatus
from svarhus.domains.calls.model import LegRole
from svarhus.domains.calls.supervision import Supervision
from svarhus.domains.calls.talk import StepKind
from svarhus.domains.cases.priority import Priority
from svarhus.domains.channels.model import DeskItem
from svarhus.domains.people.unnamed import UNNAMED, Unnamed
from svarhus.domains.presence.absence import AbsenceKind
from svarhus.domains.presence.device import DeviceKind
from svarhus.domains.queues.alerts import AlertOn
from svarhus.kit.clock import Instant
from svarhus.kit.ids import CategoryKey, PauseKey, PersonKey


class LiveLegView(msgspec.Struct, frozen=True):
    leg: str
    role: str
    party: str
    person: PersonKey | None
    state: str
    """`ringing`, `up`, `talking`, `held`: this party is on hold and hears music, or `away`: it has put on hold the two
    others, who talk on."""
    device: str | None = None
    """Of a person of ours: `browser`, `desk` or `number`."""


class LiveConsult(msgspec.Struct, frozen=True):
    """Somebody asks a third party while the other one waits."""

    by: PersonKey | None
    """The person who asks."""
    leg: str
    """Of the one who is asked."""
    party: str
    person: PersonKey | None
    state: str
    """`ringing`, `talking`, or `held` while the one who asks talks with the first again."""
    since: Instant


class LiveTransfer(msgspec.Struct, frozen=True):
    """A caller was handed over, and nobody has answered yet."""

    by: PersonKey | None
    to: str
    """A person's key or a number."""
    person: PersonKey | None
    returning: bool
    """Nobody took it: it is on its way back to `by`."""
    since: Instant
    parked: int | None = None
    """The number of the parking place at which the caller is."""

    def unnamed(self, by: Unnamed) -> Self:
        return msgspec.structs.replace(self, to=UNNAMED) if by.hides(self.to) else self


class LiveSupervision(msgspec.Struct, frozen=True):
    """One who leads is with the conversation."""

    person: PersonKey | None
    how: Supervision
    member: PersonKey | None
    """With whose part in it."""
    state: str
    """`ringing`, or `up`."""
    since: Instant
    told: bool
    """Everybody may see it; otherwise only who may do so as well."""


class LiveStep(msgspec.Struct, frozen=True):
    """One thing that a call has been through."""

    kind: StepKind
    key: str
    """The number, or the key of the flow, queue or person."""
    at: Instant
    until: Instant | None
    by: PersonKey | None
    """The person who sent the call there."""
    asked: bool
    """Only asked by a colleague while the caller waited."""

    def unnamed(self, by: Unnamed) -> Self:
        named = self.kind is StepKind.PERSON and by.hides(self.key)
        return msgspec.structs.replace(self, key=UNNAMED) if named else self


class LiveRecording(msgspec.Struct, frozen=True):
    """The conversation is being recorded."""

    state: str
    """`recording`; `pausing` until the engine has said that it records silence, then `paused`; `held` while the party
    is on hold, when nothing is recorded either."""
    asked_by: PersonKey | None
    """Who has asked for it, and may end it; None when the queue records it."""


class LiveCall(msgspec.Struct, frozen=True):
    """A call in progress."""

    id: str
    kind: str
    state: str
    """`in_flow`, `waiting`, `ringing`, `talking`, `parked`, `ending`."""
    began_at: Instant
    caller: str | None
    caller_name: str
    dialled: str
    language: str
    queue: str | None
    waiting_since: Instant | None
    offered_to: PersonKey | None
    talking_since: Instant | None
    booking: str | None
    legs: tuple[LiveLegView, ...]
    held: bool = False
    """One of the two in conversation is on hold."""
    held_since: Instant | None = None
    wait: float = 0.0
    """Seconds in queues, without the present wait (`waiting_since`)."""
    path: tuple[LiveStep, ...] = ()
    """Through which number, flows, queues and people the call has come, in order."""
    conference: bool = False
    """Three are in conversation, or one of them is on the way back."""
    consult: LiveConsult | None = None
    transfer: LiveTransfer | None = None
    recording: LiveRecording | None = None
    may_be_recorded: bool | None = None
    """Whether somebody who talks in it may have it recorded; None: with the right to record calls of no queue."""
    raised: bool = False
    """Of one who waits: somebody has put it before the others."""
    kept: bool = False
    """It stands for who has kept the place and hung up, and is called at the turn."""
    supervised: tuple[LiveSupervision, ...] = ()
    missing: PersonKey | None = None
    """The person whose phone was lost in the conversation; the other one is kept until it is back."""
    category: CategoryKey | None = None
    """What it is about."""

    def without_supervision(self) -> Self:
        """As those see it who are not told of everything."""
        told = tuple(each for each in self.supervised if each.told)
        return self if told == self.supervised else msgspec.structs.replace(self, supervised=told)

    def unnamed(self, by: Unnamed) -> Self:
        from_unnamed = any(leg.role == LegRole.CALLER and leg.person == UNNAMED for leg in self.legs)
        name = "" if from_unnamed else by.name(self.caller_name, self.caller)
        return self if name == self.caller_name else msgspec.structs.replace(self, caller_name=name)


class LiveClosing(msgspec.Struct, frozen=True):
    """A queue is closed for now."""

    since: Instant
    until: Instant | None
    """When it opens by itself."""
    message: str | None
    """Key of the message that callers hear."""
    by: PersonKey | None
    """Key of the person who closed it; None for a program."""


class LiveAlert(msgspec.Struct, frozen=True):
    """Something in a queue is not as it should be; it was told."""

    on: AlertOn
    limit: int
    """Seconds, callers or members."""
    since: Instant


class LiveQueue(msgspec.Struct, frozen=True):
    key: str
    name: str
    waiting: tuple[str, ...]
    """Calls that wait, next first: a caller's place is its position here. Who has kept the place stands among them."""
    longest_since: Instant | None
    logged_in: int
    free: int
    estimated_wait: float | None
    """Seconds for a caller who came now; None when it cannot be known."""
    closed: LiveClosing | None = None
    paused: int = 0
    """Of those who are logged in."""
    held_until: Instant | None = None
    """Its schedule lets nobody through before then."""
    red_after: int = 90
    """Seconds of waiting after which it is shown in red."""
    on_switchboard: bool = True
    alerts: tuple[LiveAlert, ...] = ()
    """What is not as it should be."""
    kept: int = 0
    """Of those who wait: who has hung up, and is called at the turn."""


class AgentState(StrEnum):
    LOGGED_OUT = "logged_out"
    AVAILABLE = "available"
    UNREACHABLE = "unreachable"
    RINGING = "ringing"
    TALKING = "talking"
    AFTER_CALL_WORK = "after_call_work"
    PAUSED = "paused"
    """Logged in, and rung for no queue."""


class LiveAbsence(msgspec.Struct, frozen=True):
    """Why somebody cannot be had. It decides nothing about calls."""

    kind: AbsenceKind
    since: Instant
    until: Instant | None
    """When it ends by itself."""
    note: str
    by: PersonKey | None
    """Key of the person who set it; None for a program."""


class LivePause(msgspec.Struct, frozen=True):
    """Why a member who is logged in is rung for no queue."""

    reason: PauseKey | None
    """None: it began with the log-in."""
    name: str | None
    """In the organisation's words; None for a shipped reason, for which the console has words."""
    since: Instant
    until: Instant | None
    """When it ends by itself."""
    by: PersonKey | None
    """Key of the person who set it; None for a program, and for the log-in."""


class LiveAgent(msgspec.Struct, frozen=True):
    key: str
    name: str
    state: AgentState
    queues: tuple[str, ...]
    after_call_until: Instant | None
    idle_since: Instant | None
    calls: tuple[str, ...]
    phone_reachable: bool
    since: Instant | None = None
    """When the state began; None when that is not known."""
    device: str = DeviceKind.DESK.value
    """Where the person's calls ring: `browser`, `desk` or `number`."""
    absence: LiveAbsence | None = None
    pause: LivePause | None = None
    may_extend: bool = True
    """Whether the after-call work that goes on may be made longer."""
    member_of: tuple[str, ...] = ()
    """Queues that the person may be logged in to: as one who is named, or as one of a team."""


class LeftQueues(LiveAgent, frozen=True, kw_only=True):
    """What somebody is doing after a log-out."""

    nobody_left_in: tuple[str, ...] = ()
    """Queues of which it was the last member."""


class LiveBooking(msgspec.Struct, frozen=True):
    id: str
    queue: str
    number: str
    status: BookingStatus
    promised_at: Instant | None
    """None: the customer was told no time."""
    due_at: Instant
    attempts: int
    person: PersonKey | None
    call: str | None
    category: CategoryKey | None = None
    """What it is about."""
    kind: BookingKind = BookingKind.TIMED


class LiveCategory(msgspec.Struct, frozen=True):
    """Something that people call about."""

    key: str
    name: str
    unit: str | None
    """Whose own it is; None: the whole organisation's."""
    priority: Priority
    """With which its cases begin."""


LiveView = LiveCall | LiveQueue | LiveAgent | LiveBooking | LiveCategory


class LiveTopic(StrEnum):
    """What can be watched."""

    CALLS = "calls"
    QUEUES = "queues"
    AGENTS = "agents"
    CALLBACKS = "callbacks"
    CATEGORIES = "categories"
    DESK = "desk"
    """All that waits for somebody; its keys are kind and id together: `callback:demo-b1`."""
    VOICEMAILS = "voicemails"
    """Only that one has changed: read it by the API."""
    SCHEDULES = "schedules"
    """As voicemails: the work schedule of which places were taken or are free again, or which is another one."""
    CONTACTS = "contacts"
    """As voicemails: which contact has changed; the key is empty when many have."""
    PHONE = "phone"
    """As voicemails: the phone of the person with this key. Read one's own by `/api/phone`."""
    UNANSWERED = "unanswered"
    """As voicemails: the unanswered call that somebody has handled, or taken up anew."""
    NOTICES = "notices"
    """As voicemails: the notice that was written or pinned."""


class Snapshot(msgspec.Struct, frozen=True, tag="snapshot"):
    """All that is live at one moment, of the topics that are watched.

    The number of each message that follows is one higher than that of the one before.
    """

    seq: int
    calls: tuple[LiveCall, ...] | msgspec.UnsetType = msgspec.UNSET
    queues: tuple[LiveQueue, ...] | msgspec.UnsetType = msgspec.UNSET
    agents: tuple[LiveAgent, ...] | msgspec.UnsetType = msgspec.UNSET
    callbacks: tuple[LiveBooking, ...] | msgspec.UnsetType = msgspec.UNSET
    categories: tuple[LiveCategory, ...] | msgspec.UnsetType = msgspec.UNSET
    desk: tuple[DeskItem, ...] | msgspec.UnsetType = msgspec.UNSET
