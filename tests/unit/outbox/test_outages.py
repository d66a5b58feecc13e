"""A provider that takes nothing is asked by one message at a time, with growing pauses."""

from datetime import UTC, datetime, timedelta

import pytest

from svarhus.domains.outbox.outages import APART, ASKING, SILENT_TIMES, Outages
from svarhus.kit.clock import Instant, after, instant
from svarhus.kit.jobs.model import Retries
from svarhus.ports.sending import NotSent, Why

NOW = instant(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
AWAY = NotSent(Why.NOT_REACHED, "refused")
SILENT = NotSent(Why.NO_ANSWER)


def at(seconds: float) -> Instant:
    return after(NOW, timedelta(seconds=seconds))


def outages() -> Outages:
    return Outages(Retries(times=100, first=timedelta(seconds=5), longest=timedelta(seconds=20)))


def waits(found: Outages, seconds: float, provider: str = "a") -> float | None:
    in_the_way = found.in_the_way(provider, at(seconds))
    return None if in_the_way is None else in_the_way[1].total_seconds()


def test_nothing_is_in_the_way_of_a_provider_that_answers() -> None:
    assert waits(outages(), 0) is None


def test_one_asks_and_the_others_wait_for_what_comes_of_it() -> None:
    found = outages()
    found.came_of_it("a", AWAY, at(0), at(0))
    assert waits(found, 1) == 4
    assert waits(found, 1, "another provider") is None
    assert waits(found, 5) is None, "this one asks"
    assert waits(found, 5) == 5
    found.came_of_it("a", None, at(5), at(6))
    assert [waits(found, 6) for _ in range(3)] == [None, None, None]


def test_pauses_grow_with_each_question_to_the_longest() -> None:
    found, now, pauses = outages(), 0.0, []
    for _ in range(5):
        found.came_of_it("a", AWAY, at(now), at(now))
        pause = waits(found, now)
        assert pause is not None
        pauses.append(pause)
        now += pause
        assert waits(found, now) is None
    assert pauses == [5, 10, 20, 20, 20]


def test_many_that_began_together_are_one_failure() -> None:
    found = outages()
    for _ in range(30):
        found.came_of_it("a", AWAY, at(0), at(1))
    assert waits(found, 1) == 5


def test_who_asks_and_dies_holds_nobody_up_for_long() -> None:
    found = outages()
    found.came_of_it("a", AWAY, at(0), at(0))
    assert waits(found, 5) is None
    assert waits(found, 6) is not None
    assert waits(found, 5 + ASKING.total_seconds()) is None


@pytest.mark.parametrize("why", [Why.RECEIVER_REFUSED, Why.MESSAGE_REFUSED, Why.NOT_NOW])
def test_what_is_said_of_one_message_is_in_no_others_way(why: Why) -> None:
    found = outages()
    for _ in range(10):
        found.came_of_it("a", NotSent(why), at(0), at(0))
    assert waits(found, 0) is None


def test_an_answer_may_be_missing_once_and_not_again_and_again() -> None:
    found = outages()
    for _ in range(SILENT_TIMES - 1):
        found.came_of_it("a", SILENT, at(0), at(1))
    assert waits(found, 1) is None
    found.came_of_it("a", None, at(1), at(1))
    for _ in range(SILENT_TIMES):
        assert waits(found, 2) is None
        found.came_of_it("a", SILENT, at(1), at(2))
    assert waits(found, 2) is not None


def test_however_many_wait_they_come_back_one_after_the_other() -> None:
    """Each that comes back costs some questions to the database: all at once they keep a processor busy."""
    found = outages()
    found.came_of_it("a", AWAY, at(0), at(0))
    first = [waits(found, 1) or 0 for _ in range(1500)]
    assert first[0] == 4
    assert first[-1] - first[0] == pytest.approx(1499 * APART.total_seconds())
    assert waits(found, 5) is None, "this one asks"
    again = [waits(found, 5 + APART.total_seconds() * place) for place in range(1500)]
    assert min(each or 0 for each in again) > 55, "nobody looks again before all have looked"
