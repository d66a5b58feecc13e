"""Three who talk together: whoever leaves, holds or is lost, the others talk on."""

import pytest

from svarhus.adapters.simulated.world import Heard
from svarhus.domains.calls.errors import NotPossibleNow
from svarhus.domains.calls.model import Outcome
from svarhus.domains.calls.talk import Destination
from svarhus.exchange.core.requests import BeginConsult, Confer, HangUpOwn, HoldCall, ResumeCall, TransferCall
from svarhus.exchange.showing import live
from svarhus.exchange.showing.views import LiveCall
from svarhus.kit.ids import CallId, PersonKey
from unit.exchange.house import STRAIGHT, House, Party

ANNA, CIA = PersonKey("anna"), PersonKey("cia")
TO_CIA = Destination(person=CIA)

pytestmark = pytest.mark.feature("SWB-03")


def conference(house: House, anna_at: str = "desk") -> tuple[Party, Party, Party, CallId]:
    """A caller, Anna who took the call, and Cia whom she has asked."""
    phone = house.opens_browser("anna") if anna_at == "browser" else house.phone("anna")
    house.logs_in("anna")
    caller = house.caller_rings(STRAIGHT)
    anna, call = phone.answers(), caller.call.id
    house.waits(10)
    house.asks(BeginConsult(call, ANNA, TO_CIA))
    cia = house.phone("cia").answers()
    house.asks(Confer(call, ANNA))
    return caller, anna, cia, call


def hear_each_other(house: House, *parties: Party) -> bool:
    return house.engine.talking(*(party.leg for party in parties))


def shown(house: House, call: CallId) -> LiveCall:
    return next(one for one in live.calls(house.core) if one.id == call)


def goes_home(house: House) -> None:
    house.logs_out("anna")
    house.waits(120)
    house.everything_is_over()
    house.journal_tells_all()


def test_all_three_hear_each_other() -> None:
    house = House()
    caller, anna, cia, call = conference(house)
    assert hear_each_other(house, caller, anna, cia)
    assert shown(house, call).conference and shown(house, call).consult is None


@pytest.mark.parametrize("who", [0, 1, 2])
def test_whoever_leaves_the_two_others_talk_on(who: int) -> None:
    house = House()
    parties = list(conference(house)[:3])
    call = parties[0].call.id
    house.waits(10)
    parties.pop(who).hangs_up()
    assert hear_each_other(house, *parties)
    assert not shown(house, call).conference
    house.waits(5)
    parties.pop().hangs_up()
    assert parties[0].gone
    record = house.records[call]
    assert record.outcome is Outcome.ANSWERED and record.talk == pytest.approx(25, abs=1)
    goes_home(house)


def test_it_is_not_possible_before_the_answer() -> None:
    house = House()
    house.logs_in("anna")
    caller = house.caller_rings(STRAIGHT)
    house.phone("anna").answers()
    call = caller.call.id
    with pytest.raises(NotPossibleNow):
        house.asks(Confer(call, ANNA))
    house.asks(BeginConsult(call, ANNA, TO_CIA))
    with pytest.raises(NotPossibleNow):
        house.asks(Confer(call, ANNA))
    assert caller.hears(Heard.MUSIC)


def test_there_is_no_fourth() -> None:
    house = House()
    caller, anna, cia, call = conference(house)
    to_bo = Destination(person=PersonKey("bo"))
    for request in (BeginConsult(call, ANNA, to_bo), TransferCall(call, ANNA, to_bo, 20)):
        with pytest.raises(NotPossibleNow):
            house.asks(request)
    assert not anna.refers("1002")
    assert hear_each_other(house, caller, anna, cia)


