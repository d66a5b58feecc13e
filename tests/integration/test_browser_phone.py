"""A browser's phone at a real Asterisk."""

import pytest

from phones.webrtc import WebRtcPhone
from real_asterisk import RealAsterisk
from svarhus.kit.ids import JoinId, LegId
from svarhus.phones.scenarios import actors
from svarhus.ports.telephony import (
    Answer,
    CallOffered,
    Dial,
    Endpoint,
    EndpointChanged,
    HangUp,
    Join,
    LegAnswered,
    LegEnded,
    PhoneAddress,
    Provision,
    Trunk,
)
from watched_engine import ORGANISATION, watched

pytestmark = pytest.mark.real_time

CARRIER = "127.0.0.2"
AGENT = LegId("browser-leg")
BROWSER_TONE, CALLER_TONE = 1019, 553


@pytest.mark.parametrize("scheme", ["ws", "wss"])
async def test_a_browser_answers_a_caller_with_sound_both_ways(asterisk: RealAsterisk, scheme: str) -> None:
    port = asterisk.settings.https_port if scheme == "wss" else asterisk.settings.http_port
    web = Endpoint("anna-web", "secret", "Anna", "101", webrtc=True)
    async with (
        watched(asterisk) as engine,
        actors("caller", server=asterisk.server, host=CARRIER) as (caller,),
        WebRtcPhone(f"{scheme}://127.0.0.1:{port}/ws", BROWSER_TONE) as browser,
    ):
        await engine.telephony.provision(Provision(ORGANISATION, (web,), (Trunk("pstn", addresses=(CARRIER,)),)))
        assert await browser.register("anna-web", "secret") == 200
        await engine.expect(EndpointChanged)
        call = caller.dial("0101", from_number="+46701234567")
        leg = (await engine.expect(CallOffered)).leg
        await engine.telephony.carry_out([Answer(leg), Dial(AGENT, PhoneAddress("anna-web"), "+46701234567", "Kari")])
        invite = await browser.rings()
        await browser.answer()
        await engine.expect(LegAnswered, AGENT)
        await engine.telephony.carry_out([Join(JoinId("web-talk"), (leg, AGENT))])
        call.play_tone(CALLER_TONE)

        await browser.hears(CALLER_TONE)
        await caller.expect_tone(BROWSER_TONE)

        assert "UDP/TLS/RTP/SAVPF" in invite.text
        assert "opus/48000" in invite.text
        assert "+46701234567" in (invite.get_header("from") or "")
        await engine.telephony.carry_out([HangUp(AGENT), HangUp(leg)])
        await engine.expect(LegEnded, AGENT)
        await engine.until(browser.ended.is_set)
        await engine.telephony.provision(Provision(ORGANISATION, (), ()))
