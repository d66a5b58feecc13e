"""Asterisk dies and comes back; the application is away for a while."""

import asyncio

import pytest

from contract.stage import CALLER, provision
from raw_sip import RawSip
from real_asterisk import RealAsterisk
from svarhus.exchange.running.recordings import on_disk
from svarhus.kit.ids import LegId, RecordingId
from svarhus.phones.scenarios import actors
from svarhus.ports.talk_files import talk_files, talk_seconds
from svarhus.ports.telephony import (
    Answer,
    CallOffered,
    Dial,
    EngineLost,
    EngineReady,
    HangUp,
    LegAnswered,
    LegEnded,
    MusicOn,
    PhoneAddress,
    Provision,
    RecordingFinished,
    RecordTalk,
)
from watched_engine import ORGANISATION, watched

pytestmark = pytest.mark.real_time

CARRIER = "127.0.0.2"
CUT_OFF, AFTERWARDS = RecordingId("care-1-recording-1"), RecordingId("care-2-recording-2")


@pytest.mark.feature("Q-22")
async def test_a_call_that_comes_in_without_an_application_is_kept_with_music_and_then_offered(
    own_asterisk: RealAsterisk,
) -> None:
    async with watched(own_asterisk) as before:
        await before.telephony.provision(provision(f"{CARRIER}:5999", (CARRIER,)))
    async with actors("caller", server=own_asterisk.server, host=CARRIER) as (caller,):
        await caller.call("0101", from_number=CALLER)
        await caller.expect_sound()

        async with watched(own_asterisk) as after:
            offered = await after.expect(CallOffered)
            live = (await after.telephony.inventory()).legs
            await after.telephony.carry_out([HangUp(offered.leg)])
            await after.expect(LegEnded, offered.leg)

    assert (offered.caller, offered.dialled) == (CALLER, "0101")
    assert [(one.leg, one.answered, one.offered) for one in live] == [(offered.leg, True, offered)]


async def test_asterisk_is_killed_and_everything_works_again(own_asterisk: RealAsterisk) -> None:
    server = own_asterisk.server
    async with (
        watched(own_asterisk) as engine,
        actors("anna", server=server) as (anna,),
        actors("caller", server=server, host=CARRIER) as (caller,),
    ):
        await engine.telephony.provision(provision(f"{CARRIER}:5999", (CARRIER,)))
        await anna.register("anna", "secret-of-anna")
        lost = caller.dial("0101")
        first = await engine.expect(CallOffered)
        await engine.telephony.carry_out([Answer(first.leg), MusicOn(first.leg)])
        await caller.expect_sound()
        await _keeps(own_asterisk, "/registrar/contact/anna")

        own_asterisk.kill()
        await engine.expect(EngineLost)
        await asyncio.to_thread(own_asterisk.start)
        await engine.until(lambda: len(engine.all_of(EngineReady)) == 2)

        assert (await engine.telephony.inventory()).legs == ()
        # The phone need not register again: its contact has survived, and its endpoint was made again.
        anna.on_incoming("answer")
        await engine.telephony.carry_out([Dial(LegId("a1"), PhoneAddress("anna"), CALLER)])
        await engine.expect(LegAnswered, LegId("a1"))
        caller.dial("0102")
        await engine.until(lambda: len(engine.all_of(CallOffered)) == 2)
        assert lost.state == "up"  # nobody told it


@pytest.mark.feature("DESK-15")
async def test_asterisk_is_killed_and_what_was_recorded_is_kept(own_asterisk: RealAsterisk) -> None:
    folder = own_asterisk.settings.recordings
    async with (
        watched(own_asterisk) as engine,
        actors("caller", server=own_asterisk.server, host=CARRIER) as (caller,),
    ):
        await engine.telephony.provision(provision(f"{CARRIER}:5999", (CARRIER,)))
        caller.dial("0101")
        first = await engine.expect(CallOffered)
        await engine.telephony.carry_out([Answer(first.leg), MusicOn(first.leg), RecordTalk(first.leg, CUT_OFF)])
        (await caller.expect_up()).play_tone(500)
        await engine.until(lambda: talk_seconds(folder, CUT_OFF) > 2)
        own_asterisk.kill()
        assert on_disk(folder, CUT_OFF) == (talk_seconds(folder, CUT_OFF), str(talk_files(folder, CUT_OFF)[0]))
        await engine.expect(EngineLost)
        await asyncio.to_thread(own_asterisk.start)
        await engine.until(lambda: len(engine.all_of(EngineReady)) == 2)
        caller.dial("0102")
        await engine.until(lambda: len(engine.all_of(CallOffered)) == 2)
        second = engine.all_of(CallOffered)[1].leg
        await engine.telephony.carry_out([Answer(second), RecordTalk(second, AFTERWARDS)])
        await engine.until(lambda: talk_seconds(folder, AFTERWARDS) > 1)
        await engine.telephony.carry_out([HangUp(second)])
        assert (await engine.expect(RecordingFinished, second)).seconds > 1


async def test_a_second_application_is_told_of_and_the_first_comes_back(own_asterisk: RealAsterisk) -> None:
    """Two processes on one Asterisk are a mistake of the operator; the newest wins until it goes."""
    async with watched(own_asterisk) as first:
        async with watched(own_asterisk):
            await first.expect(EngineLost)
        await first.until(lambda: len(first.all_of(EngineReady)) == 2, within=60.0)


async def test_an_asterisk_that_restarted_knows_trunks_and_phones_from_its_first_answer_on(
    own_asterisk: RealAsterisk,
) -> None:
    """Also while the application is away: a call that comes then is kept, not refused."""
    async with watched(own_asterisk) as before:
        await before.telephony.provision(provision(f"{CARRIER}:5999", (CARRIER,)))
        await _keeps(own_asterisk, "/svarhus-endpoint/endpoint/trunk-", "/svarhus-identify/identify/trunk-")
    own_asterisk.kill()
    with RawSip(CARRIER, own_asterisk.server) as carrier:
        await asyncio.to_thread(own_asterisk.start)
        message = await carrier.invite()
        answer = await repeated(carrier, message)
        assert answer.startswith(b"SIP/2.0 200 ")
        async with watched(own_asterisk) as after:
            offered = await after.expect(CallOffered)
            await after.telephony.provision(Provision(ORGANISATION, (), ()))
            await after.telephony.carry_out([HangUp(offered.leg)])
            await after.expect(LegEnded, offered.leg)
    assert offered.trunk == "pstn"


async def _keeps(asterisk: RealAsterisk, *beginnings: str) -> None:
    """Wait until something of each kind is on disk, as it is within a second of being made."""
    async with asyncio.timeout(30):
        while not all(any(key.startswith(beginning) for key in asterisk.kept()) for beginning in beginnings):  # noqa: ASYNC110  # Asterisk tells nobody
            await asyncio.sleep(0.05)


async def repeated(phone: RawSip, message: bytes) -> bytes:
    """The first answer, as of somebody who repeats the message while there is none (RFC 3261, 17.1.1.2)."""
    async with asyncio.timeout(10):
        while True:
            try:
                return await phone.answer(within=0.5)
            except TimeoutError:
                await phone.send(message)
