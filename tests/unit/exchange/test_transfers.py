"""Handing a caller over: to whom, what the caller hears, and back when nobody takes it."""

import pytest

from svarhus.adapters.simulated.world import Heard, Reaction
from svarhus.domains.callbacks.errors import NotCallable, PhoneNotReachable
from svarhus.domains.calls.errors import Engaged, NobodyThere, NotPossibleNow
from svarhus.domains.calls.facts import TransferEnded
from svarhus.domains.calls.model import Outcome
from svarhus.domains.calls.talk import Destination, StepKind
from svarhus.exchange.core.requests import (
    BeginConsult,
    CancelConsult,
    CompleteConsult,
    HangUpOwn,
    SwapConsult,
    TransferCall,
)
from svarhus.exchange.showing import live
from svarhus.exchange.showing.views import AgentState
from svarhus.kit.errors import SvarhusError
from svarhus.kit.ids import CallId, PersonKey, QueueKey
from unit.exchange.house import CALL_ME, KARIN, LARS, STRAIGHT, House, Party

ANNA, BO = PersonKey("anna"), PersonKey("bo")
TO_BO = Destination(person=BO)
TO_ADVICE = Destination(queue=QueueKey("advice"))
TO_LARS = Destination(number="070-123 45 68")


def talking(house: House) -> tuple[Party, Party, CallId]:
    """A caller and Anna in conversation."""
    house.logs_in("anna")
    caller = house.caller_rings(STRAIGHT)
    anna = house.phone("anna").answers()
    return caller, anna, caller.call.id


def state_of(house: House, person: str) -> AgentState:
    found = live.agent(house.core, person)
    assert found
    return found.state


def ended(house: House) -> list[str]:
    return [fact.outcome for fact in house.facts_of(TransferEnded)]


def goes_home(house: House) -> None:
    house.logs_out("anna", "bo", "cia")
    house.waits(120)
    house.everything_is_over()
    house.journal_tells_all()


