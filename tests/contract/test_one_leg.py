"""The telephony contract: what happens to a single leg."""

from pathlib import Path

import pytest

from contract.stage import ANNA, CALLER, TRUNK, Stage, expect, expect_none, write_prompt
from svarhus.adapters.simulated.world import Heard
from svarhus.kit.ids import LegId, PromptId, RecordingId
from svarhus.ports.telephony import (
    RINGING_TONE,
    Answer,
    CallOffered,
    DigitPressed,
    EndCause,
    HangUp,
    LegEnded,
    LegHeld,
    LegResumed,
    MusicOff,
    MusicOn,
    Play,
    PromptFinished,
    Record,
    RecordingFinished,
    Ring,
    SendDigits,
    StopPlaying,
    StopRecording,
)


async def test_a_call_by_the_trunk_says_who_calls_whom(stage: Stage) -> None:
    party = await stage.call_in("0101", CALLER, "Kari", diversion="+4681111111")

    offered = await expect(stage, CallOffered)

    assert offered == CallOffered(
        party.leg, "0101", CALLER, "Kari", trunk=TRUNK, endpoint=None, diversion="+4681111111"
    )


@pytest.mark.feature("NUM-10")
async def test_a_withheld_number_is_none(stage: Stage) -> None:
    await stage.call_in(caller=None)

    assert (await expect(stage, CallOffered)).caller is None


async def test_a_call_from_a_person_says_which_phone(stage: Stage) -> None:
    await stage.call_in("46812345", endpoint=ANNA)

    offered = await expect(stage, CallOffered)

    assert (offered.endpoint, offered.trunk, offered.dialled) == (ANNA, None, "46812345")
    assert (offered.caller, offered.caller_name) == ("101", "Anna")


async def test_dialled_numbers_come_as_they_were_sent(stage: Stage) -> None:
    await stage.call_in("+46(8)12,34")

    assert (await expect(stage, CallOffered)).dialled == "+46(8)12,34"


async def test_a_single_digit_can_be_dialled(stage: Stage) -> None:
    await stage.call_in("7")

    assert (await expect(stage, CallOffered)).dialled == "7"


async def test_a_caller_hears_ringing_before_the_answer(stage: Stage) -> None:
    party = await stage.call_in()
    await stage.telephony.carry_out([Ring(party.leg)])

    await party.hears(Heard.RINGING)


async def test_a_prompt_is_heard_and_its_end_is_told(stage: Stage, tmp_path: Path) -> None:
    party = await stage.call_in()
    files = (write_prompt(tmp_path, 0.6), write_prompt(tmp_path, 0.7))
    await stage.telephony.carry_out([Answer(party.leg), Play(party.leg, PromptId("p1"), files)])

    await party.hears(Heard.PROMPT)
    finished = await expect(stage, PromptFinished, party.leg)

    assert finished == PromptFinished(party.leg, PromptId("p1"))


async def test_a_prompt_can_be_heard_before_the_answer(stage: Stage, tmp_path: Path) -> None:
    party = await stage.call_in()
    await stage.telephony.carry_out([Play(party.leg, PromptId("p1"), (write_prompt(tmp_path, 1.5),))])

    await party.hears(Heard.PROMPT)
    await expect(stage, PromptFinished, party.leg)


async def test_answering_does_not_wait_for_a_prompt(stage: Stage, tmp_path: Path) -> None:
    party = await stage.call_in()
    long, short = write_prompt(tmp_path, 1.5), write_prompt(tmp_path, 0.3)
    await stage.telephony.carry_out([Play(party.leg, PromptId("p1"), (long,))])
    await stage.pass_time(0.3)
    await stage.telephony.carry_out([Answer(party.leg)])
    other = await stage.call_in("0102")
    await stage.telephony.carry_out([Play(other.leg, PromptId("p2"), (short,))])
    await expect(stage, PromptFinished, other.leg)

    await expect_none(stage, PromptFinished, party.leg, during=0.1)
    assert (await expect(stage, PromptFinished, party.leg)).prompt == "p1"


