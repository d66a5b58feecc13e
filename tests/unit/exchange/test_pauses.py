"""Pausing: a state of its own beside being logged out, with a reason, and an end."""

from datetime import timedelta

import msgspec
import pytest

from svarhus.domains.presence.errors import NoSuchPause, NotLoggedIn, PersonNotFound
from svarhus.domains.presence.pause import PauseOver
from svarhus.domains.presence.state import PauseBegan, PauseEnded
from svarhus.domains.queues.offer import OfferOutcome
from svarhus.domains.queues.state import OfferEnded
from svarhus.exchange.core.requests import BeginPause, EndPause, LogIn
from svarhus.exchange.showing import live
from svarhus.exchange.showing.views import AgentState, LiveAgent, LivePause, LiveQueue
from svarhus.kit.clock import after
from svarhus.kit.ids import PauseKey, PersonKey
from unit.exchange.house import STRAIGHT, Changes, House

ANNA, BO = PersonKey("anna"), PersonKey("bo")
LUNCH = PauseKey("lunch")
OWN: Changes = {"pauses": [{"key": "coaching", "name": "Coaching", "minutes": 20}, {"key": "fika", "name": "Fika"}]}

pytestmark = pytest.mark.feature("Q-25")


def agent(house: House, person: str = "anna") -> LiveAgent:
    found = live.agent(house.core, person)
    assert found
    return found


def queue(house: House) -> LiveQueue:
    return next(each for each in live.queues(house.core) if each.key == "reception")


def pauses(house: House, seconds: float | None = None, reason: PauseKey = LUNCH, person: PersonKey = ANNA) -> None:
    until = after(house.now, timedelta(seconds=seconds)) if seconds is not None else None
    house.asks(BeginPause(person, reason, until, BO))


def starts_paused(**more: object) -> House:
    member = {"person": "anna", "starts_paused": True, **more}
    return House({"queues": {"reception": {"members": [member, {"person": "bo"}]}}})


class TestNobodyPausedIsRung:
    def test_calls_of_queues_go_to_others_and_it_is_seen_why(self) -> None:
        house = House()
        house.logs_in("anna")
        house.waits(60)
        house.logs_in("bo")
        pauses(house)
        house.caller_rings(STRAIGHT)
        assert not house.phone("anna").rings
        house.phone("bo").answers()
        shown = agent(house)
        assert shown.state is AgentState.PAUSED
        assert shown.queues == ("reception",)
        assert shown.pause == LivePause(LUNCH, None, house.now, None, BO)
        assert shown.since == house.now
        assert (queue(house).logged_in, queue(house).paused, queue(house).free) == (2, 1, 0)

    def test_a_phone_that_rings_for_a_queue_stops_and_the_call_is_neither_missed_nor_declined(self) -> None:
        house = House()
        house.logs_in("anna")
        house.caller_rings(STRAIGHT)
        assert house.phone("anna").rings
        pauses(house)
        assert not house.phone("anna").rings
        assert [ended.outcome for ended in house.facts_of(OfferEnded)] == [OfferOutcome.WITHDRAWN]
        assert agent(house).state is AgentState.PAUSED

    def test_a_call_in_progress_goes_on_and_then_it_is_a_pause(self) -> None:
        house = House()
        house.logs_in("anna")
        house.caller_rings(STRAIGHT)
        anna = house.phone("anna").answers()
        pauses(house)
        assert agent(house).state is AgentState.TALKING
        anna.hangs_up()
        assert agent(house).state is AgentState.PAUSED

    def test_direct_calls_ring_all_the_same(self) -> None:
        house = House()
        house.logs_in("anna")
        pauses(house)
        house.phone("bo").dials("1001")
        assert house.phone("anna").rings

    def test_callers_go_on_waiting_for_the_only_member_who_has_paused(self) -> None:
        house = House()
        house.logs_in("anna")
        pauses(house)
        house.caller_rings(STRAIGHT)
        house.waits(30)
        assert not house.phone("anna").rings
        house.asks(EndPause(ANNA, ANNA))
        assert house.phone("anna").rings

    def test_who_comes_back_is_last_in_turn(self) -> None:
        house = House()
        house.logs_in("anna")
        house.waits(60)
        house.logs_in("bo")
        pauses(house)
        house.waits(60)
        house.asks(EndPause(ANNA, ANNA))
        house.caller_rings(STRAIGHT)
        assert house.phone("bo").rings and not house.phone("anna").rings


