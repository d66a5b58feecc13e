"""Callbacks as the API shows them."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from svarhus.domains.callbacks.state import BookingStatus
from svarhus.kit.document import Key
from svarhus.kit.ids import PersonKey
from svarhus.kit.moment import Moment


class CallbackShown(BaseModel):
    """A promise to ring somebody back."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    queue: str
    number: str = Field(description="E.164.")
    status: BookingStatus
    promised_at: datetime = Field(description="What the customer was told.")
    due_at: datetime = Field(description="The promised time, or that of the next attempt.")
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


class CaseGiven(BaseModel):
    """A case, by one of its episodes."""

    kind: str = Field(pattern=r"^[a-z]{1,30}$", description="The channel.")
    id: str = Field(pattern=r"^[a-z0-9-]{1,120}$")


class NewCallback(BaseModel):
    """What a customer is promised."""

    queue: Key
    number: str = Field(min_length=1, max_length=40, description="As typed, or E.164.")
    at: Moment | None = Field(default=None, description="A free place; null for the next one.")
    of: CaseGiven | None = Field(default=None, description="The case that goes on with it: its notes are seen there.")


class NewTime(BaseModel):
    at: Moment | None = Field(default=None, description="A free place of the queue; null for the next one.")


class CallbackMark(BaseModel):
    answered: bool = Field(description="Whether the customer was reached.")


class CallStarted(BaseModel):
    call: str = Field(description="Your phone rings; the customer's follows when you have answered.")


class PlaceShown(BaseModel):
    """A time that can be promised."""

    model_config = ConfigDict(from_attributes=True)

    at: datetime
    free: int = Field(description="How many calls can still be promised for it.")
