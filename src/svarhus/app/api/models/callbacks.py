"""Callbacks as the API shows them."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from svarhus.domains.callbacks.state import BookingKind, BookingStatus
from svarhus.domains.queues.alerts import MailAddress
from svarhus.kit.document import Key
from svarhus.kit.ids import PersonKey
from svarhus.kit.moment import Moment
from svarhus.kit.unfit import Unfit


class CallbackShown(BaseModel):
    """A promise to ring somebody back."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    kind: BookingKind = Field(
        description="`untimed`: as soon as can be, without a stated time; `abandoned`: so too, but never promised. "
        "`kept_place`: at the turn in the queue."
    )
    queue: str
    number: str = Field(description="E.164.")
    status: BookingStatus
    promised_at: datetime | None = Field(description="The time that the customer was told; null when none was.")
    due_at: datetime = Field(
        description="The promised time, or that of the next attempt; else from when on calls are made."
    )
    booked_at: datetime
    booked_by: PersonKey | None = Field(description="Who booked it for the customer; null when the customer did.")
    call: str | None = Field(description="The call in which it was made.")
    language: str
    attempts: int = Field(description="How often the customer's phone was rung.")
    first_attempt_at: datetime | None
    connected: bool = Field(description="The customer picked up at some attempt.")
    person: PersonKey | None = Field(description="Who attempts it now, or did so last.")
    closed_at: datetime | None = Field(description="When it was reached, given up or cancelled.")
    closed_by: PersonKey | None = Field(
        description="Who marked or cancelled it; null when the customer or a program did."
    )
    email: str | None = Field(description="Where the customer is told of it too.")
    category: str | None = Field(description="Key of what it is about; null when nobody said.")
    above_capacity: bool = Field(description="Its time stands although the work schedule has no place for it.")


class CaseGiven(BaseModel):
    """A case, by one of its episodes."""

    kind: str = Field(pattern=r"^[a-z]{1,30}$", description="The channel.")
    id: str = Field(pattern=r"^[a-z0-9-]{1,120}$")


class NewCallback(BaseModel):
    """What a customer is promised."""

    queue: Key
    number: str = Field(min_length=1, max_length=40, description="As typed, or E.164.")
    kind: BookingKind = Field(
        default=BookingKind.TIMED,
        description="`untimed`: the customer is told no time, and called as soon as can be.",
    )
    at: Moment | None = Field(
        default=None, description="A free place; null for the next one, and where no time is stated."
    )
    category: Key | None = Field(
        default=None, description="What it is about; null: as that case, or else the queue, says."
    )
    of: CaseGiven | None = Field(default=None, description="The case that goes on with it: its notes are seen there.")
    email: MailAddress | None = Field(
        default=None, description="Where the customer is told of it too, with a calendar file."
    )

    @model_validator(mode="after")
    def _is_for_people_to_make(self) -> Self:
        if self.kind in (BookingKind.KEPT_PLACE, BookingKind.ABANDONED):
            raise Unfit("only who waits in the queue keeps a place in it", "keeps-no-place")
        return self

    @model_validator(mode="after")
    def _states_one_time(self) -> Self:
        if self.kind is BookingKind.UNTIMED and self.at is not None:
            raise Unfit("a time is given, but none is to be stated", "untimed-at")
        return self


class NewTime(BaseModel):
    at: Moment | None = Field(default=None, description="A free place of the queue; null for the next one.")
    queue: Key | None = Field(
        default=None, description="The queue whose members call then, perhaps another unit's; null: as before."
    )


class UnplacedShown(BaseModel):
    """A promise for which the work schedule has no place any more."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    queue: str
    schedule: str = Field(description="The work schedule that its place was in.")
    number: str = Field(description="E.164.")
    promised_at: datetime
    booked_at: datetime


class Settling(StrEnum):
    """What becomes of promises without a place."""

    MOVE = "move"
    """To the next free place after the promised time. The customer is told."""
    KEEP = "keep"
    """The time stands, above what the schedule has places for."""
    CALL_NOW = "call_now"
    """They are due at once."""


class Settlement(BaseModel):
    do: Settling = Field(description="`move`: to the next free place; `keep`: above capacity; `call_now`: due at once.")
    callbacks: tuple[Annotated[str, Field(pattern=r"^[a-z0-9-]{1,120}$")], ...] = Field(
        min_length=1, max_length=1000, description="Ids of those that are meant."
    )


class Unsettled(BaseModel):
    """A promise that could not be settled so."""

    id: str
    problem: str = Field(description="Id of what stood in the way, such as `no-place`.")
    detail: str


class Settled(BaseModel):
    callbacks: tuple[CallbackShown, ...] = Field(description="As they are now.")
    failed: tuple[Unsettled, ...] = Field(description="Those for which it could not be done; they stay as they were.")


class CallbackMark(BaseModel):
    answered: bool = Field(description="Whether the customer was reached.")


class CallStarted(BaseModel):
    call: str = Field(description="Your phone rings; the customer's follows when you have answered.")


class PlaceShown(BaseModel):
    """A time that can be promised."""

    model_config = ConfigDict(from_attributes=True)

    at: datetime
    free: int = Field(description="How many calls can still be promised for it.")
