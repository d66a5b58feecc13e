"""How a day has gone so far, by the definitions of the figures."""

from datetime import timedelta

import pytest

from svarhus.adapters.simulated.time import START
from svarhus.domains.boards.model import DaySoFar, PartFact, queue_today
from svarhus.domains.queues.model import Queue
from svarhus.kit.clock import after
from svarhus.kit.ids import PersonKey, QueueKey

DESK = QueueKey("desk")


def day(*waits: tuple[float, int | None]) -> DaySoFar:
    """Callers who were answered: seconds of wait, and the service level of their list."""
    made = DaySoFar(START)
    for index, (wait, own) in enumerate(waits):
        left = after(START, timedelta(seconds=wait))
        call = f"call-{index}"
        entered = PartFact(2 * index + 1, START, call, DESK, None, None, own)
        made.add([entered, PartFact(2 * index + 2, left, call, DESK, "answered", PersonKey("anna"))])
    return made


@pytest.mark.feature("FLOW-10")
@pytest.mark.parametrize(
    ("waits", "share"),
    [
        ([(60, None), (91, None)], 0.5),
        ([(60, 20), (91, None)], 0.0),
        ([(15, 20), (100, 120)], 1.0),
        ([(100, 120), (60, None), (200, None)], 2 / 3),
    ],
)
def test_a_list_s_own_service_level_holds_in_place_of_the_queue_s(
    waits: list[tuple[float, int | None]], share: float
) -> None:
    queue = Queue(key=DESK, name="Desk", service_level=90)
    assert queue_today(queue, day(*waits).queues[DESK]).service_level == pytest.approx(share)
