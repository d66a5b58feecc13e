"""The phone in the page: real calls, with sound both ways."""

import pytest
from playwright.async_api import Browser, Page, expect

from console.accessibility import assert_accessible
from console.browsing import Scheme, View, Visitors
from console.conftest import MakeStage
from console.product import Product
from console.softphone import (
    MICROPHONE,
    at_the_phone,
    browser_stage,
    expect_call,
    expect_heard,
    expect_no_call,
    expect_reach,
    expect_ring,
)
from console.stage import CALLERS, Stage
from svarhus.app.tryout.patience import until
from svarhus.phones.scenarios import Actor, assert_talking

CALLER_TONE = 553

NOT_ASKED_YET = """(() => {
  const devices = navigator.mediaDevices;
  const [open, list] = [devices.getUserMedia.bind(devices), devices.enumerateDevices.bind(devices)];
  let asked = false;
  devices.getUserMedia = (wanted) => { asked = true; return open(wanted); };
  devices.enumerateDevices = async () =>
    (await list()).map((one) => (asked ? one : { kind: one.kind, deviceId: '', groupId: '', label: '' }));
  navigator.permissions.query = async () =>
    Object.assign(new EventTarget(), { state: asked ? 'granted' : 'prompt' });
})()"""
"""A profile in which nothing was allowed yet: a Chromium with a made-up microphone allows everything at once."""


@pytest.mark.feature("SWB-01")
async def test_a_call_is_taken_held_muted_keyed_and_ended_by_keys_with_sound_both_ways(
    make_stage: MakeStage, visitors: Visitors
) -> None:
    stage = await browser_stage(make_stage)
    page, caller = await at_the_phone(visitors, stage.agent()), await stage.caller()
    caller.dial(stage.number, from_number=CALLERS[0])
    await expect_ring(page)
    await expect(page.get_by_text("+46 70 174 06 05").first).to_be_visible()
    await expect(page).to_have_title("☎ +46 70 174 06 05 ringer", timeout=5000)

    await page.keyboard.press("F2")
    await expect_call(page, "talking")
    call = await caller.expect_up()
    call.play_tone(CALLER_TONE)
    await caller.expect_tone(MICROPHONE)
    await expect_heard(page, CALLER_TONE)

    await page.get_by_role("button", name="Stäng av mikrofonen").click()
    await caller.expect_silence()
    await page.get_by_role("button", name="Slå på mikrofonen").click()
    await caller.expect_tone(MICROPHONE)

    await page.keyboard.press("F8")
    await expect_call(page, "held")
    await caller.expect_music_or_speech()
    await page.keyboard.press("F8")
    await expect_call(page, "talking")
    await caller.expect_tone(MICROPHONE)

    await page.get_by_role("button", name="Knappsats").click()
    await page.get_by_role("button", name="5", exact=True).click()
    await page.keyboard.press("7")
    await until(lambda: _pressed(caller), "the caller's phone gets the digits", 5.0)

    await page.keyboard.press("Escape")
    await page.keyboard.press("F4")
    await caller.expect_ended(by="them")
    await expect_no_call(page)


async def test_a_call_is_declined_and_one_is_given_up_by_the_caller(make_stage: MakeStage, visitors: Visitors) -> None:
    stage = await browser_stage(make_stage)
    page, caller = await at_the_phone(visitors, stage.agent()), await stage.caller()
    caller.dial(stage.number, from_number=CALLERS[0])
    await expect_ring(page)
    await page.get_by_role("button", name="Avvisa").click()
    await expect_no_call(page)
    # Declined is not lost: the caller keeps the place, and it rings again.
    await expect_ring(page, within=15)
    await caller.hang_up()
    await expect_no_call(page)
    await expect_reach(page, "Nåbar i webbläsaren")


async def test_the_page_dials_a_colleague_and_both_hear_each_other(make_stage: MakeStage, visitors: Visitors) -> None:
    stage = await browser_stage(make_stage, agents=2)
    mine, theirs = [await at_the_phone(visitors, stage.agent(which)) for which in (0, 1)]
    await mine.get_by_label("Ring ett nummer").fill(stage.agent(1).extension)
    await mine.keyboard.press("Enter")
    await expect_ring(theirs)
    await expect_call(mine, "dialling")
    await theirs.get_by_role("button", name="Svara").click()
    await expect_call(mine, "talking")
    await expect_heard(theirs, MICROPHONE)
    await expect_heard(mine, MICROPHONE)
    await mine.get_by_role("button", name="Lägg på").click()
    await expect_no_call(theirs)
    await expect_no_call(mine)


