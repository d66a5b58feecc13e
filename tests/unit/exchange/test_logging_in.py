"""Who may log whom in and out, and who was the last."""

import pytest

from svarhus.domains.presence.errors import NoExtension, OthersLogIn
from svarhus.domains.presence.state import LoggedOut
from svarhus.exchange.core.requests import EndAfterCallWork, ExtendAfterCallWork, LogIn, LogOut
from svarhus.exchange.showing import live
from svarhus.exchange.showing.views import AgentState
from svarhus.kit.clock import seconds_between
from svarhus.kit.ids import PersonKey, QueueKey
from unit.exchange.house import STRAIGHT, Changes, House

ANNA, BO = PersonKey("anna"), PersonKey("bo")
RECEPTION, ADVICE = QueueKey("reception"), QueueKey("advice")
FORBIDDEN: Changes = {"queues": {"reception": {"self_log_in": False}}}


def queues_of(house: House, person: str) -> tuple[str, ...]:
    found = live.agent(house.core, person)
    assert found
    return found.queues


class TestForbidden:
    pytestmark = pytest.mark.feature("Q-12")

    def test_members_of_such_a_queue_do_it_not_themselves(self) -> None:
        house = House(FORBIDDEN)
        with pytest.raises(OthersLogIn):
            house.asks(LogIn(ANNA, by_oneself=True))
        house.asks(LogIn(ANNA))
        with pytest.raises(OthersLogIn):
            house.asks(LogOut(ANNA, (RECEPTION,), by_oneself=True))
        assert queues_of(house, "anna") == ("reception",)
        house.asks(LogOut(ANNA))
        assert queues_of(house, "anna") == ()

    def test_all_means_all_others(self) -> None:
        house = House(FORBIDDEN)
        house.asks(LogIn(BO, by_oneself=True))
        assert queues_of(house, "bo") == ("advice",)
        house.asks(LogIn(BO))
        house.asks(LogOut(BO, by_oneself=True))
        assert queues_of(house, "bo") == ("reception",)

    def test_what_changes_nothing_is_no_offence(self) -> None:
        house = House(FORBIDDEN)
        house.asks(LogIn(ANNA))
        house.asks(LogIn(ANNA, by_oneself=True))
        house.asks(LogOut(BO, by_oneself=True))
        assert queues_of(house, "anna") == ("reception",)


@pytest.mark.feature("Q-12")
def test_the_last_one_out_of_a_queue_is_kept() -> None:
    house = House()
    house.logs_in("anna")
    house.logs_in("bo")
    house.logs_out("anna")
    house.logs_out("bo")
    assert [each.last_in for each in house.facts_of(LoggedOut)] == [(), (ADVICE, RECEPTION)]


class TestAfterCallWork:
    pytestmark = pytest.mark.feature("Q-08")

    def talks(self, changes: Changes) -> House:
        house = House({"queues": {"reception": changes}})
        house.logs_in("anna")
        house.caller_rings(STRAIGHT)
        house.phone("anna").answers().hangs_up()
        return house

    def left(self, house: House) -> float:
        until = house.core.state.agents[ANNA].after_call_until
        return seconds_between(house.now, until) if until else 0.0

    @pytest.mark.parametrize(("of_queue", "least", "seconds"), [(0, 45, 45), (30, 45, 45), (60, 45, 60), (0, 0, 0)])
    def test_a_member_has_the_least_of_the_own_settings_or_more(
        self, of_queue: int, least: int, seconds: float
    ) -> None:
        member = {"person": "anna", "least_after_call": least}
        house = self.talks({"members": [member], "after_call_work": {"answered": of_queue}})
        assert self.left(house) == seconds

    def test_the_least_is_not_for_calls_that_were_missed(self) -> None:
        member = {"person": "anna", "least_after_call": 300}
        house = House({"queues": {"reception": {"members": [member], "after_call_work": {"missed": 15}}}})
        house.logs_in("anna")
        house.caller_rings(STRAIGHT)
        house.waits(20)
        assert self.left(house) == 15

    def test_where_the_queue_does_not_let_it_nobody_makes_it_longer_but_all_end_it_early(self) -> None:
        house = self.talks({"after_call_work": {"answered": 30, "may_extend": False}})
        shown = live.agent(house.core, "anna")
        assert shown and not shown.may_extend
        with pytest.raises(NoExtension):
            house.asks(ExtendAfterCallWork(ANNA, 300))
        assert self.left(house) == 30
        house.asks(EndAfterCallWork(ANNA))
        shown = live.agent(house.core, "anna")
        assert shown and shown.state is AgentState.AVAILABLE and shown.may_extend
