"""The telephony contract: the inventory, lost connections, and a new owner that takes over."""

from pathlib import Path

import pytest

from contract.stage import ANNA, BEN, CALLER, ORGANISATION, Stage, expect, write_prompt
from contract.test_several_legs import AGENT, TALK, answered, talk, to
from svarhus.adapters.simulated.world import Heard, Reaction
from svarhus.kit.errors import Unavailable
from svarhus.kit.ids import JoinId, LegId, PromptId, RecordingId
from svarhus.ports.telephony import (
    Answer,
    CallOffered,
    Dial,
    EndCause,
    EngineLost,
    EngineReady,
    HangUp,
    Hold,
    Join,
    LegAnswered,
    LegEnded,
    LegRinging,
    Listen,
    MusicOn,
    PhoneAddress,
    Play,
    PromptFinished,
    Record,
    RecordingFinished,
    Resume,
    Separate,
)


async def test_the_engine_is_ready_before_anything_else(stage: Stage) -> None:
    assert stage.witness.told[0] == EngineReady()


async def test_the_inventory_holds_every_leg(stage: Stage, tmp_path: Path) -> None:
    caller, _ = await talk(stage)
    waiting = await stage.call_in("0102", "+46709999999")
    play = Play(waiting.leg, PromptId("p1"), (write_prompt(tmp_path, 6.0),))
    await stage.telephony.carry_out([Answer(waiting.leg), play])

    legs = {one.leg: one for one in (await stage.telephony.inventory([PromptId("p1")])).legs}

    assert legs.keys() == {caller.leg, AGENT, waiting.leg}
    assert legs[caller.leg].join == legs[AGENT].join == TALK
    assert legs[caller.leg].answered
    assert legs[AGENT].offered is None
    assert legs[waiting.leg].prompts == {PromptId("p1")}
    assert legs[waiting.leg].offered == stage.witness.all_of(CallOffered, waiting.leg)[0]


async def test_it_is_known_who_has_calls_without_asking_anew(stage: Stage) -> None:
    assert stage.engine.in_calls == frozenset()
    caller = await stage.call_in("0101", CALLER)
    assert stage.engine.in_calls == {ORGANISATION}
    await caller.hang_up()
    await expect(stage, LegEnded, caller.leg)
    assert stage.engine.in_calls == frozenset()


async def test_the_inventory_is_unavailable_without_the_engine(stage: Stage) -> None:
    await stage.lose_connection()

    with pytest.raises(Unavailable):
        await stage.telephony.inventory()


async def test_a_lost_connection_is_told_and_its_return(stage: Stage) -> None:
    await stage.lose_connection()
    await expect(stage, EngineLost)
    await stage.restore_connection()
    await stage.until(lambda: len(stage.witness.all_of(EngineReady)) == 2, 3.0)

    assert stage.witness.told[-1] == EngineReady()


async def test_a_dial_without_the_engine_fails_at_once(stage: Stage) -> None:
    await stage.lose_connection()
    if hasattr(stage, "asterisk"):
        await stage.telephony.carry_out([to(ANNA)])
        assert (await expect(stage, LegEnded, AGENT)).cause is EndCause.ENGINE_FAILED


@pytest.mark.feature("Q-22")
async def test_a_new_owner_finds_every_leg_and_its_state(stage: Stage, tmp_path: Path) -> None:
    caller, agent = await talk(stage)
    waiting = await stage.call_in("0102")
    play = Play(waiting.leg, PromptId("p1"), (write_prompt(tmp_path, 6.0),))
    await stage.telephony.carry_out([Answer(waiting.leg), MusicOn(waiting.leg), play])
    speaking = await stage.call_in("0103")
    record = Record(speaking.leg, RecordingId("r1"), longest_silence=0, beep=False)
    await stage.telephony.carry_out([Answer(speaking.leg), record])
    await stage.pass_time(0.3)
    before = await stage.telephony.inventory([PromptId("p1")])

    await stage.another_process()

    after = await stage.telephony.inventory([PromptId("p1"), PromptId("never")])
    assert {one.leg: one for one in after.legs} == {one.leg: one for one in before.legs}
    await stage.talking(caller, agent)


@pytest.mark.feature("Q-22")
async def test_a_new_owner_goes_on_with_every_leg(stage: Stage, tmp_path: Path) -> None:
    caller, agent = await talk(stage)
    waiting = await stage.call_in("0102")
    await stage.telephony.carry_out([Answer(waiting.leg), MusicOn(waiting.leg)])

    await stage.another_process()
    play = Play(waiting.leg, PromptId("p2"), (write_prompt(tmp_path, 3.0),))
    await stage.telephony.carry_out([play])
    await waiting.hears(Heard.PROMPT)
    await expect(stage, PromptFinished, waiting.leg)
    await waiting.hears(Heard.MUSIC)
    await stage.telephony.carry_out([Separate(TALK), HangUp(caller.leg)])
    await caller.ended()
    await expect(stage, LegEnded, caller.leg)

    await agent.hang_up()
    assert (await expect(stage, LegEnded, AGENT)).cause is EndCause.HUNG_UP


async def test_a_prompt_that_ends_after_the_change_is_told_to_the_new_owner(stage: Stage, tmp_path: Path) -> None:
    caller = await stage.call_in()
    play = Play(caller.leg, PromptId("p1"), (write_prompt(tmp_path, 4.0),))
    await stage.telephony.carry_out([Answer(caller.leg), play])
    await stage.another_process()
    (leg,) = (await stage.telephony.inventory([PromptId("p1")])).legs
    assert leg.prompts == {"p1"}

    assert (await expect(stage, PromptFinished, caller.leg)).prompt == "p1"


