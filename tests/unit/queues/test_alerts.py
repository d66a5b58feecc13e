"""Alerts: a queue is not as it should be, for long enough, in opening hours: told once, and once when it is over."""

from datetime import timedelta

import pytest

from svarhus.adapters.simulated.time import START
from svarhus.domains.queues.alerts import AlertEnd, AlertOn, AlertOver, AlertRaised, AlertRule, Standing, is_met
from svarhus.domains.queues.model import Queue
from svarhus.exchange.showing import live
from svarhus.exchange.showing.views import LiveAlert
from svarhus.kit.clock import Instant
from unit.exchange.house import KARIN, LARS, MONA, STRAIGHT, House

pytestmark = pytest.mark.feature("Q-16")
HOUR = 3600


def watching(*rules: dict[str, object], **settings: object) -> House:
    return House({"queues": {"reception": {"alerts": list(rules), **settings}}})


def raised(house: House) -> list[tuple[str, int, int]]:
    return [(each.on.value, each.limit, each.seen) for each in house.facts_of(AlertRaised)]


def over(house: House) -> list[AlertEnd]:
    return [each.why for each in house.facts_of(AlertOver)]


def shown(house: House) -> tuple[LiveAlert, ...]:
    return next(each.alerts for each in live.queues(house.core) if each.key == "reception")


@pytest.mark.parametrize(
    ("on", "limit", "standing", "met"),
    [
        (AlertOn.WAIT, 60, Standing(1, Instant(START - timedelta(seconds=60)), 1), False),
        (AlertOn.WAIT, 60, Standing(1, Instant(START - timedelta(seconds=61)), 1), True),
        (AlertOn.WAIT, 60, Standing(0, None, 0), False),
        (AlertOn.WAITING, 2, Standing(2, START, 1), False),
        (AlertOn.WAITING, 2, Standing(3, START, 1), True),
        (AlertOn.MEMBERS, 1, Standing(0, None, 1), False),
        (AlertOn.MEMBERS, 1, Standing(0, None, 0), True),
        (AlertOn.MEMBERS, 3, Standing(0, None, 2), True),
    ],
)
def test_what_a_rule_means(on: AlertOn, limit: int, standing: Standing, met: bool) -> None:
    assert is_met(AlertRule(on=on, limit=limit), standing, START) is met


class TestWait:
    def test_one_who_waits_too_long_is_told_once_and_that_it_is_over_once(self) -> None:
        house = watching({"on": "wait", "limit": 120})
        house.logs_in("anna")
        house.phone("anna").goes_off()
        karin = house.caller_rings(STRAIGHT, KARIN)
        house.waits(119)
        assert raised(house) == []
        house.waits(2)
        assert raised(house) == [("wait", 120, 120)]
        assert [(alert.on, alert.limit) for alert in shown(house)] == [(AlertOn.WAIT, 120)]
        house.waits(600)
        house.caller_rings(STRAIGHT, LARS)
        house.waits(60)
        assert len(raised(house)) == 1
        karin.hangs_up()
        assert over(house) == [AlertEnd.MENDED]
        assert shown(house) == ()

    def test_who_is_answered_in_time_is_told_to_nobody(self) -> None:
        house = watching({"on": "wait", "limit": 30}, ring_time=60)
        house.logs_in("anna")
        house.caller_rings(STRAIGHT)
        house.waits(10)
        house.phone("anna").answers()
        house.waits(600)
        assert raised(house) == []

    def test_the_wait_of_who_came_later_is_looked_at_when_the_first_has_left(self) -> None:
        house = watching({"on": "wait", "limit": 100})
        house.logs_in("anna")
        house.phone("anna").goes_off()
        karin = house.caller_rings(STRAIGHT, KARIN)
        house.waits(50)
        house.caller_rings(STRAIGHT, LARS)
        karin.hangs_up()
        house.waits(99)
        assert raised(house) == []
        house.waits(2)
        assert raised(house) == [("wait", 100, 100)]


