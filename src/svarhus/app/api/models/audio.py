"""Recordings and phrases as the API shows them."""

from datetime import datetime

from pydantic import BaseModel, Field

from svarhus.kit.ids import PersonKey


class Uploaded(BaseModel):
    seconds: float = Field(description="Length of the recording.")


class RecordingShown(BaseModel):
    """An uploaded recording."""

    key: str = Field(description="Of the message or the phrase.")
    language: str
    seconds: float
    uploaded_by: PersonKey
    at: datetime


class TrackShown(BaseModel):
    """A sound of a playlist."""

    name: str
    seconds: float
    uploaded_by: PersonKey
    at: datetime


class Phrase(BaseModel):
    """Something that the product says, which a recording can replace."""

    key: str
    text: str
