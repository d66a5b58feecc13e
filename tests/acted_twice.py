"""Tests in which telephones ring and sound is heard may be acted a second time, and it is told which were.

`@pytest.mark.real_time` says so of a test; docs/decisions/0009-real-time-tests-may-be-acted-twice.md says why. Those
that needed it too often are named in SVARHUS_ACTED_ONCE, a list in JSON, and have one attempt.
"""

import json
import os

import pytest


class ActedTwice:
    """Remembers how first attempts failed."""

    def __init__(self) -> None:
        self._failures: list[tuple[str, str]] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if str(report.outcome) == "rerun":
            self._failures.append((report.nodeid, f"{report.longreprtext.strip()}\n{report.caplog}"))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for test, failure in self._failures:
            terminalreporter.write_sep("-", f"acted twice: {test}")
            terminalreporter.write_line(failure)


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(ActedTwice(), "acted-twice")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    once = json.loads(os.environ.get("SVARHUS_ACTED_ONCE", "[]"))
    for item in items:
        if item.get_closest_marker("real_time") and item.nodeid not in once:
            item.add_marker(pytest.mark.flaky(reruns=1))
