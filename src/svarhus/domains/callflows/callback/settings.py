"""How the dialogue of a callback goes."""

from enum import StrEnum

from pydantic import Field

from svarhus.kit.document import DocumentPart, Key


class Ending(StrEnum):
    """How the dialogue may end: its exits, but for the message."""

    BOOKED = "booked"
    DECLINED = "declined"
    NONE = "none"
    NO_NUMBER = "no_number"
    CLOSED = "closed"


MESSAGE = "message"
"""The exit by which those go on who have left a message, where it leads somewhere."""


class CallbackElementSettings(DocumentPart):
    queue: Key = Field(
        description="The queue whose members call back, which may be another than the one that was waited in; it "
        "needs callback settings."
    )
    confirm_number: bool = Field(
        default=False, description="Read the caller's number back and let another one be keyed in."
    )
    key_number: bool = Field(default=False, description="Callers key the number to call, also where theirs is known.")
    stated_time: bool = Field(
        default=True, description="Offer a time. Off: callers are told none, and are called as soon as can be."
    )
    hours: Key | None = Field(
        default=None,
        description="Opening hours outside of which nobody can book: exit `closed`. Left out: around the clock.",
    )
    information: Key | None = Field(default=None, description="A message of your own before the first offer.")
    confirmation: Key | None = Field(default=None, description="A message of your own after the booked time.")
    wrong_number: Key | None = Field(
        default=None, description="A message of your own, where a number cannot be called, instead of the standard one."
    )
    message_after: tuple[Ending, ...] = Field(
        default=(),
        max_length=len(Ending),
        description="Whoever ends so may leave a spoken message as the last step; it is of the same case.",
    )
    greeting: Key | None = Field(
        default=None, description="A message of your own before that, instead of the standard one."
    )
    longest_message: int = Field(default=180, ge=5, le=900, description="Seconds.")
    wait_seconds: int = Field(default=6, ge=2, le=60, description="Silence to wait for a key.")
