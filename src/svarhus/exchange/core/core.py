"""The heart without its body: inputs in, facts and commands out. No I/O, no clock, no event loop."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec
import structlog

from svarhus.domains.calls.model import Outcome
from svarhus.domains.calls.reasons import EndReason
from svarhus.domains.numbers.lists import NumberLists
from svarhus.exchange.core.decide import Input, decide
from svarhus.exchange.core.decisions.calls.closing import end_call, reach
from svarhus.exchange.core.decisions.cases.following import follow
from svarhus.exchange.core.decisions.promises import telling
from svarhus.exchange.core.decisions.queues import readiness
from svarhus.exchange.core.facts import Fact
from svarhus.exchange.core.fold import fold
from svarhus.exchange.core.requests import TimePassed, TimerDue
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.state import State, Stored
from svarhus.exchange.core.turn import Ordered, Turn
from svarhus.kit.clock import Instant
from svarhus.kit.errors import SvarhusError
from svarhus.kit.ids import CallId, LegId, OrganisationId
from svarhus.ports.telephony import CallOffered, EndCause, HangUp

log = structlog.get_logger()


class NumberedFact(msgspec.Struct, frozen=True):
    """A fact with its place in the journal."""

    seq: int
    at: Instant
    fact: Fact


@dataclass
class Decided:
    """What came of some inputs."""

    facts: list[NumberedFact] = field(default_factory=list)
    commands: list[Ordered] = field(default_factory=list)
    answers: list[str | SvarhusError | None] = field(default_factory=list)
    """One for each input, in order."""


class Core:
    """State and configurations of one organisation, and the decisions on them."""

    def __init__(self, organisation: OrganisationId, stored: Stored | None = None) -> None:
        self.state = State(organisation, stored)
        self.revisions: dict[int, Rules] = {}
        self.lists: NumberLists = {}
        """The numbers of lists as they are now. What a call has found in them is in its facts."""

    @property
    def rules(self) -> Rules:
        """The configuration in force."""
        return self.revisions[self.state.stored.revision]

    def restore(self, stored: Stored) -> None:
        """Begin with a snapshot, at recovery."""
        self.state = State(self.state.organisation, stored)

    def replay(self, numbered: NumberedFact) -> None:
        """Fold a fact of the journal, at recovery."""
        rules = self.revisions.get(self.state.stored.revision) or next(iter(self.revisions.values()))
        fold(self.state, numbered.fact, numbered.at, rules.zone)

    def caught_up(self) -> None:
        """The last fact of the journal has been folded: what is not kept is found out anew, and nobody is told."""
        self.forget_revisions()
        if self.state.stored.revision:
            readiness.follow(self.state, self.rules)
        self.state.touched.clear()

    def needed_revisions(self) -> set[int]:
        """Revisions that calls in progress go by, and the one in force."""
        return {call.revision for call in self.state.calls.values()} | {self.state.stored.revision}

    def forget_revisions(self) -> None:
        """Let go of configurations that no call uses any more. Newer than the one in force: about to be taken."""
        needed, in_force = self.needed_revisions(), self.state.stored.revision
        for revision in [each for each in self.revisions if each < in_force and each not in needed]:
            del self.revisions[revision]

    def decide(self, inputs: Iterable[Input], now: Instant) -> Decided:
        """Decide the inputs in order, as of one moment. The next is asked for when those before it are decided."""
        decided = Decided()
        for input in inputs:
            if isinstance(input, TimePassed):
                decided.answers.append(None)
                self._timers(now, decided)
            else:
                decided.answers.append(self._one(input, now, decided))
        return decided

    def _timers(self, now: Instant, decided: Decided) -> None:
        for key in self.state.due(now):
            self._one(TimerDue(key, self.state.timers[key].call), now, decided)

    def _one(self, input: Input, now: Instant, decided: Decided) -> str | SvarhusError | None:
        first = self.state.stored.seq + 1
        turn = Turn(self.state, self.revisions, now, self.lists)
        answer = self._decide(turn, input)
        follow(turn)
        telling.follow(turn)
        decided.facts += [NumberedFact(first + index, at, fact) for index, (at, fact) in enumerate(turn.facts)]
        decided.commands += turn.commands
        return answer

    def _decide(self, turn: Turn, input: Input) -> str | SvarhusError | None:
        try:
            return decide(turn, input)
        except SvarhusError as refusal:
            return refusal
        except Exception:
            log.exception("decision_failed", input=type(input).__name__)
            self._give_up_call(turn, input)
            return SvarhusError("the request could not be decided", "Report this with the log of that moment.")

    def _give_up_call(self, turn: Turn, input: Input) -> None:
        """A fault in a decision costs one call, not the house: that call is taken down."""
        call = turn.serving or self._call_of(input)
        try:
            if call is not None and call in self.state.calls:
                reach(turn, call, Outcome.FAILED)
                end_call(turn, call, EndReason.DECISION_FAILED, EndCause.FAILED)
            elif isinstance(input, CallOffered):
                turn.order(HangUp(input.leg, EndCause.FAILED))
        except Exception:
            log.exception("call_not_given_up", call=call)

    def _call_of(self, input: Input) -> CallId | None:
        leg = self.state.legs.get(LegId(getattr(input, "leg", "")))
        call: CallId | None = leg.call if leg else getattr(input, "call", None)
        return call
