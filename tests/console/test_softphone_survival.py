"""The phone in the page lives through what happens in life, and says honestly when calls do not reach it."""

import re
import time

from playwright.async_api import Page, expect

from console.browsing import MICROPHONE, View, Visitors
from console.conftest import MakeStage
from console.product import Product
from console.softphone import (
    REACHABLE,
    at_the_phone,
    browser_stage,
    expect_call,
    expect_heard,
    expect_no_call,
    expect_reach,
    expect_ring,
)
from console.stage import CALLERS, Stage
from cut_line import Line
from svarhus.app.tryout.client import Device
from svarhus.app.tryout.patience import until
from svarhus.phones.scenarios import Actor

CALLER_TONE = 553
UNREACHABLE = "Kan inte nås"
TOLD_WITHIN = 15.0
"""Seconds after which the page says that calls do not reach it."""
AWAY = 14.0
"""Seconds without sound from a page; after ten the engine gives its leg up."""
GIVEN_UP = 10.0
"""Seconds without sound after which the engine gives a page's leg up. On an idle machine it is silent for one."""


async def test_a_call_goes_on_when_the_page_is_loaded_anew(make_stage: MakeStage, visitors: Visitors) -> None:
    stage = await browser_stage(make_stage)
    page = await at_the_phone(visitors, stage.agent())
    caller = await _in_call(stage, page)
    caller.play_tone(CALLER_TONE)
    await caller.expect_tone(MICROPHONE)
    begun = time.monotonic()
    await page.reload()
    await expect_call(page, "talking")
    await caller.expect_tone(MICROPHONE)
    await expect_heard(page, CALLER_TONE)
    silent = max((gap.length for gap in caller.current.gaps((begun, time.monotonic()), 1.0)), default=0.0)
    assert silent < GIVEN_UP, f"{silent:.2f} s of silence"
    await page.keyboard.press("F4")
    await caller.expect_ended(by="them")


async def test_a_consultation_goes_on_although_the_page_was_away(make_stage: MakeStage, visitors: Visitors) -> None:
    """For longer than sound may be missing: the two others are kept, and not connected with each other."""
    stage = await browser_stage(make_stage, agents=2)
    page = await at_the_phone(visitors, stage.agent())
    await (await stage.client(stage.agent(1))).choose(Device("desk"))
    colleague = await stage.phone(1)
    caller = await _in_call(stage, page)
    await page.keyboard.press("F9")
    await page.get_by_role("dialog").get_by_role("searchbox").fill("agent b")
    await page.get_by_role("button", name="Fråga först: Agent B").click()
    await colleague.expect_ring()
    colleague.answer()
    await colleague.expect_tone(MICROPHONE)
    await page.close()
    await colleague.expect_stays_up(AWAY)
    caller.play_tone(CALLER_TONE)
    await colleague.expect_music_or_speech()
    page = await at_the_phone(visitors, stage.agent())
    await colleague.expect_tone(MICROPHONE, within=60.0)
    await expect(page.get_by_text("Du talar med Agent B")).to_be_visible()
    await page.get_by_role("button", name="Koppla ihop").click()
    await colleague.expect_tone(CALLER_TONE)


async def test_twenty_seconds_without_a_network_end_no_call(
    make_stage: MakeStage, visitors: Visitors, product: Product
) -> None:
    stage = await browser_stage(make_stage)
    async with Line(product.settings.http) as line:
        view = View(url=f"http://127.0.0.1:{line.port}")
        page = await at_the_phone(visitors, stage.agent(), view)
        caller = await _in_call(stage, page)
        cut = time.monotonic()
        line.cut()
        await expect_reach(page, UNREACHABLE, within=TOLD_WITHIN)
        await until(lambda: _unreachable(stage), "the server knows it too", TOLD_WITHIN)
        # The sound goes another way than what was cut.
        await caller.expect_stays_up(max(0.0, 20 - (time.monotonic() - cut)))
        line.mend()
        await expect_reach(page, REACHABLE)
        await expect_call(page, "talking")
        await caller.expect_tone(MICROPHONE)
        await page.keyboard.press("F4")
        await caller.expect_ended(by="them")
        await expect_no_call(page)


