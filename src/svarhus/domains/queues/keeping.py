"""Keeping the place in a queue: who waits may hang up, and is called when the turn comes."""

from typing import Annotated

from pydantic import Field

from svarhus.kit.document import DocumentPart

PhoneKey = Annotated[str, Field(pattern=r"^[0-9*#]$")]


class KeepPlaceSettings(DocumentPart):
    """Whether callers may keep their place and hang up, and how they are called when it is reached."""

    key: PhoneKey | None = Field(
        default="1",
        description="By which a waiting caller keeps the place; said while waiting. None: only where a call flow "
        "offers it.",
    )
    after: int = Field(default=20, ge=0, le=3600, description="Seconds of waiting until it is offered.")
    every: int = Field(default=60, ge=10, le=3600, description="Seconds from one offer to the next.")
    from_position: int = Field(
        default=2, ge=1, le=1000, description="Offered from this place on: who is next in line just waits."
    )
    from_estimate: int = Field(
        default=0,
        ge=0,
        le=240,
        description="Minutes: offered to those who can expect to wait so long. An unknown wait is long enough.",
    )
    most: int = Field(default=100, ge=1, le=9999, description="With so many kept places, it is offered to nobody.")
    confirm_number: bool = Field(
        default=True, description="Read the caller's number back, and let another one be keyed in."
    )
    attempts: int = Field(default=3, ge=1, le=20, description="Calls in vain after which it is closed as not reached.")
    retry_minutes: int = Field(
        default=10, ge=1, le=24 * 60, description="From a call in vain to the next. The place is kept meanwhile."
    )
    ring_seconds: int = Field(default=30, ge=10, le=120, description="How long the customer's phone rings.")
