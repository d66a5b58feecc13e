"""The engines against which the telephony contract is proved."""

from collections.abc import AsyncIterator

import pytest

from contract.asterisk_stage import AsteriskStage
from contract.simulated_stage import SimulatedStage
from contract.stage import Stage


@pytest.fixture(params=["simulated", "asterisk"])
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    """An engine with one organisation, two registered phones and an outside line."""
    opened: SimulatedStage | AsteriskStage
    if request.param == "simulated":
        opened = SimulatedStage()
    else:
        opened = AsteriskStage(request.getfixturevalue("asterisk"))
    try:
        await opened.open()
        yield opened
    finally:
        await opened.close()