async def test_a_newer_prompt_replaces_the_one_that_plays(stage: Stage, tmp_path: Path) -> None:
    party = await stage.call_in()
    old, new = write_prompt(tmp_path, 3.0, tone=900), write_prompt(tmp_path, 0.8)
    await stage.telephony.carry_out([Answer(party.leg), Play(party.leg, PromptId("old"), (old,))])
    await stage.pass_time(0.2)
    await stage.telephony.carry_out([Play(party.leg, PromptId("new"), (new,))])
    await party.hears(Heard.PROMPT)

    await expect(stage, PromptFinished, party.leg, within=2.0)

    assert [one.prompt for one in stage.witness.all_of(PromptFinished)] == ["new"]


async def test_a_stopped_prompt_is_silent_and_not_told(stage: Stage, tmp_path: Path) -> None:
    party = await stage.call_in()
    prompt = write_prompt(tmp_path, 5.0)
    await stage.telephony.carry_out([Answer(party.leg), Play(party.leg, PromptId("p1"), (prompt,))])
    await party.hears(Heard.PROMPT)
    await stage.telephony.carry_out([StopPlaying(party.leg)])

    await party.hears(Heard.SILENCE)
    assert not stage.witness.all_of(PromptFinished)


@pytest.mark.feature("Q-01")
async def test_waiting_callers_hear_music(stage: Stage) -> None:
    party = await stage.call_in()
    await stage.telephony.carry_out([Answer(party.leg), MusicOn(party.leg)])
    await party.hears(Heard.MUSIC)
    await stage.telephony.carry_out([MusicOff(party.leg)])

    await party.hears(Heard.SILENCE)


@pytest.mark.feature("Q-01")
async def test_the_ringing_tone_stands_in_for_music_and_pauses_as_it(stage: Stage, tmp_path: Path) -> None:
    party = await stage.call_in()
    prompt = write_prompt(tmp_path, 1.5)
    await stage.telephony.carry_out([Answer(party.leg), MusicOn(party.leg, RINGING_TONE)])
    await party.hears(Heard.RINGING)
    await stage.telephony.carry_out([Play(party.leg, PromptId("p1"), (prompt,))])
    await party.hears(Heard.PROMPT)
    await expect(stage, PromptFinished, party.leg)
    await party.hears(Heard.RINGING)

    await stage.telephony.carry_out([MusicOn(party.leg)])

    await party.hears(Heard.MUSIC)


@pytest.mark.feature("Q-02")
async def test_music_pauses_for_a_prompt_and_goes_on(stage: Stage, tmp_path: Path) -> None:
    party = await stage.call_in()
    prompt = write_prompt(tmp_path, 1.5)
    await stage.telephony.carry_out([Answer(party.leg), MusicOn(party.leg)])
    await party.hears(Heard.MUSIC)
    await stage.telephony.carry_out([Play(party.leg, PromptId("p1"), (prompt,))])
    await party.hears(Heard.PROMPT)
    await expect(stage, PromptFinished, party.leg)

    await party.hears(Heard.MUSIC)


async def test_music_that_is_turned_off_in_a_prompt_stays_off(stage: Stage, tmp_path: Path) -> None:
    party = await stage.call_in()
    prompt = write_prompt(tmp_path, 2.0)
    play = Play(party.leg, PromptId("p1"), (prompt,))
    await stage.telephony.carry_out([Answer(party.leg), MusicOn(party.leg), play])
    await party.hears(Heard.PROMPT)
    await stage.telephony.carry_out([MusicOff(party.leg)])
    await expect(stage, PromptFinished, party.leg)

    await party.hears(Heard.SILENCE)


async def test_music_of_the_one_who_stays_goes_on_when_the_last_other_leaves(stage: Stage) -> None:
    first, second = await stage.call_in("1"), await stage.call_in("2")
    for party in (first, second):
        await stage.telephony.carry_out([Answer(party.leg), MusicOn(party.leg)])
    await first.hang_up()
    await second.hang_up()
    third = await stage.call_in("3")
    await stage.telephony.carry_out([Answer(third.leg), MusicOn(third.leg)])

    await third.hears(Heard.MUSIC)


