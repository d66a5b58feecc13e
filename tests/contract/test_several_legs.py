"""The telephony contract: legs that we dial, joins, hold, transfer and listening in."""

import asyncio
from pathlib import Path

import pytest

from contract.stage import ANNA, BEN, CALLER, ORGANISATION, TRUNK, Party, Stage, expect, write_prompt
from svarhus.adapters.simulated.world import Heard, Reaction
from svarhus.kit.ids import JoinId, LegId, PromptId, RecordingId
from svarhus.ports.telephony import (
    Answer,
    Dial,
    EndCause,
    Endpoint,
    EndpointChanged,
    HangUp,
    Hold,
    Join,
    Leave,
    LegAnswered,
    LegEnded,
    LegRinging,
    LineAddress,
    Listen,
    MusicOn,
    Mute,
    PhoneAddress,
    Play,
    PromptFinished,
    Record,
    RecordingFinished,
    Reprovision,
    Resume,
    SendDigits,
    Separate,
    StopRecording,
    TransferProgress,
    TransferRequested,
)

AGENT = LegId("agent-leg")
TALK = JoinId("talk-1")


def to(endpoint: str, leg: LegId = AGENT, presented: str | None = CALLER, limit: int = 20) -> Dial:
    return Dial(leg, PhoneAddress(endpoint), presented, "Kari", limit, {"X-Svarhus-Call": "call-7"})


async def answered(stage: Stage, endpoint: str = ANNA, leg: LegId = AGENT) -> Party:
    """A person's phone that we dialled and that was answered."""
    stage.when_called(endpoint, Reaction.RING)
    await stage.telephony.carry_out([to(endpoint, leg)])
    party = await stage.rung(leg, endpoint)
    await party.answer()
    await expect(stage, LegAnswered, leg)
    return party


async def talk(stage: Stage) -> tuple[Party, Party]:
    """A caller and Anna, joined."""
    caller = await stage.call_in()
    await stage.telephony.carry_out([Answer(caller.leg), MusicOn(caller.leg)])
    agent = await answered(stage)
    await stage.telephony.carry_out([Join(TALK, (caller.leg, AGENT))])
    await stage.talking(caller, agent)
    return caller, agent


# ---------------------------------------------------------------- dialling


async def test_a_phone_rings_and_shows_who_calls(stage: Stage) -> None:
    await stage.telephony.carry_out([to(ANNA)])

    party = await stage.rung(AGENT, ANNA)
    await expect(stage, LegRinging, AGENT)

    assert (party.shown_number, party.shown_name) == (CALLER, "Kari")
    assert party.header("X-Svarhus-Call") == "call-7"


async def test_a_withheld_number_is_not_shown(stage: Stage) -> None:
    await stage.telephony.carry_out([Dial(AGENT, PhoneAddress(ANNA), None)])

    assert (await stage.rung(AGENT, ANNA)).shown_number is None


async def test_an_outside_number_is_dialled_over_the_trunk(stage: Stage) -> None:
    stage.when_called(None, Reaction.RING)
    await stage.telephony.carry_out([Dial(AGENT, LineAddress(TRUNK, "+4681234567"), "+468555")])
    party = await stage.rung(AGENT, None)
    assert party.shown_number == "+468555"
    await party.answer()

    await expect(stage, LegAnswered, AGENT)


async def test_an_answer_is_told(stage: Stage) -> None:
    await answered(stage)

    assert len(stage.witness.all_of(LegAnswered)) == 1


@pytest.mark.parametrize(
    ("reaction", "cause"),
    [
        (Reaction.BUSY, EndCause.BUSY),
        (Reaction.DECLINE, EndCause.DECLINED),
        (Reaction.UNREACHABLE, EndCause.UNREACHABLE),
    ],
)
async def test_a_refusal_has_its_cause(stage: Stage, reaction: Reaction, cause: EndCause) -> None:
    stage.when_called(ANNA, reaction)
    await stage.telephony.carry_out([to(ANNA)])

    assert (await expect(stage, LegEnded, AGENT)).cause is cause
    assert await stage.left_over() == []


@pytest.mark.parametrize("reaction", [Reaction.RING, Reaction.IGNORE])
async def test_the_time_limit_ends_the_ringing(stage: Stage, reaction: Reaction) -> None:
    stage.when_called(ANNA, reaction)
    await stage.telephony.carry_out([to(ANNA, limit=1)])

    assert (await expect(stage, LegEnded, AGENT, within=3.0)).cause is EndCause.NO_ANSWER


async def test_a_phone_that_is_not_registered_is_unreachable(stage: Stage) -> None:
    await stage.unregister(ANNA)
    await stage.telephony.carry_out([to(ANNA)])

    assert (await expect(stage, LegEnded, AGENT)).cause is EndCause.UNREACHABLE


