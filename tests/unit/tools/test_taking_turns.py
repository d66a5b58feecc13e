"""Processes of a lane take files in turns and tell of each test once, however many attempts it needed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from taking_turns import CLAIMS, OUTCOMES
from told import Outcomes, Told

from svarhus.app.commands.checkout import CHECKOUT

FLAKY = """
import pathlib
import pytest

@pytest.mark.flaky(reruns=1)
def test_needs_two(tmp_path_factory):
    mark = pathlib.Path(__file__).with_name("acted")
    acted = mark.exists()
    mark.touch()
    assert acted, "not the first time"

@pytest.mark.flaky(reruns=1)
def test_never(): assert False, "never"
"""
PLAIN = """
import pytest

def test_passes(): pass
def test_is_left_out(): pytest.skip("because")

@pytest.fixture
def broken():
    yield
    raise OSError("at the end")

def test_ends_badly(broken): pass
"""


def run(folder: Path) -> Outcomes:
    claims, outcomes = folder / "claims", folder / "outcomes"
    claims.mkdir(exist_ok=True)
    outcomes.unlink(missing_ok=True)
    words = ("-p", "taking_turns", "-p", "no:cacheprovider", "-c", os.devnull, "--rootdir", str(folder))
    subprocess.run(
        (sys.executable, "-m", "pytest", *words, "test_flaky.py", "test_plain.py"),
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT / "tools"), CLAIMS: str(claims), OUTCOMES: str(outcomes)},
        capture_output=True,
        timeout=60,
    )
    read = Outcomes(outcomes)
    read.read_on()
    return read


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "test_flaky.py").write_text(FLAKY)
    (tmp_path / "test_plain.py").write_text(PLAIN)
    return tmp_path


def by_name(outcomes: Outcomes) -> dict[str, Told]:
    assert len({told.test for told in outcomes.tests}) == len(outcomes.tests), "each is told of once"
    return {told.test.partition("::")[2]: told for told in outcomes.tests}


def test_each_test_is_told_of_once_with_why_its_attempts_failed(folder: Path) -> None:
    outcomes = run(folder)
    assert (outcomes.collected, outcomes.ended) == (5, True)
    found = by_name(outcomes)
    assert {name: told.outcome for name, told in found.items()} == {
        "test_needs_two": "passed",
        "test_never": "failed",
        "test_passes": "passed",
        "test_is_left_out": "skipped",
        "test_ends_badly": "failed",
    }
    assert "not the first time" in found["test_needs_two"].first_attempt
    assert "never" in found["test_never"].told
    assert "at the end" in found["test_ends_badly"].told


def test_a_file_that_another_process_has_taken_is_left_to_it(folder: Path) -> None:
    (folder / "claims").mkdir()
    (folder / "claims" / "test_flaky.py").touch()
    assert by_name(run(folder)).keys() == {"test_passes", "test_is_left_out", "test_ends_badly"}


def test_half_a_line_is_read_when_it_is_whole(tmp_path: Path) -> None:
    file = tmp_path / "outcomes"
    file.write_text('{"tests": 2}\n{"test": "a", "outcome": "passed", "sec')
    outcomes = Outcomes(file)
    assert outcomes.read_on() == []
    with open(file, "a") as more:
        more.write('onds": 1.0, "told": "", "first_attempt": ""}\n')
    assert outcomes.read_on() == [Told("a", "passed", 1.0, "", "")]
