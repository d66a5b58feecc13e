"""A pytest plugin for one process of a lane: it takes files in turns with the others, and tells of each test.

Loaded by `./svarhus test`, which names in the environment the folder where files are claimed, and the file to which
outcomes are written, one JSON object a line:

    {"tests": 120}                                                   how many were collected
    {"test": "tests/a.py::test_b", "outcome": "passed", "seconds": 0.2, "told": "", "first_attempt": ""}
    {"ended": true}
"""

import json
import os
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import IO

import pytest
from lanes import unit

CLAIMS, OUTCOMES = "SVARHUS_LANE_CLAIMS", "SVARHUS_LANE_OUTCOMES"

_WORST_FIRST = ("failed", "skipped", "passed")


class TakingTurns:
    def __init__(self, claims: Path, outcomes: IO[str]) -> None:
        self._claims = claims
        self._outcomes = outcomes
        self._mine: set[str] = set()
        self._reports: list[pytest.TestReport] = []
        """Of the attempt that is going on."""
        self._seconds = 0.0
        self._first_attempt = ""

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self._tell({"tests": len(session.items)})

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """As pytest's own, but for files that another process has taken."""
        if session.testsfailed:
            raise session.Interrupted(f"{session.testsfailed} errors while tests were collected")
        ours = self._ours(session.items)
        item = next(ours, None)
        while item is not None:
            following = next(ours, None)
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if session.shouldstop:
                raise session.Interrupted(session.shouldstop)
            item = following
        return True

    def _ours(self, items: list[pytest.Item]) -> Iterator[pytest.Item]:
        for name, group in groupby(items, lambda item: unit(item.nodeid.partition("::")[0])):
            if name in self._mine or self._claim(name):
                self._mine.add(name)
                yield from group

    def _claim(self, name: str) -> bool:
        try:
            (self._claims / name.replace("/", "+")).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._reports.append(report)

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        attempt, self._reports = self._reports, []
        self._seconds += sum(report.duration for report in attempt)
        again = [report for report in attempt if str(report.outcome) == "rerun"]
        if again:
            self._first_attempt += "\n".join(map(_told, again))
            return
        self._tell(
            {
                "test": nodeid,
                "outcome": min((report.outcome for report in attempt), key=_WORST_FIRST.index, default="failed"),
                "seconds": round(self._seconds, 3),
                "told": "\n".join(_told(report) for report in attempt if report.failed),
                "first_attempt": self._first_attempt,
            }
        )
        self._seconds, self._first_attempt = 0.0, ""

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            told = {"outcome": "failed", "seconds": 0.0, "told": report.longreprtext, "first_attempt": ""}
            self._tell({"test": report.nodeid or "(collection)", **told})

    def pytest_sessionfinish(self) -> None:
        self._tell({"ended": True})

    def _tell(self, what: dict[str, object]) -> None:
        self._outcomes.write(json.dumps(what) + "\n")
        self._outcomes.flush()


def _told(report: pytest.TestReport) -> str:
    sections = "\n".join(f"--- {name}\n{text[-6000:]}" for name, text in report.sections)
    return f"{report.longreprtext.strip()}\n{sections}"


def pytest_configure(config: pytest.Config) -> None:
    outcomes = open(os.environ[OUTCOMES], "a", encoding="utf-8")  # noqa: SIM115  # closed with the process
    config.add_cleanup(outcomes.close)
    config.pluginmanager.register(TakingTurns(Path(os.environ[CLAIMS]), outcomes), "taking-turns")
