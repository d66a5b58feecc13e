"""Phones of the house: codes, calls to each other and to the outside, transports and codecs."""

import pytest

from e2e.acting import acted
from e2e.stand import Stand
from svarhus.domains.calls.model import CallKind, Outcome
from svarhus.phones.scenarios import assert_talking
from svarhus.ports.speech import Spoken


@pytest.mark.feature("Q-12")
@acted(logged_in=False)
async def test_a_member_logs_in_and_out_by_code(stand: Stand) -> None:
    agent = await stand.agent()
    await agent.call("*61")
    await stand.hears(agent, Spoken("agent.logged_in", "sv"))
    await agent.expect_ended(within=4, by="them")
    assert stand.presence().queues == {stand.queue}
    await agent.call("*60")
    await stand.hears(agent, Spoken("agent.logged_out", "sv"))
    await agent.expect_ended(within=4, by="them")
    assert not stand.presence().queues


@pytest.mark.feature("NUM-05")
@acted(agents=2)
async def test_colleagues_call_each_other(stand: Stand) -> None:
    one, other = await stand.agent(0), await stand.agent(1)
    call = one.dial(stand.place.phone(1))
    await other.expect_ring(from_number=stand.place.phone(0))
    other.answer()
    await call.wait_answered()
    await assert_talking(one, other)
    await other.hang_up()
    await one.expect_ended(within=3, by="them")


@pytest.mark.feature("NUM-03")
@acted(agents=2)
async def test_a_colleague_reaches_a_queue_by_its_extension(stand: Stand) -> None:
    one, member = await stand.agent(0), await stand.agent(1)
    call = one.dial(stand.place.extension)
    await member.expect_ring(from_number=stand.place.phone(0))
    member.answer()
    await call.wait_answered()
    await assert_talking(one, member)
    await one.hang_up()
    (record,) = await stand.log(1, stand.place.extension)
    assert (record.kind, record.outcome) == (CallKind.INTERNAL, Outcome.ANSWERED)


@pytest.mark.feature("NUM-05", "NUM-06")
@acted()
async def test_a_phone_calls_out_within_what_is_allowed(stand: Stand) -> None:
    agent = await stand.agent()
    call = agent.dial(stand.place.mobile(5))
    target = await stand.house.outside(stand.place.mobile(5))
    assert target.from_number == "+46846500499"
    target.answer()
    await call.wait_answered()
    await assert_talking(agent, target)
    await agent.hang_up()
    await agent.expect_refused("+12025550123", status=403)
