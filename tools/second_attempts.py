"""What is remembered of tests that were acted twice, so that a test that needs it again and again fails.

A small file beside the downloads, of the last runs of all tests on this machine. Where it does not survive, as on a
machine that is made anew for each run, nothing is remembered and nothing relied on.
"""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

FILE = "acted-twice.json"
RUNS = 10
"""How many runs are looked back on, the one that has just been among them."""
MOST = 5
"""How many tests of a run may be acted twice: fewer than one in a hundred of those in real time."""
TOO_OFTEN = 2
"""In how many of the last runs a test may not have been acted twice."""


class SecondAttempts:
    """Of each run the tests that were acted twice, the oldest run first."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._runs = _read(file)

    def too_often(self) -> Sequence[str]:
        """Tests that have no second attempt any more, until they pass without one for long enough."""
        return _repeated(self._runs[-RUNS:])

    def add(self, tests: Iterable[str]) -> Sequence[str]:
        """Remember a run. Those of its tests that were now acted twice too often."""
        acted = sorted(set(tests))
        self._runs = [*self._runs, acted][-RUNS:]
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_text(json.dumps(self._runs, indent=1) + "\n", encoding="utf-8")
        return [test for test in _repeated(self._runs) if test in acted]


def _repeated(runs: Sequence[Sequence[str]]) -> Sequence[str]:
    return sorted({test for run in runs for test in run if sum(test in each for each in runs) >= TOO_OFTEN})


def _read(file: Path) -> list[list[str]]:
    try:
        runs = json.loads(file.read_text(encoding="utf-8"))
        return [[str(test) for test in run] for run in runs]
    except (OSError, ValueError, TypeError):
        return []
