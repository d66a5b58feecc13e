"""Another Asterisk as a PBX whose extensions are agents, and as a carrier: over UDP, TCP, and TLS with SRTP."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest

from real_asterisk import RealAsterisk
from svarhus.engines.asterisk import Asterisk
from svarhus.kit.ids import JoinId, LegId
from svarhus.phones.scenarios import Actor, actors
from svarhus.ports.telephony import (
    Answer,
    CallOffered,
    Dial,
    DialTarget,
    Endpoint,
    EndpointChanged,
    HangUp,
    Join,
    LegAnswered,
    LegEnded,
    LineAddress,
    PbxAddress,
    PhoneAddress,
    Provision,
    TelephonyCommand,
    Transport,
    Trunk,
)
from watched_engine import ORGANISATION, WatchedEngine, watched

pytestmark = [pytest.mark.real_time, pytest.mark.feature("NUM-05")]

OURS, THEIRS = LegId("ours"), LegId("theirs")


@pytest.fixture(scope="module")
def other_asterisk(asterisk_program: Asterisk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealAsterisk]:
    running = RealAsterisk(asterisk_program, tmp_path_factory.mktemp("other-asterisk"), bind="127.0.0.2")
    running.start()
    yield running
    running.kill()


@pytest.fixture
async def engine(asterisk: RealAsterisk) -> AsyncIterator[WatchedEngine]:
    async with watched(asterisk) as one:
        yield one
        await one.telephony.provision(Provision(ORGANISATION, (), ()))


@pytest.fixture
async def other(other_asterisk: RealAsterisk) -> AsyncIterator[WatchedEngine]:
    async with watched(other_asterisk) as one:
        yield one
        await one.telephony.provision(Provision(ORGANISATION, (), ()))


def to(engine: WatchedEngine, transport: Transport, key: str, encrypted: bool) -> Trunk:
    settings = engine.asterisk.settings
    port = settings.sip_tls_port if transport is Transport.TLS else settings.sip_port
    return Trunk(
        key, host=f"{settings.bind}:{port}", addresses=(settings.bind,), transport=transport, encrypted=encrypted
    )


async def carry_out(engine: WatchedEngine, *commands: TelephonyCommand) -> None:
    await engine.telephony.carry_out(commands)


@pytest.mark.parametrize("transport", [Transport.UDP, Transport.TCP, Transport.TLS])
@pytest.mark.parametrize(
    "target", [PbxAddress("other", "7012"), LineAddress("other", "+46855555")], ids=["pbx", "line"]
)
async def test_a_call_goes_out_with_sound_both_ways(
    engine: WatchedEngine, other: WatchedEngine, transport: Transport, target: DialTarget
) -> None:
    """The agent's phone is one of the other's; encrypted means that neither takes anything else."""
    encrypted = transport is Transport.TLS
    agent, caller = Endpoint("7012", "secret", "Fia", "7012"), Endpoint("101", "secret", "Anna", "101")
    await engine.telephony.provision(Provision(ORGANISATION, (caller,), (to(other, transport, "other", encrypted),)))
    await other.telephony.provision(Provision(ORGANISATION, (agent,), (to(engine, transport, "us", encrypted),)))
    async with (
        actors("fia", server=other.asterisk.server, host="127.0.0.2") as (fia,),
        actors("anna", server=engine.asterisk.server) as (anna,),
    ):
        await registered(other, fia, "7012")
        await registered(engine, anna, "101")
        anna.dial("0101")
        fia.on_incoming("answer")
        ours = (await engine.expect(CallOffered)).leg
        await carry_out(engine, Answer(ours), Dial(OURS, target, "+46846500400"))
        offered = await other.expect(CallOffered)
        assert (offered.trunk, offered.caller) == ("us", "+46846500400")
        assert offered.dialled == (target.extension if isinstance(target, PbxAddress) else "+46855555")

        await carry_out(other, Answer(offered.leg), Dial(THEIRS, PhoneAddress("7012"), "+46846500400"))
        await other.expect(LegAnswered, THEIRS)
        await carry_out(other, Join(JoinId("there"), (offered.leg, THEIRS)))
        await engine.expect(LegAnswered, OURS)
        await carry_out(engine, Join(JoinId("here"), (ours, OURS)))
        await hear_each_other(fia, anna)

        await carry_out(engine, HangUp(ours))
        await carry_out(engine, HangUp(OURS))
        await other.expect(LegEnded, offered.leg)
        await fia.unregister()
        await anna.unregister()


async def registered(engine: WatchedEngine, phone: Actor, name: str) -> None:
    await phone.register(name, "secret")
    await engine.until(lambda: any(one.endpoint == name and one.reachable for one in engine.all_of(EndpointChanged)))


async def hear_each_other(one: Actor, other: Actor) -> None:
    one.play_tone(440)
    other.play_tone(620)
    await asyncio.gather(one.expect_tone(620), other.expect_tone(440))
