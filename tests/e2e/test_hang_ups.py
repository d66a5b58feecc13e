"""Whoever hangs up, and whenever: nothing stays behind (which every scene is checked for at its end)."""

import asyncio
import random

import pytest

from e2e.acting import acted
from e2e.stand import Stand
from svarhus.domains.calls.model import Outcome
from svarhus.phones.scenarios import Actor, assert_talking


@pytest.mark.feature("Q-22")
@acted()
async def test_a_caller_who_hangs_up_before_the_answer(stand: Stand) -> None:
    caller = await stand.phone("caller")
    call = caller.dial(stand.place.number, from_number=stand.place.caller(0))
    await call.hangup()
    await caller.expect_ended(call=call)


@pytest.mark.feature("FLOW-06")
@acted()
async def test_a_caller_who_hangs_up_during_the_greeting(stand: Stand) -> None:
    caller = await stand.caller()
    await caller.expect_sound()
    await caller.hang_up()
    await stand.came_to(Outcome.HUNG_UP)


@pytest.mark.feature("FLOW-07")
@acted()
async def test_a_caller_who_hangs_up_in_the_menu(stand: Stand) -> None:
    caller = await stand.caller()
    await stand.hears_message(caller, "choices")
    await caller.hang_up()
    await stand.came_to(Outcome.HUNG_UP)


@pytest.mark.feature("Q-01")
@acted()
async def test_a_caller_who_hangs_up_while_waiting(stand: Stand) -> None:
    caller = await stand.caller_in_queue()
    await stand.waits()
    await caller.hang_up()
    await stand.came_to(Outcome.ABANDONED)


@pytest.mark.feature("Q-01")
@acted()
async def test_a_caller_who_hangs_up_during_an_announcement(stand: Stand) -> None:
    caller = await stand.caller_in_queue()
    await stand.is_told(caller, "queue.next")
    await caller.hang_up()
    await stand.came_to(Outcome.ABANDONED)


@pytest.mark.feature("Q-07")
@acted()
async def test_a_caller_who_hangs_up_while_the_agents_phone_rings(stand: Stand) -> None:
    agent = await stand.agent()
    caller = await stand.caller_in_queue()
    ringing = await agent.expect_ring()
    await caller.hang_up()
    await agent.expect_ended(by="them", call=ringing)
    await stand.came_to(Outcome.ABANDONED)
    assert stand.presence().after_call_until is None, "the agent has missed nothing"


@pytest.mark.feature("Q-01")
@acted()
async def test_a_caller_who_hangs_up_just_as_the_agent_answers(stand: Stand) -> None:
    agent = await stand.agent()
    caller = await stand.caller_in_queue()
    await agent.expect_ring()
    agent.answer()
    await caller.hang_up()
    await agent.expect_ended(by="them")


@pytest.mark.feature("Q-01")
@acted()
async def test_an_agent_who_hangs_up_while_talking(stand: Stand) -> None:
    caller, agent = await stand.talking()
    await assert_talking(caller, agent)
    await agent.hang_up()
    await caller.expect_ended(by="them")
    await stand.came_to(Outcome.ANSWERED)


@pytest.mark.feature("Q-01")
@acted()
async def test_both_hang_up_at_once(stand: Stand) -> None:
    caller, agent = await stand.talking()
    await assert_talking(caller, agent)
    await asyncio.gather(caller.hang_up(), agent.hang_up())
    await stand.came_to(Outcome.ANSWERED)


@pytest.mark.feature("Q-01")
@acted()
async def test_a_phone_that_is_unplugged_while_it_rings(stand: Stand) -> None:
    agent = await stand.agent()
    agent.on_incoming("ignore")
    caller = await stand.caller_in_queue()
    await stand.house.until(lambda: stand.presence().legs)
    await caller.hang_up()
    await stand.came_to(Outcome.ABANDONED)


AT_RANDOM = 10
"""Calls of each of the scenes below."""


async def _random_call(stand: Stand, chance: random.Random, agent: Actor) -> None:
    """A call that ends at a random moment on its way through the flow, by the caller or by the agent."""
    caller = await stand.phone("caller")
    call = caller.dial(stand.place.number, from_number=stand.place.caller(0))

    async def walk() -> None:
        await call.wait_answered()
        await asyncio.sleep(chance.uniform(0, 1))
        await call.send_digits(chance.choice("1123*"))
        await asyncio.sleep(10)

    agent.on_incoming("answer", after=chance.uniform(0, 0.6))
    walking = asyncio.create_task(walk())
    try:
        await asyncio.wait((walking,), timeout=chance.uniform(0, 3))
        talking = [own for own in agent.calls if own.state == "up"]
        await (talking[0] if talking and chance.random() < 0.5 else call).hangup()
    finally:
        walking.cancel()
        await asyncio.gather(walking, return_exceptions=True)
        await call.hangup()


async def _hang_up_at_random(stand: Stand, seed: int) -> None:
    chance = random.Random(seed)
    agent = await stand.agent()
    for _ in range(AT_RANDOM):
        await _random_call(stand, chance, agent)
        await stand.expect_nothing_left()


@pytest.mark.feature("Q-22")
@acted()
async def test_hang_ups_at_random_moments_leave_nothing_1(stand: Stand) -> None:
    await _hang_up_at_random(stand, 1)


@pytest.mark.feature("Q-22")
@acted()
async def test_hang_ups_at_random_moments_leave_nothing_2(stand: Stand) -> None:
    await _hang_up_at_random(stand, 2)


@pytest.mark.feature("Q-22")
@acted()
async def test_hang_ups_at_random_moments_leave_nothing_3(stand: Stand) -> None:
    await _hang_up_at_random(stand, 3)


@pytest.mark.feature("Q-22")
@acted()
async def test_hang_ups_at_random_moments_leave_nothing_4(stand: Stand) -> None:
    await _hang_up_at_random(stand, 4)