async def test_a_held_leg_comes_back_under_a_new_owner(stage: Stage) -> None:
    caller, agent = await talk(stage)
    await stage.telephony.carry_out([Hold(caller.leg)])
    await caller.hears(Heard.MUSIC)
    await stage.another_process()
    assert {one.join for one in (await stage.telephony.inventory()).legs} == {TALK}
    await stage.telephony.carry_out([Resume(caller.leg)])

    await stage.talking(caller, agent)


async def test_a_phone_answers_while_there_is_no_owner(stage: Stage) -> None:
    if not hasattr(stage, "asterisk"):
        pytest.skip("without an owner nothing happens in the simulated engine")
    stage.when_called(ANNA, Reaction.RING)
    await stage.telephony.carry_out([to(ANNA)])
    party = await stage.rung(AGENT, ANNA)
    await expect(stage, LegRinging, AGENT)
    await stage.lose_connection()
    await party.answer()
    await stage.pass_time(0.3)
    await stage.another_process()

    legs = (await stage.telephony.inventory()).legs

    assert [(one.leg, one.answered) for one in legs] == [(AGENT, True)]


async def test_a_caller_who_hangs_up_while_there_is_no_owner_is_not_in_the_inventory(stage: Stage) -> None:
    caller, _ = await talk(stage)
    await stage.lose_connection()
    await caller.hang_up()
    await stage.pass_time(0.2)
    await stage.another_process()

    assert [one.leg for one in (await stage.telephony.inventory()).legs] == [AGENT]


async def test_a_recording_under_way_ends_under_a_new_owner(stage: Stage) -> None:
    caller = await stage.call_in()
    record = Record(caller.leg, RecordingId("r2"), longest_silence=0, beep=False)
    await stage.telephony.carry_out([Answer(caller.leg), record])
    await stage.pass_time(0.5)
    await stage.another_process()
    await caller.speak(0.5)
    await caller.hang_up()

    assert (await expect(stage, RecordingFinished, caller.leg)).recording == "r2"
    await expect(stage, LegEnded, caller.leg)


async def test_one_organisation_does_not_reach_anothers_legs(stage: Stage) -> None:
    caller, agent = await talk(stage)
    other = stage.of_another_organisation()
    await other.carry_out([HangUp(caller.leg), Separate(TALK), Hold(AGENT)])
    await stage.pass_time(0.3)

    await stage.talking(caller, agent)
    assert (await other.inventory()).legs == ()


async def test_many_calls_leave_nothing(stage: Stage) -> None:
    legs: list[LegId] = []
    for round_ in range(5):
        caller = await stage.call_in()
        leg = LegId(f"agent-{round_}")
        agent = await answered(stage, ANNA, leg)
        await stage.telephony.carry_out([Answer(caller.leg)])
        from_us = round_ % 2
        if from_us:
            await stage.telephony.carry_out([HangUp(caller.leg), HangUp(leg)])
        else:
            await caller.hang_up()
            await agent.hang_up()
        await expect(stage, LegEnded, caller.leg)
        await expect(stage, LegEnded, leg)
        legs += [caller.leg, leg]

    assert await stage.left_over() == []
    assert [len(stage.witness.all_of(LegEnded, leg)) for leg in legs] == [1] * 10


async def test_dial_headers_and_presented_number_survive_odd_letters(stage: Stage) -> None:
    stage.when_called(ANNA, Reaction.RING)
    headers = {"X-Svarhus-Call": 'å, "b"; c=d'}
    await stage.telephony.carry_out([Dial(AGENT, PhoneAddress(ANNA), CALLER, 'Kår "K" <i>, Ö', 20, headers)])
    party = await stage.rung(AGENT, ANNA)

    assert party.header("X-Svarhus-Call") == headers["X-Svarhus-Call"]
    assert party.shown_name == 'Kår "K" <i>, Ö'
    await party.answer()
    await expect(stage, LegAnswered, AGENT)


async def test_a_join_may_have_any_id(stage: Stage) -> None:
    caller = await stage.call_in()
    agent = await answered(stage)
    await stage.telephony.carry_out([Answer(caller.leg), Join(JoinId("call/7 å?#"), (caller.leg, AGENT))])

    await stage.talking(caller, agent)


async def test_a_new_owner_finds_who_listens_and_ends_what_is_left_over(stage: Stage) -> None:
    caller, _ = await talk(stage)
    leader = await answered(stage, BEN, LegId("leader-leg"))
    await stage.telephony.carry_out([Listen(leader.leg, AGENT, whisper=True)])
    await stage.can_hear(leader, caller)
    telephony, _ = await stage.another_process()
    legs = {one.leg: one for one in (await telephony.inventory()).legs}
    assert (legs[leader.leg].listens_to, legs[leader.leg].whispers) == (AGENT, True)
    assert legs.keys() == {caller.leg, AGENT, leader.leg}
    await telephony.carry_out([Listen(leader.leg, AGENT)])
    await stage.can_hear(leader, caller)
    await stage.lose_connection()
    await leader.hang_up()
    await stage.pass_time(0.5)
    await stage.restore_connection()
    await stage.until(lambda: stage.engine.connected, 3.0)
    assert {one.leg for one in (await telephony.inventory()).legs} == {caller.leg, AGENT}
    await telephony.carry_out([HangUp(caller.leg), HangUp(AGENT)])
    await expect(stage, LegEnded, AGENT)
    assert await stage.left_over() == []
