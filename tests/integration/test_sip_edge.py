"""The SIP edge of a real Asterisk: strangers, guessers and nonsense."""

import asyncio
import random
import socket
import time
from collections.abc import AsyncIterator

import pytest

from contract.stage import provision
from real_asterisk import RealAsterisk
from recordings.rfc4475 import TORTURE, for_sending
from svarhus.phones.errors import Refused
from svarhus.phones.scenarios import Actor, actors
from svarhus.ports.telephony import CallOffered, HangUp
from watched_engine import WatchedEngine, watched

pytestmark = pytest.mark.real_time

WRONG = "not-the-password"
CARRIER, STRANGER, GUESSER, OFFICE = "127.0.0.2", "127.0.0.66", "127.0.0.67", "127.0.0.68"


@pytest.fixture
async def edge(own_asterisk: RealAsterisk) -> AsyncIterator[WatchedEngine]:
    async with watched(own_asterisk, guarded=True) as engine:
        await engine.telephony.provision(provision(f"{CARRIER}:5999", (CARRIER,)))
        yield engine


async def works(edge: WatchedEngine) -> None:
    """A phone registers and calls, the carrier calls: everything is as it should be."""
    before = len(edge.all_of(CallOffered))
    server = edge.asterisk.server
    async with actors("anna", server=server) as (anna,), actors("carrier", server=server, host=CARRIER) as (carrier,):
        await anna.register("anna", "secret-of-anna")
        anna.dial("102")
        carrier.dial("0101")
        await edge.until(lambda: len(edge.all_of(CallOffered)) == before + 2)
        await anna.unregister()


async def guess(phone: Actor, account: str, password: str = WRONG) -> int:
    """Status of one attempt; 0 when refused before it came to a challenge."""
    try:
        return await phone.register(account, password, keep=False)
    except Refused as refused:
        return refused.status


async def test_a_call_from_an_unknown_address_is_refused_and_reported(edge: WatchedEngine) -> None:
    async with actors("stranger", server=edge.asterisk.server, host=STRANGER) as (stranger,):
        call = await stranger.expect_refused("0101", from_number="+46700000000", status=401)

    await edge.until(lambda: "UnknownCaller" in edge.kinds(STRANGER))
    assert call.answered is None
    assert not edge.all_of(CallOffered)


async def test_nobody_comes_in_under_a_trunks_name(edge: WatchedEngine) -> None:
    """A trunk that is known by its address asks no password, so its name must open nothing."""
    async with actors("stranger", server=edge.asterisk.server, host=STRANGER) as (stranger,):
        await stranger.expect_refused("0101", from_number="trunk-care-pstn", status=401)

    assert not edge.all_of(CallOffered)


async def test_nobody_calls_under_a_persons_name_without_the_password(edge: WatchedEngine) -> None:
    async with actors("stranger", server=edge.asterisk.server, host=STRANGER) as (stranger,):
        await stranger.expect_refused("0101", from_number="anna", status=401)

    assert not edge.all_of(CallOffered)


async def test_guessing_is_slowed_and_then_banned_and_others_are_not(edge: WatchedEngine) -> None:
    async with actors("guesser", server=edge.asterisk.server, host=GUESSER) as (guesser,):
        for _ in range(3):
            assert await guess(guesser, "anna") == 401
        await edge.until(lambda: "Blocked" in edge.kinds(GUESSER))
        # It is decided; the engine knows it a moment later.
        assert 403 in [await guess(guesser, "anna") for _ in range(2)]
        assert await guess(guesser, "anna", "secret-of-anna") == 403

        await works(edge)

        async def served_again() -> bool:
            return await guesser.options(within=1.0) != 403

        deadline = time.monotonic() + 6.0
        while not await served_again():
            assert time.monotonic() < deadline, "the short block was not lifted"
        while "Banned" not in edge.kinds(GUESSER):
            edge.engine.bans.lift(time.monotonic() + 3000.0)
            await guess(guesser, "anna")
            await asyncio.sleep(0.3)
            assert time.monotonic() < deadline + 20.0
        assert await guess(guesser, "anna") == 403
    await works(edge)


