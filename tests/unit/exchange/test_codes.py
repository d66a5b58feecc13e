"""Codes that are dialled at one's own phone: what they do, and what is said then."""

import pytest

from svarhus.exchange.showing import live
from svarhus.exchange.showing.views import AgentState, LiveAgent
from svarhus.kit.clock import seconds_between
from svarhus.ports.telephony import EndCause
from unit.exchange.house import STRAIGHT, House


def agent(house: House, person: str) -> LiveAgent:
    found = live.agent(house.core, person)
    assert found
    return found


def told(house: House, person: str, code: str) -> list[str]:
    said = house.phone(person).dials(code).told
    house.waits(5)
    return said


@pytest.mark.feature("Q-12")
class TestLoggingIn:
    def test_to_one_queue_by_its_extension(self) -> None:
        house = House()
        assert told(house, "bo", "*612002") == ["agent.logged_in"]
        assert agent(house, "bo").queues == ("advice",)
        assert told(house, "bo", "*61") == ["agent.logged_in"]
        house.logs_in("cia", "anna")
        assert told(house, "bo", "*602001") == ["agent.logged_out"]
        assert agent(house, "bo").queues == ("advice",)

    def test_a_queue_of_others_or_none_is_refused(self) -> None:
        house = House()
        for code in ("*612002", "*619999"):
            assert house.phone("anna").dials(code).refused_with is EndCause.REFUSED
        assert agent(house, "anna").queues == ()

    def test_the_last_one_out_of_a_queue_is_told_so(self) -> None:
        house = House()
        house.logs_in("anna", "bo")
        assert told(house, "anna", "*60") == ["agent.logged_out"]
        assert told(house, "bo", "*60") == ["agent.logged_out", "agent.last_out"]
        assert told(house, "bo", "*60") == ["agent.logged_out"]

    def test_where_members_do_it_not_themselves_they_are_told_so_but_not_those_who_lead(self) -> None:
        people = {"anna": {"role": "team_leader"}}
        house = House({"people": people, "queues": {"reception": {"self_log_in": False}}})
        assert told(house, "bo", "*612001") == ["agent.others_log_in"]
        assert told(house, "anna", "*61") == ["agent.logged_in"]
        assert agent(house, "anna").queues == ("reception",)


@pytest.mark.feature("Q-25")
class TestPausing:
    def test_for_the_first_reason_or_the_one_at_a_place_and_back(self) -> None:
        house = House()
        house.logs_in("bo")
        assert told(house, "bo", "*62") == ["agent.paused"]
        assert told(house, "bo", "*622") == ["agent.paused"]
        pause = agent(house, "bo").pause
        assert pause and (pause.reason, pause.by) == ("lunch", "bo")
        house.caller_rings(STRAIGHT)
        assert not house.phone("bo").rings
        assert told(house, "bo", "*63") == ["agent.pause_over"]
        assert house.phone("bo").rings

    @pytest.mark.parametrize(("code", "said"), [("*620", "agent.no_such_pause"), ("*6299", "agent.no_such_pause")])
    def test_a_place_that_is_not_in_the_list(self, code: str, said: str) -> None:
        house = House()
        house.logs_in("bo")
        assert told(house, "bo", code) == [said]
        assert agent(house, "bo").pause is None

    def test_who_is_logged_out_is_told_so(self) -> None:
        house = House()
        assert told(house, "bo", "*62") == ["agent.not_logged_in"]

    def test_who_begins_with_a_pause_is_told_so(self) -> None:
        house = House({"queues": {"reception": {"members": [{"person": "anna", "starts_paused": True}]}}})
        assert told(house, "anna", "*61") == ["agent.paused"]


@pytest.mark.feature("Q-08")
class TestAfterCallWork:
    def test_is_made_longer_and_ended(self) -> None:
        house = House({"queues": {"reception": {"after_call_work": {"answered": 60}}}})
        house.logs_in("anna")
        house.caller_rings(STRAIGHT)
        house.phone("anna").answers().hangs_up()
        assert house.phone("anna").dials("*65").told == ["agent.after_call_longer"]
        until = agent(house, "anna").after_call_until
        assert until and seconds_between(house.now, until) == 300
        house.waits(5)
        assert told(house, "anna", "*64") == ["agent.after_call_over"]
        assert agent(house, "anna").state is AgentState.AVAILABLE

    def test_is_not_made_longer_where_the_queue_does_not_let_it_or_none_is_left(self) -> None:
        house = House({"queues": {"reception": {"after_call_work": {"answered": 60, "may_extend": False}}}})
        house.logs_in("anna")
        house.caller_rings(STRAIGHT)
        house.phone("anna").answers().hangs_up()
        assert told(house, "anna", "*65") == ["agent.no_extension"]
        house.waits(60)
        assert told(house, "anna", "*65") == ["agent.after_call_over"]


@pytest.mark.parametrize("dialled", ["*6", "*66", "*631", "*64*", "*61a", "*61²"])
def test_what_is_no_code_is_dialled_as_a_number(dialled: str) -> None:
    house = House()
    house.phone("bo").dials(dialled)
    assert agent(house, "bo").queues == ()