async def test_a_ringing_phone_is_hung_up(stage: Stage) -> None:
    stage.when_called(ANNA, Reaction.RING)
    await stage.telephony.carry_out([to(ANNA)])
    party = await stage.rung(AGENT, ANNA)
    await stage.telephony.carry_out([HangUp(AGENT)])

    await party.ended()
    assert (await expect(stage, LegEnded, AGENT)).cause is EndCause.WE_HUNG_UP


@pytest.mark.feature("Q-06")
async def test_phones_that_another_one_was_quicker_than_are_told_so(stage: Stage) -> None:
    other = LegId("other-leg")
    stage.when_called(ANNA, Reaction.RING)
    await stage.telephony.carry_out([to(ANNA)])
    rings, picked_up = await stage.rung(AGENT, ANNA), await answered(stage, BEN, other)
    await stage.telephony.carry_out([HangUp(AGENT, elsewhere=True), HangUp(other, elsewhere=True)])

    for leg, party in ((AGENT, rings), (other, picked_up)):
        await party.ended()
        assert party.told_elsewhere
        assert (await expect(stage, LegEnded, leg)).cause is EndCause.WE_HUNG_UP


async def test_a_phone_that_is_only_hung_up_is_not_told_of_another(stage: Stage) -> None:
    stage.when_called(ANNA, Reaction.RING)
    await stage.telephony.carry_out([to(ANNA)])
    party = await stage.rung(AGENT, ANNA)
    await stage.telephony.carry_out([HangUp(AGENT)])
    await party.ended()

    assert not party.told_elsewhere


async def test_a_hang_up_right_after_the_dial_leaves_nothing(stage: Stage) -> None:
    stage.when_called(ANNA, Reaction.RING)
    await stage.telephony.carry_out([to(ANNA), HangUp(AGENT)])

    await expect(stage, LegEnded, AGENT)
    await stage.pass_time(0.3)
    assert len(stage.witness.all_of(LegEnded)) == 1
    assert await stage.left_over() == []


async def test_dialling_twice_with_one_id_makes_one_leg(stage: Stage) -> None:
    stage.when_called(ANNA, Reaction.RING)
    await stage.telephony.carry_out([to(ANNA), to(ANNA)])
    await expect(stage, LegRinging, AGENT)
    await stage.telephony.carry_out([HangUp(AGENT)])
    await expect(stage, LegEnded, AGENT)

    assert len(stage.witness.all_of(LegRinging)) == 1


async def test_numbers_that_are_none_are_not_dialled(stage: Stage) -> None:
    if not hasattr(stage, "asterisk"):
        pytest.skip("the simulated engine has no dial strings")
    for leg, address in ((LegId("a"), "+46/x@evil"), (LegId("b"), "sip:1@10.0.0.1")):
        await stage.telephony.carry_out([Dial(leg, LineAddress(TRUNK, address), CALLER)])

        assert (await expect(stage, LegEnded, leg)).cause is EndCause.UNREACHABLE


async def test_registration_is_told(stage: Stage) -> None:
    assert (await stage.telephony.inventory()).reachable == {ANNA, BEN}
    await stage.unregister(BEN)

    assert (await stage.telephony.inventory()).reachable == {ANNA}
    assert stage.witness.all_of(EndpointChanged)[-1] == EndpointChanged(BEN, False)


async def test_a_phone_that_is_taken_away_is_gone_until_it_is_given_back(stage: Stage) -> None:
    ben = Endpoint(BEN, f"secret-of-{BEN}", "Ben", "102")
    await stage.telephony.reprovision(Reprovision(ORGANISATION, gone=frozenset({BEN})))
    assert (await stage.telephony.inventory()).reachable == {ANNA}

    await stage.pass_time(0.3)
    await stage.telephony.reprovision(Reprovision(ORGANISATION, (ben,)))
    await stage.register(BEN)
    assert await comes_to_be_reachable(stage, {ANNA, BEN})


async def comes_to_be_reachable(stage: Stage, phones: set[str]) -> bool:
    """What is told of a phone may be older than its registration."""
    for _ in range(100):
        if (await stage.telephony.inventory()).reachable == phones:
            return True
        await stage.pass_time(0.1)
    return False


# ---------------------------------------------------------------- joins


async def test_joined_legs_hear_each_other_and_nothing_else(stage: Stage) -> None:
    await talk(stage)


async def test_joining_again_changes_nothing(stage: Stage) -> None:
    caller, agent = await talk(stage)
    await stage.telephony.carry_out([Join(TALK, (caller.leg, AGENT))])

    await stage.talking(caller, agent)


