"""Hold: the caller hears music, and then the agent again; by the console and by the phone's own key."""

from e2e.acting import acted
from e2e.stand import Stand
from svarhus.domains.calls.model import Outcome
from svarhus.exchange.core.conversations import is_held
from svarhus.exchange.core.requests import HoldCall, ResumeCall
from svarhus.phones.scenarios import assert_not_hearing, assert_talking


@acted()
async def test_the_console_holds_a_call_on_a_desk_phone(stand: Stand) -> None:
    caller, agent = await stand.talking()
    await assert_talking(caller, agent)
    (call,) = stand.calls()
    await stand.ask(HoldCall(call.id, stand.person()))
    await caller.expect_music_or_speech(window=2.0)
    await assert_not_hearing(caller, agent, during=1.0)
    await stand.ask(ResumeCall(call.id, stand.person()))
    await assert_talking(caller, agent)
    await agent.hang_up()
    await caller.expect_ended(by="them")
    (record,) = await stand.came_to(Outcome.ANSWERED)
    assert 2 < record.hold < record.talk


@acted()
async def test_the_phones_own_key_holds(stand: Stand) -> None:
    caller, agent = await stand.talking()
    await assert_talking(caller, agent)
    await agent.hold()
    await caller.expect_music_or_speech(window=2.0)
    state, party = stand.house.exchange.core.state, stand.place.caller(0)
    assert any(is_held(state, leg.id) for leg in state.legs.values() if leg.party == party)
    await agent.unhold()
    await assert_talking(caller, agent)
    await caller.hang_up()
    await agent.expect_ended(by="them")


@acted()
async def test_a_caller_who_hangs_up_on_hold(stand: Stand) -> None:
    caller, agent = await stand.talking()
    await assert_talking(caller, agent)
    await agent.hold()
    await caller.expect_music_or_speech(window=2.0)
    await caller.hang_up()
    await agent.expect_ended(by="them")
