"""Callers who are parked: anybody takes them, and nobody is forgotten."""

import pytest

from svarhus.adapters.simulated.world import Heard
from svarhus.domains.calls.errors import CallNotFound, NotPossibleNow
from svarhus.domains.calls.talk import StepKind
from svarhus.exchange.core.requests import HoldCall, ParkCall, TakeParked
from svarhus.exchange.showing import live
from svarhus.kit.ids import CallId, PersonKey
from svarhus.ports.telephony import EndCause
from unit.exchange.house import LARS, STRAIGHT, Changes, House, Party

ANNA, BO, CIA = PersonKey("anna"), PersonKey("bo"), PersonKey("cia")

pytestmark = pytest.mark.feature("SWB-03")


def parked(changes: Changes | None = None) -> tuple[House, Party, CallId]:
    """A caller whom Anna has parked."""
    house = House(changes)
    house.logs_in("anna")
    caller = house.caller_rings(STRAIGHT)
    anna, call = house.phone("anna").answers(), caller.call.id
    house.logs_out("anna")
    house.waits(10)
    assert house.asks(ParkCall(call, ANNA)) == "1"
    assert anna.gone and caller.hears(Heard.MUSIC)
    return house, caller, call


def place_of(house: House, call: CallId) -> int | None:
    found = next(one for one in live.calls(house.core) if one.id == call)
    return found.transfer.parked if found.transfer else None


def goes_home(house: House) -> None:
    house.waits(120)
    house.everything_is_over()
    house.journal_tells_all()


def test_anybody_takes_the_call() -> None:
    house, caller, call = parked()
    assert place_of(house, call) == 1
    house.asks(TakeParked(call, CIA))
    cia = house.phone("cia").answers()
    assert cia.hears_voice_of(caller) and place_of(house, call) is None
    house.waits(300)
    assert cia.hears_voice_of(caller)
    cia.hangs_up()
    record = house.records[call]
    assert record.person == "cia" and [step.key for step in record.path if step.kind is StepKind.PERSON] == [
        "anna",
        "cia",
    ]
    goes_home(house)


def test_by_dialling_its_place_at_a_phone() -> None:
    house, caller, _ = parked()
    bo = house.phone("bo").dials("*71")
    assert bo.hears_voice_of(caller)
    bo.hangs_up()
    assert caller.gone
    goes_home(house)


def test_where_nobody_is_parked_nothing_is_taken() -> None:
    house, _, call = parked()
    stranger = house.phone("bo").dials("*72")
    assert stranger.gone and stranger.refused_with is EndCause.UNREACHABLE
    house.asks(TakeParked(call, CIA))
    house.phone("cia").answers()
    with pytest.raises(CallNotFound):
        house.asks(TakeParked(call, BO))
    assert house.phone("bo").dials("*71").gone


def test_two_do_not_take_the_same() -> None:
    house, caller, call = parked()
    house.asks(TakeParked(call, CIA))
    house.asks(TakeParked(call, CIA))
    with pytest.raises(NotPossibleNow):
        house.asks(TakeParked(call, BO))
    assert house.phone("bo").dials("*71").gone
    house.phone("cia").declines()
    assert place_of(house, call) == 1 and caller.hears(Heard.MUSIC)
    house.asks(TakeParked(call, BO))
    assert house.phone("bo").answers().hears_voice_of(caller)


def test_it_comes_back_to_who_parked_it() -> None:
    house, caller, call = parked()
    house.waits(119)
    assert not house.phone("anna").rings
    house.waits(2)
    assert house.phone("anna").rings and place_of(house, call) is None
    assert house.phone("anna").answers().hears_voice_of(caller)


def test_but_not_while_somebody_is_taking_it() -> None:
    house, caller, call = parked({"organisation": {"parking": {"returns_after_seconds": 20}}})
    house.waits(15)
    house.asks(TakeParked(call, CIA))
    house.waits(10)
    assert house.phone("cia").rings and not house.phone("anna").rings
    house.phone("cia").declines()
    assert place_of(house, call) == 1
    house.waits(20)
    assert house.phone("anna").answers().hears_voice_of(caller)


def test_a_caller_who_hangs_up_frees_the_place() -> None:
    house, caller, _ = parked()
    caller.hangs_up()
    goes_home(house)


def test_places_are_given_from_the_first_and_may_be_all_taken() -> None:
    house, _, first = parked({"organisation": {"parking": {"places": 2}}})
    calls = []
    for number in (LARS, "+46701234570"):
        house.logs_in("anna")
        caller = house.caller_rings(STRAIGHT, number)
        house.phone("anna").answers()
        house.logs_out("anna")
        calls.append((caller, caller.call.id))
        if len(calls) == 1:
            assert house.asks(ParkCall(calls[0][1], ANNA)) == "2"
    with pytest.raises(NotPossibleNow):
        house.asks(ParkCall(calls[1][1], ANNA))
    house.asks(TakeParked(first, CIA))
    house.phone("cia").answers()
    assert house.asks(ParkCall(calls[1][1], ANNA)) == "1"


def test_also_out_of_hold() -> None:
    house = House()
    house.logs_in("anna")
    caller = house.caller_rings(STRAIGHT)
    house.phone("anna").answers()
    call = caller.call.id
    house.asks(HoldCall(call, ANNA))
    house.waits(5)
    house.asks(ParkCall(call, ANNA))
    house.waits(5)
    house.asks(TakeParked(call, CIA))
    cia = house.phone("cia").answers()
    assert cia.hears_voice_of(caller)
    cia.hangs_up()
    assert house.records[call].hold == 5


def test_a_restart_keeps_the_place_and_the_time() -> None:
    house, caller, call = parked()
    house.takes_snapshot()
    house.application_dies()
    house.waits(60)
    house.application_starts()
    assert place_of(house, call) == 1 and caller.hears(Heard.MUSIC)
    house.waits(61)
    assert house.phone("anna").rings
