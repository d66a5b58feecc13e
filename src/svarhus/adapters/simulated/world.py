"""The state of simulated legs, and what far ends do when they are called."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from svarhus.kit.clock import Instant
from svarhus.kit.ids import JoinId, LegId, OrganisationId, PromptId, RecordingId
from svarhus.ports.telephony import RINGING_TONE, CallOffered, Dial, EndCause, TelephonyEvent


class Reaction(StrEnum):
    """What a phone or a number does when it is called."""

    RING = "ring"
    """Rings until somebody decides (answer, decline ... of the engine)."""
    ANSWER = "answer"
    BUSY = "busy"
    DECLINE = "decline"
    IGNORE = "ignore"
    """No reply at all, as if it were unplugged."""
    UNREACHABLE = "unreachable"


@dataclass(frozen=True)
class Behaviour:
    """A reaction and the seconds after which it comes."""

    reaction: Reaction = Reaction.RING
    after: float = 0.0


class Heard(StrEnum):
    """What a leg hears."""

    SILENCE = "silence"
    RINGING = "ringing"
    PROMPT = "prompt"
    MUSIC = "music"
    PARTIES = "parties"


@dataclass
class SimulatedLeg:
    id: LegId
    organisation: OrganisationId
    offered: CallOffered | None = None
    dialled: Dial | None = None
    answered: bool = False
    ringing: bool = False
    ring_tone: bool = False
    """Hears ringing although it is answered."""
    join: JoinId | None = None
    held: bool = False
    holds_us: bool = False
    muted: bool = False
    music: str | None = None
    prompt: PromptId | None = None
    files: tuple[str, ...] = ()
    recording: RecordingId | None = None
    recorded_since: Instant | None = None
    end_on: str = ""
    talk: RecordingId | None = None
    """The recording of its conversation."""
    talk_since: Instant | None = None
    talk_paused: bool = False
    listens_to: LegId | None = None
    whispers: bool = False
    digits: str = ""
    """Sent to it by us."""
    transfers: list[bool] = field(default_factory=list)
    """How its transfer requests went, as we told it."""
    timers: dict[str, int] = field(default_factory=dict)

    @property
    def hears(self) -> Heard:
        if self.prompt is not None:
            return Heard.PROMPT
        if self.music is not None and (self.join is None or self.held):
            return Heard.RINGING if self.music == RINGING_TONE else Heard.MUSIC
        if self.listens_to is not None or (self.join is not None and not self.held):
            return Heard.PARTIES
        unanswered = self.offered and self.ringing and not self.answered
        return Heard.RINGING if unanswered or self.ring_tone else Heard.SILENCE


CAUSE_OF = {
    Reaction.BUSY: EndCause.BUSY,
    Reaction.DECLINE: EndCause.DECLINED,
    Reaction.UNREACHABLE: EndCause.UNREACHABLE,
}


Tell = Callable[[OrganisationId, TelephonyEvent], None]


def to_nobody(organisation: OrganisationId, event: TelephonyEvent) -> None:
    """What is told while nobody is connected is lost."""


@dataclass
class World:
    """All that is alive, whatever process looks at it."""

    legs: dict[LegId, SimulatedLeg] = field(default_factory=dict)
    joins: dict[JoinId, set[LegId]] = field(default_factory=dict)
    registered: set[str] = field(default_factory=set)
    browsers: set[str] = field(default_factory=set)
    """Endpoints that are browsers."""
    behaviours: dict[str, Behaviour] = field(default_factory=dict)
    """By endpoint or number."""
    tell: Tell = field(default=to_nobody)
    """Whoever is connected now."""
    calls: int = 0
    """How many have come in, for their ids."""