async def test_a_call_is_transferred_to_a_colleague_found_by_name(make_stage: MakeStage, visitors: Visitors) -> None:
    stage, page, caller = await _talking(make_stage, visitors, agents=2)
    await _use_desk_phone(visitors, stage, 1)
    colleague = await stage.phone(1)
    await page.keyboard.press("F9")
    await page.get_by_role("dialog").get_by_role("searchbox").fill("agent b")
    await page.get_by_role("button", name="Koppla till Agent B").click()
    await colleague.expect_ring(from_number=CALLERS[0])
    await expect_no_call(page)
    colleague.answer()
    await assert_talking(caller, colleague)


async def test_a_colleague_is_asked_first_and_then_connected(make_stage: MakeStage, visitors: Visitors) -> None:
    stage, page, caller = await _talking(make_stage, visitors, agents=2)
    await _use_desk_phone(visitors, stage, 1)
    colleague = await stage.phone(1)
    await page.keyboard.press("F9")
    await page.get_by_role("dialog").get_by_role("searchbox").fill("agent b")
    await page.get_by_role("button", name="Fråga först: Agent B").click()
    await colleague.expect_ring()
    await caller.expect_music_or_speech()
    colleague.answer()
    await colleague.expect_tone(MICROPHONE)
    await expect(page.get_by_text("Du talar med Agent B")).to_be_visible()
    await page.get_by_role("button", name="Växla").click()
    await caller.expect_tone(MICROPHONE)
    await expect(page.get_by_text("Agent B väntar")).to_be_visible()
    await page.get_by_role("button", name="Koppla ihop").click()
    await expect_no_call(page)
    await assert_talking(caller, colleague)


@pytest.mark.feature("SWB-03")
async def test_all_three_talk_and_the_two_others_talk_on(make_stage: MakeStage, visitors: Visitors) -> None:
    stage, page, caller = await _talking(make_stage, visitors, agents=2)
    await _use_desk_phone(visitors, stage, 1)
    colleague = await stage.phone(1)
    await page.keyboard.press("F9")
    await page.get_by_role("dialog").get_by_role("searchbox").fill("agent b")
    await page.get_by_role("button", name="Fråga först: Agent B").click()
    await colleague.expect_ring()
    colleague.answer()
    await page.get_by_role("button", name="Tala alla tre").click()
    await expect(page.get_by_text("Konferens: ")).to_contain_text("Agent B")
    await expect(page.get_by_role("button", name="Koppla", exact=True)).to_be_hidden()
    await caller.expect_tone(MICROPHONE)
    await colleague.expect_tone(MICROPHONE)
    await assert_accessible(page)
    await page.keyboard.press("F8")
    await expect_call(page, "held")
    await assert_talking(caller, colleague)
    await page.keyboard.press("F8")
    await expect_call(page, "talking")
    await caller.expect_tone(MICROPHONE)
    await page.keyboard.press("F4")
    await expect_no_call(page)
    await assert_talking(caller, colleague)


async def test_the_console_steers_a_desk_phone(make_stage: MakeStage, visitors: Visitors) -> None:
    stage = await browser_stage(make_stage)
    await _use_desk_phone(visitors, stage, 0)
    phone, caller = await stage.phone(), await stage.caller()
    page = await visitors.page(stage.agent(), "/desk")
    await expect_reach(page, "Nåbar på bordstelefonen")
    caller.dial(stage.number, from_number=CALLERS[0])
    await phone.expect_ring(from_number=CALLERS[0])
    await expect(page.get_by_text("Svara på bordstelefonen")).to_be_visible()
    phone.answer()
    await expect_call(page, "talking")
    await page.keyboard.press("F8")
    await expect_call(page, "held")
    await caller.expect_music_or_speech()
    await page.keyboard.press("F8")
    await assert_talking(caller, phone)
    await page.get_by_role("button", name="Lägg på").click()
    await phone.expect_ended()
    await expect_no_call(page)


async def test_the_desk_phone_is_called_first_when_the_console_dials(make_stage: MakeStage, visitors: Visitors) -> None:
    stage = await browser_stage(make_stage, agents=2)
    for which in (0, 1):
        await _use_desk_phone(visitors, stage, which)
    mine, theirs = await stage.phone(0), await stage.phone(1)
    page = await visitors.page(stage.agent(), "/desk")
    await expect_reach(page, "Nåbar på bordstelefonen")
    await page.get_by_label("Ring ett nummer").fill(stage.agent(1).extension)
    await page.get_by_role("button", name="Ring", exact=True).click()
    await mine.expect_ring()
    mine.answer()
    await theirs.expect_ring()
    theirs.answer()
    await assert_talking(mine, theirs)
    await expect_call(page, "talking")


