"""What carriers offer and say in their INVITEs, at a real Asterisk."""

from collections.abc import AsyncIterator

import pytest

from raw_sip import RawSip
from real_asterisk import RealAsterisk
from svarhus.ports.telephony import Answer, CallOffered, HangUp, LegEnded, MusicOn, Provision, Trunk
from watched_engine import ORGANISATION, WatchedEngine, watched

pytestmark = pytest.mark.real_time

CARRIER, PBX = "127.0.0.2", "127.0.0.3"
CRYPTO = b"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:PS1uQCVeeCFCanVmcjkpPywjNWhcYD0mXXtxaVBR\r\n"
FAX = b"m=image 40002 udptl t38\r\na=T38FaxVersion:0\r\n"
OTHERS = {
    "fax": FAX,
    "video": b"m=video 40004 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n",
    "text": b"m=text 40006 RTP/AVP 98\r\na=rtpmap:98 t140/1000\r\n",
    "slides": b"m=application 40008 UDP/BFCP *\r\na=floorctrl:c-only\r\n",
    "messages": b"m=message 40008 TCP/MSRP *\r\n",
    "encrypted sound": b"m=audio 40010 RTP/SAVP 8\r\n" + CRYPTO,
    "what nobody knows": b"m=foo 1 BAR 0\r\n",
}


@pytest.fixture
async def engine(asterisk: RealAsterisk) -> AsyncIterator[WatchedEngine]:
    async with watched(asterisk) as one:
        trunks = (Trunk("pstn", addresses=(CARRIER,)), Trunk("pbx", addresses=(PBX,), dialled_in="To"))
        await one.telephony.provision(Provision(ORGANISATION, (), trunks))
        yield one
        await one.telephony.provision(Provision(ORGANISATION, (), ()))


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
async def test_sound_works_whatever_is_offered_beside_it(engine: WatchedEngine, other: bytes) -> None:
    with RawSip(CARRIER, engine.asterisk.server) as carrier:
        await carrier.invite(media=carrier.sound + other)
        leg = (await engine.expect(CallOffered)).leg
        await engine.telephony.carry_out([Answer(leg), MusicOn(leg)])
        answer = await carrier.answer()

        assert len(await carrier.hears()) > 100
        lines = [line.split() for line in answer.split(b"\r\n") if line.startswith(b"m=")]
        assert [line[1] == b"0" for line in lines] == [False, True]
        # Both sides know session timers from the answer on: who is silent is asked, not cut off.
        assert b"\r\nSession-Expires: 90" in answer
        await engine.telephony.carry_out([HangUp(leg)])
        await engine.expect(LegEnded, leg)


async def test_encrypted_sound_may_be_offered_first(engine: WatchedEngine) -> None:
    with RawSip(CARRIER, engine.asterisk.server) as carrier:
        await carrier.invite(media=OTHERS["encrypted sound"] + carrier.sound)
        leg = (await engine.expect(CallOffered)).leg
        await engine.telephony.carry_out([Answer(leg)])

        assert (await carrier.answer()).startswith(b"SIP/2.0 200 ")
        await engine.telephony.carry_out([HangUp(leg)])


@pytest.mark.feature("NUM-05")
async def test_asserted_identities_diversions_and_ported_numbers_are_read(engine: WatchedEngine) -> None:
    with RawSip(CARRIER, engine.asterisk.server) as carrier:
        await carrier.invite(
            b"sip:+46846500400;npdi=yes@127.0.0.1",
            caller=b'"Anonymous" <sip:anonymous@anonymous.invalid>',
            headers=b"P-Asserted-Identity: <sip:+46701740606@127.0.0.1;user=phone>, <tel:+46701740606>\r\n"
            b"Diversion: <sip:+4681@x>;reason=busy, <sip:+4682@x>;reason=unconditional\r\n",
        )
        shown = await engine.expect(CallOffered)
        await carrier.invite(
            headers=b"P-Asserted-Identity: <sip:+46701740606@127.0.0.1;user=phone>, <tel:+46701740606>\r\n"
            b"Privacy: id\r\nHistory-Info: <sip:+4683@x>;index=1, <sip:0101@x;cause=302>;index=1.1\r\n"
        )
        await engine.until(lambda: len(engine.all_of(CallOffered)) == 2)
        withheld = engine.all_of(CallOffered)[1]
        await engine.telephony.carry_out([HangUp(shown.leg), HangUp(withheld.leg)])

    assert (shown.dialled, shown.caller, shown.diversion) == ("+46846500400", "+46701740606", "+4681")
    assert (withheld.caller, withheld.caller_name, withheld.diversion) == (None, "", "+4683")


async def test_a_trunk_says_in_a_header_what_was_dialled(engine: WatchedEngine) -> None:
    with RawSip(PBX, engine.asterisk.server) as pbx:
        await pbx.invite(b"sip:127.0.0.1", to=b'"Care" <sip:+46846500400;npdi@127.0.0.1>')
        offered = await engine.expect(CallOffered)
        await engine.telephony.carry_out([HangUp(offered.leg)])

    assert (offered.trunk, offered.dialled) == ("pbx", "+46846500400")


@pytest.mark.parametrize(
    ("headers", "media"),
    [
        (b"Diversion: " + b'"\xc3\xa5,%<' * 400 + b" <sip:+4681@x>\r\n" + b"History-Info: <sip:%ff@x>\r\n" * 60, None),
        (
            b"P-Asserted-Identity: <sip:" + b"9" * 700 + b"@x>\r\nP-Asserted-Identity: \xff\xfe\r\nPrivacy: ;;\xff\r\n",
            None,
        ),
        (b"", b"m=audio\r\n"),
        (b"", b"\xff\x00"),
        (b"", b"m=audio 0 RTP/AVP 8\r\n"),
        (b"", b"m=audio 9 RTP/AVP 77\r\n" * 30),
    ],
    ids=["large headers", "odd headers", "half a line", "no text", "no port", "many lines"],
)
async def test_nothing_that_comes_in_keeps_the_next_call_from_being_heard(
    engine: WatchedEngine, headers: bytes, media: bytes | None
) -> None:
    with RawSip(CARRIER, engine.asterisk.server) as odd, RawSip(CARRIER, engine.asterisk.server) as plain:
        await odd.invite(headers=headers, media=media)
        await plain.invite(b"sip:0102@127.0.0.1")
        await engine.until(lambda: any(call.dialled == "0102" for call in engine.all_of(CallOffered)))
        live = (await engine.telephony.inventory()).legs
        await engine.telephony.carry_out([HangUp(one.leg) for one in live])
