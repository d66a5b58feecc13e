"""Two phones that call each other directly, over UDP."""

from collections.abc import AsyncIterator

import pytest

from svarhus.phones import sound
from svarhus.phones.scenarios import Actor, Failed, actors, assert_not_hearing, assert_talking

pytestmark = pytest.mark.real_time


@pytest.fixture
async def phones() -> AsyncIterator[tuple[Actor, Actor]]:
    async with actors("caller", "agent", server="127.0.0.1:9") as (caller, agent):
        caller.server = f"127.0.0.1:{agent.port}"
        yield caller, agent


async def talking(caller: Actor, agent: Actor) -> None:
    call = caller.dial("1001", from_number="+46701234567", display='Kari "K"')
    await agent.expect_ring(from_number="+46701234567", display='Kari "K"')
    agent.answer()
    await call.wait_answered()


async def test_they_talk_and_hang_up(phones: tuple[Actor, Actor]) -> None:
    caller, agent = phones
    await talking(caller, agent)
    await assert_talking(caller, agent)
    await caller.hang_up()

    await agent.expect_ended(by="them")
    assert caller.current.ended_by == "us"


async def test_digits_arrive(phones: tuple[Actor, Actor]) -> None:
    caller, agent = phones
    await talking(caller, agent)
    await caller.press("19#")
    await agent.wait_until(lambda: len(agent.heard.digits) == 3, 1.0)

    assert "".join(digit for _, digit in agent.heard.digits) == "19#"
    await caller.press("5", method="info")
    assert "Signal=5" in str((await agent.expect_log("info")).detail["body"])


async def test_a_recording_is_recognised(phones: tuple[Actor, Actor]) -> None:
    caller, agent = phones
    await talking(caller, agent)
    melody = sum((sound.tone(freq, 1.0, -25.0) for freq in (311, 523, 941)), start=sound.tone(127, 1.0))
    await caller.play(melody)

    assert await agent.expect_clip(melody) > 0.9
    with pytest.raises(Failed, match="best likeness"):
        await agent.expect_clip(sound.tone(700), within=0.5)


async def test_one_holds_the_other(phones: tuple[Actor, Actor]) -> None:
    caller, agent = phones
    await talking(caller, agent)
    await caller.hold()
    assert (agent.current.held_by_them, agent.current.reinvites) == (True, 1)
    await assert_not_hearing(caller, agent, during=0.5)

    await caller.unhold()
    await assert_talking(caller, agent)


async def test_a_call_is_declined(phones: tuple[Actor, Actor]) -> None:
    caller, agent = phones
    agent.on_incoming("decline", status=603)

    call = await caller.expect_refused("1001", status=603)
    assert call.ended_by == "them"


async def test_a_call_is_given_up(phones: tuple[Actor, Actor]) -> None:
    caller, agent = phones
    call = caller.dial("1001")
    await agent.expect_ring()
    await caller.hang_up()

    assert (call.status, call.ended_by) == (487, "us")
    assert (await agent.expect_ended(by="them")).cause == "cancelled"


async def test_an_expectation_that_fails_tells_what_happened(phones: tuple[Actor, Actor]) -> None:
    caller, agent = phones
    await talking(caller, agent)

    with pytest.raises(Failed, match=r"(?s)expected a tone of 700 Hz within 0\.1 s; got silence.*answered"):
        await agent.expect_tone(700, within=0.1)
