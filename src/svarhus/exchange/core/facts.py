"""All facts of an organisation's journal."""

import msgspec

from svarhus.domains.callbacks.state import CallbackFact
from svarhus.domains.calls.facts import CallsFact
from svarhus.domains.cases.state import CasesFact
from svarhus.domains.presence.state import PresenceFact
from svarhus.domains.queues.alerts import AlertFact
from svarhus.domains.queues.state import QueueFact
from svarhus.domains.queues.telling import Telling
from svarhus.kit.clock import Instant
from svarhus.kit.ids import BookingId, CallId, LegId, PersonKey, QueueKey, TimerId


class FlowTimer(msgspec.Struct, frozen=True, tag="flow"):
    """Time that an element of the call flow asked for."""

    call: CallId
    name: str


class AnnounceTimer(msgspec.Struct, frozen=True, tag="announce"):
    """A waiting caller is told the place and the wait."""

    call: CallId
    every: int = 0
    """What is told at this interval; 0: everything, as it was before each thing had one of its own."""


class CallOutTimer(msgspec.Struct, frozen=True, tag="call_out"):
    """How long the phones that ring for a caller ring alone."""

    call: CallId


class WidenTimer(msgspec.Struct, frozen=True, tag="widen"):
    """How long only members are asked who have what the caller needs."""

    call: CallId


class AfterCallTimer(msgspec.Struct, frozen=True, tag="after_call"):
    person: PersonKey


class AbsenceTimer(msgspec.Struct, frozen=True, tag="absence"):
    person: PersonKey


class PauseTimer(msgspec.Struct, frozen=True, tag="pause"):
    person: PersonKey


class AlertTimer(msgspec.Struct, frozen=True, tag="alert"):
    """How long it must be so in the queue until it is told."""

    queue: QueueKey
    rule: str


class QueueLookTimer(msgspec.Struct, frozen=True, tag="queue_look"):
    """By time alone it may be in the queue as it must not be."""

    queue: QueueKey


class BookingTimer(msgspec.Struct, frozen=True, tag="booking"):
    booking: BookingId


class TellingTimer(msgspec.Struct, frozen=True, tag="telling"):
    """The customer is to be reminded, or it is to be looked whether we are late."""

    booking: BookingId
    what: Telling


class ConfirmTimer(msgspec.Struct, frozen=True, tag="confirm"):
    """How long an outside member has to press the key."""

    leg: LegId


class RecordingTimer(msgspec.Struct, frozen=True, tag="recording"):
    """The engine's word on a recording should have come by then."""

    call: CallId


class ReturnTimer(msgspec.Struct, frozen=True, tag="return"):
    """How long a caller whom nobody took waits for the one who handed it over."""

    call: CallId


class MissingTimer(msgspec.Struct, frozen=True, tag="missing"):
    """How long a party waits for the other one's phone to come back."""

    call: CallId


class QueueTimer(msgspec.Struct, frozen=True, tag="queue"):
    """A queue that is closed for now opens again."""

    queue: QueueKey


class ParkTimer(msgspec.Struct, frozen=True, tag="park"):
    """How long a parked caller waits for somebody to take the call."""

    call: CallId


class PaceTimer(msgspec.Struct, frozen=True, tag="pace"):
    """The period is over in which a paced queue has let through all that it may."""

    queue: QueueKey


TimerPurpose = (
    FlowTimer
    | AnnounceTimer
    | CallOutTimer
    | WidenTimer
    | AfterCallTimer
    | AbsenceTimer
    | PauseTimer
    | AlertTimer
    | QueueLookTimer
    | BookingTimer
    | TellingTimer
    | ConfirmTimer
    | RecordingTimer
    | ReturnTimer
    | MissingTimer
    | QueueTimer
    | ParkTimer
    | PaceTimer
)


class TimerSet(msgspec.Struct, frozen=True, kw_only=True, tag="timer_set"):
    timer: TimerId
    due: Instant
    purpose: TimerPurpose
    call: CallId | None = None
    """The call that it goes with, when it does: it ends with that call."""


class TimerCleared(msgspec.Struct, frozen=True, kw_only=True, tag="timer_cleared"):
    timer: TimerId


class ConfigurationTaken(msgspec.Struct, frozen=True, kw_only=True, tag="configuration_taken"):
    """This revision is in force from here."""

    revision: int


Fact = (
    CallsFact
    | QueueFact
    | AlertFact
    | PresenceFact
    | CallbackFact
    | CasesFact
    | TimerSet
    | TimerCleared
    | ConfigurationTaken
)

_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[Fact] = msgspec.json.Decoder(Fact)


def encode(fact: Fact) -> bytes:
    """A fact as JSON, with its kind under `type`."""
    return _encoder.encode(fact)


def decode(body: bytes | str) -> Fact:
    """A fact from its JSON. msgspec.ValidationError when it is none."""
    return _decoder.decode(body)


def call_of(fact: Fact) -> CallId | None:
    """The call in whose journal the fact is shown."""
    return getattr(fact, "call", None)
