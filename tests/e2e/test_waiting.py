"""What is heard while waiting, and of a queue that is closed for now."""

import pytest

from e2e.acting import acted
from e2e.stand import Stand
from svarhus.exchange.core.requests import CloseQueue, OpenQueue
from svarhus.phones.scenarios import assert_talking

RINGING_TONE = 425
"""Hertz."""


@pytest.mark.feature("Q-01")
@acted(queue={"waiting_sound": "music_until_ringing", "announcements": {"position": False, "estimated_wait": False}})
async def test_music_is_heard_until_it_rings_at_a_member(stand: Stand) -> None:
    caller = await stand.caller_in_queue()
    await stand.waits()
    await caller.expect_music_or_speech(window=2.0)
    agent = await stand.agent()
    await agent.expect_ring(from_number=stand.place.caller(0))
    await caller.expect_tone(RINGING_TONE)
    agent.answer()
    await assert_talking(caller, agent)
    await caller.hang_up()


@pytest.mark.feature("Q-20", "Q-26")
@acted(agents=1)
async def test_a_closed_queue_says_so_and_takes_a_message(stand: Stand) -> None:
    agent = await stand.agent()
    await stand.ask(CloseQueue(stand.queue, None, "hold-on", None))
    late = await stand.caller_in_queue(0)
    await stand.hears_message(late, "hold-on")
    await stand.is_told(late, "voicemail.leave")
    await agent.expect_no_ring(during=0.5)
    await late.hang_up()
    await stand.ask(OpenQueue(stand.queue, None))
    caller = await stand.caller_in_queue(1)
    await agent.expect_ring(from_number=stand.place.caller(1))
    agent.answer()
    await assert_talking(caller, agent)
    await caller.hang_up()
