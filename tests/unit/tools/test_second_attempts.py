"""A test that has to be acted twice again and again fails."""

from pathlib import Path

from second_attempts import RUNS, SecondAttempts


def test_acted_twice_in_two_of_the_last_runs_is_too_often(tmp_path: Path) -> None:
    file = tmp_path / "acted-twice.json"
    assert SecondAttempts(file).add(["a", "b"]) == []
    assert SecondAttempts(file).add([]) == []
    assert SecondAttempts(file).add(["b", "c"]) == ["b"]
    assert SecondAttempts(file).too_often() == ["b"]


def test_what_went_well_for_long_is_forgotten(tmp_path: Path) -> None:
    kept = SecondAttempts(tmp_path / "acted-twice.json")
    kept.add(["a"])
    for _ in range(RUNS - 1):
        assert kept.add([]) == []
    assert kept.add(["a"]) == []


def test_a_file_that_was_spoiled_remembers_nothing(tmp_path: Path) -> None:
    file = tmp_path / "acted-twice.json"
    for spoiled in ("", "[[", "7", "[7]"):
        file.write_text(spoiled)
        assert SecondAttempts(file).too_often() == []
