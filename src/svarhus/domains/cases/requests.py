"""What people ask to be done with cases. Each is decided by the running organisation."""

import msgspec

from svarhus.domains.cases.model import CaseRef
from svarhus.domains.cases.priority import Priority
from svarhus.domains.cases.state import Episode
from svarhus.kit.ids import PersonKey


class Known(msgspec.Struct, frozen=True):
    """An episode as the tables have it: what holds when it is not in the live state, since it is over."""

    episode: Episode
    kept: bool
    """It is in the tables. A call that is over and to which nobody has added anything is not."""


class TakeCase(msgspec.Struct, frozen=True):
    known: Known
    person: PersonKey
    instead_of: PersonKey | None = None


class ReleaseCase(msgspec.Struct, frozen=True):
    known: Known
    person: PersonKey


class PrioritiseCase(msgspec.Struct, frozen=True):
    known: Known
    priority: Priority | None
    by: str


class TagCase(msgspec.Struct, frozen=True):
    known: Known
    tag: str
    by: str


class UntagCase(msgspec.Struct, frozen=True):
    known: Known
    tag: str
    by: str


class NoteCase(msgspec.Struct, frozen=True):
    known: Known
    note: str
    """Its id, which nobody else has."""
    text: str
    by: str


class EditNote(msgspec.Struct, frozen=True):
    """Asked by its author alone."""

    known: Known
    note: str
    before: str
    """What it said until now."""
    text: str
    by: str


class BeginEpisode(msgspec.Struct, frozen=True):
    """Something has come in that is no call, by a channel that keeps it."""

    episode: Episode


class HandleCase(msgspec.Struct, frozen=True):
    known: Known
    by: str


class ReopenCase(msgspec.Struct, frozen=True):
    known: Known
    by: str


class DeleteCase(msgspec.Struct, frozen=True):
    known: Known
    by: str


class TakeOverCases(msgspec.Struct, frozen=True):
    """What is open, as it was kept beside the journal until now. Asked once, after an upgrade."""

    episodes: tuple[Episode, ...]


CaseRequest = (
    TakeCase
    | ReleaseCase
    | PrioritiseCase
    | TagCase
    | UntagCase
    | NoteCase
    | EditNote
    | BeginEpisode
    | HandleCase
    | ReopenCase
    | DeleteCase
)


def ref_of(request: CaseRequest) -> CaseRef:
    """The episode that it is about."""
    return request.episode.ref if isinstance(request, BeginEpisode) else request.known.episode.ref