async def test_a_missing_file_is_a_failed_prompt(stage: Stage, tmp_path: Path) -> None:
    if not hasattr(stage, "asterisk"):
        pytest.skip("the simulated engine reads no files")
    party = await stage.call_in()
    missing = str(tmp_path / "nothing.wav")
    await stage.telephony.carry_out([Answer(party.leg), Play(party.leg, PromptId("p1"), (missing,))])

    assert (await expect(stage, PromptFinished, party.leg)).failed


@pytest.mark.feature("FLOW-07")
async def test_keys_are_told_in_order(stage: Stage, tmp_path: Path) -> None:
    party = await stage.call_in()
    play = Play(party.leg, PromptId("p1"), (write_prompt(tmp_path, 4.0),))
    await stage.telephony.carry_out([Answer(party.leg), play])
    await stage.pass_time(0.3)
    await party.press("1*0#")

    await stage.until(lambda: len(stage.witness.all_of(DigitPressed)) == 4, 3.0)

    assert [one.digit for one in stage.witness.all_of(DigitPressed, party.leg)] == ["1", "*", "0", "#"]


async def test_the_partys_hold_is_told(stage: Stage) -> None:
    party = await stage.call_in()
    await stage.telephony.carry_out([Answer(party.leg)])
    await stage.pass_time(0.3)
    await party.hold()
    await expect(stage, LegHeld, party.leg)
    await party.resume()

    await expect(stage, LegResumed, party.leg)


@pytest.mark.parametrize(
    ("cause", "status"),
    [
        (EndCause.BUSY, 486),
        (EndCause.DECLINED, 603),
        (EndCause.UNREACHABLE, 404),
        (EndCause.REFUSED, 403),
    ],
)
async def test_the_cause_chooses_the_status_for_an_unanswered_caller(
    stage: Stage, cause: EndCause, status: int
) -> None:
    party = await stage.call_in()
    await stage.telephony.carry_out([HangUp(party.leg, cause)])

    assert await party.refused_with() == status
    assert (await expect(stage, LegEnded, party.leg)).cause is EndCause.WE_HUNG_UP


async def test_hanging_up_an_answered_leg(stage: Stage) -> None:
    party = await stage.call_in()
    await stage.telephony.carry_out([Answer(party.leg)])
    await stage.pass_time(0.2)
    await stage.telephony.carry_out([HangUp(party.leg)])

    await party.ended()
    assert (await expect(stage, LegEnded, party.leg)).cause is EndCause.WE_HUNG_UP
    assert await stage.left_over() == []


async def test_a_caller_hangs_up_before_the_answer(stage: Stage) -> None:
    party = await stage.call_in()
    await stage.telephony.carry_out([Ring(party.leg)])
    await party.hang_up()

    assert (await expect(stage, LegEnded, party.leg)).cause is EndCause.HUNG_UP


async def test_a_caller_hangs_up_in_a_prompt_and_the_prompts_end_is_not_told(stage: Stage, tmp_path: Path) -> None:
    party = await stage.call_in()
    play = Play(party.leg, PromptId("p1"), (write_prompt(tmp_path, 5.0),))
    await stage.telephony.carry_out([Answer(party.leg), play])
    await party.hears(Heard.PROMPT)
    await party.hang_up()

    assert (await expect(stage, LegEnded, party.leg)).cause is EndCause.HUNG_UP
    await stage.pass_time(0.3)
    assert not stage.witness.all_of(PromptFinished)


async def test_the_end_of_a_leg_is_told_once(stage: Stage) -> None:
    party = await stage.call_in()
    await stage.telephony.carry_out([Answer(party.leg)])
    await stage.pass_time(0.2)
    await stage.telephony.carry_out([HangUp(party.leg), HangUp(party.leg)])
    await party.ended()
    await stage.telephony.carry_out([HangUp(party.leg)])
    await stage.pass_time(0.3)

    assert len(stage.witness.all_of(LegEnded)) == 1


