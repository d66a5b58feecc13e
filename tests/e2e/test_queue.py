"""Waiting, being answered, and talking."""

import asyncio

import pytest

from e2e.acting import acted
from e2e.stand import Stand
from svarhus.domains.calls.model import Outcome
from svarhus.exchange.core.requests import EndAfterCallWork
from svarhus.phones.call import Call
from svarhus.phones.scenarios import assert_talking
from svarhus.ports.speech import Count


@pytest.mark.feature("Q-01", "Q-02")
@acted()
async def test_a_waiting_caller_hears_music_the_place_and_music_again(stand: Stand) -> None:
    caller = await stand.caller_in_queue()
    await stand.waits()
    await caller.expect_sound()
    await stand.is_told(caller, "queue.next")
    await stand.hears_message(caller, "hold-on")
    await caller.expect_music_or_speech(window=4.0)
    await caller.expect_no_gaps(during=2, longer_than=0.2)
    await caller.hang_up()
    (record,) = await stand.came_to(Outcome.ABANDONED)
    assert record.queue == stand.queue
    assert record.wait > 4


@pytest.mark.feature("Q-01", "Q-02")
@acted()
async def test_the_second_in_the_queue_is_told_so(stand: Stand) -> None:
    await stand.caller_in_queue(0)
    await stand.waits(1)
    second = await stand.caller_in_queue(1)
    await stand.is_told(second, "queue.position", {"position": Count(2)})


@pytest.mark.feature("Q-01")
@acted()
async def test_caller_and_agent_hear_each_other_and_the_log_says_so(stand: Stand) -> None:
    agent = await stand.agent()
    caller = await stand.caller_in_queue()
    ringing = await agent.expect_ring(from_number=stand.place.caller(0))
    assert ringing.from_display == stand.place.key
    agent.answer()
    caller.play_tone(400)
    await agent.expect_tone(400)
    agent.play_tone(1000)
    await caller.expect_tone(1000)
    await assert_talking(caller, agent)
    await caller.expect_no_gaps(during=1, longer_than=0.2)
    await caller.hang_up()
    await agent.expect_ended(by="them")
    (record,) = await stand.came_to(Outcome.ANSWERED)
    assert record.person == stand.person()
    assert record.talk > 2
    assert [leg.role.value for leg in record.legs] == ["caller", "member"]


@pytest.mark.feature("Q-01")
@acted(agents=2)
async def test_two_callers_and_two_agents_find_each_other(stand: Stand) -> None:
    """The one who has been idle longest is rung first, and whoever came first is first."""
    first, second = await stand.agent(0), await stand.agent(1)
    one = await stand.caller_in_queue(0)
    await first.expect_ring(from_number=stand.place.caller(0))
    two = await stand.caller_in_queue(1)
    await second.expect_ring(from_number=stand.place.caller(1))
    first.answer()
    second.answer()
    await asyncio.gather(assert_talking(one, first), assert_talking(two, second))
    await one.hang_up()
    await first.expect_ended()
    await two.hang_up()
    await second.expect_ended()
    three = await stand.caller_in_queue(2)
    await first.expect_ring(from_number=stand.place.caller(2))
    await three.hang_up()


@pytest.mark.feature("Q-01")
@acted()
async def test_who_waits_longest_is_answered_first(stand: Stand) -> None:
    await stand.caller_in_queue(0)
    await stand.waits(1)
    await stand.caller_in_queue(1)
    await stand.waits(2)
    agent = await stand.agent()
    await agent.expect_ring(from_number=stand.place.caller(0))


@pytest.mark.feature("Q-08")
@acted(queue={"after_call_work": {"answered": 600, "declined": 600}})
async def test_after_call_work_ends_early_when_the_agent_says_so(stand: Stand) -> None:
    caller, agent = await stand.talking()
    await assert_talking(caller, agent)
    await agent.hang_up()
    await caller.expect_ended()
    await stand.house.until(lambda: stand.presence().after_call_until is not None)
    await stand.caller_in_queue(1)
    await stand.waits()
    await agent.expect_no_ring(during=1)
    await stand.ask(EndAfterCallWork(stand.person()))
    await agent.expect_ring(from_number=stand.place.caller(1))


@pytest.mark.feature("Q-08")
@acted(agents=2)
async def test_a_call_that_is_declined_rings_at_the_next_one(stand: Stand) -> None:
    first, second = await stand.agent(0), await stand.agent(1)
    caller = await stand.caller_in_queue()
    ringing = await first.expect_ring()
    ringing.decline(486)
    await second.expect_ring(from_number=stand.place.caller(0))
    second.answer()
    await assert_talking(caller, second)
    assert stand.presence(0).after_call_until is not None


