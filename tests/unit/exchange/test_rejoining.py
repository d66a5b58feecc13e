"""A page that is reloaded in a call, or without a network: the other party hears no hang-up."""

import pytest

from svarhus.adapters.simulated.world import Heard
from svarhus.domains.calls.model import Outcome
from svarhus.domains.calls.talk import Destination
from svarhus.exchange.core.errors import CallNotFound
from svarhus.exchange.core.requests import (
    BeginConsult,
    CancelConsult,
    CompleteConsult,
    DialFor,
    HangUpOwn,
    HearBrowser,
    HoldCall,
    OpenBrowser,
    ResumeCall,
    SwapConsult,
)
from svarhus.exchange.showing import live
from svarhus.exchange.showing.views import AgentState
from svarhus.kit.ids import CallId, PersonKey
from unit.exchange.house import LARS, STRAIGHT, House, Party

ANNA, BO = PersonKey("anna"), PersonKey("bo")


def talking(house: House) -> tuple[Party, Party]:
    house.logs_in("anna")
    browser = house.opens_browser("anna")
    caller = house.caller_rings(STRAIGHT)
    return caller, browser.answers()


def asking(house: House) -> tuple[Party, Party, Party]:
    """A caller who waits while Anna talks with Bo."""
    caller, anna = talking(house)
    house.asks(BeginConsult(caller.call.id, ANNA, Destination(person=BO)))
    return caller, anna, house.phone("bo").answers()


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


def all_hang_up(house: House) -> None:
    while legs := list(house.engine.world.legs):
        house.engine.hang_up(legs[0])
        house.settle()
    goes_home(house)


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

    def test_everybody_sees_since_when_the_phone_is_waited_for(self) -> None:
        house = House()
        _, anna = talking(house)
        loses_network(house, anna)
        lost = house.now
        house.waits(10)
        (shown,) = [each for each in live.agents(house.core) if each.key == ANNA]
        assert (shown.state, shown.since) == (AgentState.TALKING, lost)
        assert live.agent(house.core, ANNA) == shown

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


class TestConsultation:
    """The page of who asks somebody is lost: both others wait for it as one does in a call."""

    def test_they_are_not_connected_before_the_page_is_given_up(self) -> None:
        house = House({"queues": {"reception": {"after_call_work": {"answered": 9}}}})
        caller, anna, bo = asking(house)
        loses_network(house, anna)
        assert caller.hears(Heard.MUSIC) and bo.hears(Heard.MUSIC)
        house.waits(29)
        assert not caller.hears_voice_of(bo)
        house.waits(2)
        assert caller.hears_voice_of(bo)
        assert state_of(house, "anna") is AgentState.AFTER_CALL_WORK
        bo.hangs_up()
        assert caller.gone
        goes_home(house)

    @pytest.mark.feature("Q-13")
    def test_a_mobiles_voicemail_is_no_answer_while_nobody_hears_it(self) -> None:
        """Who is asked at a number shows by the key that it is a person; else the caller is kept for who asks."""
        house = House()
        caller, anna = talking(house)
        house.asks(BeginConsult(caller.call.id, ANNA, Destination(person=PersonKey("dan"))))
        loses_network(house, anna)
        dan = house.outside("+46701000004").answers()
        assert dan.told == ["agent.confirm"]
        house.waits(16)
        assert dan.gone and caller.hears(Heard.MUSIC)
        network_is_back(house)
        assert house.browser("anna").answers().hears_voice_of(caller)
        all_hang_up(house)

    @pytest.mark.feature("Q-13")
    def test_a_mobile_that_shows_by_the_key_has_the_caller_when_the_page_is_given_up(self) -> None:
        house = House()
        caller, anna = talking(house)
        house.asks(BeginConsult(caller.call.id, ANNA, Destination(person=PersonKey("dan"))))
        loses_network(house, anna)
        house.waits(18)
        dan = house.outside("+46701000004").answers()
        house.waits(13)
        assert not dan.hears_voice_of(caller), "the page is given up, and nobody has pressed the key"
        dan.presses("1")
        assert dan.hears_voice_of(caller)
        all_hang_up(house)

    def test_who_asks_hears_the_mobile_as_soon_as_the_page_is_back(self) -> None:
        house = House()
        caller, anna = talking(house)
        house.asks(BeginConsult(caller.call.id, ANNA, Destination(person=PersonKey("dan"))))
        loses_network(house, anna)
        dan = house.outside("+46701000004").answers()
        network_is_back(house)
        assert house.browser("anna").answers().hears_voice_of(dan)
        house.waits(30)
        assert not dan.gone
        all_hang_up(house)

    def test_the_page_is_back_and_the_consultation_goes_on(self) -> None:
        house = House()
        caller, anna, bo = asking(house)
        loses_network(house, anna)
        house.waits(10)
        network_is_back(house)
        new = house.browser("anna").answers()
        assert new.hears_voice_of(bo) and caller.hears(Heard.MUSIC)
        house.asks(CancelConsult(caller.call.id, ANNA))
        assert new.hears_voice_of(caller) and bo.gone
        all_hang_up(house)

    def test_with_whom_one_talked_one_talks_again(self) -> None:
        house = House()
        caller, anna, bo = asking(house)
        house.asks(SwapConsult(caller.call.id, ANNA))
        loses_network(house, anna)
        network_is_back(house)
        new = house.browser("anna").answers()
        assert new.hears_voice_of(caller) and bo.hears(Heard.MUSIC)
        house.asks(CompleteConsult(caller.call.id, ANNA))
        assert caller.hears_voice_of(bo)
        all_hang_up(house)

    def test_who_is_asked_may_pick_up_meanwhile(self) -> None:
        house = House()
        caller, anna = talking(house)
        house.asks(BeginConsult(caller.call.id, ANNA, Destination(person=BO)))
        loses_network(house, anna)
        bo = house.phone("bo").answers()
        assert bo.hears(Heard.MUSIC) and caller.hears(Heard.MUSIC)
        network_is_back(house)
        new = house.browser("anna").answers()
        assert new.hears_voice_of(bo) and caller.hears(Heard.MUSIC)
        all_hang_up(house)

    def test_who_picked_up_in_vain_gets_the_caller(self) -> None:
        house = House()
        caller, anna = talking(house)
        house.asks(BeginConsult(caller.call.id, ANNA, Destination(person=BO)))
        loses_network(house, anna)
        bo = house.phone("bo").answers()
        house.waits(31)
        assert caller.hears_voice_of(bo)
        all_hang_up(house)

    def test_when_who_is_asked_leaves_the_caller_waits_on(self) -> None:
        house = House()
        caller, anna, bo = asking(house)
        loses_network(house, anna)
        bo.hangs_up()
        assert caller.hears(Heard.MUSIC)
        network_is_back(house)
        assert house.browser("anna").answers().hears_voice_of(caller)
        all_hang_up(house)

    def test_when_the_caller_leaves_who_is_asked_waits_on(self) -> None:
        house = House()
        caller, anna, bo = asking(house)
        loses_network(house, anna)
        caller.hangs_up()
        assert bo.hears(Heard.MUSIC)
        network_is_back(house)
        assert house.browser("anna").answers().hears_voice_of(bo)
        all_hang_up(house)

    def test_all_are_given_up_when_both_others_leave(self) -> None:
        house = House()
        caller, anna, bo = asking(house)
        loses_network(house, anna)
        caller.hangs_up()
        bo.hangs_up()
        goes_home(house)

    def test_in_a_call_that_the_person_made(self) -> None:
        house = House()
        house.opens_browser("anna")
        anna = house.browser("anna").dials(LARS)
        lars = house.outside(LARS).answers()
        house.asks(BeginConsult(CallId(house.call_of[anna.leg]), ANNA, Destination(person=BO)))
        bo = house.phone("bo").answers()
        loses_network(house, anna)
        network_is_back(house)
        new = house.browser("anna").answers()
        assert new.hears_voice_of(bo) and lars.hears(Heard.MUSIC)
        new.hangs_up()
        assert lars.hears_voice_of(bo)
        all_hang_up(house)

    def test_a_restart_meanwhile_forgets_nothing(self) -> None:
        house = House()
        _, anna, bo = asking(house)
        loses_network(house, anna)
        house.application_dies()
        house.application_starts()
        network_is_back(house)
        assert house.browser("anna").answers().hears_voice_of(bo)
        all_hang_up(house)


