"""A person's phones: which one rings, and when a page counts as there."""

import pytest

from svarhus.adapters.simulated.world import Heard, Reaction
from svarhus.domains.callbacks.errors import AgentBusy, NotCallable, PhoneNotReachable
from svarhus.domains.calls.model import CallKind, Outcome
from svarhus.domains.calls.talk import Destination
from svarhus.domains.presence.device import DeviceKind
from svarhus.domains.presence.errors import NoSuchDevice, SessionTakenOver
from svarhus.domains.presence.state import BrowserChanged
from svarhus.exchange.core.requests import (
    ChooseDevice,
    CloseBrowser,
    DialFor,
    HangUpOwn,
    HearBrowser,
    HoldCall,
    OpenBrowser,
)
from svarhus.exchange.showing import live
from svarhus.exchange.showing.views import AgentState
from svarhus.kit.ids import PersonKey
from unit.exchange.house import KARIN, LARS, STRAIGHT, Changes, House

ANNA, DAN, EVA = PersonKey("anna"), PersonKey("dan"), PersonKey("eva")
NO_PAUSE: Changes = {"queues": {"reception": {"after_call_work": {"missed": 0, "declined": 0, "answered": 0}}}}


def state_of(house: House, person: str) -> AgentState:
    found = live.agent(house.core, person)
    assert found
    return found.state


class TestWhichOneRings:
    def test_the_desk_phone_rings_when_nothing_else_was_chosen(self) -> None:
        house = House()
        house.logs_in("anna")
        house.caller_rings(STRAIGHT)
        assert house.phone("anna").rings
        assert not house.browser("anna").rings

    def test_the_configuration_may_say_the_browser(self) -> None:
        house = House({"people": {"anna": {"phone": "browser"}}})
        house.logs_in("anna")
        house.browser("anna").comes_on()
        house.caller_rings(STRAIGHT)
        assert house.browser("anna").rings
        assert not house.phone("anna").rings

    def test_what_the_person_chooses_counts_for_more(self) -> None:
        house = House()
        house.logs_in("anna")
        browser = house.opens_browser("anna")
        house.caller_rings(STRAIGHT)
        assert browser.rings
        assert not house.phone("anna").rings

    def test_a_mobile_rings_and_asks_for_the_key(self) -> None:
        house = House()
        house.logs_in("anna")
        house.asks(ChooseDevice(ANNA, DeviceKind.NUMBER, "070-123 45 68"))
        caller = house.caller_rings(STRAIGHT)
        mobile = house.outside(LARS).answers()
        assert mobile.told[-1] == "agent.confirm"
        mobile.presses("1")
        assert caller.hears_voice_of(mobile)

    @pytest.mark.parametrize("number", [None, "+12025550123", "hello"])
    def test_a_number_that_may_not_be_called_is_refused(self, number: str | None) -> None:
        house = House()
        with pytest.raises(NoSuchDevice):
            house.asks(ChooseDevice(ANNA, DeviceKind.NUMBER, number))

    def test_without_an_extension_there_is_no_phone_to_register(self) -> None:
        house = House()
        with pytest.raises(NoSuchDevice):
            house.asks(ChooseDevice(DAN, DeviceKind.BROWSER))
        with pytest.raises(NoSuchDevice):
            house.asks(OpenBrowser(DAN, "page-1"))

    def test_a_call_from_either_phone_is_the_persons(self) -> None:
        house = House()
        house.opens_browser("eva")
        call = house.browser("eva").dials(LARS)
        lars = house.outside(LARS).answers()
        assert call.hears_voice_of(lars)
        assert call.call.kind is CallKind.OUTGOING
        assert house.core.state.legs[call.leg].person == EVA

    @pytest.mark.parametrize("by_browser", [False, True])
    def test_codes_work_from_both(self, by_browser: bool) -> None:
        house = House()
        house.opens_browser("anna")
        (house.browser("anna") if by_browser else house.phone("anna")).dials("*61")
        house.waits(5)
        assert "reception" in house.core.state.agents[ANNA].queues