async def test_commands_for_a_leg_that_is_gone_do_nothing(stage: Stage, tmp_path: Path) -> None:
    party = await stage.call_in()
    await party.hang_up()
    await expect(stage, LegEnded, party.leg)
    files = (write_prompt(tmp_path, 0.5),)
    gone, never = party.leg, LegId("never-there")
    for leg in (gone, never):
        await stage.telephony.carry_out(
            [
                Answer(leg),
                Ring(leg),
                Play(leg, PromptId("p"), files),
                MusicOn(leg),
                Record(leg, RecordingId("r")),
                HangUp(leg),
            ]
        )
    await stage.pass_time(0.3)

    assert not stage.witness.all_of(PromptFinished)
    assert len(stage.witness.all_of(LegEnded)) == 1
    assert await stage.left_over() == []


async def test_a_hang_up_that_crosses_commands(stage: Stage, tmp_path: Path) -> None:
    """The commands are under way when the caller goes: every one meets a leg that may be gone."""
    party = await stage.call_in()
    play = Play(party.leg, PromptId("p1"), (write_prompt(tmp_path, 2.0),))
    await stage.telephony.carry_out([Answer(party.leg)])
    await stage.pass_time(0.2)
    await party.hang_up()
    await stage.telephony.carry_out([play, MusicOn(party.leg), Record(party.leg, RecordingId("r"))])

    await expect(stage, LegEnded, party.leg)
    await stage.pass_time(0.3)
    assert await stage.left_over() == []


async def test_a_recording_holds_what_was_said(stage: Stage) -> None:
    party = await stage.call_in()
    record = Record(party.leg, RecordingId("message-1"), longest_silence=0, beep=False)
    await stage.telephony.carry_out([Answer(party.leg), record])
    await party.speak(1.5)
    await party.press("#")

    finished = await expect(stage, RecordingFinished, party.leg)

    assert finished.recording == "message-1"
    assert 1.2 < finished.seconds < 2.5
    assert finished.file is not None
    assert finished.file.endswith("message-1.wav")


async def test_silence_ends_a_recording(stage: Stage) -> None:
    party = await stage.call_in()
    record = Record(party.leg, RecordingId("quiet"), longest_silence=1, beep=False)
    await stage.telephony.carry_out([Answer(party.leg), record])

    await expect(stage, RecordingFinished, party.leg, within=4.0)


async def test_a_recording_ends_at_its_longest(stage: Stage) -> None:
    party = await stage.call_in()
    record = Record(party.leg, RecordingId("long"), longest=1, longest_silence=0, beep=False)
    await stage.telephony.carry_out([Answer(party.leg), record])
    await party.speak(1.5)

    finished = await expect(stage, RecordingFinished, party.leg, within=2.0)

    assert 0.8 < finished.seconds < 2.2  # Asterisk counts whole seconds


async def test_a_recording_can_be_stopped(stage: Stage) -> None:
    party = await stage.call_in()
    record = Record(party.leg, RecordingId("stopped"), longest_silence=0, beep=False)
    await stage.telephony.carry_out([Answer(party.leg), record])
    await party.speak(0.5)
    await stage.telephony.carry_out([StopRecording(RecordingId("stopped"))])

    await expect(stage, RecordingFinished, party.leg)


async def test_a_recording_is_told_when_the_caller_hangs_up(stage: Stage) -> None:
    party = await stage.call_in()
    record = Record(party.leg, RecordingId("cut"), longest_silence=0, beep=False)
    await stage.telephony.carry_out([Answer(party.leg), record])
    await party.speak(1.0)
    await party.hang_up()
    await expect(stage, LegEnded, party.leg)

    finished = await expect(stage, RecordingFinished, party.leg)

    assert finished.seconds > 0.6
    assert await stage.left_over() == []


async def test_digits_can_be_sent(stage: Stage) -> None:
    party = await stage.call_in()
    await stage.telephony.carry_out([Answer(party.leg)])
    await stage.pass_time(0.2)
    await stage.telephony.carry_out([SendDigits(party.leg, "42#")])

    assert await stage.until(lambda: stage.digits_at(party) == "42#", 4.0), stage.digits_at(party)