class TestHold:
    def test_the_two_others_talk_on(self) -> None:
        house = House()
        caller, anna, cia, call = conference(house)
        house.asks(HoldCall(call, ANNA))
        assert hear_each_other(house, caller, cia) and anna.hears(Heard.SILENCE)
        assert {leg.person: leg.state for leg in shown(house, call).legs} == {
            None: "talking",
            "anna": "away",
            "cia": "talking",
        }
        assert not shown(house, call).held
        house.asks(ResumeCall(call, ANNA))
        assert hear_each_other(house, caller, anna, cia)

    def test_who_is_left_alone_hears_music(self) -> None:
        house = House()
        caller, anna, cia, call = conference(house)
        house.asks(HoldCall(call, ANNA))
        cia.holds()
        assert caller.hears(Heard.MUSIC)
        house.asks(ResumeCall(call, ANNA))
        assert hear_each_other(house, caller, anna)
        cia.resumes()
        assert hear_each_other(house, caller, anna, cia)

    def test_when_one_of_the_two_others_leaves_the_last_one_is_on_hold(self) -> None:
        house = House()
        caller, anna, cia, call = conference(house)
        house.asks(HoldCall(call, ANNA))
        house.waits(5)
        cia.hangs_up()
        assert caller.hears(Heard.MUSIC) and shown(house, call).held
        house.asks(ResumeCall(call, ANNA))
        assert hear_each_other(house, caller, anna)

    def test_when_all_have_stepped_aside_each_of_the_last_two_holds_the_other(self) -> None:
        house = House()
        caller, anna, cia, call = conference(house)
        house.asks(HoldCall(call, ANNA))
        cia.holds()
        caller.hangs_up()
        assert anna.hears(Heard.MUSIC) and cia.hears(Heard.MUSIC)
        cia.resumes()
        house.asks(ResumeCall(call, ANNA))
        assert hear_each_other(house, anna, cia)
        house.asks(HangUpOwn(call, ANNA))
        assert cia.gone

    def test_another_call_puts_this_one_aside(self) -> None:
        house = House()
        caller, anna, cia, _ = conference(house)
        other = house.phone("anna").dials("1005")
        house.phone("eva").answers()
        assert hear_each_other(house, caller, cia) and anna.hears(Heard.SILENCE)
        assert not other.hears(Heard.SILENCE)


class TestLost:
    def test_a_page_that_is_reloaded_comes_back_to_both(self) -> None:
        house = House()
        caller, anna, cia, call = conference(house, "browser")
        anna.loses_sound()
        assert hear_each_other(house, caller, cia)
        assert shown(house, call).missing == "anna" and shown(house, call).conference
        again = house.browser("anna").answers()
        assert hear_each_other(house, caller, again, cia)
        again.hangs_up()
        assert hear_each_other(house, caller, cia)

    def test_a_page_that_does_not_come_back_leaves_two(self) -> None:
        house = House()
        caller, anna, cia, call = conference(house, "browser")
        house.browser("anna").goes_off()
        anna.loses_sound()
        house.waits(40)
        assert hear_each_other(house, caller, cia)
        assert not shown(house, call).conference and shown(house, call).missing is None
        cia.hangs_up()
        assert caller.gone

    def test_when_another_leaves_meanwhile_the_last_one_waits_for_the_page(self) -> None:
        house = House()
        caller, anna, cia, _ = conference(house, "browser")
        anna.loses_sound()
        cia.hangs_up()
        assert caller.hears(Heard.MUSIC)
        again = house.browser("anna").answers()
        assert hear_each_other(house, caller, again)

    def test_the_application_dies_and_all_talk_on(self) -> None:
        house = House()
        caller, anna, cia, call = conference(house)
        house.asks(HoldCall(call, ANNA))
        house.application_dies()
        house.application_starts()
        assert hear_each_other(house, caller, cia) and anna.hears(Heard.SILENCE)
        house.asks(ResumeCall(call, ANNA))
        house.application_dies()
        cia.house.engine.hang_up(cia.leg)
        house.application_starts()
        assert hear_each_other(house, caller, anna)
        goes_home_after(house, anna)


def goes_home_after(house: House, anna: Party) -> None:
    anna.hangs_up()
    goes_home(house)
