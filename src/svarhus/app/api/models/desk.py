"""Cases as the API shows them."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema

from svarhus.domains.cases.model import LONGEST_NOTE, ChannelName
from svarhus.domains.cases.priority import Priority
from svarhus.domains.channels.registry import CHANNELS
from svarhus.domains.desk.service import CaseSeen
from svarhus.domains.people.unnamed import Unnamed
from svarhus.kit.document import Key
from svarhus.kit.ids import PersonKey
from svarhus.kit.written import Lines


def _known(name: str) -> ChannelName:
    if name not in CHANNELS.names:
        raise ValueError(f"the channels are {', '.join(CHANNELS.names)}")
    return ChannelName(name)


Kind = Annotated[ChannelName, AfterValidator(_known), WithJsonSchema({"type": "string", "enum": [*CHANNELS.names]})]
"""The channel by which a case came in."""


class _Shown(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class NoteVersionShown(_Shown):
    """What a note said before it was edited."""

    until: datetime
    text: str


class NoteShown(_Shown):
    id: str
    kind: Kind = Field(description="Where it was written.")
    author: PersonKey = Field(description="Key of the person, or the name of a token.")
    at: datetime
    text: str
    edited_at: datetime | None
    versions: tuple[NoteVersionShown, ...] = Field(description="What it said before, the earliest first.")


class TagSetShown(_Shown):
    """A tag of the case, and who set it."""

    tag: str
    who: PersonKey
    at: datetime


class PossibleTag(_Shown):
    """A tag that the case may be given."""

    key: str
    name: str
    parent: str | None


class ActShown(_Shown):
    """One thing that somebody did, or that happened."""

    at: datetime
    who: PersonKey | None = Field(description="Null: the customer, or the system by itself.")
    act: str = Field(description="Such as `taken`, `noted`, `tagged`, `handled`, `booked`, `marked_answered`.")
    detail: str = Field(description="A tag, a queue, a level or a time, as the act has it.")

    def unnamed(self, by: Unnamed) -> Self:
        return self.model_copy(update={"detail": by.person(self.detail)}) if self.act == "taken_over" else self


class AttemptShown(_Shown):
    """One time that somebody tried to reach the customer."""

    at: datetime
    person: PersonKey
    call: str
    dialled: bool = Field(description="The customer's phone was rung.")
    connected: bool
    over: bool
    answered: bool | None = Field(description="As it was marked; null when it was not.")


class EpisodeShown(_Shown):
    """What came of a case in one channel."""

    kind: Kind
    id: str
    came_at: datetime
    open: bool = Field(description="It waits for somebody, or is in progress.")


class CaseShown(BaseModel):
    """A case with all that is known of it."""

    kind: Kind
    id: str
    case: str = Field(description="The same for all that the matter has come to.")
    episodes: tuple[EpisodeShown, ...] = Field(
        description="What the case has come to, the earliest first; empty of a call to which nothing was added."
    )
    queue: str | None
    number: str | None = Field(description="E.164 or an extension; null when withheld.")
    name: str = Field(description="As the network or the phone told it.")
    dialled: str | None = Field(description="The number that the customer called; null when there was no call.")
    came_at: datetime
    call: str | None = Field(description="The call that it came in by.")
    open: bool
    language: str
    category: str | None = Field(description="Key of what it is about; null when nobody said.")
    revision: int
    taken_by: PersonKey | None
    taken_at: datetime | None
    given_priority: Priority | None
    notes: tuple[NoteShown, ...]
    tags: tuple[TagSetShown, ...]
    possible_tags: tuple[PossibleTag, ...]
    history: tuple[ActShown, ...] = Field(description="Who did what when, the earliest first.")
    attempts: tuple[AttemptShown, ...]

    def unnamed(self, by: Unnamed) -> Self:
        return self.model_copy(update={"name": by.name(self.name, self.number)})


class EarlierShown(_Shown):
    """Something that the same number had to do with us."""

    kind: Kind
    id: str
    at: datetime
    queue: str | None
    person: PersonKey | None
    outcome: str = Field(description="Of a call its outcome, of a callback its status, of a message new or handled.")
    seconds: float | None = Field(description="Of conversation, or of the message.")
    outgoing: bool
    tags: tuple[str, ...]
    notes: int
    last_note: str | None


class DoneShown(_Shown):
    """A case that waits for nobody any more."""

    kind: Kind
    id: str
    done_at: datetime
    who: PersonKey | None = Field(description="Who did it; null when the customer or a program cancelled a callback.")
    outcome: str = Field(description="Of a callback its status, of a voicemail `handled`.")
    came_at: datetime
    queue: str
    number: str | None
    seconds: float | None = Field(description="Of the message.")
    by_customer: bool = Field(description="The customer has cancelled it, by phone.")
    tags: tuple[str, ...]
    notes: int


class NewNote(BaseModel):
    text: Lines = Field(min_length=1, max_length=LONGEST_NOTE)


class WantedTag(BaseModel):
    tag: Key


class WantedPriority(BaseModel):
    priority: Priority | None = Field(description="Null: that of the queue.")


class Take(BaseModel):
    instead_of: Key | None = Field(default=None, description="Take it over from this person, if it is still theirs.")


class CaseNamed(BaseModel):
    kind: Kind
    id: str


class LastCase(BaseModel):
    case: CaseNamed | None


class DeskViewShown(BaseModel):
    """What a person has hidden on the desk."""

    hidden_queues: tuple[Key, ...] = Field(default=(), max_length=500)
    hidden_units: tuple[Key, ...] = Field(default=(), max_length=500)
    hidden_kinds: tuple[Kind, ...] = Field(default=(), max_length=10)


class Peaks(BaseModel):
    """The shape of a sound, for a picture of it."""

    seconds: float
    peaks: tuple[float, ...] = Field(description="The loudest of each slice of equal length, 0 to 1.")


def case_shown(case: CaseSeen) -> CaseShown:
    subject, marks = case.subject, case.marks
    return CaseShown(
        kind=subject.ref.kind,
        id=subject.ref.id,
        case=case.id,
        episodes=tuple(EpisodeShown.model_validate(each) for each in case.episodes),
        queue=subject.queue,
        number=subject.number,
        name=subject.name,
        dialled=subject.dialled,
        came_at=subject.at,
        call=subject.call,
        open=subject.open,
        language=subject.language,
        category=subject.category,
        revision=marks.revision,
        taken_by=marks.taken_by,
        taken_at=marks.taken_at,
        given_priority=marks.priority,
        notes=tuple(NoteShown.model_validate(note) for note in case.notes),
        tags=tuple(TagSetShown.model_validate(tag) for tag in case.tags),
        possible_tags=tuple(PossibleTag.model_validate(tag) for tag in case.possible_tags),
        history=tuple(ActShown.model_validate(act) for act in case.history),
        attempts=tuple(AttemptShown.model_validate(attempt) for attempt in case.attempts),
    )