class TestItsEnd:
    def test_by_hand_by_time_or_with_the_log_out_and_each_is_told_apart(self) -> None:
        house = House()
        house.logs_in("anna")
        pauses(house)
        house.asks(EndPause(ANNA, BO))
        pauses(house, 600)
        house.waits(599)
        assert agent(house).state is AgentState.PAUSED
        house.waits(1)
        assert agent(house).state is AgentState.AVAILABLE
        pauses(house)
        house.logs_out("anna")
        assert agent(house).state is AgentState.LOGGED_OUT
        ended = [(each.over, each.by) for each in house.facts_of(PauseEnded)]
        assert ended == [(PauseOver.SAID, BO), (PauseOver.TIME, None), (PauseOver.LOGGED_OUT, None)]

    def test_who_leaves_one_queue_of_two_stays_paused(self) -> None:
        house = House()
        house.logs_in("bo")
        pauses(house, person=BO)
        house.logs_out("bo", queue="advice")
        assert agent(house, "bo").state is AgentState.PAUSED

    def test_another_reason_takes_the_place_and_the_time_of_the_first(self) -> None:
        house = House()
        house.logs_in("anna")
        pauses(house, 600)
        pauses(house, reason=PauseKey("meeting"))
        house.waits(3600)
        shown = agent(house).pause
        assert shown and (shown.reason, shown.until) == ("meeting", None)
        assert [each.reason for each in house.facts_of(PauseBegan)] == ["lunch", "meeting"]

    def test_it_ends_at_its_time_though_the_application_was_killed(self) -> None:
        house = House()
        house.logs_in("anna")
        pauses(house, 600)
        house.takes_snapshot()
        house.application_dies()
        house.application_starts()
        assert agent(house).state is AgentState.PAUSED
        house.waits(600)
        assert agent(house).state is AgentState.AVAILABLE

    def test_who_is_no_member_any_more_has_no_pause(self) -> None:
        house = House()
        house.logs_in("anna")
        pauses(house, 600)
        house.takes_configuration({"queues": {"reception": {"members": [{"person": "bo"}]}}})
        assert agent(house).pause is None


class TestReasons:
    def test_the_organisations_own_take_the_place_of_those_that_are_shipped(self) -> None:
        house = House(OWN)
        house.logs_in("anna")
        with pytest.raises(NoSuchPause):
            pauses(house)
        pauses(house, reason=PauseKey("coaching"))
        shown = agent(house).pause
        assert shown and shown.name == "Coaching"
        house.waits(20 * 60)
        assert agent(house).pause is None

    def test_a_time_that_is_chosen_goes_before_the_reasons_own(self) -> None:
        house = House(OWN)
        house.logs_in("anna")
        pauses(house, 60, PauseKey("coaching"))
        house.waits(60)
        assert agent(house).pause is None

    def test_a_reason_that_was_taken_away_meanwhile_harms_nobody(self) -> None:
        house = House(OWN)
        house.logs_in("anna")
        pauses(house, reason=PauseKey("fika"))
        house.takes_configuration({})
        shown = agent(house).pause
        assert shown and (shown.reason, shown.name) == ("fika", None)
        house.asks(EndPause(ANNA, None))
        assert agent(house).state is AgentState.AVAILABLE

    @pytest.mark.parametrize("seconds", [0, -60])
    def test_one_that_would_be_over_is_refused(self, seconds: float) -> None:
        house = House()
        house.logs_in("anna")
        with pytest.raises(NoSuchPause):
            pauses(house, seconds)

    def test_who_is_logged_out_or_unknown_cannot_pause(self) -> None:
        house = House()
        with pytest.raises(NotLoggedIn):
            pauses(house)
        with pytest.raises(PersonNotFound):
            pauses(house, person=PersonKey("zoe"))


class TestBeginningWithOne:
    def test_who_logs_in_to_the_first_queue_is_paused_there(self) -> None:
        house = starts_paused()
        house.logs_in("anna")
        shown = agent(house).pause
        assert shown and shown.reason is None
        house.caller_rings(STRAIGHT)
        assert not house.phone("anna").rings
        house.asks(EndPause(ANNA, ANNA))
        assert house.phone("anna").rings

    def test_so_is_who_is_logged_in_by_the_settings(self) -> None:
        house = House()
        member = {"person": "eva", "starts_paused": True, "starts_logged_in": True}
        house.takes_configuration({"queues": {"reception": {"members": [member]}}})
        assert agent(house, "eva").state is AgentState.PAUSED

    def test_another_queue_stops_nobody_who_is_at_work(self) -> None:
        house = House({"queues": {"advice": {"members": [{"person": "bo", "starts_paused": True}]}}})
        house.logs_in("bo", queue="reception")
        house.logs_in("bo", queue="advice")
        assert agent(house, "bo").state is AgentState.AVAILABLE
        house.asks(LogIn(BO))
        assert agent(house, "bo").state is AgentState.AVAILABLE


class TestAPhoneThatIsSwitchedOff:
    def test_logs_nobody_out_and_is_seen(self) -> None:
        house = House()
        house.logs_in("anna")
        house.phone("anna").goes_off()
        assert agent(house).state is AgentState.UNREACHABLE
        assert agent(house).queues == ("reception",)
        assert not agent(house).phone_reachable
        assert (queue(house).logged_in, queue(house).free) == (1, 0)
        house.application_dies()
        house.application_starts()
        assert agent(house).queues == ("reception",)
        house.phone("anna").comes_on()
        assert agent(house).state is AgentState.AVAILABLE

    def test_nor_ends_a_pause(self) -> None:
        house = House()
        house.logs_in("anna")
        pauses(house)
        house.phone("anna").goes_off()
        house.phone("anna").comes_on()
        assert agent(house).state is AgentState.PAUSED


def test_a_state_that_was_kept_before_there_were_pauses_is_read() -> None:
    house = House()
    house.logs_in("anna")
    kept = msgspec.json.decode(msgspec.json.encode(house.core.state.agents[ANNA]))
    for newer in ("pause", "after_call_queue"):
        kept.pop(newer)
    assert msgspec.convert(kept, type(house.core.state.agents[ANNA])).pause is None
