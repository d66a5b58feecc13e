"""Named so that it comes last: after all the calls of these tests, nothing is left."""

import pytest

from e2e.conftest import Theatre


@pytest.mark.feature("Q-22")
def test_no_channel_bridge_call_or_leg_is_left(stage: Theatre) -> None:
    assert stage.left_behind() == []
