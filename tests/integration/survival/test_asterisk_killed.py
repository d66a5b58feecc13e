"""kill -9 of Asterisk: its calls die, and nothing else does."""

import time
import wave
from collections.abc import Callable

import numpy as np
import pytest

from integration.house.waiting import until
from integration.survival.contact_centre import MESSAGE, RINGING, SLOW
from integration.survival.crowd import Crowd
from integration.survival.installation import Installation
from integration.survival.ledger import Ledger
from svarhus.app.probes import sip_answers
from svarhus.phones.sound import tone_share

pytestmark = pytest.mark.real_time


@pytest.mark.feature("Q-22")
async def test_calls_that_died_with_asterisk_are_closed_and_new_ones_work(
    house: Installation, ledger: Ledger, crowd: Crowd, record_property: Callable[[str, object], None]
) -> None:
    pairs = await crowd.talking(4)
    waiting = await crowd.waiting(3)
    slow = await crowd.agents(SLOW, "ring")
    killed_at = time.monotonic()
    house.kill("asterisk")

    async def runs() -> bool:
        return await sip_answers("127.0.0.1", house.settings.sip, limit=0.2)

    await until(runs)
    took = time.monotonic() - killed_at
    record_property("seconds until SIP answered again", round(took, 2))

    async def all_closed() -> bool:
        return await ledger.calls_in_progress() == 0

    await until(all_closed)
    for caller in [*(pair.caller for pair in pairs), *waiting]:
        (record,) = await ledger.records(caller.name)
        assert [leg.cause for leg in record.legs if leg.role == "caller"] == ["engine_failed"]
        assert record.legs[0].detail == "the telephony engine was restarted"
    await crowd.dismiss([*(pair.caller for pair in pairs), *(pair.agent for pair in pairs), *waiting, *slow])
    again = await crowd.talking(4)
    await crowd.sound(again)
    assert await ledger.busy() == {pair.agent.name for pair in again}
    assert await ledger.whole()


async def test_phones_that_register_again_are_rung(house: Installation, ledger: Ledger, crowd: Crowd) -> None:
    (agent,) = await crowd.agents(SLOW[:1], "ring")
    killed = house.kill("asterisk")

    async def another() -> bool:
        return house.running("asterisk") not in (None, killed) and house.ready()

    await until(another)
    await crowd.register([agent])
    caller = await crowd.caller(RINGING)
    ringing = await agent.expect_ring()
    assert ringing.from_number == caller.name
    await caller.hang_up()
    await agent.expect_ended()


@pytest.mark.feature("Q-22")
async def test_a_message_that_was_being_recorded_is_kept(house: Installation, ledger: Ledger, crowd: Crowd) -> None:
    caller = await crowd.caller(MESSAGE)
    caller.play_tone(700)
    folder = house.settings.recordings

    async def some_is_written() -> bool:
        return any(file.stat().st_size > 60_000 for file in folder.glob("survival-*.wav"))

    await until(some_is_written)
    before = max(file.stat().st_size for file in folder.glob("survival-*.wav"))
    house.kill("asterisk")

    async def is_there() -> bool:
        return len(await ledger.messages()) == 1

    await until(is_there)
    ((seconds, file),) = await ledger.messages()
    assert seconds >= (before - 44) / 16_000
    with wave.open(file) as sound:
        heard = np.frombuffer(sound.readframes(sound.getnframes()), dtype="<i2")
    assert len(heard) / 8000 == pytest.approx(seconds, abs=0.01)
    assert tone_share(heard[-8000:], 700) > 0.9
    (record,) = await ledger.records(caller.name)
    assert record.outcome == "voicemail"
    await crowd.dismiss([caller])
