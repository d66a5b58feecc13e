"""How urgent a case is: the rule, by examples and for all cases."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svarhus.domains.cases.priority import Priority, priority_at, raised, rises
from svarhus.kit.clock import after, instant

DUE = instant(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
TEN = timedelta(minutes=10)


def at(begins_as: Priority, minutes: float) -> Priority:
    """So long after it was due, when ten minutes are allowed."""
    return priority_at(begins_as, rises(begins_as, DUE, TEN), after(DUE, timedelta(minutes=minutes)))


@pytest.mark.parametrize(
    ("begins_as", "minutes", "is_then"),
    [
        (Priority.LOW, -1, Priority.LOW),
        (Priority.LOW, 0, Priority.NORMAL),
        (Priority.LOW, 10, Priority.HIGH),
        (Priority.NORMAL, 9, Priority.HIGH),
        (Priority.NORMAL, 10, Priority.VERY_HIGH),
        (Priority.HIGH, 500, Priority.VERY_HIGH),
        (Priority.VERY_HIGH, -60, Priority.VERY_HIGH),
    ],
)
def test_it_rises_when_it_is_due_and_when_it_is_late(begins_as: Priority, minutes: float, is_then: Priority) -> None:
    assert at(begins_as, minutes) is is_then


def test_the_highest_does_not_rise() -> None:
    assert rises(Priority.VERY_HIGH, DUE, TEN) == ()
    assert len(rises(Priority.HIGH, DUE, TEN)) == 1


@given(st.sampled_from(Priority), st.floats(-1e5, 1e5), st.floats(0, 1e5))
def test_it_never_falls_by_itself(begins_as: Priority, minutes: float, later: float) -> None:
    levels = list(Priority)
    assert levels.index(at(begins_as, minutes)) <= levels.index(at(begins_as, minutes + later))


@given(st.sampled_from(Priority), st.integers(0, 9))
def test_nothing_is_above_the_highest(priority: Priority, levels: int) -> None:
    assert raised(priority, levels) in Priority
