"""kill -9 of the application while many talk and many wait."""

import asyncio
import time
from collections.abc import Callable
from functools import partial

import pytest

from integration.house.waiting import until
from integration.survival.contact_centre import BACK, LATE, RINGING, SLOW
from integration.survival.crowd import Crowd, Pair
from integration.survival.installation import Installation
from integration.survival.ledger import Ledger
from svarhus.domains.calls.model import Outcome
from svarhus.kit.clock import Instant
from svarhus.phones.call import Call
from svarhus.phones.scenarios import Actor

pytestmark = pytest.mark.real_time

Property = Callable[[str, object], None]


@pytest.mark.feature("Q-22")
async def test_nobody_loses_anything_when_the_application_is_killed(
    house: Installation, ledger: Ledger, crowd: Crowd, record_property: Property
) -> None:
    pairs = await crowd.talking(20)
    waiting = await crowd.waiting(20)
    slow = await crowd.agents(SLOW, "ring")
    rung = [await crowd.caller(RINGING) for _ in SLOW]
    for phone in slow:
        await phone.expect_ring()
    line_before = await ledger.line("back")

    killed_at = time.monotonic()
    with house.nobody_watching():
        house.kill("app")
        newcomers = [await crowd.caller(BACK, wait=False)]
        caller_left, agent_left, gave_up = pairs[0], pairs[1], waiting[4]
        await asyncio.gather(caller_left.caller.hang_up(), agent_left.agent.hang_up(), gave_up.hang_up())
        slow[0].answer()
        newcomers += await _callers_until_one_is_held(crowd)
        await newcomers[-1].expect_music_or_speech()
    restarted = time.monotonic()

    async def ready() -> bool:
        return house.ready()

    await until(ready)
    took = time.monotonic() - restarted
    record_property("seconds to be ready again", round(took, 2))

    await _conversations_went_on(crowd, pairs, killed_at)
    await _order_and_waiting_time_are_kept(ledger, line_before, gave_up, newcomers)
    await _offers_that_rang_can_be_answered(slow, rung)
    free = await ledger.free()
    assert {pair.agent.name for pair in pairs[:2]} <= free, "an agent whose call is over was not freed"
    assert await ledger.busy() == {pair.agent.name for pair in pairs[2:]} | set(SLOW)
    (record,) = await ledger.records(gave_up.name)
    assert record.outcome is Outcome.ABANDONED
    for pair in pairs[:2]:
        (record,) = await ledger.records(pair.caller.name)
        assert record.outcome is Outcome.ANSWERED and record.person == f"p{pair.agent.name}"
    await _the_next_in_line_is_served(crowd, waiting[0])
    assert await ledger.whole()


async def _callers_until_one_is_held(crowd: Crowd) -> list[Actor]:
    """Asterisk takes a moment to notice. Who calls in that moment is taken up too, but hears nothing till then."""
    callers: list[Actor] = []
    while not callers or callers[-1].calls[-1].state != "up":
        assert len(callers) < 5, "nobody is held"
        caller = await crowd.caller(BACK, wait=False)
        callers.append(caller)
        await caller.wait_until(partial(_is_up, caller.calls[-1]), 0.5)
    return callers


def _is_up(call: Call) -> bool:
    return call.state == "up"


async def _conversations_went_on(crowd: Crowd, pairs: list[Pair], since: float) -> None:
    await pairs[0].agent.expect_ended()
    await pairs[1].caller.expect_ended()
    await crowd.sound(pairs[2:], 0.5)
    crowd.no_gap(pairs[2:], since)


async def _order_and_waiting_time_are_kept(
    ledger: Ledger, before: list[tuple[str | None, Instant]], gave_up: Actor, newcomers: list[Actor]
) -> None:
    expected = [place for place in before if place[0] != gave_up.name]

    async def taken_up() -> bool:
        last = (await ledger.line("back"))[len(expected) :]
        return {caller for caller, _ in last} == {phone.name for phone in newcomers}

    await until(taken_up)
    assert (await ledger.line("back"))[: len(expected)] == expected, "somebody's place or waiting time was lost"
    for newcomer in newcomers:
        await newcomer.expect_up()
        await newcomer.expect_music_or_speech()


async def _offers_that_rang_can_be_answered(slow: list[Actor], rung: list[Actor]) -> None:
    slow[1].answer()
    by_number = {phone.calls[-1].from_number: phone for phone in slow}
    for caller in rung:
        agent = by_number[caller.name]
        caller.calls[-1].play_tone(553)
        agent.calls[-1].play_tone(1019)
        await agent.expect_tone(553)
        await caller.expect_tone(1019)


async def _the_next_in_line_is_served(crowd: Crowd, first: Actor) -> None:
    late = await crowd.late_agent()
    call = await late.expect_ring()
    assert (late.name, call.from_number) == (LATE, first.name)
    await late.expect_up()
