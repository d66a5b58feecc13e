"""A phone that answers and is gone at once has not answered: the caller keeps the place and the wait."""

import pytest

from svarhus.adapters.simulated.world import Heard
from svarhus.domains.callbacks.state import BookingStatus
from svarhus.domains.calls.model import Outcome
from svarhus.domains.calls.talk import Destination
from svarhus.domains.queues.offer import OfferOutcome
from svarhus.domains.queues.state import OfferEnded
from svarhus.exchange.core.requests import BeginConsult, CompleteConsult, DialFor, StartCallback, TransferCall
from svarhus.kit.clock import seconds_between
from svarhus.kit.ids import PersonKey
from unit.exchange.house import CALL_ME, KARIN, LARS, MAIN, MONA, STRAIGHT, Death, House, Party

ANNA, BO, CIA, EVA = PersonKey("anna"), PersonKey("bo"), PersonKey("cia"), PersonKey("eva")


def goes_home(house: House) -> None:
    for leg in list(house.engine.world.legs):
        house.engine.hang_up(leg)
        house.settle()
    house.logs_out("anna", "bo", "cia")
    house.waits(120)
    house.everything_is_over()
    house.journal_tells_all()


def outcomes(house: House) -> list[OfferOutcome]:
    return [fact.outcome for fact in house.facts_of(OfferEnded)]


class TestInAQueue:
    @pytest.mark.feature("Q-22", "Q-01")
    @pytest.mark.parametrize("seconds", [0.0, 0.2])
    def test_the_caller_keeps_place_and_waiting_time(self, seconds: float) -> None:
        house = House()
        first, second = house.caller_rings(STRAIGHT, KARIN), house.caller_rings(STRAIGHT, LARS)
        came = house.place(first.call.id).entered_at
        house.waits(60)
        house.logs_in("anna")
        anna = house.phone("anna").answers()
        house.waits(seconds)
        anna.is_gone_at_once()
        assert house.waiting_in("reception") == [first.leg, second.leg]
        assert house.place(first.call.id).entered_at == came
        assert first.hears(Heard.MUSIC) and first.answered
        assert outcomes(house)[-1] is OfferOutcome.FAILED

        house.waits(20)
        anna = house.phone("anna").answers()
        assert anna.hears_voice_of(first)
        house.waits(30)
        anna.hangs_up()
        record = first.record
        assert (record.outcome, record.person, record.talk) == (Outcome.ANSWERED, "anna", 30)
        assert (len(record.parts), record.parts[0].wait) == (1, 80 + seconds)
        assert [leg.answered_at is not None for leg in record.legs if leg.person] == [False, True]
        goes_home(house)

    def test_the_next_member_is_rung_and_nothing_counts_as_answered(self) -> None:
        house = House()
        house.logs_in("anna", "bo")
        caller = house.caller_rings(STRAIGHT)
        rung = next(name for name in ("anna", "bo") if house.phone(name).rings)
        house.phone(rung).answers().is_gone_at_once()
        other = "bo" if rung == "anna" else "anna"
        assert house.phone(other).rings and not house.phone(rung).rings
        assert not house.core.state.stored.waits.get(caller.call.parts[0].queue)
        caller.hangs_up()
        assert (caller.record.outcome, caller.record.person, caller.record.talk) == (Outcome.ABANDONED, None, 0)
        goes_home(house)

    def test_the_flow_still_limits_the_wait(self) -> None:
        """What was due in the very moment of the answer is done after it."""
        house = House()
        house.logs_in("cia")
        caller = house.caller_rings(MAIN)
        house.waits(1)
        caller.presses("7")
        house.waits(50)
        house.phone("cia").declines()
        house.waits(9.8)
        if not house.phone("cia").rings:
            house.logs_out("cia")
            house.logs_in("cia")
        house.logs_in("bo", queue="advice")
        bo = house.phone("bo").answers()
        house.waits(0.3)
        bo.is_gone_at_once()
        house.waits(1)
        assert caller.call.parts[0].outcome == "timed_out"
        goes_home(house)

    def test_a_phone_that_never_works_is_not_rung_without_a_pause(self) -> None:
        house = House({"queues": {"reception": {"after_call_work": {"missed": 0}}}})
        house.logs_in("anna")
        caller = house.caller_rings(STRAIGHT)
        house.phone("anna").answers().is_gone_at_once()
        assert not house.phone("anna").rings
        house.waits(1)
        assert house.phone("anna").rings and house.waiting_in("reception") == [caller.leg]
        goes_home(house)

    def test_who_has_talked_has_talked(self) -> None:
        house = House()
        house.logs_in("anna")
        caller = house.caller_rings(STRAIGHT)
        anna = house.phone("anna").answers()
        house.waits(0.5)
        anna.is_gone_at_once()
        assert (caller.record.outcome, caller.record.person) == (Outcome.ANSWERED, "anna")
        goes_home(house)

    @pytest.mark.parametrize("death", Death)
    def test_the_application_may_die_in_it(self, death: Death) -> None:
        house = House()
        house.logs_in("anna")
        caller = house.caller_rings(STRAIGHT)
        anna = house.phone("anna").answers()
        house.takes_snapshot()
        house.dies = death
        anna.is_gone_at_once()
        house.application_starts()
        assert house.waiting_in("reception") == [caller.leg] and caller.hears(Heard.MUSIC)
        goes_home(house)