class TestBlind:
    def test_the_caller_hears_music_and_then_the_colleague(self) -> None:
        house = House()
        caller, anna, call = talking(house)
        house.asks(TransferCall(call, ANNA, TO_BO, 20))
        assert anna.gone
        assert caller.hears(Heard.MUSIC)
        bo = house.phone("bo").answers()
        assert bo.shown == KARIN
        assert caller.hears_voice_of(bo)
        bo.hangs_up()
        assert caller.gone
        assert (caller.record.outcome, caller.record.person) == (Outcome.ANSWERED, "bo")
        assert ended(house) == ["taken"]
        goes_home(house)

    def test_the_one_who_hands_over_is_in_after_call_work_at_once(self) -> None:
        house = House({"queues": {"reception": {"after_call_work": {"answered": 30}}}})
        _, _, call = talking(house)
        house.asks(TransferCall(call, ANNA, TO_BO, 20))
        assert state_of(house, "anna") is AgentState.AFTER_CALL_WORK

    def test_the_path_tells_where_the_call_has_been(self) -> None:
        house = House()
        caller, _, call = talking(house)
        house.waits(10)
        house.asks(TransferCall(call, ANNA, TO_BO, 20))
        house.waits(3)
        bo = house.phone("bo").answers()
        house.waits(5)
        bo.hangs_up()
        told = [(step.kind, step.key, step.by) for step in caller.record.path]
        assert told == [
            (StepKind.NUMBER, STRAIGHT, None),
            (StepKind.FLOW, "straight", None),
            (StepKind.QUEUE, "reception", None),
            (StepKind.PERSON, "anna", None),
            (StepKind.PERSON, "bo", "anna"),
        ]
        assert all(step.until for step in caller.record.path)
        assert caller.record.talk == 15, "ringing is no talk"

    @pytest.mark.parametrize("reaction", [Reaction.BUSY, Reaction.DECLINE])
    def test_a_colleague_who_does_not_want_it_sends_it_back(self, reaction: Reaction) -> None:
        house = House({"queues": {"reception": {"after_call_work": {"answered": 0}}}})
        caller, _, call = talking(house)
        house.phone("bo").always(reaction)
        house.asks(TransferCall(call, ANNA, TO_BO, 20))
        assert caller.hears(Heard.MUSIC)
        again = house.phone("anna").answers()
        assert caller.hears_voice_of(again)
        assert ended(house) == ["returned"]

    def test_it_comes_back_after_the_time(self) -> None:
        house = House()
        caller, _, call = talking(house)
        house.asks(TransferCall(call, ANNA, TO_BO, 20))
        house.waits(19)
        assert not house.phone("anna").rings
        house.waits(2)
        assert not house.phone("bo").rings
        again = house.phone("anna").answers()
        assert caller.hears_voice_of(again)

    def test_when_nobody_takes_it_back_the_queue_does_before_all_others(self) -> None:
        house = House({"queues": {"reception": {"after_call_work": {"answered": 0}}}})
        house.logs_in("dan")
        caller, _, call = talking(house)
        house.outside("+46701000004").always(Reaction.IGNORE)
        house.asks(TransferCall(call, ANNA, TO_BO, 20))
        other = house.caller_rings(STRAIGHT, LARS)
        house.waits(21)
        house.phone("anna").declines()
        assert house.waiting_in("reception") == [caller.leg, other.leg]

    def test_without_return_it_ends_when_nobody_answers(self) -> None:
        house = House()
        caller, _, call = talking(house)
        house.asks(TransferCall(call, ANNA, TO_BO, None))
        house.waits(59)
        assert not caller.gone
        house.waits(2)
        assert caller.gone
        goes_home(house)

    def test_whoever_hands_over_while_busy_gets_it_back_when_free(self) -> None:
        house = House({"queues": {"reception": {"after_call_work": {"answered": 0}}}})
        caller, _, call = talking(house)
        house.asks(TransferCall(call, ANNA, TO_BO, 20))
        next_caller = house.caller_rings(STRAIGHT, LARS)
        anna = house.phone("anna").answers()
        house.waits(21)
        assert caller.hears(Heard.MUSIC)
        anna.hangs_up()
        assert next_caller.gone
        assert house.phone("anna").answers().hears_voice_of(caller)

    def test_to_a_queue_place_and_wait_count_from_then(self) -> None:
        house = House()
        house.logs_in("cia")
        caller, anna, call = talking(house)
        house.waits(30)
        house.asks(TransferCall(call, ANNA, TO_ADVICE, 20))
        assert anna.gone
        assert caller.hears(Heard.MUSIC)
        house.waits(8)
        cia = house.phone("cia").answers()
        assert caller.hears_voice_of(cia)
        caller.hangs_up()
        assert [(part.queue, part.wait) for part in caller.record.parts] == [("reception", 0), ("advice", 8)]

    def test_to_a_number_outside(self) -> None:
        house = House()
        caller, anna, call = talking(house)
        house.asks(TransferCall(call, ANNA, TO_LARS, 20))
        assert anna.gone
        lars = house.outside(LARS).answers()
        assert lars.shown == "+46846500400"
        assert caller.hears_voice_of(lars)
        assert caller.call.path[-1].kind is StepKind.OUTSIDE

    @pytest.mark.parametrize("a_machine", [False, True])
    def test_a_colleague_at_a_mobile_shows_by_a_key_to_be_no_machine(self, a_machine: bool) -> None:
        house = House({"queues": {"reception": {"after_call_work": {"answered": 0}}}})
        caller, _, call = talking(house)
        house.asks(TransferCall(call, ANNA, Destination(person=PersonKey("dan")), 20))
        dan = house.phone("dan").answers()
        assert dan.told == ["agent.confirm"]
        assert caller.hears(Heard.MUSIC)
        if a_machine:
            house.waits(16)
            assert house.phone("anna").answers().hears_voice_of(caller)
        else:
            dan.presses("1")
            assert caller.hears_voice_of(dan)

    def test_to_a_number_of_ours_its_flow_goes_on(self) -> None:
        house = House()
        caller, _, call = talking(house)
        house.asks(TransferCall(call, ANNA, Destination(number=CALL_ME), None))
        assert caller.told[-1].startswith("callback.")

    def test_what_leads_nowhere_is_refused_and_changes_nothing(self) -> None:
        house = House({"people": {"bo": {"extension": "1002"}}})
        caller, anna, call = talking(house)
        refusals: list[tuple[Destination, type[SvarhusError]]] = [
            (Destination(number="+12025550123"), NotCallable),
            (TO_ADVICE, NobodyThere),
            (TO_BO, PhoneNotReachable),
        ]
        house.phone("bo").goes_off()
        for to, refusal in refusals:
            with pytest.raises(refusal):
                house.asks(TransferCall(call, ANNA, to, 20))
        house.phone("cia").dials("1005")
        with pytest.raises(Engaged):
            house.asks(TransferCall(call, ANNA, Destination(number="1003"), 20))
        assert caller.hears_voice_of(anna)

    @pytest.mark.parametrize("moment", ["ringing", "returning"])
    def test_a_caller_who_hangs_up_meanwhile_leaves_nothing(self, moment: str) -> None:
        house = House()
        caller, _, call = talking(house)
        house.asks(TransferCall(call, ANNA, TO_BO, 20))
        if moment == "returning":
            house.phone("bo").declines()
        caller.hangs_up()
        assert not house.phone("bo").rings
        assert not house.phone("anna").rings
        goes_home(house)

    def test_who_called_out_hands_the_customer_over(self) -> None:
        house = House()
        eva = house.phone("eva").dials(LARS)
        lars = house.outside(LARS).answers()
        house.asks(TransferCall(eva.call.id, PersonKey("eva"), TO_BO, 20))
        bo = house.phone("bo").answers()
        assert bo.shown == LARS
        assert lars.hears_voice_of(bo)
        lars.hangs_up()
        assert bo.gone
        goes_home(house)

    def test_a_restart_does_not_lose_the_one_handed_over(self) -> None:
        house = House()
        caller, _, call = talking(house)
        house.asks(TransferCall(call, ANNA, TO_BO, 20))
        house.application_dies()
        house.application_starts()
        assert caller.hears(Heard.MUSIC)
        assert house.phone("bo").answers().hears_voice_of(caller)


