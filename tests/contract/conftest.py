"""The engines against which the telephony contract is proved."""

from collections.abc import AsyncIterator

import pytest

from contract.asterisk_stage import AsteriskStage
from contract.simulated_stage import SimulatedStage
from contract.stage import Stage


@pytest.fixture(params=["simulated", pytest.param("asterisk", marks=pytest.mark.real_time)])
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    """An engine with one organisation, two registered phones and an outside line."""
    real = request.param == "asterisk"
    opened = AsteriskStage(request.getfixturevalue("asterisk")) if real else SimulatedStage()
    try:
        await opened.open()
        yield opened
    finally:
        await opened.close()
