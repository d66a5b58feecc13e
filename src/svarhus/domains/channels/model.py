"""What all channels have alike: what it is about, a line of the desk, and lines of what has been."""

from typing import Self

import msgspec

from svarhus.domains.cases.model import Act, CaseRef, ChannelName
from svarhus.domains.cases.priority import Priority, Rise
from svarhus.domains.people.unnamed import Unnamed
from svarhus.kit.clock import Instant
from svarhus.kit.ids import CategoryKey, PersonKey, QueueKey


class Subject(msgspec.Struct, frozen=True):
    """What a case is about, as far as all channels have it."""

    ref: CaseRef
    queue: QueueKey | None
    number: str | None
    """E.164, or an extension; None when withheld."""
    name: str
    """As the network or the phone told it; empty when it did not."""
    at: Instant
    """When it came in."""
    call: str | None
    """The call that it came in by."""
    open: bool
    """Still waiting for somebody, or in progress."""
    language: str
    dialled: str | None = None
    goes_with: CaseRef | None = None
    """The episode to whose case it belongs, when it is no case of its own."""
    category: CategoryKey | None = None
    """What it is about."""


class DeskItem(msgspec.Struct, frozen=True):
    """A line of the desk: something that waits for somebody, whatever the channel."""

    key: str
    """Channel and id together: `callback:demo-b1`."""
    kind: ChannelName
    id: str
    state: str
    """A call: `waiting`, `ringing`, `talking`. A callback: `booked`, `due`, `in_attempt`, `to_mark`.
    A voicemail: `new`."""
    queue: str | None
    unit: str | None
    number: str | None
    name: str
    came_at: Instant
    due_at: Instant
    """A waiting caller's service level ends, a promise is to be kept, a message is to be answered."""
    priority: Priority
    """Live: with which it begins, see `rises`. Over REST: at this moment."""
    rises: tuple[Rise, ...]
    """When it rises by itself."""
    given_priority: Priority | None
    """By hand."""
    taken_by: PersonKey | None
    taken_at: Instant | None
    person: PersonKey | None
    """Who is being rung, speaks with the customer or attempts the callback."""
    position: int | None
    """Over REST: the place in the queue of a waiting caller, or a kept one, from 1. Live it stands in the queue."""
    seconds: float | None
    """Length of the message."""
    attempts: int
    most_attempts: int | None
    call: str | None
    """The call in progress that belongs to it."""
    notes: int
    tags: tuple[str, ...]
    language: str
    revision: int
    category: CategoryKey | None = None
    """What it is about: its name and colour are those of the category."""
    kept: bool = False
    """A callback that stands in its queue and is called at its turn."""
    promise: str | None = None
    """What the customer of a callback was promised: `timed`, `untimed`, `abandoned`, `kept_place`."""
    last_attempt_at: Instant | None = None
    automatic: bool = False
    """A callback that rings members by itself when it is due."""

    def unnamed(self, by: Unnamed) -> Self:
        name = by.name(self.name, self.number)
        return self if name == self.name else msgspec.structs.replace(self, name=name)


class Attempt(msgspec.Struct, frozen=True):
    """One time that somebody tried to reach the customer."""

    at: Instant
    person: str
    call: str
    dialled: bool = False
    """The customer's phone was rung."""
    connected: bool = False
    over: bool = False
    answered: bool | None = None
    """As it was marked; None when it has not been."""


class Happened(msgspec.Struct, frozen=True):
    """What happened to a case, beside what people have added."""

    acts: tuple[Act, ...] = ()
    """In order."""
    attempts: tuple[Attempt, ...] = ()


class EarlierContact(msgspec.Struct, frozen=True):
    """Something that the same number had to do with us before."""

    kind: ChannelName
    id: str
    at: Instant
    queue: str | None
    person: str | None
    outcome: str
    """Of a call its outcome, of a callback its status, of a voicemail `new` or `handled`."""
    seconds: float | None
    """Of conversation, or of the message."""
    outgoing: bool
    tags: tuple[str, ...]
    notes: int
    last_note: str | None
