"""The heart: a fault costs one call, facts are numbered without gaps, and the clock may be set back."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from svarhus.adapters.simulated.time import START
from svarhus.domains.calls.facts import CallBegan, CallClosed, LegPutOnHold
from svarhus.domains.calls.model import CallRecord, Outcome
from svarhus.domains.hours.model import OpeningHours
from svarhus.domains.queues.model import Queue
from svarhus.exchange.core.commands import SayTo
from svarhus.exchange.core.core import Core, Decided
from svarhus.exchange.core.errors import CallNotFound
from svarhus.exchange.core.requests import EndCall, LogIn, TakeConfiguration, TimePassed
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.turn import Turn
from svarhus.kit.clock import Instant
from svarhus.kit.ids import CallId, LegId, PersonKey, PromptId, QueueKey, RecordingId
from svarhus.ports.telephony import (
    CallOffered,
    DigitPressed,
    EndCause,
    EndpointChanged,
    HangUp,
    LegAnswered,
    LegEnded,
    LegHeld,
    LegResumed,
    LegRinging,
    PromptFinished,
    RecordingFinished,
)
from unit.exchange.house import HOUSE, KARIN, LARS, MAIN, STRAIGHT, Changes, House, document

FIRST, SECOND = LegId("in-1"), LegId("in-2")


class FaultyQueues(dict[QueueKey, Queue]):
    """When armed, the queue `advice` cannot be looked up: stands for any fault in a decision about its callers."""

    armed = False

    def __getitem__(self, key: QueueKey) -> Queue:
        if key == "advice" and self.armed:
            raise RuntimeError("a fault")
        return super().__getitem__(key)

    def get(self, key: QueueKey, default: object = None) -> Queue | None:  # type: ignore[override]
        try:
            return self[key]
        except KeyError:
            return None


class FaultyRules(Rules):
    def __init__(self, revision: int, changes: Changes) -> None:
        super().__init__(revision, document(changes))
        self.faulty = FaultyQueues(super().queues)

    @property
    def queues(self) -> Mapping[QueueKey, Queue]:
        return self.faulty

    @property
    def hours(self) -> Mapping[str, OpeningHours]:
        raise RuntimeError("a fault")


def faulty_core() -> tuple[Core, FaultyRules]:
    core = Core(HOUSE)
    rules = FaultyRules(1, {"queues": {"advice": {"announcements": {"first_after": 5, "position": True}}}})
    core.revisions[1] = rules
    core.decide([TakeConfiguration(1)], START)
    for extension in ("1001", "1002"):
        core.decide([EndpointChanged(extension, reachable=True)], START)
    # Somebody is logged in to the queue, but cannot be rung.
    core.decide([LogIn(PersonKey("cia"))], START)
    return core, rules


def records(decided: Decided) -> list[CallRecord]:
    return [each.fact.record for each in decided.facts if isinstance(each.fact, CallClosed)]


class TestFaults:
    def test_a_fault_with_a_new_call_costs_that_call(self) -> None:
        core, _ = faulty_core()
        core.decide([CallOffered(FIRST, STRAIGHT, KARIN, trunk="carrier")], START)
        with capture_logs() as logs:
            decided = core.decide([CallOffered(SECOND, MAIN, LARS, trunk="carrier")], START)
        assert [line["event"] for line in logs] == ["decision_failed"]
        assert decided.commands[-1].command == HangUp(SECOND, EndCause.FAILED)
        decided = core.decide([LegEnded(SECOND, EndCause.WE_HUNG_UP)], START)
        assert [record.outcome for record in records(decided)] == [Outcome.FAILED]
        assert [place.call for place in core.state.places.values()] == ["house-1"]

    def test_a_fault_in_a_timer_costs_its_call_and_no_other_timer(self) -> None:
        core, rules = faulty_core()
        core.decide([CallOffered(FIRST, "2002", "1005", endpoint="1005")], START)
        core.decide([CallOffered(SECOND, STRAIGHT, KARIN, trunk="carrier")], START)
        rules.faulty.armed = True
        with capture_logs() as logs:
            decided = core.decide([TimePassed()], later(5))
        assert [line["event"] for line in logs] == ["decision_failed"]
        assert [one.command for one in decided.commands if isinstance(one.command, HangUp)] == [
            HangUp(FIRST, EndCause.FAILED)
        ]
        assert [one.command.leg for one in decided.commands if isinstance(one.command, SayTo)] == [SECOND]

    def test_a_fault_in_ringing_for_one_caller_does_not_stop_the_queues(self) -> None:
        core, rules = faulty_core()
        core.decide([CallOffered(FIRST, "2002", "1005", endpoint="1005")], START)
        core.decide([CallOffered(SECOND, STRAIGHT, KARIN, trunk="carrier")], START)
        rules.faulty.armed = True
        with capture_logs() as logs:
            core.decide([LogIn(PersonKey("bo"))], START)
        assert [line["event"] for line in logs] == ["decision_failed"]
        core.decide([LegEnded(FIRST, EndCause.WE_HUNG_UP)], START)
        assert [core.state.call_of(offer) for offer in core.state.offers.values()] == ["house-2"]

    def test_a_fact_that_cannot_be_folded_gets_no_number(self) -> None:
        core, _ = faulty_core()
        turn = Turn(core.state, core.revisions, START)
        before = core.state.stored.seq
        with pytest.raises(KeyError):
            turn.record(LegPutOnHold(call=CallId("nowhere"), leg=LegId("nowhere"), held=True))
        assert turn.facts == []
        assert core.state.stored.seq == before

    def test_a_refused_request_changes_nothing(self) -> None:
        core, _ = faulty_core()
        decided = core.decide([EndCall(CallId("nowhere"))], START)
        assert isinstance(decided.answers[0], CallNotFound)
        assert decided.facts == []


def later(seconds: float) -> Instant:
    return Instant(START + timedelta(seconds=seconds))


class TestEvents:
    def test_events_of_legs_that_nobody_knows_change_nothing(self) -> None:
        core, _ = faulty_core()
        stray = LegId("stray")
        decided = core.decide(
            [
                LegRinging(stray),
                LegEnded(stray, EndCause.HUNG_UP),
                DigitPressed(stray, "1"),
                PromptFinished(stray, PromptId("p")),
                RecordingFinished(stray, RecordingId("r"), 3.0, "file"),
                LegHeld(stray),
                LegResumed(stray),
            ],
            START,
        )
        assert decided.facts == [] and decided.commands == []

    def test_a_phone_that_answers_for_nobody_is_hung_up(self) -> None:
        core, _ = faulty_core()
        decided = core.decide([LegAnswered(LegId("stray"))], START)
        assert [one.command for one in decided.commands] == [HangUp(LegId("stray"))]

    def test_a_leg_that_is_offered_twice_is_one_call(self) -> None:
        core, _ = faulty_core()
        offered = CallOffered(FIRST, STRAIGHT, KARIN, trunk="carrier")
        decided = core.decide([offered, offered], START)
        assert len([each for each in decided.facts if isinstance(each.fact, CallBegan)]) == 1

    def test_an_end_that_is_told_twice_ends_once(self) -> None:
        core, _ = faulty_core()
        core.decide([CallOffered(FIRST, STRAIGHT, KARIN, trunk="carrier")], START)
        decided = core.decide([LegEnded(FIRST, EndCause.HUNG_UP), LegEnded(FIRST, EndCause.HUNG_UP)], START)
        assert len(records(decided)) == 1


class TestTheClock:
    def test_a_clock_that_is_set_back_makes_no_negative_waits(self) -> None:
        core, _ = faulty_core()
        core.decide([CallOffered(FIRST, STRAIGHT, KARIN, trunk="carrier")], START)
        decided = core.decide([LegEnded(FIRST, EndCause.HUNG_UP)], later(-60))
        assert [record.wait for record in records(decided)] == [0.0]

    def test_the_same_inputs_give_the_same_facts(self) -> None:
        def facts() -> list[object]:
            house = House()
            house.logs_in("anna")
            house.caller_rings(STRAIGHT)
            house.phone("anna").answers().hangs_up()
            return [*house.journal]

        assert facts() == facts()
