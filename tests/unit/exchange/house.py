"""The house in which the rules are proved: a rehearsal that checks after everything what must never happen, in which
machines die, and that is built anew from its journal."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import cast

import yaml
from pydantic import JsonValue

from svarhus.adapters.simulated.time import START
from svarhus.adapters.simulated.world import SimulatedLeg
from svarhus.domains.organisation.model import Configuration
from svarhus.exchange.core.core import Core, Decided, NumberedFact
from svarhus.exchange.core.decide import Input
from svarhus.exchange.core.facts import decode, encode
from svarhus.exchange.core.snapshots import freeze, thaw
from svarhus.exchange.core.turn import Turn
from svarhus.exchange.running.secret_keys import SecretKeys
from svarhus.kit.clock import Instant
from svarhus.kit.ids import CallId, OrganisationId
from svarhus.ports.telephony import RecordingFinished
from svarhus.rehearsal.parties import Party as Party
from svarhus.rehearsal.parties import Phone as Phone
from svarhus.rehearsal.parties import name_of as name_of
from svarhus.rehearsal.rehearsal import Rehearsal
from unit.exchange.invariants import Invariants

HOUSE = OrganisationId("house")
MAIN, STRAIGHT, CALL_ME = "+46846500400", "+46846500401", "+46846500402"
KARIN, LARS, MONA = "+46701234567", "+46701234568", "+46701234569"

Changes = Mapping[str, object]


@cache
def _base() -> JsonValue:
    return cast(JsonValue, yaml.safe_load(Path(__file__).with_name("house.yaml").read_text()))


def document(changes: Changes | None = None) -> Configuration:
    """The house's configuration. Keyed parts are changed by key: {"queues": {"advice": {"ring_time": 9}}};
    None takes a part away."""
    return Configuration.model_validate(_changed(_base(), cast(JsonValue, changes or {})))


def _changed(value: JsonValue, change: JsonValue) -> JsonValue:
    if isinstance(value, list) and isinstance(change, dict):
        keyed = {str(part["key"]): part for part in value if isinstance(part, dict)}
        changed = {key: _changed(keyed.get(key, {"key": key}), part) for key, part in change.items()}
        return [part for part in {**keyed, **changed}.values() if part is not None]
    if isinstance(value, dict) and isinstance(change, dict):
        changed = {**value, **{key: _changed(value.get(key), part) for key, part in change.items()}}
        return {key: part for key, part in changed.items() if part is not None}
    return change


class Death(StrEnum):
    """When the application dies."""

    BEFORE_COMMIT = "before_commit"
    """What was decided last is in no journal."""
    BEFORE_ACTING = "before_acting"
    """What was decided last is in the journal, but was never done."""


class StrictCore(Core):
    """A fault in a decision is a fault of the test."""

    def _give_up_call(self, turn: Turn, input: Input) -> None:
        raise


class House(Rehearsal):
    """One organisation, its phones and its callers."""

    def __init__(self, changes: Changes | None = None, start: Instant = START) -> None:
        self.journal: list[tuple[int, Instant, bytes]] = []
        self.snapshot: tuple[int, bytes] | None = None
        """Its format, and what it says."""
        self.alive = True
        self.busy = False
        """The application is slow: what happens collects, and is decided together."""
        self.dies: Death | None = None
        self._invariants: Invariants | None = None
        super().__init__(document(changes), start, StrictCore)
        self._invariants = Invariants(self.engine, facts=len(self.facts))
        self.settle()

    @property
    def listens(self) -> bool:
        return self.alive

    @property
    def decides(self) -> bool:
        return self.alive and not self.busy

    def caller_rings(
        self, number: str = MAIN, caller: str | None = KARIN, trunk: str = "carrier", name: str = ""
    ) -> Party:
        return super().caller_rings(number, caller, trunk, name)

    def takes_configuration(self, changes: Changes | None) -> None:
        """An administrator saves a new revision."""
        self.takes(document(changes))

    def catches_up(self) -> None:
        """The application is busy no more."""
        self.busy = False
        self.settle()

    def settle(self) -> None:
        """Decide all that has happened, unless the application is dead or busy."""
        super().settle()
        if self.decides and self._invariants:
            self._invariants.hold(self.core)
            if self.engine.connected:
                self._invariants.engine_agrees(self.core)

    def decide(self, inputs: Iterable[Input]) -> Decided | None:
        known = self.came_in | self.call_of.keys()
        outcome = self.core.decide(inputs, self.now)
        if self.dies is Death.BEFORE_COMMIT:
            self._die()
            return None
        self.commit(outcome.facts)
        if self._invariants:
            self._invariants.decided(self.core, outcome, known)
        if self.dies is Death.BEFORE_ACTING:
            self._die()
            return None
        self.act(outcome.commands)
        return outcome

    def commit(self, facts: Sequence[NumberedFact]) -> None:
        self.journal += [(numbered.seq, numbered.at, encode(numbered.fact)) for numbered in facts]
        super().commit(facts)

    # ------------------------------------------------------------ deaths

    def _die(self) -> None:
        self.alive, self.busy, self.dies = False, False, None
        self.inbox = []

    def application_dies(self) -> None:
        """kill -9."""
        self._die()

    def takes_snapshot(self) -> None:
        self.snapshot = freeze(self.core.state.stored)

    def application_starts(self) -> None:
        """A new process: the journal, then the inventory."""
        self.core = self.rebuilt(self.snapshot)
        self.secrets = SecretKeys(self.core)
        self.alive = True
        if self.engine.connected:
            self.take_inventory()
        self.settle()

    def takes_over(
        self,
        journal: Sequence[tuple[int, Instant, bytes]],
        snapshot: tuple[int, bytes] | None,
        on_the_line: Sequence[SimulatedLeg],
        registered: Collection[str],
    ) -> None:
        """A data folder with calls in progress is gone on with, perhaps one of an earlier version."""
        self.application_dies()
        self.journal, self.snapshot, self.facts = list(journal), snapshot, []
        for _, _, body in journal:
            self.learn(decode(body))
        world = self.engine.world
        world.registered = set(registered)
        for leg in on_the_line:
            world.legs[leg.id] = leg
            if leg.join:
                world.joins.setdefault(leg.join, set()).add(leg.id)
            if leg.dialled:
                self.presented[leg.id] = leg.dialled
        self._invariants = Invariants(self.engine, facts=len(journal))
        self.application_starts()

    def is_left_on_the_disk(self, call: CallId, seconds: float) -> None:
        """What was recorded when the engine died, whose end nobody told."""
        found = next(each for each in self.core.state.calls[call].recordings if each.runs)
        file = f"/recordings/{found.id}.wav"
        self.recorded[found.id] = RecordingFinished(found.leg, found.id, seconds, file)

    def rebuilt(self, snapshot: tuple[int, bytes] | None = None) -> Core:
        """A core from the journal alone, or from a snapshot and the journal after it."""
        core = StrictCore(HOUSE, thaw(*snapshot) if snapshot else None)
        core.revisions = dict(self.core.revisions)
        for seq, at, body in self.journal:
            if seq > core.state.stored.seq:
                core.replay(NumberedFact(seq, at, decode(body)))
        core.caught_up()
        core.lists = dict(self.lists)
        return core

    def engine_dies_and_comes_back(self) -> None:
        self.engine.die()
        self.engine.connect()
        self.settle()

    def everything_is_over(self) -> None:
        """Nothing of any call is left anywhere, and every call has its one record."""
        self._checks.nothing_left(self.core, self.facts)

    def journal_tells_all(self) -> None:
        """The journal, with a snapshot and without, gives the very state that is."""
        for snapshot in (None, self.snapshot):
            self._checks.same(self.core, self.rebuilt(snapshot))

    @property
    def _checks(self) -> Invariants:
        assert self._invariants is not None
        return self._invariants
