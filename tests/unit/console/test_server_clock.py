"""How the console takes the server's clock from its answers."""

import json

import pytest

from unit.console.typescript import evaluated

Heard = tuple[int, int, int]
"""Told by the server, asked and come by the computer's clock; milliseconds."""


def ahead(*answers: Heard) -> list[int]:
    """What is added to the computer's clock after each answer."""
    script = f"""
        const clock = new its.ServerClock();
        return {json.dumps(answers)}.map((heard) => (clock.learn(...heard), clock.ahead));
    """
    return [int(each) for each in evaluated("api/serverClock.ts", script)]


def heard(*, at: int, offset: int, there: int = 20, back: int = 20, stale: int = 0) -> Heard:
    """An answer of a server that is `offset` ahead, asked for at `at`, so long on its way."""
    told = (at + there + offset - stale) // 1000 * 1000
    return told, at, at + there + back


@pytest.mark.parametrize("slow", [{"there": 9000}, {"back": 9000}, {"there": 4000, "back": 5000}])
def test_a_slow_answer_does_not_set_the_clock_back(slow: dict[str, int]) -> None:
    assert ahead(heard(at=100_300, offset=0, **slow)) == [0]
    fast = heard(at=100_300, offset=60_000)
    first, second = ahead(fast, heard(at=103_000, offset=60_000, **slow))
    assert abs(first - 60_000) <= 1100
    assert abs(second - 60_000) <= 1100


def test_several_answers_show_it_more_exactly() -> None:
    shown = ahead(*(heard(at=100_000 + 1370 * n, offset=30_500) for n in range(12)))
    assert abs(shown[-1] - 30_500) <= 600


def test_rounding_is_no_difference() -> None:
    assert set(ahead(*(heard(at=100_000 + 777 * n, offset=0, stale=900) for n in range(10)))) == {0}


def test_a_clock_that_is_set_is_noticed_at_once() -> None:
    *_, last = ahead(heard(at=100_000, offset=0), heard(at=102_000, offset=0), heard(at=104_000, offset=-3_600_000))
    assert abs(last + 3_600_000) <= 1100


def test_an_answer_without_a_moment_says_nothing() -> None:
    assert evaluated("api/serverClock.ts", "const c = new its.ServerClock(); c.learn(NaN, 1, 2); return c.ahead;") == 0
