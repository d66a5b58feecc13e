"""One input's decision in the making: the state it reads, and the facts and commands it gives."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

import msgspec

from svarhus.domains.callflows.steps import ActAs
from svarhus.domains.calls.facts import CallRefused
from svarhus.domains.calls.reasons import CallRefusal
from svarhus.domains.numbers.lists import NumberLists
from svarhus.exchange.core.commands import Command
from svarhus.exchange.core.facts import Fact, TimerCleared, TimerPurpose, TimerSet
from svarhus.exchange.core.fold import fold
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.state import State
from svarhus.kit.clock import Instant, after
from svarhus.kit.ids import CallId, JoinId, LegId, PromptId, RecordingId, TimerId
from svarhus.ports.telephony import Join, PauseRecording, Separate, StopRecording

_UTC = ZoneInfo("UTC")

_JOIN, _RECORDING = "-join-", "-recording-"
"""Between the call and a number, in the ids of what belongs to a call."""


class Ordered(msgspec.Struct, frozen=True):
    """A command, and the line in which it stands: commands of one line are carried out in order."""

    line: str
    command: Command


class Turn:
    """Facts are folded in as they are recorded, so that the next decision sees them."""

    def __init__(
        self, state: State, revisions: Mapping[int, Rules], now: Instant, lists: NumberLists = MappingProxyType({})
    ) -> None:
        """`lists`: the numbers of lists, as they are now."""
        self.lists = lists
        self.state = state
        self.now = now
        self.facts: list[tuple[Instant, Fact]] = []
        self.commands: list[Ordered] = []
        self.serving: CallId | None = None
        """The waiting caller for whom a member is being looked for; whom a fault in that costs the call."""
        self.deeds: list[tuple[CallId, ActAs]] = []
        """What members want done who have shown by telephone who they are."""
        self._revisions = revisions

    @property
    def rules(self) -> Rules:
        """The configuration in force."""
        return self._revisions[self.state.stored.revision]

    def rules_of(self, call: CallId) -> Rules:
        """The configuration that the call began on."""
        return self._revisions[self.state.calls[call].revision]

    def record(self, fact: Fact) -> None:
        """Fold it in, and keep it for the journal: in this order, so that one that cannot be folded has no number."""
        rules = self._revisions.get(self.state.stored.revision)
        fold(self.state, fact, self.now, rules.zone if rules else _UTC)
        self.facts.append((self.now, fact))

    def order(self, command: Command) -> None:
        self.commands.append(Ordered(self._line_of(command), command))

    def _line_of(self, command: Command) -> str:
        match command:
            case Join(_, legs):
                leg = legs[0]
            case Separate(join):
                return join.rpartition(_JOIN)[0]
            case PauseRecording(recording) | StopRecording(recording):
                return recording.rpartition(_RECORDING)[0]
            case _:
                leg = command.leg
        found = self.state.legs.get(leg)
        return found.call if found else leg

    # ---- ids: counted in the state, so that a decision repeated gives the same ones

    def new_call(self) -> CallId:
        return CallId(f"{self.state.organisation}-{self.state.stored.calls_begun + 1}")

    def new_leg(self, call: CallId) -> LegId:
        return LegId(f"{call}-leg-{self.state.stored.legs_begun + 1}")

    def new_prompt(self, leg: LegId) -> PromptId:
        return PromptId(f"{leg}-prompt-{self.state.stored.prompts_begun + 1}")

    def new_join(self, call: CallId) -> JoinId:
        return JoinId(f"{call}{_JOIN}{self.state.stored.joins_begun + 1}")

    def new_recording(self, call: CallId) -> RecordingId:
        # Prompts are counted too, since they were all that once was: no number comes again.
        begun = self.state.stored.recordings_begun + self.state.stored.prompts_begun
        return RecordingId(f"{call}{_RECORDING}{begun + 1}")

    # ---- time

    def set_timer(self, key: str, seconds: float, purpose: TimerPurpose, call: CallId | None = None) -> None:
        due = after(self.now, timedelta(seconds=seconds))
        self.record(TimerSet(timer=TimerId(key), due=due, purpose=purpose, call=call))

    def clear_timer(self, key: str) -> None:
        if TimerId(key) in self.state.timers:
            self.record(TimerCleared(timer=TimerId(key)))

    def refuse_call(self, dialled: str, caller: str | None, source: str, reason: CallRefusal) -> None:
        self.record(CallRefused(dialled=dialled, caller=caller, source=source, reason=reason))
