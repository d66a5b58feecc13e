"""Keeping the place costs and gains nothing: a morning is lived through twice, and callers come in any order."""

from collections.abc import Callable
from random import Random
from statistics import mean

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from examples import examples
from svarhus.adapters.simulated.time import START
from svarhus.adapters.simulated.world import Reaction
from svarhus.domains.queues.state import QueueLeft
from svarhus.domains.queues.ways import LeftBy
from svarhus.kit.ids import CallId
from svarhus.rehearsal.rehearsal import Rehearsal
from unit.exchange.house import STRAIGHT, Changes, House, document

KEEPING: Changes = {
    "queues": {"reception": {"keeps_places": {"after": 0, "from_position": 1, "confirm_number": False}}}
}
CALLERS, MINUTES = 60, 75
PICKS_UP, MEMBER_PICKS_UP = 4.0, 2.0
"""Seconds until a customer's phone, and a member's, is answered."""


def number_of(caller: int) -> str:
    return f"+4670123{caller:04}"


class Morning:
    """Two members and sixty callers, of whom some keep the place as soon as they wait."""

    def __init__(self, every: int | None) -> None:
        """Every so many callers keep it; None: nobody does."""
        chance = Random(7)
        self.house = Rehearsal(document(KEEPING), START)
        self.house.logs_in("anna", "bo", queue="reception")
        for person in ("anna", "bo"):
            self.house.phone(person).always(Reaction.ANSWER, MEMBER_PICKS_UP)
        self.comes = sorted(chance.randrange(MINUTES * 60) for _ in range(CALLERS))
        self.talks = [chance.randrange(60, 240) for _ in range(CALLERS)]
        self.keeps = [every is not None and caller % every == 0 for caller in range(CALLERS)]
        self.waits: dict[int, float] = {}
        """By caller, in the order in which they were answered."""
        self._seen = 0
        self._ends: list[tuple[int, CallId]] = []
        for second in range(8 * 3600):
            self._live(second)
            if len(self.waits) == CALLERS:
                return
        raise AssertionError(f"only {len(self.waits)} were answered")

    def _live(self, second: int) -> None:
        for caller, at in enumerate(self.comes):
            if at == second:
                self._comes(caller)
        for _, call in [end for end in self._ends if end[0] == second]:
            self.house.engine.hang_up(self.house.core.state.calls[call].first_leg)
        self.house.waits(1)
        for fact in self.house.facts[self._seen :]:
            if isinstance(fact, QueueLeft) and fact.outcome is LeftBy.ANSWERED:
                self._answered(second, fact.call)
        self._seen = len(self.house.facts)

    def _comes(self, caller: int) -> None:
        self.house.outside(number_of(caller)).always(Reaction.ANSWER, PICKS_UP)
        party = self.house.caller_rings(STRAIGHT, number_of(caller), "carrier")
        if self.keeps[caller] and not self.house.place(party.call.id).offers:
            party.presses("1")
            party.hangs_up()

    def _answered(self, second: int, call: CallId) -> None:
        found = self.house.core.state.calls[call]
        caller = int(str(found.caller)[-4:])
        self.waits[caller] = found.parts[-1].wait
        self._ends.append((second + self.talks[caller], call))


@pytest.mark.feature("CB-07")
def test_with_equal_staff_the_wait_is_the_same_either_way(record_property: Callable[[str, object], None]) -> None:
    line, both = Morning(every=None), Morning(every=2)
    kept = [wait for caller, wait in both.waits.items() if both.keeps[caller]]
    stayed = [wait for caller, wait in both.waits.items() if not both.keeps[caller]]
    record_property("mean wait, all on the line", round(mean(line.waits.values())))
    record_property(
        "mean wait, half keep the place: of these, and of the others", (round(mean(kept)), round(mean(stayed)))
    )
    assert list(line.waits) == sorted(line.waits), "nobody overtakes on the line"
    assert mean(line.waits.values()) > 300, "it is a busy morning"
    longer = mean(both.waits.values()) - mean(line.waits.values())
    assert 0 <= longer <= PICKS_UP * CALLERS / 4, "what it costs is that members wait for phones to be picked up"
    assert abs(mean(kept) - mean(stayed)) < 0.1 * mean(stayed)
    overtaken = [caller for earlier, caller in zip(both.waits, list(both.waits)[1:], strict=False) if caller < earlier]
    assert len(overtaken) <= 2, "only while a customer's phone rings may a neighbour be answered first"


@pytest.mark.feature("CB-07")
@settings(max_examples=examples(25), deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(keeps=st.lists(st.booleans(), min_size=2, max_size=6), dies=st.integers(0, 6), snapshot=st.booleans())
def test_nobody_overtakes_whoever_keeps_the_place_and_whenever_we_die(
    keeps: list[bool], dies: int, snapshot: bool
) -> None:
    house = House(KEEPING)
    house.logs_in("anna", queue="reception")
    first = house.caller_rings(STRAIGHT, "+46701110000")
    house.phone("anna").answers()
    for caller, keep in enumerate(keeps):
        party = house.caller_rings(STRAIGHT, number_of(caller))
        if keep:
            party.presses("1")
            party.hangs_up()
    first.hangs_up()
    served = []
    for turn, keep in enumerate(keeps):
        if turn == dies:
            if snapshot:
                house.takes_snapshot()
            house.application_dies()
            house.application_starts()
        anna = house.phone("anna").answers()
        if keep:
            assert anna.hears_voice_of(house.outside(number_of(turn)).answers())
        served.append(anna.call.caller)
        anna.hangs_up()
    assert served == [number_of(caller) for caller in range(len(keeps))]