class TestElsewhere:
    def talking(self, house: House) -> tuple[Party, Party]:
        house.logs_in("anna")
        caller = house.caller_rings(STRAIGHT)
        anna = house.phone("anna").answers()
        house.waits(10)
        return caller, anna

    def test_a_transfer_comes_back(self) -> None:
        house = House()
        caller, anna = self.talking(house)
        house.asks(TransferCall(caller.call.id, ANNA, Destination(person=BO), 20))
        bo = house.phone("bo").answers()
        house.waits(0.1)
        bo.is_gone_at_once()
        assert caller.hears(Heard.MUSIC) and caller.call.transfer and caller.call.transfer.returning
        anna = house.phone("anna").answers()
        assert anna.hears_voice_of(caller)
        house.waits(5)
        anna.hangs_up()
        record = caller.record
        assert (record.person, record.talk) == ("anna", 15)
        assert [step.key for step in record.path if step.kind == "person"] == ["anna", "anna"]
        goes_home(house)

    def test_a_transfer_to_a_number_in_the_flow_has_failed(self) -> None:
        house = House({"organisation": {"outgoing": {"trunk": "carrier"}}})
        caller = house.caller_rings(MAIN)
        house.waits(1)
        caller.presses("9")
        house.phone("eva").answers().is_gone_at_once()
        assert caller.told[-1] == "transfer.failed"
        assert caller.call.outcome is None
        goes_home(house)

    def test_who_is_asked_leaves_the_caller_with_who_asks(self) -> None:
        house = House()
        caller, anna = self.talking(house)
        house.asks(BeginConsult(caller.call.id, ANNA, Destination(person=BO)))
        house.phone("bo").answers().is_gone_at_once()
        assert anna.hears_voice_of(caller)
        goes_home(house)

    def test_who_has_been_asked_for_long_has_the_caller(self) -> None:
        """That the two were connected a moment ago is no new answer."""
        house = House()
        caller, _ = self.talking(house)
        house.asks(BeginConsult(caller.call.id, ANNA, Destination(person=BO)))
        bo = house.phone("bo").answers()
        house.waits(10)
        house.asks(CompleteConsult(caller.call.id, ANNA))
        bo.is_gone_at_once()
        assert caller.record.outcome is Outcome.ANSWERED
        goes_home(house)

    def test_an_outgoing_call_is_unanswered(self) -> None:
        house = House()
        house.asks(DialFor(EVA, Destination(number="070-123 45 68")))
        eva = house.phone("eva").answers()
        house.waits(3)
        house.outside(LARS).answers().is_gone_at_once()
        assert eva.gone
        assert (eva.record.outcome, eva.record.talk) == (Outcome.UNANSWERED, 0)

    @pytest.mark.feature("CB-13")
    def test_a_callback_has_not_reached_anybody(self) -> None:
        house = House()
        house.logs_in("cia")
        caller = house.caller_rings(CALL_ME, MONA)
        caller.presses("1")
        caller.presses("1")
        caller.hangs_up()
        booking = house.bookings[0].id
        house.waits(3600)
        house.asks(StartCallback(booking, CIA))
        cia = house.phone("cia").answers()
        house.waits(2)
        house.outside(MONA).answers().is_gone_at_once()
        assert cia.record.outcome is Outcome.UNANSWERED
        assert house.booking(booking).status is BookingStatus.TO_MARK
        goes_home(house)

    @pytest.mark.feature("CB-13")
    def test_an_agent_who_is_gone_at_once_has_attempted_nothing(self) -> None:
        house = House()
        house.logs_in("cia")
        caller = house.caller_rings(CALL_ME, MONA)
        caller.presses("1")
        caller.presses("1")
        caller.hangs_up()
        booking = house.bookings[0].id
        house.waits(3600)
        house.asks(StartCallback(booking, CIA))
        house.phone("cia").answers().is_gone_at_once()
        found = house.booking(booking)
        assert (found.status, found.attempts, found.first_attempt_at) == (BookingStatus.DUE, 0, None)
        goes_home(house)


def test_the_wait_is_counted_from_the_arrival() -> None:
    house = House()
    house.logs_in("anna")
    caller = house.caller_rings(STRAIGHT)
    house.waits(5)
    house.phone("anna").answers().is_gone_at_once()
    waiting = house.place(caller.call.id)
    assert seconds_between(waiting.entered_at, house.now) == 5
    goes_home(house)
