"""An answer cuts an announcement: both hear each other at once."""

import asyncio
import time
from pathlib import Path

import numpy as np
import pytest

from contract.asterisk_stage import RealParty
from contract.stage import ANNA, PROMPT_TONE, Stage, expect, write_prompt
from svarhus.adapters.simulated.world import Heard, Reaction
from svarhus.kit.ids import JoinId, LegId, PromptId
from svarhus.phones.sound import RATE, Samples
from svarhus.ports.telephony import Answer, Dial, Join, LegAnswered, MusicOn, PhoneAddress, Play

AGENT = LegId("agent-leg")
VOICE_OF_CALLER, VOICE_OF_AGENT = 700, 1500
"""Hertz."""

AT_ONCE = 0.2
"""Seconds between the join and hearing each other."""

_FRAME = RATE // 50


def first_heard(samples: Samples, tone: int) -> float:
    """Seconds until the tone is the loudest thing that is heard, to 20 ms."""
    moments = np.arange(_FRAME) / RATE
    probe = np.exp(-2j * np.pi * tone * moments)
    for start in range(0, len(samples) - _FRAME, _FRAME):
        frame = samples[start : start + _FRAME].astype(float)
        power = float(np.sum(frame**2))
        if power > 1e6 and abs(np.dot(frame, probe)) ** 2 * 2 / _FRAME > 0.7 * power:
            return start / RATE
    return float("inf")


@pytest.mark.feature("Q-02")
async def test_both_hear_each_other_at_once_in_the_middle_of_an_announcement(stage: Stage, tmp_path: Path) -> None:
    caller = await stage.call_in()
    await stage.telephony.carry_out([Answer(caller.leg), MusicOn(caller.leg)])
    stage.when_called(ANNA, Reaction.RING)
    await stage.telephony.carry_out([Dial(AGENT, PhoneAddress(ANNA), None)])
    agent = await stage.rung(AGENT, ANNA)
    prompt = write_prompt(tmp_path, 20.0)
    await stage.telephony.carry_out([Play(caller.leg, PromptId("p1"), (prompt,))])
    await caller.hears(Heard.PROMPT)
    await agent.answer()
    if not (isinstance(caller, RealParty) and isinstance(agent, RealParty)):
        await stage.telephony.carry_out([Join(JoinId("talk-1"), (caller.leg, AGENT))])
        await stage.talking(caller, agent)
        return
    agent.call.play_tone(VOICE_OF_AGENT)
    caller.call.play_tone(VOICE_OF_CALLER)
    await expect(stage, LegAnswered, AGENT)

    joined = time.monotonic()
    await stage.telephony.carry_out([Join(JoinId("talk-1"), (caller.leg, AGENT))])
    await asyncio.sleep(1.0)

    heard = (joined, joined + 0.9)
    at_caller = first_heard(caller.call.heard.samples(heard), VOICE_OF_AGENT)
    at_agent = first_heard(agent.call.heard.samples(heard), VOICE_OF_CALLER)
    assert (at_caller <= AT_ONCE, at_agent <= AT_ONCE) == (True, True), f"{at_caller:.2f} s, {at_agent:.2f} s"
    assert not caller.call.tone_present(PROMPT_TONE, window=0.4)
