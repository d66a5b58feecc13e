"""Five phones that ring at once."""

import asyncio

import pytest

from e2e.acting import acted
from e2e.stand import Stand
from svarhus.domains.calls.model import Outcome
from svarhus.domains.calls.reasons import LegCause
from svarhus.exchange.core.requests import LogOut
from svarhus.phones.scenarios import assert_talking

PHONES = 5
ALL_RING_WITHIN = 1.0
"""Seconds from the first phone to the last. An idle machine takes a tenth of that; this one acts eight scenes."""
SILENT_WITHIN = 1.0
"""Seconds from the answer. The goal of 0.2 is measured by the bench."""


@pytest.mark.feature("Q-06")
@acted(agents=PHONES, queue={"distribution": "ring_all"})
async def test_all_ring_and_when_one_answers_the_others_hear_that_it_was_answered_elsewhere(stand: Stand) -> None:
    agents = [await stand.agent(which) for which in range(PHONES)]
    caller = await stand.caller_in_queue()
    rings = await asyncio.gather(*(agent.expect_ring(from_number=stand.place.caller(0)) for agent in agents))
    began = [ring.started for ring in rings]
    assert max(began) - min(began) < ALL_RING_WITHIN
    quick, *late = agents
    quick.answer()
    await asyncio.gather(*(agent.expect_ended(by="them") for agent in late))
    await assert_talking(caller, quick)
    answered = rings[0].answered
    assert answered is not None
    for ring in rings[1:]:
        assert 'SIP;cause=200;text="Call completed elsewhere"' in ring.cause
        assert ring.ended is not None and ring.ended - answered < SILENT_WITHIN
    assert all(stand.presence(which).free for which in range(1, PHONES)), "nobody of them has after-call work"
    await caller.hang_up()
    (record,) = await stand.came_to(Outcome.ANSWERED)
    assert record.person == stand.person(0)
    causes = [leg.cause for leg in record.legs if leg.person and leg.person != stand.person(0)]
    assert causes == [LegCause.ANSWERED_ELSEWHERE] * (PHONES - 1)


@pytest.mark.feature("Q-06")
@acted(agents=PHONES, queue={"distribution": "ring_all"})
async def test_of_those_who_pick_up_in_the_same_moment_one_has_the_caller_and_the_others_are_let_go(
    stand: Stand,
) -> None:
    agents = [await stand.agent(which) for which in range(PHONES)]
    caller = await stand.caller_in_queue()
    await asyncio.gather(*(agent.expect_ring(from_number=stand.place.caller(0)) for agent in agents))
    for which in range(PHONES):
        agents[which].answer()

    def one_is_left() -> bool:
        return sum(agent.current.state == "up" for agent in agents) == 1

    await stand.house.until(one_is_left)
    (taker,) = [agent for agent in agents if agent.current.state == "up"]
    await assert_talking(caller, taker)
    await stand.ask(LogOut(stand.person(agents.index(taker))))
    await caller.hang_up()
    (record,) = await stand.came_to(Outcome.ANSWERED)
    assert record.person == stand.person(agents.index(taker))
