"""What the journal says of a promise, as people read it."""

import pytest

from svarhus.adapters.simulated.time import START
from svarhus.domains.channels.acts import Body
from svarhus.domains.channels.callback.history import booking_history

BY_PHONE: Body = {"booking": "b1", "call": "house-7", "by": None}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"booking": "b1", "call": None, "by": "anna"}, ("cancelled", "anna")),
        (BY_PHONE, ("cancelled", None)),
        ({"booking": "b1", "call": None, "by": None}, ("withdrawn", None)),
    ],
)
def test_who_cancelled_is_a_colleague_the_customer_or_a_program(body: Body, said: tuple[str, str | None]) -> None:
    [act] = booking_history([(START, "booking_cancelled", body)])
    assert (act.act, act.who) == said


def test_who_moved_it_and_from_when() -> None:
    was, at = "2026-11-02T09:00:00Z", "2026-11-03T10:00:00Z"
    [act] = booking_history([(START, "booking_moved", {"booking": "b1", "was": was, "at": at, "by": "anna"})])
    assert (act.act, act.who, act.detail) == ("moved", "anna", was)
