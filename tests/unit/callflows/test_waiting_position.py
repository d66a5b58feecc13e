"""Where a call flow lets callers wait in a queue, for those who are led to the queue by somebody."""

import pytest

from svarhus.domains.callflows.interpreter import waiting_position
from svarhus.domains.callflows.model import CallFlow, Element
from svarhus.domains.callflows.position import Position
from svarhus.kit.ids import QueueKey


def waits(queue: str, **exits: str) -> Element:
    return Element(type="queue", settings={"queue": queue}, exits=exits)


def flow(**elements: Element) -> CallFlow:
    menu = Element(type="menu", settings={"messages": ["choices"]}, exits={"1": "ordinary", "2": "urgent"})
    return CallFlow(key="main", name="Main", start="menu", elements={"menu": menu, **elements})


@pytest.mark.parametrize(
    ("found", "elements"),
    [
        (None, {"ordinary": waits("advice"), "urgent": waits("advice")}),
        ("urgent", {"ordinary": waits("advice"), "urgent": waits("desk")}),
        ("ordinary", {"ordinary": waits("desk"), "urgent": waits("desk")}),
        ("urgent", {"urgent": waits("desk"), "ordinary": waits("advice", timed_out="again"), "again": waits("desk")}),
        ("apart", {"ordinary": waits("advice"), "urgent": waits("advice"), "apart": waits("desk")}),
        ("ordinary", {"apart": waits("desk"), "ordinary": waits("desk", full="ordinary"), "urgent": waits("advice")}),
    ],
)
def test_it_is_the_element_nearest_to_the_start(found: str | None, elements: dict[str, Element]) -> None:
    expected = Position("main", found) if found else None
    assert waiting_position(flow(**elements), QueueKey("desk")) == expected


def test_an_element_for_callbacks_is_no_place_to_wait() -> None:
    callback = Element(type="callback", settings={"queue": "desk"})
    assert waiting_position(flow(ordinary=callback, urgent=callback), QueueKey("desk")) is None
