"""A pytest plugin: writes for each feature the tests that prove it and their outcome, and guards the time.

Loaded by `./svarhus test`, with the file to write in SVARHUS_FEATURE_REPORT.
"""

import faulthandler
import json
import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

LONGEST = 120.0
"""Seconds that one test may take, unless it says otherwise: @pytest.mark.limit(600)."""

_TERMINAL = os.dup(2)
"""The standard error before pytest captures it, where a dump would be lost."""

_WORST_FIRST = ("failed", "error", "skipped", "passed")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(FeatureReport(Path(os.environ["SVARHUS_FEATURE_REPORT"])), "feature-report")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test that hangs ends the run and shows where every thread was. Each attempt has its own time."""
    mark = item.get_closest_marker("limit")
    longest = float(mark.args[0]) if mark else LONGEST
    faulthandler.dump_traceback_later(longest, exit=True, file=_TERMINAL)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol() -> Iterator[None]:
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


class FeatureReport:
    """Collects outcomes by feature."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._claims: dict[str, tuple[str, ...]] = {}
        self._outcomes: dict[str, str] = {}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            features = tuple(str(word) for mark in item.iter_markers("feature") for word in mark.args)
            if features:
                self._claims[item.nodeid] = features

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.nodeid not in self._claims or str(report.outcome) == "rerun":
            return
        if report.when == "call" or report.outcome != "passed":
            outcome = "error" if report.failed and report.when != "call" else report.outcome
            known = self._outcomes.get(report.nodeid, "passed")
            self._outcomes[report.nodeid] = min(known, outcome, key=_WORST_FIRST.index)

    def pytest_sessionfinish(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_text(json.dumps(self._by_feature(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    def _by_feature(self) -> dict[str, dict[str, str | dict[str, str]]]:
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for test, outcome in self._outcomes.items():
            for feature in self._claims[test]:
                found[feature][test] = outcome
        return {
            feature: {"outcome": min(tests.values(), key=_WORST_FIRST.index), "tests": dict(sorted(tests.items()))}
            for feature, tests in sorted(found.items())
        }
