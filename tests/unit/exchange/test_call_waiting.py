"""Who talks is still offered calls: after those who are free, one at a time, and not again once one was declined."""

import pytest

from svarhus.adapters.simulated.world import Heard
from svarhus.domains.calls.talk import Destination
from svarhus.domains.presence.device import DeviceKind
from svarhus.domains.presence.state import After, AfterCallWorkBegan
from svarhus.domains.queues.offer import OfferOutcome
from svarhus.domains.queues.state import OfferEnded, OfferMade
from svarhus.exchange.core.requests import BeginConsult, ChooseCallWaiting, ChooseDevice, HangUpOwn, ResumeCall
from svarhus.kit.ids import PersonKey
from unit.exchange.house import KARIN, LARS, MONA, STRAIGHT, House, Party

ANNA, BO, DAN = PersonKey("anna"), PersonKey("bo"), PersonKey("dan")
WORK = {"answered": 30, "declined": 15, "missed": 15}

pytestmark = pytest.mark.feature("Q-11")


def house_with(strategy: str = "longest_idle", **settings: object) -> House:
    reception = {"call_waiting": True, "distribution": strategy, "after_call_work": WORK, **settings}
    return House({"queues": {"reception": reception}})


def talking(house: House, *people: str) -> list[Party]:
    """Each of them talks with somebody who came by the queue; the callers."""
    callers = []
    for place, person in enumerate(people):
        house.logs_in(person)
        callers.append(house.caller_rings(STRAIGHT, f"+4670123450{place}"))
        house.phone(person).answers()
        house.waits(1)
    return callers


def test_who_talks_is_rung_and_holds_the_first_for_the_second() -> None:
    house = house_with()
    (first,) = talking(house, "anna")
    second = house.caller_rings(STRAIGHT, LARS)
    offer = house.facts_of(OfferMade)[-1]
    assert (offer.person, offer.during) == (ANNA, first.call.id)
    anna = house.phone("anna").answers()
    assert anna.hears_voice_of(second) and first.hears(Heard.MUSIC)
    house.journal_tells_all()


def test_one_goes_to_and_fro_between_the_two() -> None:
    house = house_with()
    (first,) = talking(house, "anna")
    second = house.caller_rings(STRAIGHT, LARS)
    house.phone("anna").answers()
    house.waits(1)
    house.asks(ResumeCall(first.call.id, ANNA))
    assert first.hears(Heard.PARTIES) and second.hears(Heard.MUSIC)
    house.asks(ResumeCall(second.call.id, ANNA))
    assert second.hears(Heard.PARTIES) and first.hears(Heard.MUSIC)


def test_a_queue_without_it_lets_them_wait() -> None:
    house = house_with(call_waiting=False)
    talking(house, "anna")
    house.caller_rings(STRAIGHT, LARS)
    assert not house.phone("anna").rings


def test_who_wants_none_is_not_rung_until_that_is_taken_back() -> None:
    house = house_with()
    house.asks(ChooseCallWaiting(ANNA, wanted=False))
    talking(house, "anna")
    house.caller_rings(STRAIGHT, LARS)
    assert not house.phone("anna").rings
    house.asks(ChooseCallWaiting(ANNA, wanted=True))
    assert house.phone("anna").rings
    house.journal_tells_all()


class TestWhoIsFreeGoesFirst:
    def test_the_free_member_is_rung(self) -> None:
        house = house_with()
        talking(house, "anna")
        house.logs_in("bo")
        house.caller_rings(STRAIGHT, LARS)
        assert house.phone("bo").rings and not house.phone("anna").rings

    @pytest.mark.parametrize("strategy", ["longest_idle", "ring_all", "ring_best", "escalating", "round_robin"])
    def test_who_becomes_free_is_rung_instead(self, strategy: str) -> None:
        house = house_with(strategy)
        talking(house, "anna")
        house.caller_rings(STRAIGHT, LARS)
        assert house.phone("anna").rings
        house.logs_in("bo")
        assert house.phone("bo").rings and not house.phone("anna").rings
        assert house.facts_of(OfferEnded)[-1].outcome is OfferOutcome.WITHDRAWN
        house.phone("bo").declines()
        assert house.phone("anna").rings

    def test_the_one_who_came_first_gets_who_becomes_free(self) -> None:
        house = house_with()
        talking(house, "anna")
        earlier, later = house.caller_rings(STRAIGHT, LARS), house.caller_rings(STRAIGHT, MONA)
        house.logs_in("bo")
        assert house.phone("bo").answers().hears_voice_of(earlier)
        house.phone("anna").answers()
        assert later.hears(Heard.PARTIES)

    def test_all_who_talk_ring_where_all_ring(self) -> None:
        house = house_with("ring_all")
        talking(house, "anna", "bo")
        caller = house.caller_rings(STRAIGHT, MONA)
        assert house.phone("anna").rings and house.phone("bo").rings
        house.phone("bo").answers()
        assert caller.hears(Heard.PARTIES) and not house.phone("anna").rings