class TestConsult:
    def test_the_caller_waits_with_music_while_the_two_talk(self) -> None:
        house = House()
        caller, anna, call = talking(house)
        house.asks(BeginConsult(call, ANNA, TO_BO))
        assert caller.hears(Heard.MUSIC)
        assert anna.hears(Heard.RINGING)
        bo = house.phone("bo").answers()
        assert anna.hears_voice_of(bo)
        assert caller.hears(Heard.MUSIC)

    def test_complete_connects_the_others_and_frees_the_one_who_asked(self) -> None:
        house = House()
        caller, anna, call = talking(house)
        house.asks(BeginConsult(call, ANNA, TO_BO))
        bo = house.phone("bo").answers()
        house.asks(CompleteConsult(call, ANNA))
        assert anna.gone
        assert caller.hears_voice_of(bo)
        bo.hangs_up()
        assert caller.record.person == "bo"
        goes_home(house)

    def test_cancel_goes_back_to_the_caller(self) -> None:
        house = House()
        caller, anna, call = talking(house)
        house.asks(BeginConsult(call, ANNA, TO_BO))
        bo = house.phone("bo").answers()
        house.asks(CancelConsult(call, ANNA))
        assert bo.gone
        assert caller.hears_voice_of(anna)
        anna.hangs_up()
        assert caller.record.person == "anna"

    def test_cancel_before_the_answer_stops_the_ringing(self) -> None:
        house = House()
        caller, anna, call = talking(house)
        house.asks(BeginConsult(call, ANNA, TO_BO))
        house.asks(CancelConsult(call, ANNA))
        assert not house.phone("bo").rings
        assert caller.hears_voice_of(anna)

    def test_swap_alternates(self) -> None:
        house = House()
        caller, anna, call = talking(house)
        house.asks(BeginConsult(call, ANNA, TO_BO))
        bo = house.phone("bo").answers()
        house.asks(SwapConsult(call, ANNA))
        assert caller.hears_voice_of(anna)
        assert bo.hears(Heard.MUSIC)
        house.asks(SwapConsult(call, ANNA))
        assert bo.hears_voice_of(anna)
        assert caller.hears(Heard.MUSIC)
        house.asks(SwapConsult(call, ANNA))
        house.asks(CompleteConsult(call, ANNA))
        assert caller.hears_voice_of(bo)

    @pytest.mark.parametrize("swapped", [False, True])
    def test_whoever_asked_and_hangs_up_leaves_the_two_together(self, swapped: bool) -> None:
        house = House()
        caller, anna, call = talking(house)
        house.asks(BeginConsult(call, ANNA, TO_BO))
        bo = house.phone("bo").answers()
        if swapped:
            house.asks(SwapConsult(call, ANNA))
        anna.hangs_up()
        assert caller.hears_voice_of(bo)
        caller.hangs_up()
        goes_home(house)

    def test_whoever_asked_and_hangs_up_before_the_answer_has_handed_over(self) -> None:
        house = House()
        caller, anna, call = talking(house)
        house.asks(BeginConsult(call, ANNA, TO_BO))
        anna.hangs_up()
        assert caller.hears(Heard.MUSIC)
        house.phone("bo").declines()
        assert house.phone("anna").answers().hears_voice_of(caller)

    def test_complete_before_the_answer_hands_over(self) -> None:
        house = House()
        caller, anna, call = talking(house)
        house.asks(BeginConsult(call, ANNA, TO_BO))
        house.asks(CompleteConsult(call, ANNA))
        assert anna.gone
        assert house.phone("bo").answers().hears_voice_of(caller)

    @pytest.mark.parametrize("swapped", [False, True])
    def test_when_the_one_who_was_asked_hangs_up_the_first_two_talk(self, swapped: bool) -> None:
        house = House()
        caller, anna, call = talking(house)
        house.asks(BeginConsult(call, ANNA, TO_BO))
        bo = house.phone("bo").answers()
        if swapped:
            house.asks(SwapConsult(call, ANNA))
        bo.hangs_up()
        assert caller.hears_voice_of(anna)

    def test_when_nobody_answers_the_first_two_talk(self) -> None:
        house = House()
        caller, anna, call = talking(house)
        house.asks(BeginConsult(call, ANNA, TO_LARS))
        house.waits(31)
        assert caller.hears_voice_of(anna)

    @pytest.mark.parametrize("swapped", [False, True])
    def test_when_the_caller_hangs_up_the_colleagues_talk_on(self, swapped: bool) -> None:
        house = House()
        caller, anna, call = talking(house)
        house.asks(BeginConsult(call, ANNA, TO_BO))
        bo = house.phone("bo").answers()
        if swapped:
            house.asks(SwapConsult(call, ANNA))
        caller.hangs_up()
        assert anna.hears_voice_of(bo)
        bo.hangs_up()
        assert anna.gone
        goes_home(house)

    def test_when_the_caller_hangs_up_before_the_answer_it_is_over(self) -> None:
        house = House()
        caller, anna, call = talking(house)
        house.asks(BeginConsult(call, ANNA, TO_BO))
        caller.hangs_up()
        assert anna.gone
        assert not house.phone("bo").rings
        goes_home(house)

    def test_a_queue_cannot_be_asked_and_only_one_at_a_time(self) -> None:
        house = House()
        house.logs_in("cia")
        _, _, call = talking(house)
        with pytest.raises(NotPossibleNow):
            house.asks(BeginConsult(call, ANNA, TO_ADVICE))
        house.asks(BeginConsult(call, ANNA, TO_BO))
        with pytest.raises(NotPossibleNow):
            house.asks(BeginConsult(call, ANNA, TO_LARS))

    def test_hang_up_by_request_is_a_hang_up(self) -> None:
        house = House()
        caller, anna, call = talking(house)
        house.asks(BeginConsult(call, ANNA, TO_BO))
        bo = house.phone("bo").answers()
        house.asks(HangUpOwn(call, ANNA))
        assert anna.gone
        assert caller.hears_voice_of(bo)

    def test_it_survives_a_restart(self) -> None:
        house = House()
        caller, anna, call = talking(house)
        house.asks(BeginConsult(call, ANNA, TO_BO))
        house.application_dies()
        house.application_starts()
        assert anna.hears(Heard.RINGING)
        bo = house.phone("bo").answers()
        assert anna.hears_voice_of(bo)
        house.application_dies()
        house.application_starts()
        house.asks(CompleteConsult(call, ANNA))
        assert caller.hears_voice_of(bo)


