"""Cases as they stand now, each with the episodes that are open; and the facts that change them.

A case is one matter of one party. It has episodes: what comes of it in each channel, such as the call in which it
came and the callback that was promised there. What is written goes with the case; who takes care, how urgent it is and
what it was about are said of one episode. A call that is over and to which nobody has added anything is a case of
which nothing needs to be kept.
"""

import msgspec

from svarhus.domains.cases.model import NO_MARKS, CaseRef, Marks
from svarhus.domains.cases.priority import Priority
from svarhus.kit.clock import Instant
from svarhus.kit.ids import CallId, CaseId, CategoryKey, PersonKey, QueueKey


class Episode(msgspec.Struct, frozen=True, omit_defaults=True):
    """What comes of a case in one channel."""

    ref: CaseRef
    case: CaseId
    came_at: Instant
    queue: QueueKey | None = None
    number: str | None = None
    """E.164; None when withheld."""
    name: str = ""
    """As the network or the channel told it."""
    call: CallId | None = None
    """The call that it came in by."""
    language: str = ""
    seconds: float | None = None
    """Of a message."""
    category: CategoryKey | None = None
    """What it is about."""
    marks: Marks = NO_MARKS
    """With the notes of the whole case."""


class Case(msgspec.Struct, frozen=True):
    """A case of which something is open."""

    id: CaseId
    notes: int = 0
    open: tuple[str, ...] = ()
    """The keys of the episodes that wait for somebody or are in progress, the earliest first."""


def own_case(ref: CaseRef) -> CaseId:
    """The case that begins with this episode."""
    return CaseId(ref.key)


class CaseFact(msgspec.Struct, frozen=True, kw_only=True):
    """A fact about an episode of a case."""

    case: CaseId
    episode: str
    """The key of the episode, such as `callback:demo-b1`."""


class EpisodeBegan(msgspec.Struct, frozen=True, kw_only=True, tag="episode_began"):
    """It waits for somebody or is in progress; the case goes on with it, or begins."""

    case: CaseId
    as_it_is: Episode
    over: bool = False
    """It was over already, and has become worth keeping since somebody adds something to it."""


class EpisodeEnded(CaseFact, frozen=True, kw_only=True, tag="episode_ended"):
    """By itself, or by what was done with it. With the last one that is open the case is closed."""

    outcome: str
    by: str | None = None


class EpisodeHandled(CaseFact, frozen=True, kw_only=True, tag="episode_handled"):
    """Somebody says that it is done."""

    by: str


class EpisodeReopened(msgspec.Struct, frozen=True, kw_only=True, tag="episode_reopened"):
    """It was not done after all."""

    case: CaseId
    as_it_is: Episode
    by: str


class EpisodeMoved(CaseFact, frozen=True, kw_only=True, tag="episode_moved"):
    """It is another queue's now."""

    queue: QueueKey


class EpisodeDeleted(CaseFact, frozen=True, kw_only=True, tag="episode_deleted"):
    """For good, with all that people have added to it."""

    by: str


class CaseTakenBy(CaseFact, frozen=True, kw_only=True, tag="case_taken"):
    by: PersonKey
    instead_of: PersonKey | None = None


class CaseReleased(CaseFact, frozen=True, kw_only=True, tag="case_released"):
    by: PersonKey


class CasePrioritised(CaseFact, frozen=True, kw_only=True, tag="case_prioritised"):
    priority: Priority | None
    """None: that of the queue."""
    by: str


class CaseTagged(CaseFact, frozen=True, kw_only=True, tag="case_tagged"):
    tag: str
    by: str


class CaseUntagged(CaseFact, frozen=True, kw_only=True, tag="case_untagged"):
    tag: str
    by: str


class CaseNoted(CaseFact, frozen=True, kw_only=True, tag="case_noted"):
    """It goes with the case."""

    note: str
    text: str
    """Empty when the note was deleted since."""
    by: str


class NoteEdited(CaseFact, frozen=True, kw_only=True, tag="note_edited"):
    """What it said before is kept beside."""

    note: str
    text: str
    by: str


class CasesTakenOver(msgspec.Struct, frozen=True, kw_only=True, tag="cases_taken_over"):
    """What was open when cases were kept beside the journal."""

    episodes: tuple[Episode, ...]


CasesFact = (
    EpisodeBegan
    | EpisodeEnded
    | EpisodeHandled
    | EpisodeReopened
    | EpisodeMoved
    | EpisodeDeleted
    | CaseTakenBy
    | CaseReleased
    | CasePrioritised
    | CaseTagged
    | CaseUntagged
    | CaseNoted
    | NoteEdited
    | CasesTakenOver
)
