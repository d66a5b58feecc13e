"""A page that is reloaded in a call, or without a network: the other party hears no hang-up."""

import pytest

from svarhus.adapters.simulated.world import Heard
from svarhus.domains.calls.model import Outcome
from svarhus.domains.calls.talk import Destination
from svarhus.exchange import live
from svarhus.exchange.live import AgentState
from svarhus.exchange.requests import BeginConsult, CompleteConsult, HearBrowser, HoldCall, OpenBrowser, ResumeCall
from svarhus.kit.ids import PersonKey
from unit.exchange.house import LARS, STRAIGHT, House, Party

ANNA, BO = PersonKey("anna"), PersonKey("bo")


def talking(house: House) -> tuple[Party, Party]:
    house.logs_in("anna")
    browser = house.opens_browser("anna")
    caller = house.caller_rings(STRAIGHT)
    return caller, browser.answers()


def reloads(house: House, session: str = "page-2") -> None:
    """The old page's contact is gone, no BYE is sent, and the new page comes up."""
    house.browser("anna").goes_off()
    house.asks(OpenBrowser(ANNA, session))
    house.browser("anna").comes_on()
    house.asks(HearBrowser(ANNA, session, registered=True))


def loses_network(house: House, anna: Party) -> None:
    house.waits(5)
    house.browser("anna").goes_off()
    house.asks(HearBrowser(ANNA, "page-1", registered=False))
    house.waits(5)
    anna.loses_sound()


def network_is_back(house: House) -> None:
    house.browser("anna").comes_on()
    house.asks(HearBrowser(ANNA, "page-1", registered=True))


def state_of(house: House, person: str) -> AgentState:
    found = live.agent(house.core, person)
    assert found
    return found.state


def goes_home(house: House) -> None:
    house.logs_out("anna")
    house.waits(120)
    house.everything_is_over()
    house.journal_tells_all()


class TestReload:
    def test_the_new_page_is_rung_and_goes_on(self) -> None:
        house = House()
        caller, old = talking(house)
        reloads(house)
        call = caller.call.id
        browser = house.browser("anna")
        assert browser.headers["X-Svarhus-Rejoin"] == call
        assert browser.headers["X-Svarhus-Auto-Answer"] == "yes"
        new = browser.answers()
        assert old.gone
        assert caller.hears_voice_of(new)
        assert [call.id for call in house.calls] == [call]
        assert state_of(house, "anna") is AgentState.TALKING
        new.hangs_up()
        assert caller.gone
        assert caller.record.person == "anna"
        goes_home(house)

    def test_the_old_leg_may_end_before_the_new_one_is_there(self) -> None:
        house = House()
        caller, old = talking(house)
        house.browser("anna").goes_off()
        house.asks(OpenBrowser(ANNA, "page-2"))
        house.browser("anna").comes_on()
        old.loses_sound()
        assert caller.hears(Heard.MUSIC)
        assert house.browser("anna").answers().hears_voice_of(caller)
        assert state_of(house, "anna") is AgentState.TALKING

    def test_a_page_that_does_not_answer_changes_nothing(self) -> None:
        house = House()
        caller, old = talking(house)
        reloads(house)
        house.waits(9)
        assert caller.hears_voice_of(old)

    def test_another_window_takes_the_call_over(self) -> None:
        house = House()
        caller, old = talking(house)
        house.asks(OpenBrowser(ANNA, "page-2"))
        assert caller.hears_voice_of(old)
        house.asks(HearBrowser(ANNA, "page-2", registered=True))
        new = house.browser("anna").answers()
        assert old.gone
        assert caller.hears_voice_of(new)

    def test_a_caller_on_hold_stays_on_hold(self) -> None:
        house = House()
        caller, _ = talking(house)
        house.asks(HoldCall(caller.call.id, ANNA))
        reloads(house)
        new = house.browser("anna").answers()
        assert caller.hears(Heard.MUSIC)
        house.asks(ResumeCall(caller.call.id, ANNA))
        assert caller.hears_voice_of(new)

    def test_a_consultation_goes_on(self) -> None:
        house = House()
        caller, _ = talking(house)
        house.asks(BeginConsult(caller.call.id, ANNA, Destination(person=BO)))
        reloads(house)
        new = house.browser("anna").answers()
        assert new.hears(Heard.RINGING)
        bo = house.phone("bo").answers()
        assert bo.hears_voice_of(new)
        reloads(house, "page-3")
        newest = house.browser("anna").answers()
        assert bo.hears_voice_of(newest)
        house.asks(CompleteConsult(caller.call.id, ANNA))
        assert caller.hears_voice_of(bo)
        bo.hangs_up()
        goes_home(house)

    def test_a_call_that_the_person_made_goes_on(self) -> None:
        house = House()
        house.opens_browser("anna")
        house.browser("anna").dials(LARS)
        lars = house.outside(LARS).answers()
        reloads(house)
        new = house.browser("anna").answers()
        assert lars.hears_voice_of(new)
        new.hangs_up()
        assert lars.gone
        goes_home(house)

    @pytest.mark.parametrize("when", ["before", "after"])
    def test_a_caller_who_hangs_up_meanwhile_leaves_nothing(self, when: str) -> None:
        house = House()
        caller, _ = talking(house)
        if when == "after":
            reloads(house)
        caller.hangs_up()
        if when == "before":
            reloads(house)
        assert not house.browser("anna").rings
        goes_home(house)


class TestNoNetwork:
    def test_twenty_seconds_are_survived(self) -> None:
        house = House()
        caller, anna = talking(house)
        loses_network(house, anna)
        assert caller.hears(Heard.MUSIC)
        house.waits(10)
        network_is_back(house)
        new = house.browser("anna").answers()
        assert caller.hears_voice_of(new)
        new.hangs_up()
        assert caller.record.talk == 20, "the music is part of it"
        goes_home(house)

    def test_nothing_else_is_offered_meanwhile(self) -> None:
        house = House()
        caller, anna = talking(house)
        house.caller_rings(STRAIGHT, LARS)
        loses_network(house, anna)
        network_is_back(house)
        assert house.browser("anna").answers().hears_voice_of(caller)

    def test_after_thirty_seconds_it_is_over(self) -> None:
        house = House({"queues": {"reception": {"after_call_work": {"answered": 9}}}})
        caller, anna = talking(house)
        loses_network(house, anna)
        house.waits(29)
        assert not caller.gone
        house.waits(2)
        assert caller.gone
        assert caller.record.outcome is Outcome.ANSWERED
        assert house.core.state.agents[ANNA].after_call_until is not None
        goes_home(house)

    def test_a_caller_who_gives_up_leaves_nothing(self) -> None:
        house = House()
        caller, anna = talking(house)
        loses_network(house, anna)
        caller.hangs_up()
        assert house.core.state.agents[ANNA].missed_in == frozenset()
        goes_home(house)

    def test_a_hang_up_is_a_hang_up(self) -> None:
        house = House()
        caller, anna = talking(house)
        anna.hangs_up()
        assert caller.gone

    def test_a_desk_phone_that_is_lost_ends_the_call(self) -> None:
        house = House()
        house.logs_in("anna")
        caller = house.caller_rings(STRAIGHT)
        house.phone("anna").answers().loses_sound()
        assert caller.gone

    def test_a_restart_meanwhile_forgets_nothing(self) -> None:
        house = House()
        caller, anna = talking(house)
        loses_network(house, anna)
        house.application_dies()
        house.application_starts()
        assert caller.hears(Heard.MUSIC)
        network_is_back(house)
        assert house.browser("anna").answers().hears_voice_of(caller)