class TestWaiting:
    def test_more_than_so_many_for_so_many_minutes(self) -> None:
        house = watching({"on": "waiting", "limit": 1, "minutes": 5})
        house.logs_in("anna")
        house.phone("anna").goes_off()
        callers = [house.caller_rings(STRAIGHT, number) for number in (KARIN, LARS)]
        house.waits(299)
        callers.pop().hangs_up()
        house.waits(60)
        assert raised(house) == []
        callers.append(house.caller_rings(STRAIGHT, MONA))
        house.waits(299)
        assert raised(house) == []
        house.waits(1)
        assert raised(house) == [("waiting", 1, 2)]


class TestMembers:
    def test_nobody_logged_in_is_told_and_over_when_somebody_is(self) -> None:
        house = watching({"on": "members", "limit": 1})
        assert raised(house) == [("members", 1, 0)]
        house.logs_in("anna")
        assert over(house) == [AlertEnd.MENDED]
        house.logs_out("anna")
        assert len(raised(house)) == 2

    def test_several_rules_of_a_queue_are_told_each_by_itself(self) -> None:
        house = watching({"on": "members", "limit": 1}, {"on": "members", "limit": 2})
        house.logs_in("anna")
        assert raised(house) == [("members", 1, 0), ("members", 2, 0)]
        assert over(house) == [AlertEnd.MENDED]
        assert [alert.limit for alert in shown(house)] == [2]


class TestOpeningHours:
    def test_outside_them_nothing_is_told_and_what_was_told_is_over(self) -> None:
        """It begins on a Monday at eight, and the Tuesday is closed."""
        rule = {"on": "members", "limit": 1, "hours": "daytime"}
        house = House({"queues": {"reception": {"alerts": [rule]}}})
        assert len(raised(house)) == 1
        house.waits(9 * HOUR - 1)
        assert over(house) == []
        house.waits(1)
        assert over(house) == [AlertEnd.CLOSED]
        house.waits(39 * HOUR - 1)
        assert len(raised(house)) == 1
        house.waits(1)
        assert len(raised(house)) == 2

    def test_one_who_waits_as_they_open_is_told_then(self) -> None:
        rule = {"on": "wait", "limit": 60, "hours": "daytime"}
        house = House({"queues": {"reception": {"alerts": [rule]}}}, Instant(START - timedelta(minutes=30)))
        house.logs_in("anna")
        house.phone("anna").goes_off()
        house.caller_rings(STRAIGHT)
        house.waits(1799)
        assert raised(house) == []
        house.waits(1)
        assert raised(house) == [("wait", 60, 1800)]


class TestSurviving:
    def test_what_was_told_is_not_told_again_after_the_application_was_killed(self) -> None:
        house = watching({"on": "members", "limit": 1})
        house.takes_snapshot()
        house.application_dies()
        house.application_starts()
        house.waits(60)
        assert len(raised(house)) == 1
        house.logs_in("anna")
        assert over(house) == [AlertEnd.MENDED]

    def test_the_time_that_it_must_last_goes_on_meanwhile(self) -> None:
        house = watching({"on": "members", "limit": 1, "minutes": 10})
        house.waits(300)
        house.takes_snapshot()
        house.application_dies()
        house.application_starts()
        house.waits(299)
        assert raised(house) == []
        house.waits(1)
        assert len(raised(house)) == 1

    def test_a_rule_that_is_taken_away_or_changed_ends_its_alert(self) -> None:
        house = watching({"on": "members", "limit": 1})
        house.takes_configuration({"queues": {"reception": {"alerts": [{"on": "members", "limit": 2}]}}})
        assert over(house) == [AlertEnd.RULE_GONE]
        assert [alert.limit for alert in shown(house)] == [2]
        house.takes_configuration({})
        assert shown(house) == ()

    def test_who_is_told_may_change_without_another_alert(self) -> None:
        house = watching({"on": "members", "limit": 1})
        rule = {"on": "members", "limit": 1, "mail": ["lead@house.example"]}
        house.takes_configuration({"queues": {"reception": {"alerts": [rule]}}})
        assert (len(raised(house)), over(house)) == (1, [])

    def test_a_queue_that_is_deleted_has_no_alerts(self) -> None:
        house = House({"queues": {"spare": {"name": "Spare", "alerts": [{"on": "members", "limit": 1}]}}})
        house.takes_configuration({})
        assert not house.core.state.alerts


def test_the_same_rule_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="watches what one before it does"):
        Queue.model_validate({"key": "q", "name": "Q", "alerts": [{"limit": 5}, {"limit": 5, "minutes": 0}]})
