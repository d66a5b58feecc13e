"""What the contract suite needs of the world beyond an engine: far ends that call, answer and listen.

The same verbs drive real SIP phones around Asterisk, and scripted parties around the simulated engine.
"""

import asyncio
import wave
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Protocol, TypeVar

import numpy as np

from svarhus.adapters.simulated.world import Heard, Reaction
from svarhus.kit.ids import LegId, OrganisationId
from svarhus.ports.telephony import (
    Endpoint,
    Provision,
    Telephony,
    TelephonyEngine,
    TelephonyEvent,
    Trunk,
)

ORGANISATION = OrganisationId("care")
ANOTHER = OrganisationId("another")
TRUNK = "pstn"
ANNA, BEN = "anna", "ben"
PAGE = "anna-browser"
"""Anna's browser, at which nobody is in this suite: it registers, and its network swallows what is sent to it."""
CALLER = "+46701234567"
PROMPT_TONE = 600
"""Hz of the test prompts."""

Found = TypeVar("Found", bound=TelephonyEvent)


class Party(Protocol):
    """One party's end of one leg."""

    leg: LegId
    """The engine's id; of a leg that we dialled, the one that the test chose."""

    @property
    def shown_number(self) -> str | None:
        """The caller's number as the party's phone shows it; None when withheld."""
        ...

    @property
    def shown_name(self) -> str: ...

    def header(self, name: str) -> str | None:
        """A header of the call as it arrived."""
        ...

    async def press(self, digits: str) -> None: ...
    async def hang_up(self) -> None: ...
    async def answer(self) -> None: ...
    async def decline(self) -> None: ...
    async def hold(self) -> None: ...
    async def resume(self) -> None: ...
    async def transfer(self, target: str) -> None: ...

    async def transfer_to(self, other: "Party") -> None:
        """Ask that the one with whom this party talks be joined with the one of the party's other call."""
        ...

    async def speak(self, seconds: float) -> None: ...

    async def hears(self, heard: Heard) -> None:
        """Fails unless the party comes to hear this within a few seconds."""
        ...

    async def refused_with(self) -> int:
        """The SIP status with which an unanswered caller was sent away."""
        ...

    async def ended(self) -> None:
        """Fails unless the call is over at the party's end within a few seconds."""
        ...

    @property
    def told_elsewhere(self) -> bool:
        """Whether the party's phone, whose call is over, was told that another one has it."""
        ...


class Witness:
    """Listens, and lets the test wait for what was told."""

    def __init__(self) -> None:
        self.told: list[TelephonyEvent] = []
        self.news: Callable[[], None] = lambda: None

    def hear(self, event: TelephonyEvent) -> None:
        self.told.append(event)
        self.news()

    def all_of(self, kind: type[Found], leg: LegId | None = None) -> list[Found]:
        return [one for one in self.told if isinstance(one, kind) and leg in (None, getattr(one, "leg", None))]


class Stage(Protocol):
    """One engine with one organisation, and everything around it."""

    telephony: Telephony
    witness: Witness

    @property
    def engine(self) -> TelephonyEngine: ...

    async def until(self, condition: Callable[[], bool], within: float) -> bool:
        """Let time pass until the condition holds, `within` seconds at most."""
        ...

    async def pass_time(self, seconds: float) -> None: ...

    async def call_in(
        self,
        dialled: str = "0101",
        caller: str | None = CALLER,
        name: str = "",
        diversion: str | None = None,
        endpoint: str | None = None,
    ) -> Party:
        """Somebody calls by the trunk, or from a person's phone; returns when the call was offered."""
        ...

    async def register(self, endpoint: str) -> None: ...
    async def unregister(self, endpoint: str) -> None: ...

    def when_called(self, endpoint: str | None, reaction: Reaction) -> None:
        """What a person's phone (None: the outside line) does from now on when it is called."""
        ...

    async def rung(self, leg: LegId, endpoint: str | None) -> Party:
        """The party whose phone (None: the outside line) rings or was answered for this leg of ours."""
        ...

    async def talking(self, *parties: Party) -> None:
        """Fails unless all of them hear each other, and nothing else."""
        ...

    async def can_hear(self, listener: Party, talker: Party) -> None: ...
    async def cannot_hear(self, listener: Party, talker: Party) -> None: ...

    def digits_at(self, party: Party) -> str:
        """The digits that the party's phone got from us."""
        ...

    def transfer_told(self, party: Party) -> bool | None:
        """How its transfer went, as the party's phone was told; None before."""
        ...

    def spawn(self, action: Coroutine[object, object, None]) -> asyncio.Task[None]:
        """What a party does in the background."""
        ...

    async def lose_connection(self) -> None: ...
    async def restore_connection(self) -> None: ...

    async def another_process(self) -> tuple[Telephony, Witness]:
        """The engine's owner dies; a new one connects. Gives its view."""
        ...

    def of_another_organisation(self) -> Telephony:
        """The same engine, as a stranger sees it."""
        ...

    async def left_over(self) -> list[str]:
        """Legs and joins that still exist in the engine."""
        ...


async def expect(stage: Stage, kind: type[Found], leg: LegId | None = None, within: float = 10.0) -> Found:
    """The first event of this kind (about this leg), told already or within the time limit."""
    await stage.until(lambda: bool(stage.witness.all_of(kind, leg)), within)
    found = stage.witness.all_of(kind, leg)
    assert found, f"no {kind.__name__} of {leg} within {within} s; told: {stage.witness.told[-12:]}"
    return found[0]


async def expect_none(stage: Stage, kind: type[Found], leg: LegId, during: float = 0.5) -> None:
    await stage.pass_time(during)
    assert not stage.witness.all_of(kind, leg)


def provision(line: str, addresses: tuple[str, ...]) -> Provision:
    """The contract suite's organisation: two people and a trunk."""
    return Provision(
        ORGANISATION,
        (
            Endpoint(ANNA, f"secret-of-{ANNA}", "Anna", "101"),
            Endpoint(BEN, f"secret-of-{BEN}", "Ben", "102"),
            Endpoint(PAGE, f"secret-of-{PAGE}", "Anna", "101", webrtc=True),
        ),
        (Trunk(TRUNK, host=line, addresses=addresses),),
    )


def write_prompt(folder: Path, seconds: float, tone: int = PROMPT_TONE) -> str:
    """A WAV file with a tone."""
    path = folder / f"prompt-{tone}-{seconds}.wav"
    moments = np.arange(int(8000 * seconds)) / 8000
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes((np.sin(2 * np.pi * tone * moments) * 8000).astype("<i2").tobytes())
    return str(path)


def length_of(files: tuple[str, ...]) -> float:
    """Seconds of sound in these files."""
    total = 0.0
    for name in files:
        with wave.open(name, "rb") as file:
            total += file.getnframes() / file.getframerate()
    return total
