"""A caller keeps the place, hangs up, and is called when it is reached."""

import pytest

from e2e.acting import acted
from e2e.stand import Stand
from svarhus.domains.calls.model import Outcome
from svarhus.domains.queues.ways import LeftBy
from svarhus.phones.scenarios import assert_talking

KEEPS = {"key": "5", "after": 0, "from_position": 1, "confirm_number": False}


@pytest.mark.feature("CB-07")
@acted(queue={"keeps_places": KEEPS})
async def test_a_caller_hangs_up_and_is_called_when_the_agent_is_free(stand: Stand) -> None:
    first, agent = await stand.talking()
    number = stand.place.caller(1)
    keeper = await stand.caller_in_queue(1)
    await stand.waits(1)
    await keeper.press("5")
    await stand.is_told(keeper, "keep.kept")
    await keeper.hang_up()
    await stand.waits(1)

    await first.hang_up()
    await agent.expect_ended(by="them")
    await agent.expect_ring(from_number=number)
    agent.answer()
    customer = await stand.house.outside(number)
    await agent.expect_sound()
    customer.answer()
    await assert_talking(agent, customer)
    await agent.hang_up()
    await customer.wait_ended(3)

    await stand.house.until(lambda: not stand.house.exchange.core.state.kept_places[stand.queue])
    (record,) = await stand.log(1, number)
    assert (record.outcome, record.person) == (Outcome.ANSWERED, stand.person())
    assert record.parts[-1].outcome is LeftBy.ANSWERED
