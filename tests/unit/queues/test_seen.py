"""What a queue says of how it is shown: when a wait turns red, the target, and where it stands."""

import pytest

from svarhus.domains.boards.model import Tally, queue_today
from svarhus.domains.queues.model import Queue
from svarhus.exchange.showing.live import queues
from unit.exchange.house import House


def queue(**settings: object) -> Queue:
    return Queue.model_validate({"key": "advice", "name": "Advice", **settings})


@pytest.mark.feature("Q-17")
@pytest.mark.parametrize(
    ("settings", "seconds"), [({}, 90), ({"service_level": 30}, 30), ({"service_level": 30, "wait_warning": 120}, 120)]
)
def test_a_wait_turns_red_past_its_limit(settings: dict[str, int], seconds: int) -> None:
    assert queue_today(queue(**settings), Tally()).red_after_seconds == seconds
    house = House({"queues": {"advice": settings}})
    (advice,) = (each for each in queues(house.core) if each.key == "advice")
    assert advice.red_after == seconds


@pytest.mark.feature("Q-17")
def test_a_target_may_be_off() -> None:
    assert queue_today(queue(), Tally()).service_level_target is None
    assert queue_today(queue(service_level_target=80), Tally()).service_level_target == 0.8


@pytest.mark.feature("Q-18")
def test_a_queue_is_hidden_from_the_switchboard() -> None:
    house = House({"queues": {"advice": {"on_switchboard": False}}})
    assert [each.key for each in queues(house.core) if each.on_switchboard] == ["reception"]
