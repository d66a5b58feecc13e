"""The browser as a phone: answering, changing over, a reload in a call, and a network that is away."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from e2e.acting import acted
from e2e.organisation import password_of
from e2e.stand import Stand
from phones.webrtc import WebRtcPhone
from svarhus.domains.calls.model import CallKind, Outcome
from svarhus.domains.calls.talk import Destination
from svarhus.domains.presence.device import DeviceKind, browser_endpoint
from svarhus.exchange.core.requests import ChooseDevice, DialFor, HearBrowser, OpenBrowser
from svarhus.exchange.running.provision import browser_password
from svarhus.phones.scenarios import assert_talking

BROWSER_TONE, NEW_TONE, CALLER_TONE = 1019, 1223, 553
"""Hertz."""


@asynccontextmanager
async def _page(stand: Stand, session: str, tone: int = BROWSER_TONE) -> AsyncIterator[WebRtcPhone]:
    """The console is opened in a browser, which becomes the person's phone."""
    settings = stand.house.asterisk.settings
    extension, person = stand.place.phone(0), stand.person()
    async with WebRtcPhone(f"wss://127.0.0.1:{settings.https_port}/ws", tone) as page:
        await stand.ask(OpenBrowser(person, session))
        assert await page.register(browser_endpoint(extension), browser_password(password_of(extension))) == 200
        await stand.house.until(
            lambda: browser_endpoint(extension) in stand.house.exchange.core.state.stored.reachable, 8.0
        )
        await stand.ask(HearBrowser(person, session, registered=True))
        yield page


@acted(agent={"phone": "browser"})
async def test_a_browser_answers_a_caller_with_sound_both_ways(stand: Stand) -> None:
    async with _page(stand, "page-1") as page:
        caller = await stand.caller_in_queue()
        invite = await page.rings()
        assert "UDP/TLS/RTP/SAVPF" in invite.text
        assert stand.place.caller(0) in (invite.get_header("from") or "")
        await page.answer()
        caller.play_tone(CALLER_TONE)
        await page.hears(CALLER_TONE)
        await caller.expect_tone(BROWSER_TONE)
        await caller.hang_up()
        await stand.came_to(Outcome.ANSWERED)
        await stand.house.until(page.ended.is_set)


@acted()
async def test_a_person_changes_from_the_desk_phone_to_the_browser_and_back(stand: Stand) -> None:
    desk = await stand.agent()
    async with _page(stand, "page-1") as page:
        await stand.ask(ChooseDevice(stand.person(), DeviceKind.BROWSER))
        caller = await stand.caller_in_queue(0)
        await page.rings()
        assert not [call for call in desk.calls if call.state != "ended"]
        await caller.hang_up()
        await stand.house.until(page.ended.is_set)
    await stand.ask(ChooseDevice(stand.person(), DeviceKind.DESK))
    again = await stand.caller_in_queue(1)
    await desk.expect_ring(from_number=stand.place.caller(1))
    desk.answer()
    await assert_talking(again, desk)


@acted(agent={"phone": "browser"})
async def test_a_reload_in_a_call_is_no_hang_up_for_the_caller(stand: Stand) -> None:
    async with _page(stand, "page-1") as page:
        caller = await stand.caller_in_queue()
        await page.rings()
        await page.answer()
        await caller.expect_tone(BROWSER_TONE)
        await page.vanish()
        async with _page(stand, "page-2", NEW_TONE) as new:
            invite = await new.rings()
            assert invite.get_header("x-svarhus-auto-answer") == "yes"
            assert invite.get_header("x-svarhus-rejoin") == invite.get_header("x-svarhus-call")
            await new.answer()
            caller.play_tone(CALLER_TONE)
            await caller.expect_tone(NEW_TONE)
            await new.hears(CALLER_TONE)
            assert caller.current.state == "up"
            await caller.hang_up()
            (record,) = await stand.came_to(Outcome.ANSWERED)
            assert record.person == stand.person()
            await stand.house.until(new.ended.is_set)


@pytest.mark.limit(150)
@acted(agent={"phone": "browser"})
async def test_a_network_that_is_away_for_long_is_survived(stand: Stand) -> None:
    """Asterisk gives the leg up after ten seconds without sound; the caller hears music until the page is back."""
    async with _page(stand, "page-1") as page:
        caller = await stand.caller_in_queue()
        await page.rings()
        await page.answer()
        await caller.expect_tone(BROWSER_TONE)
        await page.vanish()
        await stand.ask(HearBrowser(stand.person(), "page-1", registered=False))
        await stand.house.until(lambda: any(call.missing for call in stand.calls()), 20.0)
        await caller.expect_music_or_speech(window=5.0)
        async with _page(stand, "page-2", NEW_TONE) as back:
            await back.rings()
            await back.answer()
            await caller.expect_tone(NEW_TONE)
            await caller.hang_up()
            await stand.house.until(back.ended.is_set)


@acted(agents=2)
async def test_a_person_asks_for_a_call_and_the_own_phone_rings_first(stand: Stand) -> None:
    agent = await stand.agent(0)
    await stand.ask(DialFor(stand.person(0), Destination(number=stand.place.mobile(5))))
    await agent.expect_ring()
    agent.answer()
    target = await stand.house.outside(stand.place.mobile(5))
    await agent.expect_tone(425)
    target.answer()
    await assert_talking(agent, target)
    await target.hangup()
    await agent.expect_ended(by="them")
    (record,) = await stand.log(1, stand.place.mobile(5))
    assert (record.kind, record.outcome, record.person) == (CallKind.OUTGOING, Outcome.ANSWERED, stand.person(0))


@pytest.mark.feature("DESK-13")
@acted()
async def test_a_mobile_rings_then_the_customer(stand: Stand) -> None:
    """The person works from a mobile, and shows by a key that it is no machine that has answered."""
    await stand.ask(ChooseDevice(stand.person(), DeviceKind.NUMBER))
    await stand.ask(DialFor(stand.person(), Destination(number=stand.place.mobile(5))))
    mobile = await stand.house.outside(stand.place.mobile(0))
    mobile.answer()
    await stand.is_told_by(mobile, "agent.confirm")
    await mobile.send_digits("1")
    customer = await stand.house.outside(stand.place.mobile(5))
    customer.answer()
    await assert_talking(mobile, customer)
    await mobile.hangup()
    await customer.wait_ended(5)
