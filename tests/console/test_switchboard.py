"""The switchboard page with real calls, and the logs in which they are found again."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from playwright.async_api import expect

from console.accessibility import assert_accessible
from console.asking import ask
from console.browsing import Visitors
from console.conftest import MakeStage
from console.softphone import at_the_phone, browser_stage, expect_call
from console.stage import CALLERS, Stage, Wants
from svarhus.app.demo_notes import DemoPerson
from svarhus.phones.scenarios import assert_talking

KARIN: dict[str, object] = {
    "name": "Karin Ask",
    "company": "Asks Åkeri",
    "place": "Solna",
    "numbers": [{"number": CALLERS[0], "label": "mobile"}],
    "notes": "Vill alltid bli uppringd på mobilen.",
}


@asynccontextmanager
async def signed_in(stage: Stage, person: DemoPerson) -> AsyncIterator[httpx.AsyncClient]:
    """The REST API as somebody who is signed in."""
    async with httpx.AsyncClient(base_url=stage.product.url, headers={"X-Svarhus": "1"}, timeout=30) as client:
        answer = await client.post("/api/session", json={"email": person.email, "password": person.password})
        assert answer.is_success, answer.text
        yield client


async def keep(stage: Stage, *cards: dict[str, object]) -> None:
    """Contacts of the organisation."""
    async with signed_in(stage, stage.boss) as boss:
        for card in cards:
            assert (await boss.post("/api/contacts", json=card)).status_code == 201


async def missed_call(stage: Stage, which: int = 0) -> None:
    """Somebody waits in the queue and hangs up."""
    caller = await stage.caller(f"impatient {which}")
    caller.dial(stage.number, from_number=CALLERS[which])
    await caller.expect_up()
    await caller.expect_music_or_speech()
    await caller.hang_up()


@pytest.mark.feature("SWB-02")
async def test_the_panel_tells_who_calls_and_how_the_call_came_here(make_stage: MakeStage, visitors: Visitors) -> None:
    stage = await browser_stage(make_stage)
    await keep(stage, KARIN)
    page, caller = await at_the_phone(visitors, stage.agent(), path="/switchboard"), await stage.caller()
    caller.dial(stage.number, from_number=CALLERS[0])
    await expect_call(page, "ringing")
    middle = page.locator("main")
    for text in ("Karin Ask", "Asks Åkeri · Solna", "+46 70 174 06 05", "Vill alltid bli uppringd på mobilen."):
        await expect(middle.get_by_text(text).first).to_be_visible()
    await expect(middle.get_by_text(re.compile(r"^Växeln \(\+46 [\d ]+\) → Mottagningen$"))).to_be_visible()
    await expect(middle.get_by_text("Ingen, vad vi vet")).to_be_visible()
    await page.keyboard.press("F2")
    await expect_call(page, "talking")
    way = middle.get_by_role("region", name="Väg hit").get_by_role("listitem")
    await expect(way).to_contain_text(["Ringde Växeln", "Svar: Växeln", "Kö: Mottagningen", "Agent A"])
    await page.get_by_role("textbox", name=re.compile("anteckning", re.IGNORECASE)).first.fill("Ringer om fakturan.")
    await page.keyboard.press("Control+Enter")
    await expect(middle.get_by_text("Ringer om fakturan.")).to_be_visible()
    await assert_accessible(page)
    await page.keyboard.press("Escape")
    await caller.hang_up()

    caller.dial(stage.number, from_number=CALLERS[0])
    await expect_call(page, "ringing", within=20)
    await expect(middle.get_by_text(re.compile(r"^Agent A, \d\d:\d\d \("))).to_be_visible()


async def test_a_call_is_transferred_to_a_colleague_by_keyboard_alone(
    make_stage: MakeStage, visitors: Visitors
) -> None:
    stage = await browser_stage(make_stage, agents=2)
    page, caller = await at_the_phone(visitors, stage.agent(), path="/switchboard"), await stage.caller()
    async with signed_in(stage, stage.agent(1)) as other:
        await other.post("/api/agents/me/log-out")
        colleague = await stage.phone(1)
        assert (await other.put("/api/phone/device", json={"kind": "desk"})).is_success
    caller.dial(stage.number, from_number=CALLERS[0])
    await expect_call(page, "ringing")
    await page.keyboard.press("F2")
    await expect_call(page, "talking")
    preferences = await ask(page, "/api/me/preferences")
    await ask(page, "/api/me/preferences", "PUT", {**preferences, "transfer": "blind"})
    await page.reload()
    await expect_call(page, "talking")
    await expect(page.get_by_role("searchbox", name="Sök kollega, kontakt, kö eller nummer")).to_be_visible()
    await page.locator("main").focus()
    await page.keyboard.press("/")
    await page.keyboard.type("agent b")
    await expect(page.get_by_role("button", name="Koppla samtalet till Agent B")).to_be_visible()
    await expect(page.get_by_role("list", name="Vem samtalet kan gå till").get_by_role("listitem")).to_have_count(1)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Koppla samtalet till Agent B")).to_be_focused()
    await page.keyboard.press("Enter")
    await colleague.expect_ring()
    colleague.answer()
    await assert_talking(caller, colleague)


@pytest.mark.feature("SWB-05")
async def test_who_waits_is_seen_and_who_was_not_answered_is_called_back_or_marked(
    make_stage: MakeStage, visitors: Visitors
) -> None:
    stage = await make_stage(Wants(logged_in=False, agent={"phone": "browser"}))
    await keep(stage, KARIN)
    page = await at_the_phone(visitors, stage.agent(), path="/switchboard")
    caller = await stage.caller()
    caller.dial(stage.number, from_number=CALLERS[0])
    waiting = page.get_by_role("list", name="Väntande samtal").get_by_role("listitem")
    await expect(waiting).to_contain_text(["Karin Ask"])
    await expect(waiting).to_contain_text(["Mottagningen"])
    await waiting.get_by_role("button").click()
    await expect(page.get_by_role("heading", name="Karin Ask")).to_be_visible()
    await page.get_by_role("button", name="Välj köer").click()
    await page.get_by_role("checkbox", name="Mottagningen").uncheck()
    await expect(page.get_by_text("Välj vilka köer du vill se.")).to_be_visible()
    await page.get_by_role("checkbox", name="Mottagningen").check()
    await page.keyboard.press("Escape")
    await caller.hang_up()
    await missed_call(stage, 1)

    await page.get_by_role("link", name="Kölogg").click()
    rows = page.get_by_role("table", name="Kölogg").locator("tbody tr")
    await expect(rows).to_have_count(2)
    await expect(rows.nth(1)).to_contain_text("Karin Ask")
    await assert_accessible(page)
    await rows.nth(0).get_by_role("button", name="Markera").click()
    await expect(rows).to_have_count(1)
    await page.get_by_role("button", name="Ångra").click()
    await expect(rows).to_have_count(2)
    await rows.nth(0).get_by_role("button", name="Markera").click()
    await expect(rows).to_have_count(1)
    await page.get_by_role("switch", name="Visa även avklarade").check()
    await expect(rows.nth(0)).to_contain_text("av Agent A")
    await rows.nth(1).get_by_role("button", name="Ring Karin Ask").click()
    await expect_call(page, "dialling")


async def test_a_call_is_found_again_and_tells_what_happened(make_stage: MakeStage, visitors: Visitors) -> None:
    stage = await browser_stage(make_stage)
    await keep(stage, KARIN)
    page, caller = await at_the_phone(visitors, stage.agent(), path="/calls"), await stage.caller()
    await expect(page.get_by_text("Inga samtal än")).to_be_visible()
    caller.dial(stage.number, from_number=CALLERS[0])
    await expect_call(page, "ringing")
    await page.keyboard.press("F2")
    await expect_call(page, "talking")
    await caller.hang_up()
    row = page.get_by_role("table", name="Mina samtal").locator("tbody tr").first
    await expect(row).to_contain_text("Karin Ask")
    await row.focus()
    await page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("Agent A svarar")
    await assert_accessible(page)
    await page.keyboard.press("Escape")

    boss = await visitors.page(stage.boss, "/call-log")
    await boss.keyboard.press("/")
    await boss.keyboard.type("karin")
    row = boss.get_by_role("table", name="Samtalslogg").locator("tbody tr")
    await expect(row).to_have_count(1)
    await expect(row.first).to_contain_text("Besvarat")
    await row.first.click()
    dialog = boss.get_by_role("dialog")
    for text in (
        "+46 70 174 06 05 ringer Växeln",
        "Ställs i kön Mottagningen på plats 1",
        "Ringer hos Agent A",
        "I samtal:",
        "+46 70 174 06 05 lägger på",
        "Samtalet är slut",
    ):
        await expect(dialog).to_contain_text(text)
    await assert_accessible(boss)