class TestWhetherThePageIsThere:
    def test_who_cannot_be_reached_is_offered_nothing(self) -> None:
        house = House()
        house.logs_in("anna")
        house.opens_browser("anna")
        house.asks(HearBrowser(ANNA, "page-1", registered=False))
        assert state_of(house, "anna") is AgentState.UNREACHABLE
        house.caller_rings(STRAIGHT)
        assert not house.browser("anna").rings
        house.asks(HearBrowser(ANNA, "page-1", registered=True))
        assert house.browser("anna").rings

    @pytest.mark.parametrize("how", ["silent", "contact lost", "signed out", "reloaded"])
    def test_an_offer_goes_back_at_once_with_its_place_kept(self, how: str) -> None:
        house = House(NO_PAUSE)
        house.logs_in("anna")
        browser = house.opens_browser("anna")
        first, second = house.caller_rings(STRAIGHT), house.caller_rings(STRAIGHT, LARS)
        assert browser.rings
        match how:
            case "silent":
                house.asks(HearBrowser(ANNA, "page-1", registered=False))
            case "contact lost":
                browser.goes_off()
            case "signed out":
                house.asks(CloseBrowser(ANNA, "page-1"))
            case "reloaded":
                house.asks(OpenBrowser(ANNA, "page-2"))
        assert not browser.rings
        assert house.waiting_in("reception") == [first.leg, second.leg]
        assert state_of(house, "anna") is AgentState.UNREACHABLE
        house.logs_in("bo")
        assert house.phone("bo").answers().hears_voice_of(first)

    def test_an_engine_that_finds_the_page_again_is_believed(self) -> None:
        house = House()
        house.logs_in("anna")
        browser = house.opens_browser("anna")
        browser.goes_off()
        house.asks(HearBrowser(ANNA, "page-1", registered=False))
        browser.comes_on()
        assert state_of(house, "anna") is AgentState.AVAILABLE

    def test_a_page_in_a_black_hole_costs_a_caller_seconds(self) -> None:
        house = House(NO_PAUSE)
        house.logs_in("anna", "bo")
        house.opens_browser("anna").always(Reaction.IGNORE)
        caller = house.caller_rings(STRAIGHT)
        house.waits(6.1)
        assert house.phone("bo").answers().hears_voice_of(caller)

    def test_only_a_change_is_kept(self) -> None:
        house = House()
        house.opens_browser("anna")
        before = len(house.journal)
        for _ in range(20):
            house.asks(HearBrowser(ANNA, "page-1", registered=True))
        assert len(house.journal) == before

    def test_the_newest_page_takes_over(self) -> None:
        house = House()
        house.opens_browser("anna")
        house.asks(OpenBrowser(ANNA, "page-2"))
        with pytest.raises(SessionTakenOver):
            house.asks(HearBrowser(ANNA, "page-1", registered=True))
        house.asks(CloseBrowser(ANNA, "page-1"))
        assert house.asks(HearBrowser(ANNA, "page-2", registered=True)) == "page-2"
        assert house.facts_of(BrowserChanged)[-1].session == "page-2"