class TestByThePhonesOwnKey:
    def test_blind_to_a_colleague(self) -> None:
        house = House()
        caller, anna, _ = talking(house)
        assert anna.refers("1002") is True
        assert anna.gone
        assert house.phone("bo").answers().hears_voice_of(caller)

    def test_blind_to_a_queue(self) -> None:
        house = House()
        house.logs_in("cia")
        caller, anna, _ = talking(house)
        assert anna.refers("2002") is True
        assert house.phone("cia").answers().hears_voice_of(caller)

    def test_what_may_not_be_called_is_refused_and_the_call_goes_on(self) -> None:
        house = House()
        caller, anna, _ = talking(house)
        assert anna.refers("+12025550123") is False
        assert caller.hears_voice_of(anna)

    def test_a_carrier_cannot_send_our_calls_on(self) -> None:
        house = House()
        caller, anna, _ = talking(house)
        assert caller.refers("+46812345678") is False
        assert caller.hears_voice_of(anna)

    def test_attended_connects_the_far_ends_of_both_calls(self) -> None:
        house = House()
        caller, anna, _ = talking(house)
        second = house.phone("anna").dials("1002")
        bo = house.phone("bo").answers()
        assert anna.refers("1002", second) is True
        assert anna.gone
        assert second.gone
        assert caller.hears_voice_of(bo)
        bo.hangs_up()
        assert caller.record.person == "bo"
        goes_home(house)

    def test_attended_before_the_answer(self) -> None:
        house = House()
        caller, anna, _ = talking(house)
        second = house.phone("anna").dials("1002")
        assert anna.refers("1002", second) is True
        assert second.gone
        assert caller.hears(Heard.MUSIC)
        assert house.phone("bo").answers().hears_voice_of(caller)
        caller.hangs_up()
        goes_home(house)
