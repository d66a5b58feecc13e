"""The telephony contract: recording a conversation, what a party says and what it hears each by itself."""

import os
from itertools import count

import pytest

from contract.stage import BEN, Party, Stage, expect, expect_none
from contract.test_several_legs import AGENT, TALK, answered, talk
from svarhus.kit.ids import LegId, RecordingId
from svarhus.ports.telephony import (
    Hold,
    Join,
    LegEnded,
    PauseRecording,
    RecordingFinished,
    RecordingPaused,
    RecordTalk,
    Resume,
    StopRecording,
)

_numbers = count(1)

pytestmark = pytest.mark.feature("DESK-15")


@pytest.fixture
def recording() -> RecordingId:
    """Another one each time: the files of those before are still there."""
    return RecordingId(f"care-{os.getpid()}-recording-{next(_numbers)}")


async def recorded(stage: Stage, recording: RecordingId) -> tuple[Party, Party]:
    """A caller and Anna, whose conversation is being recorded at the caller's leg."""
    caller, agent = await talk(stage)
    await stage.telephony.carry_out([RecordTalk(caller.leg, recording)])
    assert await stage.until(lambda: True, 1.0)
    return caller, agent


async def running(stage: Stage, leg: LegId) -> frozenset[RecordingId]:
    inventory = await stage.telephony.inventory()
    return next(each.recordings for each in inventory.legs if each.leg == leg)


async def test_a_recorded_conversation_goes_on_and_ends_when_it_is_told_to(
    stage: Stage, recording: RecordingId
) -> None:
    caller, agent = await recorded(stage, recording)
    await stage.talking(caller, agent)
    await caller.speak(1.0)
    assert await running(stage, caller.leg) == {recording}
    await stage.telephony.carry_out([StopRecording(recording)])
    finished = await expect(stage, RecordingFinished, caller.leg)

    assert finished.recording == recording
    assert finished.seconds >= 0.8
    assert finished.file is not None
    assert await running(stage, caller.leg) == frozenset()
    await stage.talking(caller, agent)


async def test_a_recording_goes_on_through_hold_and_another_agent(stage: Stage, recording: RecordingId) -> None:
    caller, agent = await recorded(stage, recording)
    await stage.telephony.carry_out([Hold(caller.leg)])
    await agent.hang_up()
    await expect(stage, LegEnded, AGENT)
    colleague = await answered(stage, BEN, LegId("ben-leg"))
    await stage.telephony.carry_out([Resume(caller.leg), Join(TALK, (colleague.leg,))])
    await stage.talking(caller, colleague)

    assert await running(stage, caller.leg) == {recording}
    assert not stage.witness.all_of(RecordingFinished)


async def test_a_pause_is_told_when_it_holds_and_keeps_the_time(stage: Stage, recording: RecordingId) -> None:
    caller, _ = await recorded(stage, recording)
    await stage.telephony.carry_out([PauseRecording(recording)])
    assert (await expect(stage, RecordingPaused, caller.leg)).on
    await caller.speak(1.0)
    await stage.telephony.carry_out([PauseRecording(recording, on=False)])
    assert await stage.until(lambda: len(stage.witness.all_of(RecordingPaused)) == 2, 4.0)
    assert not stage.witness.all_of(RecordingPaused)[1].on
    await stage.telephony.carry_out([StopRecording(recording)])

    assert (await expect(stage, RecordingFinished, caller.leg)).seconds >= 0.8


async def test_a_recording_ends_with_its_leg(stage: Stage, recording: RecordingId) -> None:
    caller, _ = await recorded(stage, recording)
    await caller.speak(1.0)
    await caller.hang_up()
    finished = await expect(stage, RecordingFinished, caller.leg)

    assert finished.seconds >= 0.8
    assert len(stage.witness.all_of(RecordingFinished)) == 1


async def test_another_process_finds_the_recording_and_can_end_it(stage: Stage, recording: RecordingId) -> None:
    caller, _ = await recorded(stage, recording)
    await caller.speak(0.5)
    await stage.another_process()
    assert await running(stage, caller.leg) == {recording}
    # What was perhaps not carried out is ordered again.
    await stage.telephony.carry_out([RecordTalk(caller.leg, recording), PauseRecording(recording, on=False)])
    await expect(stage, RecordingPaused, caller.leg)
    await stage.telephony.carry_out([StopRecording(recording)])

    assert (await expect(stage, RecordingFinished, caller.leg)).seconds >= 0.4


async def test_nobody_records_or_stops_the_calls_of_another_organisation(stage: Stage, recording: RecordingId) -> None:
    caller, _ = await recorded(stage, recording)
    stranger = stage.of_another_organisation()
    await stranger.carry_out([PauseRecording(recording), StopRecording(recording), RecordTalk(AGENT, RecordingId("x"))])

    await expect_none(stage, RecordingFinished, caller.leg)
    assert not stage.witness.all_of(RecordingPaused)
    assert await running(stage, AGENT) == frozenset()


async def test_recording_who_is_gone_is_nothing(stage: Stage, recording: RecordingId) -> None:
    caller, _ = await talk(stage)
    await caller.hang_up()
    await expect(stage, LegEnded, caller.leg)
    await stage.telephony.carry_out([RecordTalk(caller.leg, recording), StopRecording(recording)])

    assert not stage.witness.all_of(RecordingFinished)