async def test_a_wrong_password_in_an_office_does_not_lock_out_the_office(edge: WatchedEngine) -> None:
    server = edge.asterisk.server
    async with actors("ben", "broken", server=server, host=OFFICE) as (ben, broken):
        await ben.register("ben", "secret-of-ben")
        for _ in range(4):
            await guess(broken, "anna")
        await edge.until(lambda: "Blocked" in edge.kinds(OFFICE))

        await refused_with_the_right_password(edge, broken)
        assert await guess(ben, "ben", "secret-of-ben") == 200
        ben.dial("102")
        await edge.until(lambda: bool(edge.all_of(CallOffered)))
        edge.engine.bans.lift(time.monotonic() + 3000.0)
        async with asyncio.timeout(5.0):
            while await guess(broken, "anna", "secret-of-anna") != 200:
                await broken.expect_no_ring(during=0.1)
        await broken.unregister()
        await ben.unregister()


async def refused_with_the_right_password(edge: WatchedEngine, phone: Actor) -> None:
    """The block takes effect within a moment of its being told."""
    async with asyncio.timeout(3.0):
        while await guess(phone, "anna", "secret-of-anna") == 200:
            await phone.expect_no_ring(during=0.1)


async def test_a_new_process_lets_go_of_blocks_that_nobody_would_lift(own_asterisk: RealAsterisk) -> None:
    wanted = provision(f"{CARRIER}:5999", (CARRIER,))
    async with actors("anna", server=own_asterisk.server, host=OFFICE) as (anna,):
        async with watched(own_asterisk, guarded=True) as first:
            await first.telephony.provision(wanted)
            first.engine.bans.put(OFFICE, "anna", time.monotonic() + 3600.0)
            await refused_with_the_right_password(first, anna)
        async with watched(own_asterisk, guarded=True) as second:
            await second.telephony.provision(wanted)
            async with asyncio.timeout(20.0):
                # As a phone tries: one that asks often is blocked for that.
                while await guess(anna, "anna", "secret-of-anna") != 200:
                    await anna.expect_no_ring(during=1.0)
            await anna.unregister()


async def test_torture_messages_leave_everything_working(edge: WatchedEngine) -> None:
    """RFC 4475, over UDP and TCP."""
    host, port = edge.asterisk.server.split(":")
    assert len(TORTURE) >= 48
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.bind((CARRIER, 0))
        udp.setblocking(False)
        me = f"{CARRIER}:{udp.getsockname()[1]}"
        for _name, message in TORTURE:
            udp.sendto(for_sending(message, edge.asterisk.server, me), (host, int(port)))
            await asyncio.sleep(0.01)
    for _name, message in TORTURE:
        _, writer = await asyncio.open_connection(host, int(port))
        writer.write(for_sending(message, edge.asterisk.server, "127.0.0.66:5060").replace(b"/UDP", b"/TCP"))
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    # Some of the valid ones are calls that the carrier may make.
    await end_all(edge)
    await works(edge)


async def test_ten_thousand_random_datagrams_leave_everything_working(edge: WatchedEngine) -> None:
    chance = random.Random(4475)
    host, port = edge.asterisk.server.split(":")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.bind((STRANGER, 0))
        for count in range(10_000):
            udp.sendto(nonsense(chance), (host, int(port)))
            if count % 100 == 0:
                await asyncio.sleep(0.005)

    await works(edge)


def nonsense(chance: random.Random) -> bytes:
    """Random bytes, or a message with a random part cut out, doubled or overwritten."""
    if chance.random() < 0.5:
        return chance.randbytes(chance.randrange(1, 1400))
    message = bytearray(chance.choice(TORTURE)[1])
    start = chance.randrange(len(message))
    end = min(len(message), start + chance.randrange(1, 40))
    match chance.randrange(3):
        case 0:
            del message[start:end]
        case 1:
            message[end:end] = message[start:end]
        case _:
            message[start:end] = chance.randbytes(end - start)
    return bytes(message[:1400])


async def end_all(edge: WatchedEngine) -> None:
    telephony = edge.telephony
    legs = (await telephony.inventory()).legs
    await telephony.carry_out([HangUp(one.leg) for one in legs])
