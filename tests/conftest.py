"""What all tests share: a real Asterisk, and the folder of downloads."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from examples import DEEP, EXAMPLES
from real_asterisk import RealAsterisk
from svarhus.app.settings import load_settings
from svarhus.engines.asterisk import Asterisk, install_asterisk

pytest_plugins = ["acted_twice", "database"]

# How long an example takes says more about the machine than about the rule.
_quiet = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
# The same examples each time, so that nobody's change meets another's fault; others are looked for with --deep.
settings.register_profile("house", _quiet, max_examples=EXAMPLES, derandomize=not DEEP)
settings.load_profile("house")


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where downloads are kept between runs."""
    return load_settings(tmp_path_factory.mktemp("settings")).cache


@pytest.fixture(scope="session")
def asterisk_program(cache: Path) -> Asterisk:
    """Asterisk, unpacked."""
    return install_asterisk(cache, lambda words: None)


@pytest.fixture(scope="session")
def asterisk(asterisk_program: Asterisk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealAsterisk]:
    """A running Asterisk, for all tests that leave it as they found it."""
    running = RealAsterisk(asterisk_program, tmp_path_factory.mktemp("asterisk"))
    running.start()
    yield running
    running.kill()


@pytest.fixture
def own_asterisk(asterisk_program: Asterisk, tmp_path: Path) -> Iterator[RealAsterisk]:
    """A running Asterisk for one test that kills it or counts what happens in it."""
    running = RealAsterisk(asterisk_program, tmp_path)
    running.start()
    yield running
    running.kill()
