"""Those who lead are with the calls of others, with real phones: who hears whom, and what is left afterwards."""

import pytest

from e2e.acting import acted
from e2e.stand import Stand
from svarhus.domains.calls.supervision import Supervision
from svarhus.domains.calls.talk import Destination
from svarhus.exchange.core.requests import Supervise, TransferCall
from svarhus.phones.scenarios import Actor, assert_talking

pytestmark = pytest.mark.feature("Q-20")

CUSTOMER, MEMBER, LEADER = 440, 620, 850
"""Hertz, in which each speaks."""


async def _led(stand: Stand, how: Supervision) -> tuple[Actor, Actor, Actor]:
    await stand.logs_in(0)
    caller, agent = await stand.talking()
    await assert_talking(caller, agent)
    leader = await stand.agent(1)
    (call,) = stand.calls()
    await stand.ask(Supervise(call.id, stand.person(1), how))
    await leader.expect_ring()
    leader.answer()
    legs = stand.house.exchange.core.state.legs
    await stand.house.until(
        lambda: any(leg.answered_at for leg in legs.values() if leg.person == stand.person(1) and leg.call == call.id)
    )
    return caller, agent, leader


async def _goes_over(stand: Stand, how: Supervision) -> None:
    (call,) = stand.calls()
    await stand.ask(Supervise(call.id, stand.person(1), how))


@acted(agents=2, logged_in=False)
async def test_the_customer_never_hears_who_listens_or_whispers(stand: Stand) -> None:
    caller, agent, leader = await _led(stand, Supervision.LISTENS)
    leader.current.play_tone(LEADER)
    agent.current.play_tone(MEMBER)
    caller.current.play_tone(CUSTOMER)
    for how in (Supervision.LISTENS, Supervision.WHISPERS, Supervision.LISTENS, Supervision.WHISPERS):
        await _goes_over(stand, how)
        await leader.expect_tone(CUSTOMER)
        await leader.expect_tone(MEMBER)
        if how is Supervision.WHISPERS:
            await agent.expect_tone(LEADER)
        await caller.expect_tone(MEMBER)
        assert not caller.current.tone_present(LEADER, 0.6)
    await caller.hang_up()
    await agent.expect_ended(by="them")
    await leader.expect_ended(by="them")


@acted(agents=2, logged_in=False)
async def test_joining_and_taking_over(stand: Stand) -> None:
    caller, agent, leader = await _led(stand, Supervision.WHISPERS)
    await _goes_over(stand, Supervision.JOINS)
    await assert_talking(caller, agent, leader)
    await _goes_over(stand, Supervision.LISTENS)
    await assert_talking(caller, agent)
    await _goes_over(stand, Supervision.TAKES_OVER)
    await agent.expect_ended(by="them")
    await assert_talking(caller, leader)
    await leader.hang_up()
    await caller.expect_ended(by="them")


@acted(agents=3, logged_in=False)
async def test_a_call_that_is_handed_over_goes_on_being_heard(stand: Stand) -> None:
    caller, agent, leader = await _led(stand, Supervision.WHISPERS)
    third = await stand.agent(2)
    (call,) = stand.calls()
    await stand.ask(TransferCall(call.id, stand.person(0), Destination(person=stand.person(2)), 20))
    await agent.expect_ended(by="them")
    await third.expect_ring()
    third.answer()
    caller.current.play_tone(CUSTOMER)
    third.current.play_tone(MEMBER)
    leader.current.play_tone(LEADER)
    await leader.expect_tone(MEMBER)
    await leader.expect_tone(CUSTOMER)
    await caller.expect_tone(MEMBER)
    assert not caller.current.tone_present(LEADER, 0.6)
    assert not third.current.tone_present(LEADER, 0.6)
    await leader.hang_up()
    await assert_talking(caller, third)
