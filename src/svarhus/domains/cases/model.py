"""Cases: what has come in by any channel and waits for somebody, and what people add to it."""

from typing import NewType

import msgspec

from svarhus.domains.cases.priority import Priority
from svarhus.kit.clock import Instant
from svarhus.kit.ids import PersonKey

LONGEST_NOTE = 4000
"""Characters."""

ChannelName = NewType("ChannelName", str)
"""By which way it came in, such as `call`: the name of a folder of `domains/channels`."""


class CaseRef(msgspec.Struct, frozen=True):
    """Which case: what comes in by each channel has identities of its own."""

    kind: ChannelName
    id: str

    @property
    def key(self) -> str:
        """As the live topic `desk` names it: `callback:demo-b1`."""
        return f"{self.kind}:{self.id}"


def case_ref(key: str) -> CaseRef:
    """The case that the key names."""
    kind, _, id = key.partition(":")
    return CaseRef(ChannelName(kind), id)


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


class NoteVersion(msgspec.Struct, frozen=True):
    """What a note said before it was edited."""

    until: Instant
    text: str


class Note(msgspec.Struct, frozen=True):
    id: str
    kind: ChannelName
    """The channel of the episode on which it was written."""
    author: str
    """Key of the person, or name of the token."""
    at: Instant
    text: str
    edited_at: Instant | None
    versions: tuple[NoteVersion, ...]
    """The earliest first."""


class EpisodeLine(msgspec.Struct, frozen=True):
    """What came of a case in one channel."""

    kind: ChannelName
    id: str
    came_at: Instant
    open: bool


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
