"""Leaving a message, being connected to somebody else, and what phones of the house can do."""

import numpy as np
import pytest

from e2e.acting import acted
from e2e.stand import Stand
from svarhus.domains.calls.model import Outcome
from svarhus.phones import sound
from svarhus.phones.scenarios import Actor, assert_talking


async def _message_of(stand: Stand) -> np.ndarray:
    await stand.came_to(Outcome.VOICEMAIL)
    (file,) = await stand.house.voicemails_of(stand.queue)
    return sound.read_wav(file)


async def _at_the_tone(stand: Stand) -> Actor:
    caller = await stand.caller()
    await caller.press("3")
    await stand.is_told(caller, "voicemail.leave")
    await stand.house.until(lambda: any(each.runs for call in stand.calls() for each in call.recordings))
    await caller.expect_silence(window=0.4)
    return caller


@pytest.mark.feature("VM-01")
@acted()
async def test_a_spoken_message_is_kept_as_it_was_spoken(stand: Stand) -> None:
    caller = await _at_the_tone(stand)
    spoken = sound.read_wav((await stand.message("full"))[0])
    await caller.play(spoken)
    await caller.press("#")
    await stand.is_told(caller, "voicemail.thanks")
    await stand.hears_message(caller, "goodbye")
    await caller.expect_ended(by="them")
    kept = await _message_of(stand)
    assert sound.find_clip(kept, spoken[: 2 * sound.RATE])[0] > 0.8


@pytest.mark.feature("VM-01")
@acted()
async def test_a_message_is_kept_when_the_caller_just_hangs_up(stand: Stand) -> None:
    caller = await _at_the_tone(stand)
    await caller.play(sound.tone(700, 2.0))
    await caller.hang_up()
    kept = await _message_of(stand)
    assert sound.tone_share(kept[: int(1.5 * sound.RATE)], 700) > 0.8


@pytest.mark.feature("VM-01")
@acted()
async def test_who_hangs_up_at_the_tone_leaves_no_message(stand: Stand) -> None:
    caller = await _at_the_tone(stand)
    await caller.hang_up()
    await stand.came_to(Outcome.HUNG_UP)
    assert await stand.house.voicemails_of(stand.queue) == []


@pytest.mark.feature("FLOW-14")
@acted()
async def test_a_caller_is_connected_to_a_number_outside(stand: Stand) -> None:
    caller = await stand.caller()
    await caller.press("*")
    await caller.press("4")
    target = await stand.house.outside(stand.place.mobile(9))
    assert target.from_number == stand.place.caller(0)
    await stand.is_told(caller, "transfer.connecting")
    target.answer()
    await assert_talking(caller, target)
    await caller.hang_up()
    await target.wait_ended(3)
    await stand.came_to(Outcome.TRANSFERRED)


@pytest.mark.feature("FLOW-14")
@acted(transfer={"presented": "organisation", "announce": False})
async def test_a_number_outside_that_is_busy_leads_on(stand: Stand) -> None:
    caller = await stand.caller()
    await caller.press("*")
    await caller.press("4")
    target = await stand.house.outside(stand.place.mobile(9))
    assert target.from_number == "+46846500499"
    target.decline(486)
    await stand.is_told(caller, "transfer.failed")
    await stand.hears_message(caller, "goodbye")
    await stand.came_to(Outcome.COMPLETED)


@pytest.mark.feature("FLOW-14")
@acted(agents=2)
async def test_a_caller_is_connected_to_a_colleague(stand: Stand) -> None:
    colleague = await stand.agent(0)
    caller = await stand.caller()
    await caller.press("*")
    await caller.press("5")
    await colleague.expect_ring(from_number=stand.place.caller(0))
    colleague.answer()
    await assert_talking(caller, colleague)
    await colleague.hang_up()
    await caller.expect_ended(by="them")
    await stand.came_to(Outcome.TRANSFERRED)