@pytest.mark.feature("Q-07", "Q-08")
@acted(queue={"ring_time": 5, "after_call_work": {"missed": 1}})
async def test_a_call_that_nobody_takes_rings_again_while_the_caller_waits(stand: Stand) -> None:
    agent = await stand.agent()
    caller = await stand.caller_in_queue()
    ringing = await agent.expect_ring()
    await agent.expect_ended(by="them", call=ringing)
    await agent.expect_ring(since=ringing.ended)
    agent.answer()
    await assert_talking(caller, agent)


@pytest.mark.feature("Q-05", "Q-14")
@acted(logged_in=False)
async def test_a_queue_that_nobody_is_logged_in_to_is_left_at_once(stand: Stand) -> None:
    caller = await stand.caller_in_queue()
    await stand.hears_message(caller, "nobody")
    await caller.expect_ended(by="them")
    await stand.came_to(Outcome.COMPLETED)


@pytest.mark.feature("Q-03")
@acted(waiting={"most_waiting": 1})
async def test_a_full_queue_is_left_at_once(stand: Stand) -> None:
    await stand.caller_in_queue(0)
    await stand.waits(1)
    late = await stand.caller_in_queue(1)
    await stand.hears_message(late, "full")


@pytest.mark.feature("Q-03")
@acted(waiting={"longest_wait": 5})
async def test_who_has_waited_too_long_leaves_the_queue(stand: Stand) -> None:
    caller = await stand.caller_in_queue()
    await stand.waits(1)
    await stand.hears_message(caller, "too-long")
    (record,) = await stand.came_to(Outcome.COMPLETED)
    assert record.parts[0].outcome == "timed_out"
    assert 4.5 < record.wait < 6.5


@pytest.mark.feature("Q-13")
@acted(agent={"answers_at": "number"})
async def test_a_member_at_an_outside_number_confirms_by_a_key(stand: Stand) -> None:
    caller = await stand.caller_in_queue()
    call = await stand.house.outside(stand.place.mobile(0))
    call.answer()
    await stand.is_told_by(call, "agent.confirm")
    assert stand.waiting() == 1, "who answers is not yet a person"
    await call.send_digits("1")
    await assert_talking(caller, call)
    await caller.hang_up()
    await call.wait_ended(3)
    await stand.came_to(Outcome.ANSWERED)


@pytest.mark.feature("Q-13")
@acted(agent={"answers_at": "number"})
async def test_a_mobile_that_hangs_up_unconfirmed_has_not_answered(stand: Stand) -> None:
    await stand.caller_in_queue()
    call = await stand.house.outside(stand.place.mobile(0))
    call.answer()
    await stand.is_told_by(call, "agent.confirm")
    await call.hangup()
    again = await stand.house.outside(stand.place.mobile(0))
    assert again is not call
    assert stand.waiting() == 1


@pytest.mark.feature("Q-01", "Q-22")
@acted()
async def test_a_phone_that_is_gone_as_it_answers_costs_the_caller_nothing(stand: Stand) -> None:
    agent = await stand.agent()
    caller = await stand.caller_in_queue()
    came = None
    for breaks in (_hangs_up, _without_sound, _in_a_codec_that_was_not_offered):
        call = await agent.expect_ring(from_number=stand.place.caller(0))
        await stand.waits()
        (place,) = [stand.house.exchange.core.state.place_of(each.id) for each in stand.calls()]
        assert place is not None
        came = came or place.entered_at
        assert place.entered_at == came
        await breaks(call)
        await stand.house.until(lambda: stand.presence().after_call_until and stand.waiting())
        await call.wait_ended()
        await stand.ask(EndAfterCallWork(stand.person()))
    await agent.expect_ring(since=call.ended or 0.0)
    agent.answer()
    await assert_talking(caller, agent)
    await caller.hang_up()
    (record,) = await stand.came_to(Outcome.ANSWERED)
    assert [part.outcome for part in record.parts] == ["answered"]
    assert [leg.answered_at is not None for leg in record.legs if leg.person] == [False, False, False, True]


async def _hangs_up(call: Call) -> None:
    call.answer()
    await call.hangup()


async def _without_sound(call: Call) -> None:
    call.answer_with("")


async def _in_a_codec_that_was_not_offered(call: Call) -> None:
    call.answer_with(call.sdp("sendrecv", formats=["4"]))
