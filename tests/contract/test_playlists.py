"""Music of an organisation: it goes on after a prompt where it was, and who hears it goes on hearing it."""

from pathlib import Path

import numpy as np
import pytest

from contract.asterisk_stage import AsteriskStage, RealParty
from contract.stage import PROMPT_TONE, Stage, expect, write_prompt
from svarhus.adapters.simulated.world import Heard
from svarhus.kit.ids import PromptId
from svarhus.phones.sound import tone, write_wav
from svarhus.ports.telephony import Answer, MusicOn, Play, Playlist, PromptFinished

FIRST, LAST = 1200, 1700
"""Hertz, before and after the middle of the file."""


def two_halves(folder: Path, seconds: float) -> str:
    file = folder / "halves.wav"
    write_wav(file, np.concatenate([tone(FIRST, seconds), tone(LAST, seconds)]))
    return str(file)


@pytest.mark.feature("Q-01")
async def test_an_organisation_has_its_own_music(stage: Stage, tmp_path: Path) -> None:
    await stage.telephony.let_play([Playlist("own", (write_prompt(tmp_path, 30.0),))])
    party = await stage.call_in()
    await stage.telephony.carry_out([Answer(party.leg), MusicOn(party.leg, "own")])
    if isinstance(stage, AsteriskStage):
        await party.hears(Heard.PROMPT)

    await stage.telephony.let_play([])

    await stage.telephony.carry_out([MusicOn(party.leg, "own")])
    await party.hears(Heard.MUSIC)


@pytest.mark.feature("Q-02")
async def test_music_goes_on_after_an_announcement_where_it_paused(stage: Stage, tmp_path: Path) -> None:
    """A file that is broken off several times comes to its end before another is played."""
    await stage.telephony.let_play([Playlist("own", (two_halves(tmp_path, 4.0),))])
    party = await stage.call_in()
    prompt = write_prompt(tmp_path, 2.0)
    await stage.telephony.carry_out([Answer(party.leg), MusicOn(party.leg, "own")])
    if not isinstance(party, RealParty):
        return

    await party.actor.expect_tone(FIRST, call=party.call)
    await stage.pass_time(1.5)
    for number in (1, 2):
        await stage.telephony.carry_out([Play(party.leg, PromptId(f"p{number}"), (prompt,))])
        await party.actor.expect_tone(PROMPT_TONE, call=party.call)
        await expect(stage, PromptFinished, party.leg)
        await stage.pass_time(1.5)

    await party.actor.expect_tone(LAST, call=party.call, within=2.0)