class TestHungUpMeanwhile:
    """The page could not tell at once that the person had hung up."""

    def test_who_is_waited_for_is_waited_for_no_longer(self) -> None:
        house = House()
        caller, anna = talking(house)
        loses_network(house, anna)
        assert caller.hears(Heard.MUSIC)
        house.asks(HangUpOwn(caller.call.id, ANNA))
        assert caller.gone
        assert caller.record.person == "anna" and caller.record.outcome is Outcome.ANSWERED
        network_is_back(house)
        goes_home(house)

    def test_the_page_that_is_rung_for_it_is_rung_no_longer(self) -> None:
        house = House()
        caller, anna = talking(house)
        loses_network(house, anna)
        network_is_back(house)
        page = house.browser("anna")
        house.asks(HangUpOwn(caller.call.id, ANNA))
        assert caller.gone and not page.rings
        goes_home(house)

    def test_also_while_the_old_leg_still_stands(self) -> None:
        house = House()
        caller, anna = talking(house)
        house.waits(5)
        reloads(house)
        house.asks(HangUpOwn(caller.call.id, ANNA))
        assert caller.gone and anna.gone
        goes_home(house)

    def test_in_a_consultation_the_two_others_have_each_other(self) -> None:
        house = House()
        caller, anna, bo = asking(house)
        loses_network(house, anna)
        house.asks(HangUpOwn(caller.call.id, ANNA))
        assert caller.hears_voice_of(bo)
        bo.hangs_up()
        goes_home(house)

    def test_nobody_hangs_up_for_another(self) -> None:
        house = House()
        caller, anna = talking(house)
        loses_network(house, anna)
        with pytest.raises(CallNotFound):
            house.asks(HangUpOwn(caller.call.id, BO))
        assert caller.hears(Heard.MUSIC)


def test_another_page_that_is_reloaded_does_not_end_the_wait_for_the_first() -> None:
    house = House()
    browser = house.opens_browser("anna")
    house.opens_browser("bo")
    house.asks(DialFor(ANNA, Destination(person=BO)))
    anna = browser.answers()
    bo = house.browser("bo").answers()
    assert anna.hears_voice_of(bo)
    loses_network(house, anna)
    house.browser("bo").goes_off()
    house.asks(OpenBrowser(BO, "page-2"))
    house.browser("bo").comes_on()
    house.asks(HearBrowser(BO, "page-2", registered=True))
    bo = house.browser("bo").answers()
    assert bo.hears(Heard.MUSIC)
    network_is_back(house)
    assert house.browser("anna").answers().hears_voice_of(bo)