class TestAskingForACall:
    def test_the_own_phone_rings_first_and_then_the_other(self) -> None:
        house = House()
        house.asks(DialFor(EVA, Destination(number="070-123 45 68")))
        assert not house.outside(LARS).rings
        eva = house.phone("eva").answers()
        assert eva.hears(Heard.RINGING)
        lars = house.outside(LARS).answers()
        assert lars.shown == "+46846500400"
        assert eva.hears_voice_of(lars)
        assert (eva.call.kind, eva.call.dialled) == (CallKind.OUTGOING, "070-123 45 68")
        lars.hangs_up()
        assert eva.gone
        assert (eva.record.outcome, eva.record.person) == (Outcome.ANSWERED, "eva")

    def test_a_page_answers_by_itself(self) -> None:
        house = House()
        browser = house.opens_browser("eva")
        call = house.asks(DialFor(EVA, Destination(person=ANNA)))
        assert browser.headers == {"X-Svarhus-Call": call, "X-Svarhus-Auto-Answer": "yes"}
        eva = browser.answers()
        assert eva.call.kind is CallKind.INTERNAL
        assert house.phone("anna").answers().hears_voice_of(eva)

    def test_at_a_mobile_the_person_shows_by_a_key_that_it_is_no_machine(self) -> None:
        house = House()
        house.asks(DialFor(DAN, Destination(number=LARS)))
        dan = house.phone("dan").answers()
        house.waits(3)
        assert not house.outside(LARS).rings
        dan.presses("1")
        assert dan.hears(Heard.RINGING)
        assert house.outside(LARS).answers().hears_voice_of(dan)

    def test_a_machine_at_the_mobile_reaches_nobody(self) -> None:
        house = House()
        house.asks(DialFor(DAN, Destination(number=LARS)))
        dan = house.phone("dan").answers()
        house.waits(20)
        assert dan.gone
        assert dan.record.outcome is Outcome.UNANSWERED
        house.everything_is_over()

    def test_a_queue_and_a_number_of_ours_can_be_asked_for(self) -> None:
        house = House()
        house.logs_in("anna")
        house.asks(DialFor(EVA, Destination(number="2001")))
        eva = house.phone("eva").answers()
        assert eva.hears(Heard.MUSIC)
        assert house.phone("anna").answers().hears_voice_of(eva)

    def test_what_leads_nowhere_is_refused_before_anything_rings(self) -> None:
        house = House()
        for to in (Destination(number="+12025550123"), Destination(number="*61"), Destination(person=EVA)):
            with pytest.raises(NotCallable):
                house.asks(DialFor(EVA, to))
        house.phone("eva").goes_off()
        with pytest.raises(PhoneNotReachable):
            house.asks(DialFor(EVA, Destination(number=LARS)))
        assert house.calls == []

    def test_what_else_the_person_talks_in_is_put_on_hold(self) -> None:
        house = House()
        house.logs_in("anna")
        caller = house.caller_rings(STRAIGHT)
        house.phone("anna").answers()
        house.asks(DialFor(ANNA, Destination(number=LARS)))
        with pytest.raises(AgentBusy):
            house.asks(DialFor(ANNA, Destination(number=KARIN)))
        second = house.phone("anna").answers()
        assert caller.hears(Heard.MUSIC)
        assert house.outside(LARS).answers().hears_voice_of(second)

    @pytest.mark.parametrize("moment", ["own phone rings", "other rings", "talking", "on hold"])
    @pytest.mark.parametrize("who", ["eva", "the other"])
    def test_whoever_hangs_up_and_whenever_nothing_stays(self, moment: str, who: str) -> None:
        house = House()
        call = house.asks(DialFor(EVA, Destination(number=LARS)))
        phone, other = house.phone("eva"), house.outside(LARS)
        eva = lars = None
        if moment != "own phone rings":
            eva = phone.answers()
        if moment in ("talking", "on hold"):
            lars = other.answers()
        if moment == "on hold":
            house.asks(HoldCall(house.calls[0].id, EVA))
        if who == "eva":
            eva.hangs_up() if eva else phone.declines()
        elif lars:
            lars.hangs_up()
        elif eva:
            other.declines()
        else:
            house.asks(HangUpOwn(house.calls[0].id, EVA))
        assert call in house.records
        house.everything_is_over()

    def test_hanging_up_what_is_offered_declines_it(self) -> None:
        house = House()
        house.logs_in("anna")
        caller = house.caller_rings(STRAIGHT)
        house.asks(HangUpOwn(caller.call.id, ANNA))
        assert not house.phone("anna").rings
        assert state_of(house, "anna") is AgentState.AFTER_CALL_WORK
        assert house.waiting_in("reception") == [caller.leg]
