"""The telephony contract: what a switchboard needs: hold by any key, ringing in a call, transfers, lost pages."""

import pytest

from contract.stage import ANNA, BEN, PAGE, Party, Stage, expect
from contract.test_several_legs import AGENT, TALK, answered, talk, to
from svarhus.adapters.simulated.world import Heard, Reaction
from svarhus.kit.ids import JoinId, LegId
from svarhus.ports.telephony import (
    Answer,
    EndCause,
    HangUp,
    Join,
    LegEnded,
    LegHeld,
    LegResumed,
    MusicOn,
    Ring,
    Separate,
    TransferProgress,
    TransferRequested,
)

AGAIN = JoinId("talk-2")
COLLEAGUE = LegId("ben-leg")


async def test_a_parted_leg_hears_music_and_joins_again(stage: Stage) -> None:
    caller, agent = await talk(stage)
    await stage.telephony.carry_out([Separate(TALK), MusicOn(caller.leg)])
    await caller.hears(Heard.MUSIC)
    await agent.hears(Heard.SILENCE)
    await stage.telephony.carry_out([Join(AGAIN, (AGENT, caller.leg))])

    await stage.talking(caller, agent)


async def test_a_phone_that_holds_is_told_of_and_music_is_ours(stage: Stage) -> None:
    caller, agent = await talk(stage)
    await agent.hold()
    await expect(stage, LegHeld, AGENT)
    await stage.telephony.carry_out([Separate(TALK), MusicOn(caller.leg)])
    await caller.hears(Heard.MUSIC)
    await agent.resume()
    await expect(stage, LegResumed, AGENT)
    await stage.telephony.carry_out([Join(AGAIN, (AGENT, caller.leg))])

    await stage.talking(caller, agent)


async def test_an_answered_leg_hears_ringing_until_it_is_joined(stage: Stage) -> None:
    caller, agent = await talk(stage)
    await stage.telephony.carry_out([Separate(TALK), MusicOn(caller.leg), Ring(AGENT)])
    await agent.hears(Heard.RINGING)
    colleague = await answered(stage, BEN, COLLEAGUE)
    await stage.telephony.carry_out([Join(AGAIN, (AGENT, COLLEAGUE))])

    await stage.talking(agent, colleague)


async def test_a_caller_goes_from_one_to_the_other_and_back(stage: Stage) -> None:
    caller, agent = await talk(stage)
    await stage.telephony.carry_out([Separate(TALK), MusicOn(caller.leg)])
    colleague = await answered(stage, BEN, COLLEAGUE)
    await stage.telephony.carry_out([Join(AGAIN, (AGENT, COLLEAGUE))])
    await stage.talking(agent, colleague)
    await stage.telephony.carry_out([Separate(AGAIN), MusicOn(COLLEAGUE), Join(JoinId("talk-3"), (AGENT, caller.leg))])
    await stage.talking(agent, caller)
    await colleague.hears(Heard.MUSIC)
    await stage.telephony.carry_out([Join(JoinId("talk-4"), (caller.leg, COLLEAGUE)), HangUp(AGENT)])
    await expect(stage, LegEnded, AGENT)

    await stage.talking(caller, colleague)


async def test_a_leg_takes_the_place_of_another_without_a_gap_in_the_join(stage: Stage) -> None:
    caller, _ = await talk(stage)
    newer = await answered(stage, BEN, COLLEAGUE)
    await stage.telephony.carry_out([Join(AGAIN, (COLLEAGUE, caller.leg)), HangUp(AGENT)])
    await expect(stage, LegEnded, AGENT)

    await stage.talking(caller, newer)


async def _second_call_of(stage: Stage, agent: Party) -> tuple[Party, Party]:
    """The agent's phone calls Ben, and they talk."""
    second = await stage.call_in("102", endpoint=ANNA)
    await stage.telephony.carry_out([Answer(second.leg)])
    colleague = await answered(stage, BEN, COLLEAGUE)
    await stage.telephony.carry_out([Join(AGAIN, (second.leg, COLLEAGUE))])
    return second, colleague


async def test_an_attended_transfer_names_the_other_call(stage: Stage) -> None:
    caller, agent = await talk(stage)
    await agent.hold()
    await expect(stage, LegHeld, AGENT)
    second, colleague = await _second_call_of(stage, agent)
    asked = stage.spawn(agent.transfer_to(second))
    request = await expect(stage, TransferRequested)
    assert {request.leg, request.other} == {AGENT, second.leg}
    await stage.telephony.carry_out(
        [
            Join(JoinId("talk-3"), (caller.leg, COLLEAGUE)),
            TransferProgress(request.leg, succeeded=True),
            HangUp(AGENT),
            HangUp(second.leg),
        ]
    )
    await expect(stage, LegEnded, AGENT)
    await expect(stage, LegEnded, second.leg)
    await asked

    await stage.talking(caller, colleague)


async def test_a_blind_transfer_ends_well_for_the_one_who_asked(stage: Stage) -> None:
    caller, agent = await talk(stage)
    asked = stage.spawn(agent.transfer("102"))
    await expect(stage, TransferRequested, AGENT)
    await stage.telephony.carry_out(
        [Separate(TALK), MusicOn(caller.leg), HangUp(AGENT), TransferProgress(AGENT, succeeded=True)]
    )
    await expect(stage, LegEnded, AGENT)
    await asked

    await caller.hears(Heard.MUSIC)


@pytest.mark.limit(20)
async def test_a_page_whose_network_swallows_the_call_is_unreachable_soon(stage: Stage) -> None:
    await stage.register(PAGE)
    stage.when_called(PAGE, Reaction.IGNORE)
    await stage.telephony.carry_out([to(PAGE, AGENT, limit=60)])
    ended = await expect(stage, LegEnded, AGENT, within=9.0)

    assert ended.cause is EndCause.UNREACHABLE
