"""Trunks of every kind against a real Asterisk: by address, by registration both ways, over TCP and TLS."""

import asyncio
import json
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiosipua.message import SipRequest

from real_asterisk import RealAsterisk
from svarhus.kit.errors import Invalid
from svarhus.kit.ids import LegId, OrganisationId
from svarhus.phones.scenarios import Actor, actors
from svarhus.ports.telephony import (
    CallOffered,
    Dial,
    Endpoint,
    EndpointChanged,
    LegAnswered,
    LegEnded,
    LineAddress,
    Provision,
    Transport,
    Trunk,
)
from watched_engine import ORGANISATION, WatchedEngine, watched

pytestmark = pytest.mark.real_time

CARRIER, PBX = "127.0.0.2", "127.0.0.3"
LEG = LegId("out-1")
PASSWORD = "secret"


@pytest.fixture
async def engine(asterisk: RealAsterisk) -> AsyncIterator[WatchedEngine]:
    async with watched(asterisk) as one:
        yield one
        await one.telephony.provision(Provision(ORGANISATION, (), ()))


async def provide(engine: WatchedEngine, *trunks: Trunk, phones: tuple[Endpoint, ...] = ()) -> None:
    await engine.telephony.provision(Provision(ORGANISATION, phones, trunks))


@pytest.mark.feature("NUM-05")
async def test_a_pbx_registers_with_us_and_calls_both_ways(engine: WatchedEngine) -> None:
    await provide(engine, Trunk("pbx", username="pbx-care", password="pbx-secret", accepts_registration=True))
    async with actors("pbx", server=engine.asterisk.server, host=PBX) as (pbx,):
        await pbx.register("pbx-care", "pbx-secret")
        pbx.dial("0101", from_number="+46812345")
        offered = await engine.expect(CallOffered)
        pbx.on_incoming("answer")
        await engine.telephony.carry_out([Dial(LEG, LineAddress("pbx", "+46855555"), "+468100")])
        await engine.expect(LegAnswered, LEG)
        incoming = await pbx.expect_ring()

        assert (offered.trunk, offered.caller) == ("pbx", "+46812345")
        assert (incoming.number, incoming.from_number) == ("+46855555", "+468100")
        await pbx.unregister()


@pytest.mark.feature("NUM-05")
async def test_we_register_with_a_carrier(engine: WatchedEngine) -> None:
    async with registrar() as (carrier, registered):
        await provide(
            engine,
            Trunk("isp", host=f"{CARRIER}:{carrier.port}", username="customer-7", password="s", register=True),
        )
        async with asyncio.timeout(8.0):
            contact = await registered
        assert "customer-7" in contact

        carrier.server = engine.asterisk.server
        carrier.dial("0101", from_number="+46812345")
        assert (await engine.expect(CallOffered)).trunk == "isp"


async def test_two_trunks_are_told_apart_by_address(engine: WatchedEngine) -> None:
    await provide(
        engine, Trunk("one", host=f"{CARRIER}:5999", addresses=(CARRIER,)), Trunk("two", addresses=("127.0.0.3/32",))
    )
    server = engine.asterisk.server
    async with actors("one", server=server, host=CARRIER) as (one,), actors("two", server=server, host=PBX) as (two,):
        one.dial("1")
        two.dial("2")
        await engine.until(lambda: len(engine.all_of(CallOffered)) == 2)

    assert {(call.trunk, call.dialled) for call in engine.all_of(CallOffered)} == {("one", "1"), ("two", "2")}


async def test_phones_behind_a_trunks_address_are_still_phones(engine: WatchedEngine) -> None:
    anna = Endpoint("anna", "secret", "Anna", "101")
    await provide(engine, Trunk("pbx", addresses=("127.0.0.1",)), phones=(anna,))
    async with actors("anna", server=engine.asterisk.server) as (phone,):
        await phone.register("anna", "secret")
        phone.dial("102")

        assert (await engine.expect(CallOffered)).endpoint == "anna"
        await phone.unregister()


async def test_a_trunk_that_is_taken_away_is_refused(engine: WatchedEngine) -> None:
    await provide(engine, Trunk("one", host=f"{CARRIER}:5999", addresses=(CARRIER,)))
    await provide(engine)
    async with actors("one", server=engine.asterisk.server, host=CARRIER) as (one,):
        await one.expect_refused("0101", status=401)
    await engine.telephony.carry_out([Dial(LEG, LineAddress("one", "+46855555"), None)])

    await engine.expect(LegEnded, LEG)


async def test_a_new_process_removes_what_is_no_longer_wanted(asterisk: RealAsterisk) -> None:
    cleo, dan = (Endpoint(name, "secret", name.title(), "1") for name in ("cleo", "dan"))
    async with watched(asterisk) as first:
        await provide(first, phones=(cleo, dan))
    async with watched(asterisk) as second, actors("a", "b", server=asterisk.server) as (a, b):
        await provide(second, phones=(cleo,))
        assert await a.register("cleo", "secret") == 200
        await refused_to_register(b, "dan")
        await second.expect(EndpointChanged)
        await a.unregister()
        await provide(second)