async def test_joining_stops_a_prompt(stage: Stage, tmp_path: Path) -> None:
    caller = await stage.call_in()
    agent = await answered(stage)
    play = Play(caller.leg, PromptId("p1"), (write_prompt(tmp_path, 8.0),))
    await stage.telephony.carry_out([Answer(caller.leg), MusicOn(caller.leg), play])
    await caller.hears(Heard.PROMPT)
    await stage.telephony.carry_out([Join(TALK, (caller.leg, AGENT))])

    await stage.talking(caller, agent)
    assert not stage.witness.all_of(PromptFinished)


async def test_parted_legs_live_on_in_silence(stage: Stage) -> None:
    caller, agent = await talk(stage)
    await stage.telephony.carry_out([Separate(TALK)])

    for party in (caller, agent):
        await party.hears(Heard.SILENCE)
    await stage.telephony.carry_out([HangUp(caller.leg), HangUp(AGENT)])
    await agent.ended()
    await expect(stage, LegEnded, AGENT)
    await expect(stage, LegEnded, caller.leg)
    assert await stage.left_over() == []


async def test_a_third_leg_joins_and_all_hear_each_other(stage: Stage) -> None:
    caller, agent = await talk(stage)
    colleague = await answered(stage, BEN, LegId("ben-leg"))
    await stage.telephony.carry_out([Join(TALK, (colleague.leg,))])

    await stage.talking(caller, agent, colleague)


async def test_a_leg_that_joins_elsewhere_leaves_its_join(stage: Stage) -> None:
    caller, agent = await talk(stage)
    colleague = await answered(stage, BEN, LegId("ben-leg"))
    await stage.telephony.carry_out([Join(JoinId("talk-2"), (caller.leg, colleague.leg))])

    await stage.talking(caller, colleague)
    await agent.hears(Heard.SILENCE) if hasattr(stage, "asterisk") else None


async def test_one_of_three_leaves_and_the_others_hear_each_other_on(stage: Stage) -> None:
    caller, agent = await talk(stage)
    colleague = await answered(stage, BEN, LegId("ben-leg"))
    await stage.telephony.carry_out([Join(TALK, (colleague.leg,))])
    await stage.talking(caller, agent, colleague)
    await stage.telephony.carry_out([Leave(AGENT)])

    await stage.talking(caller, colleague)
    await agent.hears(Heard.SILENCE)
    await stage.telephony.carry_out([Join(TALK, (AGENT,))])
    await stage.talking(caller, agent, colleague)


async def test_when_one_hangs_up_the_other_is_left(stage: Stage) -> None:
    caller, agent = await talk(stage)
    await caller.hang_up()
    assert (await expect(stage, LegEnded, caller.leg)).cause is EndCause.HUNG_UP
    await stage.telephony.carry_out([HangUp(AGENT)])

    await agent.ended()
    await expect(stage, LegEnded, AGENT)
    assert await stage.left_over() == []


async def test_joining_with_a_leg_that_is_gone_joins_the_others(stage: Stage) -> None:
    caller = await stage.call_in()
    agent = await answered(stage)
    colleague = await answered(stage, BEN, LegId("ben-leg"))
    await stage.telephony.carry_out([Answer(caller.leg)])
    await caller.hang_up()
    await stage.telephony.carry_out([Join(TALK, (caller.leg, agent.leg, colleague.leg))])

    await stage.talking(agent, colleague)


async def test_a_hold_does_not_wait_for_the_digits_before_it(stage: Stage) -> None:
    caller, _ = await talk(stage)
    await stage.telephony.carry_out([SendDigits(caller.leg, "0123456789")])

    async with asyncio.timeout(3):
        await stage.telephony.carry_out([Hold(caller.leg)])

    await caller.hears(Heard.MUSIC)


async def test_a_held_leg_hears_music_and_is_not_heard(stage: Stage) -> None:
    caller, agent = await talk(stage)
    await stage.telephony.carry_out([Hold(caller.leg)])
    await caller.hears(Heard.MUSIC)
    await stage.cannot_hear(agent, caller)
    await stage.telephony.carry_out([Resume(caller.leg)])

    await stage.talking(caller, agent)


async def test_a_held_leg_whose_partner_goes_is_left_to_us(stage: Stage) -> None:
    caller, agent = await talk(stage)
    await stage.telephony.carry_out([Hold(caller.leg)])
    await agent.hang_up()
    await expect(stage, LegEnded, AGENT)
    colleague = await answered(stage, BEN, LegId("ben-leg"))
    await stage.telephony.carry_out([Resume(caller.leg), Join(TALK, (colleague.leg,))])

    await stage.talking(caller, colleague)


