"""Whatever happens, in whatever order: a caller is never lost, a place never sold twice, nothing left behind."""

import pytest
from hypothesis import HealthCheck, settings

from examples import examples
from unit.exchange.walk import Walk

Walk.TestCase.settings = settings(
    max_examples=examples(80),
    stateful_step_count=50,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)

TestAnythingAtAnyTime = pytest.mark.feature("Q-22", "CB-13")(Walk.TestCase)
