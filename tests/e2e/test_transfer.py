"""Handing callers over, with real phones: who hears whom, and what the one who waits hears."""

import asyncio

import pytest

from e2e.acting import acted
from e2e.stand import Stand
from svarhus.domains.calls.model import Outcome
from svarhus.domains.calls.talk import Destination
from svarhus.exchange.core.requests import (
    BeginConsult,
    CancelConsult,
    CompleteConsult,
    Confer,
    LogOut,
    ParkCall,
    SwapConsult,
    TransferCall,
)
from svarhus.kit.ids import CallId
from svarhus.phones.scenarios import Actor, assert_talking

RINGING_TONE = 425
"""Hertz."""


async def _talking(stand: Stand) -> tuple[Actor, Actor, CallId]:
    """A caller and the first agent, who have each other."""
    caller, agent = await stand.talking()
    await assert_talking(caller, agent)
    (call,) = stand.calls()
    return caller, agent, call.id


def _colleague(stand: Stand) -> Destination:
    return Destination(person=stand.person(1))


@acted(agents=2, logged_in=False)
async def test_blind_to_a_colleague(stand: Stand) -> None:
    caller, agent, call = await _logged_in_talking(stand)
    colleague = await stand.agent(1)
    await stand.ask(TransferCall(call, stand.person(), _colleague(stand), 20))
    await agent.expect_ended(by="them")
    await caller.expect_music_or_speech(window=2.0)
    await colleague.expect_ring(from_number=stand.place.caller(0))
    colleague.answer()
    await assert_talking(caller, colleague)
    await colleague.hang_up()
    await caller.expect_ended(by="them")
    (record,) = await stand.came_to(Outcome.ANSWERED)
    assert record.person == stand.person(1)
    assert [step.key for step in record.path[-2:]] == [stand.person(0), stand.person(1)]


@acted(agents=2, logged_in=False, queue={"after_call_work": {"answered": 0}})
async def test_blind_comes_back_when_the_colleague_does_not_want_it(stand: Stand) -> None:
    caller, agent, call = await _logged_in_talking(stand)
    colleague = await stand.agent(1)
    await stand.ask(TransferCall(call, stand.person(), _colleague(stand), 20))
    await colleague.expect_ring()
    colleague.decline(486)
    again = await agent.expect_ring(from_number=stand.place.caller(0))
    again.answer()
    await assert_talking(caller, again)
    await caller.hang_up()
    await stand.came_to(Outcome.ANSWERED)


@acted(agents=2, logged_in=False)
async def test_blind_to_a_number_outside(stand: Stand) -> None:
    caller, agent, call = await _logged_in_talking(stand)
    await stand.ask(TransferCall(call, stand.person(), Destination(number=stand.place.mobile(5)), 20))
    await agent.expect_ended(by="them")
    target = await stand.house.outside(stand.place.mobile(5))
    target.answer()
    await assert_talking(caller, target)
    await caller.hang_up()
    await target.wait_ended(3)


@acted(agents=2, logged_in=False)
async def test_asking_a_colleague_and_connecting_the_caller(stand: Stand) -> None:
    caller, agent, call = await _logged_in_talking(stand)
    colleague = await stand.agent(1)
    await stand.ask(BeginConsult(call, stand.person(), _colleague(stand)))
    await colleague.expect_ring()
    await agent.expect_tone(RINGING_TONE)
    colleague.answer()
    await assert_talking(agent, colleague)
    await caller.expect_music_or_speech(window=2.0)
    await stand.ask(SwapConsult(call, stand.person()))
    await assert_talking(agent, caller)
    await colleague.expect_music_or_speech(window=2.0)
    await stand.ask(CompleteConsult(call, stand.person()))
    await agent.expect_ended(by="them")
    await assert_talking(caller, colleague)
    await caller.hang_up()
    await colleague.expect_ended(by="them")


@acted(agents=2, logged_in=False)
async def test_asking_a_colleague_and_going_back(stand: Stand) -> None:
    caller, agent, call = await _logged_in_talking(stand)
    colleague = await stand.agent(1)
    await stand.ask(BeginConsult(call, stand.person(), _colleague(stand)))
    await colleague.expect_ring()
    colleague.answer()
    await assert_talking(agent, colleague)
    await stand.ask(CancelConsult(call, stand.person()))
    await colleague.expect_ended(by="them")
    await assert_talking(caller, agent)


