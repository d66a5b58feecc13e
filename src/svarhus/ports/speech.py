"""What is said to a caller, and what we ask of a speech engine.

Decisions say *what* is said as phrases; which sound that is (an uploaded recording, or words spoken
by an engine) is found afterwards.
"""

from datetime import date, time
from pathlib import Path
from typing import Protocol

import msgspec


class MessagePhrase(msgspec.Struct, frozen=True, tag="recorded"):
    """A message of the organisation, by its key."""

    message: str
    language: str


class TemplatePhrase(msgspec.Struct, frozen=True, tag="spoken"):
    """A template of the product with its values, such as `queue.position` with {"position": 3}."""

    template: str
    language: str
    values: dict[str, "SpokenValue"] = {}


class Count(msgspec.Struct, frozen=True, tag="count"):
    """A number of things, said as a cardinal: 0 to 999,999."""

    value: int


class Digits(msgspec.Struct, frozen=True, tag="digits"):
    """A telephone number or code, said digit by digit."""

    value: str


class WallTime(msgspec.Struct, frozen=True, tag="clock"):
    """A local time of day."""

    value: time


class RelativeDay(msgspec.Struct, frozen=True, tag="day"):
    """A local date, said relative to today: today, tomorrow, on Thursday, on Thursday the 3rd of December."""

    value: date
    today: date


class Minutes(msgspec.Struct, frozen=True, tag="minutes"):
    """A length of time in whole minutes."""

    value: int


SpokenValue = Count | Digits | WallTime | RelativeDay | Minutes
Phrase = MessagePhrase | TemplatePhrase


class Speech(Protocol):
    """An engine that speaks text."""

    @property
    def version(self) -> str:
        """Name and version: sound made by another one is made anew."""
        ...

    async def speak(self, text: str, language: str, file: Path) -> None:
        """Write a WAV (8 kHz, 16 bit, mono). Unavailable when the engine fails."""
        ...

    async def close(self) -> None:
        """Let go of the engine."""
        ...
