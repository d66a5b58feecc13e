"""What a person who takes calls is doing now; and the facts that change it."""

from enum import StrEnum

import msgspec

from svarhus.domains.presence.absence import Absence, AbsenceKind
from svarhus.domains.presence.device import BrowserSession, Device
from svarhus.domains.presence.pause import Pause, PauseOver
from svarhus.kit.clock import Instant
from svarhus.kit.ids import CallId, LegId, PauseKey, PersonKey, QueueKey


class Agent(msgspec.Struct, frozen=True):
    """A person as a taker of calls."""

    person: PersonKey
    queues: frozenset[QueueKey] = frozenset()
    """Queues that the person is logged in to."""
    legs: frozenset[LegId] = frozenset()
    """Legs of the person's phone that are alive, ringing or talking."""
    after_call_until: Instant | None = None
    after_call_since: Instant | None = None
    after_call_queue: QueueKey | None = None
    """For which the person spoke, or was rung; None when that was not kept."""
    idle_since: Instant | None = None
    logged_out_at: Instant | None = None
    """When the person left the last queue; None when that was not seen, or is not so."""
    device: Device | None = None
    """Chosen by the person; None for what the configuration says."""
    browser: BrowserSession | None = None
    missed_in: frozenset[CallId] = frozenset()
    """Calls that wait for the person's phone to come back, with whom it was lost."""
    absence: Absence | None = None
    """What colleagues are told. Being logged in decides who is offered calls, not this."""
    pause: Pause | None = None
    """Logged in, and rung for no queue meanwhile."""
    declines_waiting: bool = False
    """Does not want to be rung while talking, in no queue."""
    undisturbed_in: CallId | None = None
    """The call during which the person did not take another one: none rings for as long as it lasts."""

    @property
    def free(self) -> bool:
        """Logged in somewhere, with nothing else to do."""
        busy = self.legs or self.missed_in or self.after_call_until or self.pause
        return bool(self.queues) and not busy


class LoggedIn(msgspec.Struct, frozen=True, kw_only=True, tag="logged_in"):
    person: PersonKey
    queues: tuple[QueueKey, ...]


class LoggedOut(msgspec.Struct, frozen=True, kw_only=True, tag="logged_out"):
    person: PersonKey
    queues: tuple[QueueKey, ...]
    last_in: tuple[QueueKey, ...] = ()
    """Those of them in which nobody is left."""


class After(StrEnum):
    """What the person is left in peace after."""

    TALK = "talk"
    DECLINED = "declined"
    MISSED = "missed"
    """Rang out, or the phone failed."""


class AfterCallWorkBegan(msgspec.Struct, frozen=True, kw_only=True, tag="after_call_work_began"):
    person: PersonKey
    until: Instant
    call: CallId | None = None
    queue: QueueKey | None = None
    """For which the person spoke, or was rung."""
    after: After | None = None
    """These three are None in journals of before they were kept."""


class AfterCallWorkExtended(msgspec.Struct, frozen=True, kw_only=True, tag="after_call_work_extended"):
    """It lasts until then, longer than it would have."""

    person: PersonKey
    until: Instant


class AfterCallWorkEnded(msgspec.Struct, frozen=True, kw_only=True, tag="after_call_work_ended"):
    person: PersonKey


class PhoneChanged(msgspec.Struct, frozen=True, kw_only=True, tag="phone_changed"):
    endpoint: str
    reachable: bool


class DeviceChosen(msgspec.Struct, frozen=True, kw_only=True, tag="device_chosen"):
    """The person's calls ring there from now on."""

    person: PersonKey
    device: Device


class CallWaitingChosen(msgspec.Struct, frozen=True, kw_only=True, tag="call_waiting_chosen"):
    """Whether the person is rung while talking, in queues that have it so."""

    person: PersonKey
    wanted: bool


class BrowserOpened(msgspec.Struct, frozen=True, kw_only=True, tag="browser_opened"):
    """A page is the person's softphone from now on, and an older one is no more."""

    person: PersonKey
    session: str


class BrowserChanged(msgspec.Struct, frozen=True, kw_only=True, tag="browser_changed"):
    """The page says that it can be rung, or no longer can; or nothing has been heard of it."""

    person: PersonKey
    session: str
    registered: bool


class AbsenceBegan(msgspec.Struct, frozen=True, kw_only=True, tag="absence_began"):
    """In place of an earlier one."""

    person: PersonKey
    kind: AbsenceKind
    until: Instant | None
    note: str
    by: PersonKey | None


class AbsenceEnded(msgspec.Struct, frozen=True, kw_only=True, tag="absence_ended"):
    person: PersonKey


class PauseBegan(msgspec.Struct, frozen=True, kw_only=True, tag="pause_began"):
    """In place of an earlier one."""

    person: PersonKey
    reason: PauseKey | None
    """None: it began with the log-in."""
    until: Instant | None = None
    by: PersonKey | None = None


class PauseEnded(msgspec.Struct, frozen=True, kw_only=True, tag="pause_ended"):
    person: PersonKey
    over: PauseOver
    by: PersonKey | None = None


PresenceFact = (
    LoggedIn
    | LoggedOut
    | AfterCallWorkBegan
    | AfterCallWorkExtended
    | AfterCallWorkEnded
    | PhoneChanged
    | DeviceChosen
    | CallWaitingChosen
    | BrowserOpened
    | BrowserChanged
    | AbsenceBegan
    | AbsenceEnded
    | PauseBegan
    | PauseEnded
)