async def test_the_page_asks_for_the_microphone_by_a_button_and_says_why(
    make_stage: MakeStage, browser: Browser, product: Product
) -> None:
    stage = await browser_stage(make_stage)
    context = await browser.new_context(base_url=product.url, locale="sv-SE")
    await context.add_init_script(NOT_ASKED_YET)
    person = stage.agent()
    await context.request.post(
        "/api/session", data={"email": person.email, "password": person.password}, headers={"X-Svarhus": "1"}
    )
    page = await context.new_page()
    await page.goto("/desk")
    await expect_reach(page, "Kan inte nås")
    await expect(page.get_by_text("när webbläsaren får använda mikrofonen")).to_be_visible()
    await page.get_by_role("button", name="Tillåt mikrofonen").click()
    await expect_reach(page, "Nåbar i webbläsaren")
    await context.close()


async def test_without_a_microphone_the_page_says_what_to_do(
    make_stage: MakeStage, browser: Browser, product: Product
) -> None:
    stage = await browser_stage(make_stage)
    context = await browser.new_context(base_url=product.url, locale="sv-SE", permissions=["microphone"])
    await context.add_init_script("navigator.mediaDevices.enumerateDevices = () => Promise.resolve([])")
    person = stage.agent()
    await context.request.post(
        "/api/session", data={"email": person.email, "password": person.password}, headers={"X-Svarhus": "1"}
    )
    page = await context.new_page()
    await page.goto("/desk")
    await expect_reach(page, "Kan inte nås")
    await expect(page.get_by_text("ingen mikrofon hittades. Anslut ett headset")).to_be_visible()
    await context.close()


@pytest.mark.feature("Q-11")
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_phone_can_be_used_by_everybody(make_stage: MakeStage, visitors: Visitors, scheme: Scheme) -> None:
    stage = await browser_stage(make_stage, queue={"call_waiting": True})
    page = await at_the_phone(visitors, stage.agent(), View(scheme=scheme))
    caller, other = await stage.caller(), await stage.caller("other")
    await page.locator("[data-tour=phone]").click()
    wanted = page.get_by_role("menuitem", name="Ring även när jag pratar")
    await expect(wanted.get_by_label("vald")).to_be_visible()
    await assert_accessible(page)
    await page.get_by_role("menuitem", name="Ljud och mikrofon").click()
    await expect(page.get_by_text("Mikrofonen hör dig.")).to_be_visible()
    await assert_accessible(page)
    await page.keyboard.press("Escape")
    caller.dial(stage.number, from_number=CALLERS[0])
    await expect_ring(page)
    await assert_accessible(page)
    await page.keyboard.press("F2")
    await expect_call(page, "talking")
    await assert_accessible(page)
    await page.keyboard.press("F9")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await assert_accessible(page)
    await page.keyboard.press("Escape")
    other.dial(stage.number, from_number=CALLERS[1])
    second = page.get_by_role("button", name="Svara och parkera det andra: +46 70 174 06 06")
    await expect(second).to_be_visible()
    await assert_accessible(page)
    await second.click()
    await other.expect_tone(MICROPHONE)
    await caller.expect_music_or_speech()
    await page.get_by_role("button", name="Återuppta").click()
    await caller.expect_tone(MICROPHONE)
    await other.expect_music_or_speech()


async def _talking(make_stage: MakeStage, visitors: Visitors, agents: int = 1) -> tuple[Stage, Page, Actor]:
    """An agent at the page in a call with a caller from outside."""
    stage = await browser_stage(make_stage, agents)
    page, caller = await at_the_phone(visitors, stage.agent()), await stage.caller()
    caller.dial(stage.number, from_number=CALLERS[0])
    await expect_ring(page)
    await page.keyboard.press("F2")
    await expect_call(page, "talking")
    await caller.expect_up()
    return stage, page, caller


async def _pressed(phone: Actor) -> bool:
    return [digit for _, digit in phone.heard.digits] == ["5", "7"]


async def _use_desk_phone(visitors: Visitors, stage: Stage, which: int) -> None:
    page = await visitors.page(stage.agent(which), "/desk")
    answer = await page.context.request.put("/api/phone/device", data={"kind": "desk"}, headers={"X-Svarhus": "1"})
    assert answer.ok, await answer.text()
    await page.close()
