"""After a conversation: time to write, as long as it takes, for everybody who had the customer."""

import pytest

from svarhus.domains.calls.talk import Destination
from svarhus.domains.presence.errors import NotInAfterCallWork
from svarhus.exchange.core.decisions.people.agents import LONGEST_AFTER_CALL
from svarhus.exchange.core.requests import (
    BeginConsult,
    CancelConsult,
    CompleteConsult,
    EndAfterCallWork,
    ExtendAfterCallWork,
    TransferCall,
)
from svarhus.exchange.showing import live
from svarhus.exchange.showing.views import AgentState
from svarhus.kit.clock import seconds_between
from svarhus.kit.ids import CallId, PersonKey
from unit.exchange.house import STRAIGHT, Changes, House, Party

ANNA, BO = PersonKey("anna"), PersonKey("bo")
TO_BO = Destination(person=BO)
THIRTY: Changes = {"queues": {"reception": {"after_call_work": {"answered": 30}}}}


def state_of(house: House, person: str) -> AgentState:
    found = live.agent(house.core, person)
    assert found
    return found.state


def talking(house: House) -> tuple[Party, Party, CallId]:
    house.logs_in("anna")
    caller = house.caller_rings(STRAIGHT)
    anna = house.phone("anna").answers()
    house.waits(10)
    return caller, anna, caller.call.id


def left(house: House, person: PersonKey) -> float:
    until = house.core.state.agents[person].after_call_until
    return seconds_between(house.now, until) if until else 0.0


def goes_home(house: House) -> None:
    house.logs_out("anna", "bo")
    house.waits(2000)
    house.everything_is_over()
    house.journal_tells_all()


@pytest.mark.feature("Q-08")
def test_more_time_is_had_again_and_again_and_not_for_ever() -> None:
    house = House(THIRTY)
    caller, _, _ = talking(house)
    caller.hangs_up()
    house.waits(20)
    house.asks(ExtendAfterCallWork(ANNA, 5))
    assert left(house, ANNA) == 10, "it is never made shorter"
    house.asks(ExtendAfterCallWork(ANNA, 60))
    assert left(house, ANNA) == 60
    for _ in range(40):
        house.waits(50)
        if state_of(house, "anna") is AgentState.AFTER_CALL_WORK:
            house.asks(ExtendAfterCallWork(ANNA, 60))
    assert state_of(house, "anna") is AgentState.AVAILABLE
    worked = seconds_between(caller.record.ended_at, house.core.state.agents[ANNA].idle_since or house.now)
    assert worked == LONGEST_AFTER_CALL
    goes_home(house)


@pytest.mark.feature("Q-08")
def test_done_is_done() -> None:
    house = House(THIRTY)
    caller, _, _ = talking(house)
    caller.hangs_up()
    house.asks(ExtendAfterCallWork(ANNA, 300))
    house.asks(EndAfterCallWork(ANNA))
    assert state_of(house, "anna") is AgentState.AVAILABLE
    with pytest.raises(NotInAfterCallWork):
        house.asks(ExtendAfterCallWork(ANNA, 60))
    goes_home(house)


@pytest.mark.feature("Q-08")
def test_who_was_handed_the_call_has_it_too() -> None:
    """As long as in the queue by which the call came."""
    house = House(THIRTY)
    caller, _, call = talking(house)
    house.logs_in("bo", queue="advice")
    house.asks(TransferCall(call, ANNA, TO_BO, 20))
    house.phone("bo").answers()
    house.waits(10)
    caller.hangs_up()
    assert state_of(house, "bo") is AgentState.AFTER_CALL_WORK
    assert left(house, BO) == 30
    goes_home(house)


@pytest.mark.feature("Q-08")
@pytest.mark.parametrize("completed", [True, False])
def test_who_was_asked_has_it_only_when_the_call_was_taken(completed: bool) -> None:
    house = House(THIRTY)
    caller, _, call = talking(house)
    house.logs_in("bo", queue="advice")
    house.asks(BeginConsult(call, ANNA, TO_BO))
    house.phone("bo").answers()
    house.waits(10)
    house.asks((CompleteConsult if completed else CancelConsult)(call, ANNA))
    house.waits(5)
    caller.hangs_up()
    assert state_of(house, "bo") is (AgentState.AFTER_CALL_WORK if completed else AgentState.AVAILABLE)
    assert state_of(house, "anna") is AgentState.AFTER_CALL_WORK
    goes_home(house)
