"""What tests of the services share: they are put together on a database of their own."""

from datetime import UTC, datetime, timedelta

import pytest

from database import WEAK_HASHER
from svarhus.app.organisations import Organisations, organisations
from svarhus.kit.clock import Instant, instant
from svarhus.kit.database import Database


class TestClock:
    """Stands still until it is moved."""

    __test__ = False

    def __init__(self) -> None:
        self._now = instant(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))

    def now(self) -> Instant:
        return self._now

    def pass_by(self, time: timedelta) -> None:
        self._now = Instant(self._now + time)


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def wired(database: Database, clock: TestClock) -> Organisations:
    """The services of organisations and people."""
    return organisations(database, clock, WEAK_HASHER)