class TestOnlyOneMore:
    def test_one_rings_at_a_time(self) -> None:
        house = house_with()
        talking(house, "anna")
        house.caller_rings(STRAIGHT, LARS)
        house.caller_rings(STRAIGHT, MONA)
        assert len(house.facts_of(OfferMade)) == 2

    def test_nobody_gets_a_third_call(self) -> None:
        house = house_with()
        talking(house, "anna")
        house.caller_rings(STRAIGHT, LARS)
        house.phone("anna").answers()
        house.caller_rings(STRAIGHT, MONA)
        assert not house.phone("anna").rings

    def test_who_asks_a_colleague_meanwhile_is_left_alone(self) -> None:
        house = house_with()
        (first,) = talking(house, "anna")
        house.asks(BeginConsult(first.call.id, ANNA, Destination(person=PersonKey("eva"))))
        house.caller_rings(STRAIGHT, LARS)
        assert not house.phone("anna").rings
        house.phone("eva").declines()
        assert house.phone("anna").rings

    def test_a_mobile_does_not_ring_beside_its_call(self) -> None:
        house = house_with()
        house.logs_in("dan")
        house.caller_rings(STRAIGHT, KARIN)
        house.phone("dan").answers().presses("1")
        house.caller_rings(STRAIGHT, LARS)
        assert not house.phone("dan").rings


class TestNotTaken:
    @pytest.mark.parametrize("decline", [True, False])
    def test_it_does_not_ring_again_in_the_same_conversation(self, decline: bool) -> None:
        house = house_with()
        (first,) = talking(house, "anna")
        house.caller_rings(STRAIGHT, LARS)
        if decline:
            house.phone("anna").declines()
        house.waits(300)
        assert not house.phone("anna").rings
        house.caller_rings(STRAIGHT, MONA)
        house.waits(300)
        assert len(house.facts_of(OfferMade)) == 2
        assert not house.facts_of(AfterCallWorkBegan)
        first.hangs_up()
        house.waits(31)
        assert house.phone("anna").rings

    def test_declined_in_the_browser_the_first_goes_on(self) -> None:
        house = house_with()
        (first,) = talking(house, "anna")
        second = house.caller_rings(STRAIGHT, LARS)
        house.asks(HangUpOwn(second.call.id, ANNA))
        assert not house.phone("anna").rings and first.hears(Heard.PARTIES)
        assert house.facts_of(OfferEnded)[-1].outcome is OfferOutcome.DECLINED


class TestAfterCallWork:
    def test_it_follows_the_last_of_the_two(self) -> None:
        house = house_with()
        (first,) = talking(house, "anna")
        second = house.caller_rings(STRAIGHT, LARS)
        house.phone("anna").answers()
        second.hangs_up()
        assert not house.facts_of(AfterCallWorkBegan)
        house.asks(ResumeCall(first.call.id, ANNA))
        first.hangs_up()
        (work,) = house.facts_of(AfterCallWorkBegan)
        assert (work.call, work.after) == (house.call_of[first.leg], After.TALK)

    def test_the_first_ends_while_the_second_rings(self) -> None:
        house = house_with()
        (first,) = talking(house, "anna")
        second = house.caller_rings(STRAIGHT, LARS)
        first.hangs_up()
        anna = house.phone("anna").answers()
        assert anna.hears_voice_of(second)
        assert house.core.state.agents[ANNA].after_call_until is None
        second.hangs_up()
        assert house.core.state.agents[ANNA].after_call_until is not None

    def test_not_taken_then_it_is_as_long_as_after_the_first(self) -> None:
        house = house_with()
        (first,) = talking(house, "anna")
        house.caller_rings(STRAIGHT, LARS)
        first.hangs_up()
        house.phone("anna").declines()
        house.waits(29)
        assert not house.phone("anna").rings
        house.waits(2)
        assert house.phone("anna").rings


def test_a_restart_changes_nothing() -> None:
    house = house_with()
    (first,) = talking(house, "anna")
    second = house.caller_rings(STRAIGHT, LARS)
    house.application_dies()
    house.application_starts()
    anna = house.phone("anna").answers()
    assert anna.hears_voice_of(second) and first.hears(Heard.MUSIC)
    house.journal_tells_all()


def test_the_phone_chosen_meanwhile_decides() -> None:
    house = house_with()
    talking(house, "anna")
    house.asks(ChooseDevice(ANNA, DeviceKind.NUMBER, "+46701000009"))
    house.caller_rings(STRAIGHT, LARS)
    assert not house.outside("+46701000009").rings
