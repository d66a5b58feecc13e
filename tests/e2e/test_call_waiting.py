"""A desk phone that rings while its owner talks: its own two lines, and its own key to change between them."""

import pytest

from e2e.acting import acted
from e2e.stand import Stand
from svarhus.domains.calls.model import Outcome
from svarhus.phones.scenarios import assert_not_hearing, assert_talking


@pytest.mark.feature("Q-11")
@acted(queue={"call_waiting": True})
async def test_the_second_call_is_taken_while_the_first_hears_music_and_then_the_first_again(stand: Stand) -> None:
    first, agent = await stand.talking()
    one = agent.current
    await assert_talking(first, one)
    second = await stand.caller_in_queue(1)
    other = await agent.expect_ring(from_number=stand.place.caller(1))
    await one.hold()
    other.answer()
    await assert_talking(second, other)
    await first.expect_music_or_speech(window=2.0)
    await other.hold()
    await one.unhold()
    await assert_talking(first, one)
    await assert_not_hearing(second, one, during=1.0)
    await one.hangup()
    await first.expect_ended(by="them")
    await other.unhold()
    await assert_talking(second, other)
    await second.hang_up()
    records = await stand.log(calls=2)
    assert [record.outcome for record in records] == [Outcome.ANSWERED] * 2
    assert {record.person for record in records} == {stand.person()}
