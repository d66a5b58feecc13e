"""Calls as the API shows them."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue, computed_field

from svarhus.domains.calls.model import CallKind, LegRole, Outcome
from svarhus.domains.calls.reasons import LegCause
from svarhus.domains.calls.supervision import Supervision
from svarhus.domains.calls.talk import StepKind
from svarhus.domains.people.unnamed import UNNAMED, Unnamed
from svarhus.kit.document import PersonRef
from svarhus.kit.ids import PersonKey


class CallShown(BaseModel):
    """A line of the call log."""

    model_config = ConfigDict(from_attributes=True)

    call: str
    kind: CallKind
    began_at: datetime
    answered_at: datetime | None = Field(description="When we picked up; null when we never did.")
    ended_at: datetime
    caller: str | None = Field(description="E.164; null when withheld. For a callback: the customer.")
    caller_name: str
    dialled: str
    queue: str | None = Field(description="The last queue that the caller stood in.")
    person: PersonKey | None = Field(description="Who spoke with the caller last.")
    outcome: Outcome
    wait: float = Field(description="Seconds of waiting, all parts together.")
    talk: float = Field(description="Seconds of conversation, hold included.")
    category: str | None = Field(default=None, description="Key of what it was about; null when nobody said.")

    def unnamed(self, by: Unnamed) -> Self:
        name = "" if self._is_from_unnamed else by.name(self.caller_name, self.caller)
        return self.model_copy(update={"caller_name": name})

    @property
    def _is_from_unnamed(self) -> bool:
        return False


class TookPartShown(BaseModel):
    """What you had to do with a call."""

    model_config = ConfigDict(from_attributes=True)

    called: bool = Field(description="You called; else your phone rang.")
    spoke: bool
    talk: float = Field(description="Seconds for which you talked, hold included.")
    elsewhere: bool = Field(description="Your phone rang for a caller whom a colleague took meanwhile: not missed.")


class SpokenShown(BaseModel):
    """Somebody of us who talked in a call."""

    model_config = ConfigDict(from_attributes=True)

    person: PersonKey
    talk: float = Field(description="Seconds, hold included.")
    asked: bool = Field(description="Only asked by a colleague while the caller waited.")


class CallLineShown(CallShown):
    """A line of the call log, with what helps to find it."""

    calling: PersonKey | None = Field(description="The colleague who called, of a call from inside.")
    known_as: str = Field(default="", description="The name that the directory has for the other party.")
    mine: TookPartShown | None = Field(description="Only where your own calls were asked for.")
    spoken: tuple[SpokenShown, ...] = Field(description="Who of us talked, and for how long, each.")
    billing: str = Field(default="", description="To what a call to the outside is charged; empty when nobody says.")

    @property
    def _is_from_unnamed(self) -> bool:
        return self.calling == UNNAMED

    @computed_field(  # type: ignore[prop-decorator]  # pydantic's own way
        description="Number at the other end: who called us, or whom we called; null when withheld."
    )
    @property
    def other_party(self) -> str | None:
        outwards = self.kind in {CallKind.OUTGOING, CallKind.INTERNAL}
        return self.dialled if outwards else self.caller


class PartShown(BaseModel):
    """A stay in one queue."""

    model_config = ConfigDict(from_attributes=True)

    queue: str
    entered_at: datetime
    left_at: datetime | None
    outcome: str = Field(description="`answered`, `abandoned`, or why the caller flowed out.")
    person: PersonKey | None
    wait: float = Field(description="Seconds from entering to leaving.")
    position: int = Field(description="Place at entry, from 1.")
    staff: int = Field(description="Members logged in at entry.")
    category: str | None = Field(default=None, description="Key of what the call was about at entry.")


class LegShown(BaseModel):
    """The connection of one party."""

    model_config = ConfigDict(from_attributes=True)

    leg: str
    role: LegRole
    party: str = Field(description="The number or extension at the far end; empty when withheld.")
    person: PersonKey | None
    began_at: datetime
    rang_at: datetime | None
    answered_at: datetime | None
    ended_at: datetime
    cause: LegCause
    detail: str
    billing: str = Field(description="To what a call to the outside is charged; empty when nobody says.")


class StepShown(BaseModel):
    """One thing that a call went through."""

    model_config = ConfigDict(from_attributes=True)

    kind: StepKind
    key: str = Field(description="The number, or the key of the flow, queue or person.")
    at: datetime
    until: datetime | None
    by: PersonKey | None = Field(description="The person who sent it there.")
    asked: bool = Field(description="Only asked by a colleague while the caller waited.")

    def unnamed(self, by: Unnamed) -> Self:
        return self.model_copy(update={"key": by.person(self.key)}) if self.kind is StepKind.PERSON else self


class CallDetails(CallShown):
    """A call with all that belongs to it."""

    language: str
    revision: int = Field(description="The revision of the configuration that it went by.")
    booking: str | None = Field(description="For a callback: whose promise it carried out.")
    parts: tuple[PartShown, ...]
    legs: tuple[LegShown, ...]
    hold: float = Field(description="Seconds on hold, part of the talk.")
    path: tuple[StepShown, ...] = Field(description="The numbers, flows, queues and people that it went through.")

    @property
    def _is_from_unnamed(self) -> bool:
        return any(leg.role is LegRole.CALLER and leg.person == UNNAMED for leg in self.legs)


class FactShown(BaseModel):
    """One thing that happened in a call."""

    model_config = ConfigDict(from_attributes=True)

    seq: int
    at: datetime
    kind: str = Field(description="Such as `call_began`, `key_pressed`, `queue_entered`, `joined`.")
    body: dict[str, JsonValue]

    def unnamed(self, by: Unnamed) -> Self:
        return self.model_copy(update={"body": by.stored(self.body)})


class SupervisionWanted(BaseModel):
    """How you want to be with a conversation."""

    how: Supervision
    member: PersonRef | None = Field(default=None, description="Whose, where several of you talk in the call.")


class RaisedWanted(BaseModel):
    raised: bool = Field(default=True, description="False: back to where the caller was.")


class AssignmentWanted(BaseModel):
    person: PersonRef
