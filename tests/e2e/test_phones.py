"""Phones of the house: codes, calls to each other and to the outside, transports and codecs."""

import pytest

from e2e.acting import acted
from e2e.stand import Stand
from svarhus.domains.calls.model import CallKind, Outcome
from svarhus.phones.scenarios import Actor, assert_talking
from svarhus.ports.speech import TemplatePhrase

ALAW, MULAW = 8, 0


@pytest.mark.feature("Q-12")
@acted(logged_in=False)
async def test_a_member_logs_in_and_out_by_code(stand: Stand) -> None:
    agent = await stand.agent()
    await agent.call("*61")
    await stand.hears(agent, TemplatePhrase("agent.logged_in", "sv"))
    await agent.expect_ended(by="them")
    assert stand.presence().queues == {stand.queue}
    await agent.call("*60")
    await stand.hears(agent, TemplatePhrase("agent.logged_out", "sv"))
    await agent.expect_ended(by="them")
    assert not stand.presence().queues


@pytest.mark.feature("Q-25")
@acted()
async def test_who_pauses_by_code_is_rung_again_after_the_pause(stand: Stand) -> None:
    agent = await stand.agent()
    await agent.call("*62")
    await stand.hears(agent, TemplatePhrase("agent.paused", "sv"))
    await agent.expect_ended(by="them")
    await stand.caller_in_queue()
    await stand.waits()
    assert stand.presence().pause and stand.presence().queues == {stand.queue}
    await agent.call("*63")
    await stand.hears(agent, TemplatePhrase("agent.pause_over", "sv"))
    await agent.expect_ended(by="them")
    await agent.expect_ring(from_number=stand.place.caller(0))


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
    await one.expect_ended(by="them")


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


@pytest.mark.feature("NUM-02")
@acted()
async def test_a_colleague_reaches_our_own_number_as_it_is_dialled_at_home(stand: Stand) -> None:
    agent = await stand.agent()
    await agent.call("0" + stand.place.number.removeprefix("+46"))
    await stand.hears_message(agent, "welcome")


@pytest.mark.feature("NUM-05")
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


async def _talks(stand: Stand, agent: Actor, caller_codec: int) -> None:
    caller = await stand.phone("caller", codec=caller_codec)
    await caller.call(stand.place.number, from_number=stand.place.caller(0))
    await caller.press("1")
    await agent.expect_ring(from_number=stand.place.caller(0))
    agent.answer()
    await assert_talking(caller, agent)
    await agent.hang_up()
    await caller.expect_ended(by="them")


@pytest.mark.feature("NUM-05")
@acted()
async def test_an_agents_phone_over_tcp(stand: Stand) -> None:
    await _talks(stand, await stand.agent(transport="tcp"), ALAW)


@pytest.mark.feature("NUM-05")
@acted()
async def test_an_agents_phone_over_tls(stand: Stand) -> None:
    await _talks(stand, await stand.agent(transport="tls"), ALAW)


@pytest.mark.feature("NUM-05")
@acted()
async def test_a_phone_of_mu_law_and_a_caller_of_a_law_understand_each_other(stand: Stand) -> None:
    await _talks(stand, await stand.agent(codec=MULAW), ALAW)


@pytest.mark.feature("NUM-05")
@acted()
async def test_a_phone_of_a_law_and_a_caller_of_mu_law_understand_each_other(stand: Stand) -> None:
    await _talks(stand, await stand.agent(codec=ALAW), MULAW)
