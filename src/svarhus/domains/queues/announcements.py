"""What waiting callers are told, each thing at an interval of its own."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, NamedTuple

from pydantic import Field, model_validator

from svarhus.kit.document import DocumentPart, Key

Every = Annotated[int, Field(ge=10, le=3600)]
"""Seconds from the end of one announcement to the next."""


class Counted(StrEnum):
    """How the place in the queue is told."""

    POSITION = "position"
    """You are number three in line."""
    AHEAD = "ahead"
    """Calls before yours: two."""


class Told(StrEnum):
    """What is told, in the order in which it is said."""

    POSITION = "position"
    ESTIMATED_WAIT = "estimated_wait"
    MEMBERS = "members"
    KEEP_PLACE = "keep_place"
    """That the place may be kept."""
    MESSAGE = "message"


class OwnAnnouncement(DocumentPart):
    """A message of the organisation's own."""

    message: Key
    every: Every | None = Field(default=None, description="Seconds between two; left out: as of all.")


class Item(NamedTuple):
    """One thing that is told, and how often."""

    told: Told
    every: int
    message: str = ""


class Announcements(DocumentPart):
    """What waiting callers are told. Music pauses for it and goes on."""

    first_after: int = Field(default=0, ge=0, le=600, description="Seconds from entering to the first one.")
    every: Every = Field(default=45, description="Seconds from the end of one to the next.")
    position: bool = Field(default=True, description="The place in the queue.")
    position_as: Counted = Field(default=Counted.POSITION, description="The place, or the calls ahead.")
    position_every: Every | None = Field(default=None, description="Seconds; left out: as `every` says.")
    estimated_wait: bool = Field(default=True, description="The wait, when enough calls were seen to know it.")
    estimated_wait_every: Every | None = Field(default=None, description="Seconds; left out: as `every` says.")
    members: bool = Field(default=False, description="How many members are logged in.")
    members_every: Every | None = Field(default=None, description="Seconds; left out: as `every` says.")
    messages: tuple[OwnAnnouncement, ...] = Field(
        default=(), max_length=10, description="Messages of the organisation's own, after these."
    )

    @model_validator(mode="before")
    @classmethod
    def _one_message(cls, value: object) -> object:
        """As files had it before there could be several: `message` with one key."""
        if not isinstance(value, Mapping) or "message" not in value:
            return value
        own = [{"message": value["message"]}] if value["message"] is not None else []
        rest = {name: each for name, each in value.items() if name != "message"}
        return {**rest, "messages": [*own, *(rest.get("messages") or ())]}

    def items(self) -> Iterator[Item]:
        """All that is told, in the order in which it is said."""
        for told, wanted, every in (
            (Told.POSITION, self.position, self.position_every),
            (Told.ESTIMATED_WAIT, self.estimated_wait, self.estimated_wait_every),
            (Told.MEMBERS, self.members, self.members_every),
        ):
            if wanted:
                yield Item(told, every or self.every)
        for own in self.messages:
            yield Item(Told.MESSAGE, own.every or self.every, own.message)