async def test_a_changed_password_counts_at_once(engine: WatchedEngine) -> None:
    await provide(engine, phones=(Endpoint("anna", "old", "Anna", "101"),))
    await provide(engine, phones=(Endpoint("anna", "new", "Anna", "101"),))
    async with actors("anna", server=engine.asterisk.server) as (phone,):
        await refused_to_register(phone, "anna", "old")
        assert await phone.register("anna", "new") == 200
        await phone.unregister()


async def test_a_sip_name_belongs_to_one_organisation(engine: WatchedEngine) -> None:
    anna = Endpoint("anna", "secret", "Anna", "101")
    await provide(engine, phones=(anna,))
    other = OrganisationId("other")

    with pytest.raises(Invalid):
        await engine.engine.of(other).provision(Provision(other, (anna,), ()))


@pytest.mark.feature("NUM-05")
@pytest.mark.parametrize("transport", [Transport.TCP, Transport.TLS])
async def test_calls_go_out_over_tcp_and_tls(engine: WatchedEngine, transport: Transport) -> None:
    first_line: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
    writers: list[asyncio.StreamWriter] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        line = await reader.readline()
        if line and not first_line.done():
            first_line.set_result(line)

    context = None
    if transport is Transport.TLS:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(engine.asterisk.settings.etc / "certificate.pem")
    server = await asyncio.start_server(serve, CARRIER, 0, ssl=context)
    port = server.sockets[0].getsockname()[1]
    await provide(engine, Trunk("line", host=f"{CARRIER}:{port}", transport=transport))
    await engine.telephony.carry_out([Dial(LEG, LineAddress("line", "+46855555"), None, time_limit=2)])
    async with asyncio.timeout(5.0):
        line = await first_line
    await engine.expect(LegEnded, LEG)
    server.close()
    for writer in writers:
        # Without waiting for Asterisk to take leave of the TLS connection.
        writer.transport.abort()

    assert line.startswith((b"INVITE sip:+46855555@", b"OPTIONS "))


@asynccontextmanager
async def registrar() -> AsyncIterator[tuple[Actor, asyncio.Future[str]]]:
    """A carrier that takes any registration; the future gives the contact."""
    registered: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    async with actors("carrier", server=f"{CARRIER}:1", host=CARRIER) as (carrier,):
        others = carrier.sip.on_request

        def answer(message: SipRequest, addr: tuple[str, int]) -> None:
            if message.method != "REGISTER":
                others(message, addr)
                return
            contact = message.get_header("contact") or ""
            carrier.sip.reply(message, addr, 200, "OK", headers={"Contact": f"{contact};expires=300"})
            if not registered.done():
                registered.set_result(contact)

        carrier.sip.on_request = answer
        yield carrier, registered


async def refused_to_register(phone: Actor, user: str, password: str = PASSWORD) -> None:
    with pytest.raises(AssertionError):
        await phone.register(user, password, keep=False)


@pytest.mark.feature("NUM-05")
async def test_a_trunks_caller_may_have_a_phones_number(engine: WatchedEngine) -> None:
    anna = Endpoint("101", "secret", "Anna", "101")
    await provide(engine, Trunk("pbx", addresses=(PBX,)), phones=(anna,))
    async with actors("pbx", server=engine.asterisk.server, host=PBX) as (pbx,):
        pbx.dial("0101", from_number="101")
        offered = await engine.expect(CallOffered)

    assert (offered.trunk, offered.caller, offered.endpoint) == ("pbx", "101", None)


async def test_a_phone_at_a_trunks_address_and_the_trunk_itself_are_told_apart(engine: WatchedEngine) -> None:
    anna, ben = Endpoint("111", "secret", "Anna", "111"), Endpoint("112", "secret", "Ben", "112")
    await provide(engine, Trunk("pbx", addresses=(PBX,)), phones=(anna, ben))
    server = engine.asterisk.server
    async with actors("anna", "pbx", server=server, host=PBX) as (phone, pbx):
        await phone.register("111", "secret")
        # Where it is, is heard a moment after.
        async with asyncio.timeout(5.0):
            while (await is_known(engine, "111")) != {"auth_username", "username"}:
                await phone.expect_no_ring(during=0.05)
        phone.dial("0101")
        assert (await engine.expect(CallOffered)).endpoint == "111"
        pbx.dial("0102", from_number="112")
        await engine.until(lambda: len(engine.all_of(CallOffered)) == 2)
        assert engine.all_of(CallOffered)[1].trunk == "pbx"
        # In its own name it is nobody without the password, at this address too.
        await pbx.expect_refused("0103", from_number="111", status=401)
        await refused_to_register(pbx, "112", "wrong")
        await phone.unregister()


async def is_known(engine: WatchedEngine, phone: str) -> set[str]:
    """By what Asterisk knows the phone's calls."""
    uri = f"asterisk/config/dynamic/res_pjsip/endpoint/{phone}"
    fields = json.loads((await engine.engine.parts.ari.request("GET", uri)).body)
    return set(next(field["value"] for field in fields if field["attribute"] == "identify_by").split(","))
