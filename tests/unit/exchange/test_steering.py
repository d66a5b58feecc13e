"""Somebody who leads says who is served next, and by whom."""

import pytest

from svarhus.domains.calls.errors import CallNotFound, NotPossibleNow
from svarhus.domains.presence.errors import NotAMember
from svarhus.domains.queues.offer import How
from svarhus.domains.queues.state import OfferMade, PlaceRaised
from svarhus.exchange.core.requests import AssignCall, PickCall, RaiseCall
from svarhus.exchange.showing import live
from svarhus.kit.ids import CallId, PersonKey
from unit.exchange.house import KARIN, LARS, MONA, STRAIGHT, House, Party

ANNA, BO, CIA, EVA = (PersonKey(key) for key in ("anna", "bo", "cia", "eva"))

pytestmark = pytest.mark.feature("Q-15")


def three_wait(house: House) -> list[Party]:
    return [house.caller_rings(STRAIGHT, number) for number in (KARIN, LARS, MONA)]


def line(house: House, callers: list[Party]) -> list[int]:
    """In which order they stand, by when they came."""
    return [[caller.leg for caller in callers].index(leg) for leg in house.waiting_in("reception")]


class TestRaise:
    def test_the_caller_is_served_before_those_who_came_earlier(self) -> None:
        house = House()
        callers = three_wait(house)
        house.asks(RaiseCall(callers[2].call.id, EVA))
        assert line(house, callers) == [2, 0, 1]
        assert next(one for one in live.calls(house.core) if one.id == callers[2].call.id).raised
        house.logs_in("anna")
        anna = house.phone("anna").answers()
        assert anna.hears_voice_of(callers[2])

    def test_two_who_are_raised_stand_as_they_came(self) -> None:
        house = House()
        callers = three_wait(house)
        for which in (2, 1):
            house.asks(RaiseCall(callers[which].call.id, EVA))
        assert line(house, callers) == [1, 2, 0]

    def test_it_can_be_taken_back(self) -> None:
        house = House()
        callers = three_wait(house)
        call = callers[2].call.id
        for raised in (True, True, False, False):
            house.asks(RaiseCall(call, EVA, raised))
        assert line(house, callers) == [0, 1, 2]
        assert [fact.raised for fact in house.facts_of(PlaceRaised)] == [True, False]
        assert house.place(call).priority == 0
        house.journal_tells_all()

    def test_while_it_rings_somewhere_it_rings_on(self) -> None:
        house = House()
        house.logs_in("anna")
        callers = three_wait(house)
        house.asks(RaiseCall(callers[0].call.id, EVA))
        assert house.phone("anna").answers().hears_voice_of(callers[0])

    def test_who_does_not_wait_cannot_be_raised(self) -> None:
        house = House()
        with pytest.raises(CallNotFound):
            house.asks(RaiseCall(CallId("house-9"), EVA))


class TestAssign:
    def test_the_colleague_is_rung_for_this_caller(self) -> None:
        house = House()
        callers = three_wait(house)
        house.logs_in("cia")
        house.asks(AssignCall(callers[1].call.id, EVA, CIA))
        (offer,) = house.facts_of(OfferMade)
        assert (offer.how, offer.by, offer.person) == (How.ASSIGNED, EVA, CIA)
        cia = house.phone("cia").answers()
        assert cia.hears_voice_of(callers[1])

    def test_who_declines_leaves_the_caller_at_the_same_place(self) -> None:
        house = House()
        callers = three_wait(house)
        house.logs_in("cia")
        house.asks(AssignCall(callers[1].call.id, EVA, CIA))
        house.phone("cia").declines()
        assert line(house, callers) == [0, 1, 2]
        house.logs_in("anna")
        assert house.phone("anna").answers().hears_voice_of(callers[0])

    def test_only_somebody_who_takes_calls_and_has_none(self) -> None:
        house = House()
        callers = three_wait(house)
        with pytest.raises(NotPossibleNow):
            house.asks(AssignCall(callers[0].call.id, EVA, CIA))
        house.logs_in("cia")
        house.phone("cia").goes_off()
        with pytest.raises(NotPossibleNow):
            house.asks(AssignCall(callers[0].call.id, EVA, CIA))
        house.logs_in("anna")
        with pytest.raises(NotPossibleNow):
            house.asks(AssignCall(callers[1].call.id, EVA, ANNA))
        with pytest.raises(NotPossibleNow):
            house.asks(AssignCall(callers[0].call.id, EVA, CIA))

    def test_a_restart_changes_nothing(self) -> None:
        house = House()
        callers = three_wait(house)
        house.logs_in("cia")
        house.asks(RaiseCall(callers[2].call.id, EVA))
        house.asks(AssignCall(callers[1].call.id, EVA, CIA))
        house.application_dies()
        house.application_starts()
        assert line(house, callers) == [2, 0, 1]
        assert house.phone("cia").answers().hears_voice_of(callers[1])


def test_who_leads_picks_without_being_a_member() -> None:
    house = House()
    caller = house.caller_rings(STRAIGHT)
    with pytest.raises(NotAMember):
        house.asks(PickCall(caller.call.id, EVA))
    house.asks(PickCall(caller.call.id, EVA, leads=True))
    assert house.phone("eva").answers().hears_voice_of(caller)