@pytest.mark.feature("SWB-03")
@acted(agents=2, logged_in=False)
async def test_all_three_talk_and_the_last_two_talk_on(stand: Stand) -> None:
    caller, agent, call = await _logged_in_talking(stand)
    colleague = await stand.agent(1)
    await stand.ask(BeginConsult(call, stand.person(), _colleague(stand)))
    await colleague.expect_ring()
    colleague.answer()
    await assert_talking(agent, colleague)
    await stand.ask(Confer(call, stand.person()))
    await assert_talking(caller, agent, colleague)
    await agent.hold()
    await assert_talking(caller, colleague)
    await agent.unhold()
    await assert_talking(caller, agent, colleague)
    await agent.hang_up()
    await assert_talking(caller, colleague)
    await caller.hang_up()
    await colleague.expect_ended(by="them")
    await stand.came_to(Outcome.ANSWERED)


@acted(agents=2, logged_in=False)
async def test_blind_by_the_phones_own_key(stand: Stand) -> None:
    caller, agent, _ = await _logged_in_talking(stand)
    colleague = await stand.agent(1)
    status = await agent.transfer(stand.place.phone(1))
    assert 200 <= status < 300
    await agent.expect_ended()
    await colleague.expect_ring(from_number=stand.place.caller(0))
    colleague.answer()
    await assert_talking(caller, colleague)


@acted(agents=2, logged_in=False)
async def test_attended_by_the_phones_own_key(stand: Stand) -> None:
    caller, agent, _ = await _logged_in_talking(stand)
    colleague = await stand.agent(1)
    first = agent.current
    await first.hold()
    second = agent.dial(stand.place.phone(1))
    await colleague.expect_ring()
    colleague.answer()
    await second.wait_answered()
    await assert_talking(second, colleague)
    asked = asyncio.create_task(second.transfer_to(first))
    await assert_talking(caller, colleague)
    await asyncio.wait_for(asked, 5)
    await caller.hang_up()
    await colleague.expect_ended(by="them")


@acted(queue={"after_call_work": {"answered": 60}})
async def test_to_a_queue_by_the_phones_own_key_and_out_of_it_by_the_callers(stand: Stand) -> None:
    caller, agent, _ = await _talking(stand)
    assert 200 <= await agent.transfer(stand.place.extension) < 300
    await agent.expect_ended()
    await stand.waits()
    await caller.expect_music_or_speech(window=2.0)
    await caller.press("2")
    await stand.waits(0)
    await caller.press("*")
    await stand.is_told(caller, "callback.declined")


@acted(queue={"after_call_work": {"answered": 60}})
async def test_to_a_queue_whose_last_member_goes_home(stand: Stand) -> None:
    caller, agent, call = await _talking(stand)
    await stand.ask(TransferCall(call, stand.person(), Destination(queue=stand.queue), 20))
    await agent.expect_ended(by="them")
    await stand.waits()
    await stand.ask(LogOut(stand.person()))
    await stand.hears_message(caller, "nobody")
    await caller.expect_ended(by="them")
    (record,) = await stand.came_to(Outcome.ANSWERED)
    assert [part.outcome for part in record.parts] == ["answered", "no_members"]


async def _logged_in_talking(stand: Stand) -> tuple[Actor, Actor, CallId]:
    """Only the first agent takes calls of the queue."""
    await stand.logs_in(0)
    return await _talking(stand)


@pytest.mark.feature("SWB-03")
@acted(agents=2, logged_in=False)
async def test_a_parked_caller_is_taken_by_dialling_the_place(stand: Stand) -> None:
    caller, agent, call = await _logged_in_talking(stand)
    colleague = await stand.agent(1)
    place = await stand.ask(ParkCall(call, stand.person()))
    await agent.expect_ended(by="them")
    await caller.expect_music_or_speech(window=2.0)
    taken = colleague.dial(f"*7{place}")
    await taken.wait_answered()
    await assert_talking(caller, taken)
    await caller.hang_up()
    await colleague.expect_ended(by="them")
    (record,) = await stand.came_to(Outcome.ANSWERED)
    assert [step.key for step in record.path[-2:]] == [stand.person(0), stand.person(1)]
