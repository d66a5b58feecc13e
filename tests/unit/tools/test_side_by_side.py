"""What makes a run of all tests fail, beside tests that fail."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from lanes import Lane
from second_attempts import MOST, SecondAttempts
from side_by_side import OTHERS_WORK, RunningLane, Turn, acted_twice, over_its_minutes
from told import Outcomes, Told

LANE = Lane("browser", takes=("tests/",), processes=1, minutes=1.0)


def told(name: str, seconds: float = 0.1, first_attempt: str = "") -> Told:
    return Told(name, "passed", seconds, "", first_attempt)


def lane(
    tests: Sequence[Told], *, collected: int | None = None, seconds: float = 30.0, ended: bool = True
) -> RunningLane:
    outcomes = Outcomes(Path("nowhere"), len(tests) if collected is None else collected, ended, [*tests])
    return RunningLane(LANE, [Turn("browser", (), {}, status=0, outcomes=outcomes)], seconds=seconds)


def test_a_lane_in_which_all_was_run_in_time_is_right() -> None:
    right = lane([told("a"), told("b")])
    assert [*right.faults()] == []
    assert [*over_its_minutes(right, others=0.0)] == []


def test_tests_that_were_not_run_are_missed() -> None:
    assert [*lane([told("a")], collected=3).faults()] == ["2 tests of the lane browser were not run"]


def test_a_process_that_hung_or_died_is_told_of() -> None:
    (fault,) = lane([told("a")], ended=False).faults()
    assert "broke off" in fault


def test_a_lane_over_its_minutes_names_its_slowest(capsys: pytest.CaptureFixture[str]) -> None:
    late = lane([told("quick"), told("slow", 50.0), told("slower", 60.0)], seconds=61.0)
    (fault,) = over_its_minutes(late, others=0.0)
    assert "make its tests cheaper" in fault
    shown = capsys.readouterr().out
    assert shown.index("slower") < shown.index("slow\n") < shown.index("quick")


def test_what_others_took_is_not_held_against_it() -> None:
    assert [*over_its_minutes(lane([told("a")], seconds=61.0), others=OTHERS_WORK + 0.1)] == []


def test_a_few_may_be_acted_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    again = [told(f"t{number}", first_attempt="it was silent") for number in range(MOST + 1)]
    kept = SecondAttempts(tmp_path / "kept.json")
    assert [*acted_twice([told("a"), *again[:MOST]], kept)] == []
    assert "acted twice: t0\nit was silent" in capsys.readouterr().out
    too_many, *repeated = acted_twice(again, kept)
    assert too_many.startswith(f"{MOST + 1} tests were acted twice")
    assert len(repeated) == MOST, "those of the run before"
