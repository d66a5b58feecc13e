"""Who talked with the caller, for how long, and who the caller is when only colleagues are left."""

import pytest

from svarhus.domains.calls.spoken import Spoken, spoken
from svarhus.domains.calls.talk import Destination
from svarhus.domains.cases.model import CaseRef
from svarhus.domains.channels.names import CALL
from svarhus.domains.queues.offer import OfferOutcome
from svarhus.domains.queues.state import OfferEnded
from svarhus.exchange.core.requests import BeginConsult, CancelConsult, TransferCall
from svarhus.exchange.showing.desk import LiveDesk
from svarhus.kit.ids import PersonKey
from unit.exchange.house import KARIN, STRAIGHT, House, Party

ANNA, BO = PersonKey("anna"), PersonKey("bo")


def talking(house: House) -> tuple[Party, Party]:
    house.logs_in("anna")
    caller = house.caller_rings(STRAIGHT, name="Karin")
    anna = house.phone("anna").answers()
    house.waits(60)
    return caller, anna


def each(party: Party) -> tuple[Spoken, ...]:
    return spoken(party.record.path, party.record.ended_at)


@pytest.mark.feature("STAT-01")
def test_after_a_transfer_each_has_the_own_time() -> None:
    house = House()
    caller, _ = talking(house)
    house.asks(TransferCall(caller.call.id, ANNA, Destination(person=BO), 20))
    house.waits(5)
    house.phone("bo").answers()
    house.waits(30)
    caller.hangs_up()
    assert each(caller) == (Spoken(ANNA, 60.0), Spoken(BO, 30.0))


@pytest.mark.feature("STAT-01")
def test_who_was_only_asked_is_told_apart() -> None:
    house = House()
    caller, _ = talking(house)
    house.asks(BeginConsult(caller.call.id, ANNA, Destination(person=BO)))
    house.phone("bo").answers()
    house.waits(20)
    house.asks(CancelConsult(caller.call.id, ANNA))
    house.waits(10)
    caller.hangs_up()
    assert each(caller) == (Spoken(ANNA, 90.0), Spoken(BO, 20.0, asked=True))


def test_when_the_caller_leaves_two_colleagues_the_case_is_still_the_callers() -> None:
    house = House()
    caller, _ = talking(house)
    call = caller.call.id
    house.asks(BeginConsult(call, ANNA, Destination(person=BO)))
    house.phone("bo").answers()
    house.waits(10)
    caller.hangs_up()
    case = LiveDesk().in_progress(house.core, CaseRef(CALL, call))
    assert case and (case.number, case.name) == (KARIN, "Karin")


@pytest.mark.feature("Q-12")
def test_who_logs_out_is_rung_no_more_and_the_next_one_is() -> None:
    house = House()
    house.logs_in("anna")
    caller = house.caller_rings(STRAIGHT)
    assert house.phone("anna").rings
    house.logs_in("bo")
    house.logs_out("anna")
    assert not house.phone("anna").rings
    assert [fact.outcome for fact in house.facts_of(OfferEnded)] == [OfferOutcome.WITHDRAWN]
    assert house.phone("bo").answers().hears_voice_of(caller)