async def test_a_call_goes_on_while_the_server_is_begun_anew(
    make_stage: MakeStage, visitors: Visitors, product: Product
) -> None:
    stage = await browser_stage(make_stage)
    page = await at_the_phone(visitors, stage.agent())
    caller = await _in_call(stage, page)
    await caller.expect_tone(MICROPHONE)
    product.kill("app")
    await caller.expect_stays_up(3.0)
    await until(lambda: _ready(product), "the server is there again", 20.0)
    await expect_reach(page, REACHABLE, within=20.0)
    await caller.expect_tone(MICROPHONE)
    await expect_call(page, "talking")
    await page.keyboard.press("F4")
    await caller.expect_ended(by="them")
    caller.dial(stage.number, from_number=CALLERS[1])
    await expect_ring(page, within=15)


async def test_a_call_goes_on_to_its_end_when_the_sign_in_is_ended_from_elsewhere(
    make_stage: MakeStage, visitors: Visitors
) -> None:
    stage = await browser_stage(make_stage)
    page = await at_the_phone(visitors, stage.agent())
    caller = await _in_call(stage, page)
    caller.play_tone(CALLER_TONE)
    await stage.reset_password()
    await expect(page.get_by_text("Du är utloggad. Samtalet pågår")).to_be_visible(timeout=5000)
    await until(lambda: _unreachable(stage), "no more calls are offered to the page", 30.0)
    await caller.expect_tone(MICROPHONE)
    await expect_heard(page, CALLER_TONE)
    await caller.hang_up()
    await expect(page).to_have_url(re.compile("/sign-in"))
    await expect(page.get_by_text("Du har loggats ut")).to_be_visible()


async def test_two_tabs_are_one_phone(make_stage: MakeStage, visitors: Visitors) -> None:
    stage = await browser_stage(make_stage)
    first = await at_the_phone(visitors, stage.agent())
    second = await first.context.new_page()
    await second.goto("/desk")
    await expect_reach(second, "Öppen i en annan flik")
    await expect_reach(first, REACHABLE)
    await second.get_by_role("button", name="Använd här").click()
    await expect_reach(second, REACHABLE)
    await expect_reach(first, "Öppen i en annan flik")
    caller = await stage.caller()
    caller.dial(stage.number, from_number=CALLERS[0])
    await expect_ring(second)
    await expect(first.get_by_role("button", name="Svara")).to_have_count(0)
    await second.close()
    await expect_reach(first, REACHABLE)


async def test_another_computer_takes_the_phone_over_and_the_call_with_it(
    make_stage: MakeStage, visitors: Visitors
) -> None:
    stage = await browser_stage(make_stage)
    first = await at_the_phone(visitors, stage.agent())
    caller = await _in_call(stage, first)
    second = await at_the_phone(visitors, stage.agent())
    await expect_reach(first, "Används på en annan dator")
    await expect_call(second, "talking")
    await caller.expect_tone(MICROPHONE)
    await first.get_by_role("button", name="Använd här").click()
    await expect_reach(first, REACHABLE)
    await expect_reach(second, "Används på en annan dator")


async def _in_call(stage: Stage, page: Page) -> Actor:
    caller = await stage.caller()
    caller.dial(stage.number, from_number=CALLERS[0])
    await expect_ring(page)
    await page.keyboard.press("F2")
    await expect_call(page, "talking")
    await caller.expect_up()
    return caller


async def _unreachable(stage: Stage) -> bool:
    client = await stage.client()
    now = await client.now()
    return not next(agent for agent in now.agents if agent.key == stage.agent_key()).phone_reachable


async def _ready(product: Product) -> bool:
    return product.ready()
