"""What somebody has chosen under the profile is heeded where they work."""

import asyncio

from playwright.async_api import Page, expect

from console.asking import ask
from console.browsing import Visitors
from console.conftest import MakeStage
from console.push_service import PushService
from console.softphone import at_the_phone, browser_stage, expect_call
from console.stage import CALLERS, Stage
from svarhus.phones.scenarios import Actor

UNSEEN = """() => {
  window.told = [];
  Object.defineProperty(document, 'hidden', {get: () => true});
  window.Notification = class {
    static permission = 'granted';
    constructor(words, options) { window.told.push({words, ...options}); }
    close() {}
  };
}"""
"""The page is not in sight, and what the browser would show is kept."""

TOLD = "() => window.told.map(({words, silent}) => words + (silent ? ' (silently)' : ''))"


async def _prefers(page: Page, transfer: str = "consult", **notices: bool) -> None:
    wanted = {"offers": True, "voicemails": False, "callbacks_due": False, "notes": True, "sound": True, **notices}
    await ask(page, "/api/me/preferences", "PUT", {"transfer": transfer, "notices": wanted, "hide_others": False})
    await page.reload()


async def test_the_way_to_transfer_that_one_prefers_is_offered_first(make_stage: MakeStage, visitors: Visitors) -> None:
    stage = await browser_stage(make_stage, agents=2)
    page, caller = await at_the_phone(visitors, stage.agent()), await stage.caller()
    await _called(stage, page, caller)
    await page.get_by_role("button", name="Svara").click()
    await expect_call(page, "talking")
    for way, button in (("consult", "Fråga först: Agent B"), ("blind", "Koppla till Agent B")):
        await _prefers(page, way)
        await expect_call(page, "talking")
        await page.locator("main").focus()
        await page.keyboard.press("F9")
        asked = page.get_by_role("dialog")
        await asked.get_by_role("searchbox").fill("agent b")
        await expect(asked.get_by_role("button", name=button)).to_be_visible()
        await asked.get_by_role("searchbox").press("Enter")
        await expect(asked.get_by_role("button", name=button)).to_be_focused()


async def test_the_rows_of_the_directory_offer_first_the_way_to_transfer_that_one_prefers(
    make_stage: MakeStage, visitors: Visitors
) -> None:
    stage = await browser_stage(make_stage, agents=2)
    page, caller = await at_the_phone(visitors, stage.agent(), path="/switchboard"), await stage.caller()
    await _called(stage, page, caller)
    await page.get_by_role("button", name="Svara").click()
    await expect_call(page, "talking")
    for way, first, verb in (
        ("consult", "Fråga först: {}", "Fråga först"),
        ("blind", "Koppla samtalet till {}", "Koppla"),
    ):
        await _prefers(page, way)
        await expect_call(page, "talking")
        search = page.get_by_role("searchbox", name="Sök kollega, kontakt, kö eller nummer")
        await search.fill("agent b")
        row = page.get_by_role("list", name="Vem samtalet kan gå till").get_by_role("listitem")
        await expect(row).to_have_count(1)
        await expect(row.get_by_role("button").last).to_have_text(verb)
        await search.press("Enter")
        await expect(row.get_by_role("button", name=first.format("Agent B"))).to_be_focused()
        await row.get_by_role("button", name="Agent B", exact=False).first.click()
        numbers = page.get_by_role("dialog").get_by_role("list", name="Nummer").get_by_role("listitem")
        await expect(numbers.first.get_by_role("button").last).to_have_text(verb)
        await page.keyboard.press("Escape")
        await search.fill("0701740605")
        await search.press("Enter")
        await expect(page.get_by_role("button", name=first.format("0701740605"))).to_be_focused()
        await search.fill("mottagningen")
        queue = page.get_by_role("list", name="Det du skrev").get_by_role("button")
        await expect(queue).to_have_text(["Koppla"])


async def test_an_offered_call_is_told_as_one_wants_it(make_stage: MakeStage, visitors: Visitors) -> None:
    stage = await browser_stage(make_stage)
    page, caller = await at_the_phone(visitors, stage.agent()), await stage.caller()
    await page.add_init_script(f"({UNSEEN})()")
    await _prefers(page, offers=False)
    await _called(stage, page, caller)
    assert await page.evaluate(TOLD) == []
    await _prefers(page, sound=False)
    await expect_call(page, "ringing")
    await page.wait_for_function("() => window.told.length === 1")
    assert (await page.evaluate(TOLD))[0].endswith("(silently)")


async def test_a_device_is_not_told_of_calls_that_its_person_does_not_want_to_be_told_of(
    stage: Stage, visitors: Visitors
) -> None:
    page = await visitors.page(stage.agent(), "/profile")
    async with PushService() as service:
        answer = await page.request.put(
            page.url.replace("/profile", "/api/me/push/subscription"),
            data=service.subscription(),
            headers={"X-Svarhus": "1"},
        )
        assert answer.ok, await answer.text()
        phone, caller = await stage.phone(), await stage.caller()
        for offers, sound in ((True, False), (False, True)):
            await _prefers(page, offers=offers, sound=sound)
            call = caller.dial(stage.number, from_number=CALLERS[0])
            await phone.expect_ring()
            if offers:
                told = await asyncio.wait_for(service.arrived.get(), 10)
                assert told.notice["silent"] is True
            await call.hangup()
        await page.request.post(page.url.replace("/profile", "/api/me/push/test"), headers={"X-Svarhus": "1"})
        told = await asyncio.wait_for(service.arrived.get(), 10)
        assert told.notice["kind"] == "test", "nothing was told of the second call"


async def test_a_note_of_a_colleague_is_told_while_the_page_is_not_in_sight(
    make_stage: MakeStage, visitors: Visitors
) -> None:
    stage = await browser_stage(make_stage, agents=2)
    page = await visitors.page(stage.agent(0), "/desk")
    other = await visitors.page(stage.agent(1), "/noticeboard")
    await page.add_init_script(f"({UNSEEN})()")
    await _prefers(page)
    await expect(page.get_by_role("button", name="min meny")).to_be_visible()
    await page.wait_for_load_state("networkidle")
    await ask(other, "/api/notices", "POST", {"text": "Mötet börjar"})
    await page.wait_for_function("() => window.told.length === 1")
    assert await page.evaluate(TOLD) == ["Nytt på anslagstavlan"]


async def _called(stage: Stage, page: Page, caller: Actor) -> None:
    caller.dial(stage.number, from_number=CALLERS[0])
    await expect_call(page, "ringing")