async def test_a_muted_leg_is_not_heard(stage: Stage) -> None:
    caller, agent = await talk(stage)
    await stage.telephony.carry_out([Mute(AGENT)])
    await stage.cannot_hear(caller, agent)
    await stage.telephony.carry_out([Mute(AGENT, on=False)])

    await stage.talking(caller, agent)


async def test_a_leg_can_be_recorded_in_a_join(stage: Stage) -> None:
    caller, agent = await talk(stage)
    recording = RecordingId("talk-recording")
    await stage.telephony.carry_out([Record(caller.leg, recording, longest_silence=0, beep=False)])
    await caller.speak(1.0)
    await stage.telephony.carry_out([StopRecording(recording)])
    finished = await expect(stage, RecordingFinished, caller.leg)

    assert finished.seconds > 0.6
    await stage.talking(caller, agent)


async def test_listening_in_hears_all_and_is_unheard(stage: Stage) -> None:
    caller, agent = await talk(stage)
    leader = await answered(stage, BEN, LegId("leader-leg"))
    await stage.telephony.carry_out([Listen(leader.leg, AGENT)])
    await stage.can_hear(leader, caller)
    await stage.can_hear(leader, agent)

    await stage.cannot_hear(caller, leader)
    await stage.cannot_hear(agent, leader)


async def test_whispering_is_heard_by_one_only(stage: Stage) -> None:
    caller, agent = await talk(stage)
    leader = await answered(stage, BEN, LegId("leader-leg"))
    await stage.telephony.carry_out([Listen(leader.leg, AGENT, whisper=True)])
    await stage.can_hear(agent, leader)

    await stage.cannot_hear(caller, leader)


async def test_listening_ends_with_the_one_who_listens(stage: Stage) -> None:
    caller, agent = await talk(stage)
    leader = await answered(stage, BEN, LegId("leader-leg"))
    await stage.telephony.carry_out([Listen(leader.leg, AGENT)])
    await stage.can_hear(leader, caller)
    await stage.telephony.carry_out([HangUp(leader.leg)])
    await expect(stage, LegEnded, leader.leg)
    await stage.talking(caller, agent)
    await stage.telephony.carry_out([HangUp(caller.leg), HangUp(AGENT)])
    await expect(stage, LegEnded, AGENT)
    await expect(stage, LegEnded, caller.leg)

    await stage.until(lambda: False, 0.3)
    assert await stage.left_over() == []


async def test_who_listens_goes_over_to_whispering_and_back_and_into_the_conversation(stage: Stage) -> None:
    caller, agent = await talk(stage)
    leader = await answered(stage, BEN, LegId("leader-leg"))
    for whisper in (False, True, False, True):
        await stage.telephony.carry_out([Listen(leader.leg, AGENT, whisper)])
        await stage.can_hear(leader, caller)
        await (stage.can_hear if whisper else stage.cannot_hear)(agent, leader)
        await stage.cannot_hear(caller, leader)
    await stage.telephony.carry_out([Join(TALK, (leader.leg,))])
    await stage.talking(caller, agent, leader)
    await stage.telephony.carry_out([Listen(leader.leg, AGENT)])
    await stage.can_hear(leader, caller)
    await stage.cannot_hear(caller, leader)
    await stage.talking(caller, agent)


async def test_who_listens_goes_over_to_another_when_the_first_is_gone(stage: Stage) -> None:
    caller, agent = await talk(stage)
    leader = await answered(stage, BEN, LegId("leader-leg"))
    await stage.telephony.carry_out([Listen(leader.leg, AGENT, whisper=True)])
    await stage.can_hear(agent, leader)
    await agent.hang_up()
    await expect(stage, LegEnded, AGENT)
    await leader.hears(Heard.SILENCE)
    await stage.telephony.carry_out([Listen(leader.leg, caller.leg)])
    await stage.can_hear(leader, caller)
    await stage.cannot_hear(caller, leader)


async def test_who_listens_no_more_hears_silence_and_is_unheard(stage: Stage) -> None:
    caller, agent = await talk(stage)
    leader = await answered(stage, BEN, LegId("leader-leg"))
    await stage.telephony.carry_out([Listen(leader.leg, AGENT, whisper=True)])
    await stage.can_hear(agent, leader)
    await stage.telephony.carry_out([Leave(leader.leg)])
    await leader.hears(Heard.SILENCE)
    await stage.talking(caller, agent)


async def test_a_transfer_is_asked_for_and_answered(stage: Stage) -> None:
    _, agent = await talk(stage)
    asked = stage.spawn(agent.transfer("102"))
    request = await expect(stage, TransferRequested, AGENT)
    assert (request.target, request.other) == ("102", None)
    await stage.telephony.carry_out([TransferProgress(AGENT, succeeded=True)])
    await asked

    assert stage.transfer_told(agent) is True
