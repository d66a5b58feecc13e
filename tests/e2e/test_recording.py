"""Recording conversations: each party in a channel of its own, and nothing of what is said in a pause."""

import numpy as np
import pytest

from e2e.acting import acted
from e2e.stand import Stand
from svarhus.domains.calls.model import Outcome
from svarhus.domains.calls.recording import Recording
from svarhus.domains.recordings.alaw import decoded
from svarhus.exchange.core.requests import PauseRecordingOf
from svarhus.kit.clock import SystemClock, seconds_between
from svarhus.kit.ids import CallId
from svarhus.phones.scenarios import TONES, assert_talking
from svarhus.phones.sound import Samples, level, tone_level
from svarhus.ports.speech import TemplatePhrase
from svarhus.ports.talk_files import talk_files

BESIDE = 0.4
"""Seconds by which our clock and the file's may differ."""


async def begun(stand: Stand) -> Recording:
    """The recording, as soon as there is one."""
    state = stand.house.exchange.core.state
    await stand.house.until(lambda: any(state.calls[CallId(call.id)].recordings for call in stand.calls()))
    return recording_of(stand)


def recording_of(stand: Stand) -> Recording:
    (call,) = stand.calls()
    return stand.house.exchange.core.state.calls[CallId(call.id)].recordings[-1]


def kept(stand: Stand, recording: Recording) -> tuple[Samples, Samples]:
    """What the caller said, and what the caller heard."""
    files = talk_files(stand.house.asterisk.settings.recordings, recording.id)
    said, heard = (np.frombuffer(decoded(file.read_bytes()), "<i2").astype(np.int16) for file in files)
    return said, heard


def part(sound: Samples, first: float, last: float) -> Samples:
    return sound[int((first + BESIDE) * 8000) : int((last - BESIDE) * 8000)]


@pytest.mark.feature("DESK-15")
@acted(queue={"recording": {"mode": "all"}})
async def test_each_party_is_in_its_own_channel_and_a_pause_is_silence(stand: Stand) -> None:
    clock = SystemClock()
    caller, agent = await stand.talking()
    recording = await begun(stand)
    (call,) = stand.calls()
    await assert_talking(caller, agent, window=1.5)
    await stand.ask(PauseRecordingOf(CallId(call.id), stand.person(), on=True))
    await stand.house.until(lambda: recording_of(stand).silent)
    paused = seconds_between(recording.began_at, clock.now())
    await assert_talking(caller, agent, window=1.5)
    resumed = seconds_between(recording.began_at, clock.now())
    await stand.ask(PauseRecordingOf(CallId(call.id), stand.person(), on=False))
    await stand.house.until(lambda: not recording_of(stand).silent)
    await assert_talking(caller, agent, window=1.5)
    ended = seconds_between(recording.began_at, clock.now())
    await caller.hang_up()
    await agent.expect_ended(by="them")
    await stand.came_to(Outcome.ANSWERED)
    said, heard = kept(stand, recording)
    for first, last in ((0.0, paused), (resumed, ended)):
        assert tone_level(part(said, first, last), TONES[0]) > -30
        assert tone_level(part(heard, first, last), TONES[1]) > -30
        assert tone_level(part(said, first, last), TONES[1]) < -50, "the agent is not in the caller's channel"
        assert tone_level(part(heard, first, last), TONES[0]) < -50, "nor the caller in the agent's"
    for channel in (said, heard):
        assert level(part(channel, paused, resumed)) < -60, "nothing of the pause is on the disk"
    assert abs(len(said) / 8000 - ended) < 2 * BESIDE
    assert abs(len(said) - len(heard)) < 800, "both are as long"


@pytest.mark.feature("DESK-15")
@acted(queue={"recording": {"mode": "all", "notice": True}})
async def test_the_caller_is_told_before_anybody_is_rung(stand: Stand) -> None:
    agent = await stand.agent()
    caller = await stand.caller_in_queue()
    await stand.hears(caller, TemplatePhrase("recording.notice", "sv"))
    await agent.expect_ring()
    agent.answer()
    await assert_talking(caller, agent)
    assert (await begun(stand)).runs
    await agent.hang_up()
    await caller.expect_ended(by="them")
    await stand.came_to(Outcome.ANSWERED)
