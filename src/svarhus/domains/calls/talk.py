"""What becomes of a conversation: who is asked meanwhile, to whom it is handed over, who is missing, and its path."""

from enum import StrEnum

import msgspec

from svarhus.domains.calls.purpose import Purpose
from svarhus.kit.clock import Instant
from svarhus.kit.ids import ConversationId, LegId, PersonKey, QueueKey


class Destination(msgspec.Struct, frozen=True):
    """To whom: one of the three."""

    person: PersonKey | None = None
    queue: QueueKey | None = None
    number: str | None = None
    """As typed: an extension, or a number in any form."""

    @property
    def name(self) -> str:
        return self.person or self.queue or self.number or ""


class Consult(msgspec.Struct, frozen=True):
    """Somebody asks a third party while the other one waits with music."""

    by: LegId
    waiting: LegId
    other: LegId
    """The one who is asked."""
    to: Destination
    began_at: Instant


class Transfer(msgspec.Struct, frozen=True):
    """A caller was handed over and nobody has answered yet."""

    by: PersonKey | None
    to: Destination
    began_at: Instant
    return_after: int | None
    """Seconds after which it comes back to `by`; None when it does not."""
    leg: LegId | None = None
    """What rings now: the phone of the one to whom it goes, or of `by` when it comes back."""
    returning: bool = False
    parked: int | None = None
    """The number of the parking place at which the caller is until somebody takes the call."""


class Missing(msgspec.Struct, frozen=True):
    """A party whose sound was lost: the other one hears music until the phone is back."""

    leg: LegId
    """As it was; gone by now."""
    person: PersonKey
    role: str
    purpose: Purpose
    """What it was in the call for."""
    since: Instant
    conversation: ConversationId | None = None
    """Where its place is kept."""


class StepKind(StrEnum):
    NUMBER = "number"
    """A number of ours."""
    FLOW = "flow"
    QUEUE = "queue"
    PERSON = "person"
    OUTSIDE = "outside"
    """A number that is not ours."""


class Step(msgspec.Struct, frozen=True):
    """One thing that a call has been through."""

    kind: StepKind
    key: str
    """The number, or the key of the flow, queue or person."""
    at: Instant
    until: Instant | None = None
    by: PersonKey | None = None
    """The person who sent it there."""
    leg: LegId | None = None
    asked: bool = False
    """Only asked by a colleague while the caller waited."""
