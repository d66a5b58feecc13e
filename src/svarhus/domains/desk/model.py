"""Cases: what has come in by any channel and waits for somebody, and what people have added to it."""

from enum import StrEnum
from typing import Self

import msgspec

from svarhus.domains.desk.priority import Priority, Rise
from svarhus.domains.people.unnamed import Unnamed
from svarhus.kit.clock import Instant
from svarhus.kit.ids import PersonKey, QueueKey

LONGEST_NOTE = 4000
"""Characters."""


class CaseKind(StrEnum):
    CALL = "call"
    CALLBACK = "callback"
    VOICEMAIL = "voicemail"


class CaseRef(msgspec.Struct, frozen=True):
    """Which case: calls, callbacks and voicemails have identities of their own."""

    kind: CaseKind
    id: str

    @property
    def key(self) -> str:
        """As the live topic `desk` names it: `callback:demo-b1`."""
        return f"{self.kind.value}:{self.id}"


def case_ref(key: str) -> CaseRef:
    """The case that the key names."""
    kind, _, id = key.partition(":")
    return CaseRef(CaseKind(kind), id)


class Marks(msgspec.Struct, frozen=True):
    """What people have added to a case."""

    revision: int = 0
    """One more with every change of these."""
    taken_by: PersonKey | None = None
    """Key of the person who takes care of it."""
    taken_at: Instant | None = None
    priority: Priority | None = None
    """Given by hand; None: that of the queue."""
    notes: int = 0
    tags: tuple[str, ...] = ()


NO_MARKS = Marks()


class Subject(msgspec.Struct, frozen=True):
    """What a case is about, as far as all kinds have it."""

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


class DeskItem(msgspec.Struct, frozen=True):
    """A line of the desk: something that waits for somebody, whatever the channel."""

    key: str
    """Kind and id together: `callback:demo-b1`."""
    kind: CaseKind
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
    """Over REST: a waiting caller's place in the queue, from 1. Live it stands in the queue."""
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

    def unnamed(self, by: Unnamed) -> Self:
        name = by.name(self.name, self.number)
        return self if name == self.name else msgspec.structs.replace(self, name=name)


class NoteVersion(msgspec.Struct, frozen=True):
    """What a note said before it was edited."""

    until: Instant
    text: str


class Note(msgspec.Struct, frozen=True):
    id: str
    author: str
    """Key of the person, or name of the token."""
    at: Instant
    text: str
    edited_at: Instant | None
    versions: tuple[NoteVersion, ...]
    """The earliest first."""


class TagSet(msgspec.Struct, frozen=True):
    """A tag of a case, and who set it."""

    tag: str
    who: str
    at: Instant


class Act(msgspec.Struct, frozen=True):
    """One thing that somebody did with a case, or that happened to it."""

    at: Instant
    who: str | None
    """Key of the person or name of the token; None: the customer, or the system by itself."""
    act: str
    """Such as `taken`, `noted`, `tagged`, `handled`, `booked`, `dialled`, `marked_answered`."""
    detail: str = ""
    """A tag, a queue, a level or a number, as the act has it."""


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


class EarlierContact(msgspec.Struct, frozen=True):
    """Something that the same number had to do with us before."""

    kind: CaseKind
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


class DeskView(msgspec.Struct, frozen=True):
    """What somebody has hidden on the desk."""

    hidden_queues: tuple[str, ...] = ()
    hidden_units: tuple[str, ...] = ()
    hidden_kinds: tuple[CaseKind, ...] = ()

    def hides(self, item: DeskItem) -> bool:
        return item.queue in self.hidden_queues or item.unit in self.hidden_units or item.kind in self.hidden_kinds
