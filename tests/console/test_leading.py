"""Leading at the console: being with calls of others, saying who is served next, and parking callers for all."""

import os

import httpx
import pytest
from playwright.async_api import Page, expect
from pydantic import JsonValue

from console.accessibility import assert_accessible
from console.browsing import Visitors
from console.conftest import MakeStage
from console.softphone import MICROPHONE, at_the_phone, expect_call, expect_heard, expect_no_call
from console.stage import CALLERS, Stage, Wants
from svarhus.phones.scenarios import Actor

CALLER_TONE = 553
LEADERS = {"role": "team_leader", "phone": "browser"}


async def shot(page: Page, name: str) -> None:
    if folder := os.environ.get("SHOTS"):
        for width in (1440, 390):
            await page.set_viewport_size({"width": width, "height": 900})
            await page.wait_for_timeout(300)
            await page.screenshot(path=f"{folder}/{name}-{width}.png")
        await page.set_viewport_size({"width": 1440, "height": 900})


async def asks(stage: Stage, which: int, method: str, path: str, **body: object) -> None:
    """Somebody of the queue asks the API for something."""
    person = stage.agent(which)
    async with httpx.AsyncClient(base_url=stage.product.url, headers={"X-Svarhus": "1"}, timeout=30) as client:
        await client.post("/api/session", json={"email": person.email, "password": person.password})
        answer = await client.request(method, path, json=body)
        assert answer.is_success, answer.text


async def leads(stage: Stage, which: int) -> None:
    """Takes no calls of the queue."""
    await asks(stage, which, "POST", "/api/agents/me/log-out")


async def talking_at_desk(stage: Stage) -> tuple[Actor, Actor]:
    await asks(stage, 0, "PUT", "/api/phone/device", kind="desk")
    phone, caller = await stage.phone(), await stage.caller()
    caller.dial(stage.number, from_number=CALLERS[0])
    await phone.expect_ring()
    phone.answer()
    await phone.expect_up()
    return phone, caller


@pytest.mark.feature("Q-20")
async def test_who_leads_listens_whispers_joins_and_takes_over(make_stage: MakeStage, visitors: Visitors) -> None:
    stage = await make_stage(Wants(agents=2, agent=LEADERS))
    await leads(stage, 1)
    page = await at_the_phone(visitors, stage.agent(1), path="/boards")
    member = await visitors.page(stage.agent(0), "/desk")
    phone, caller = await talking_at_desk(stage)
    call = await caller.expect_up()
    call.play_tone(CALLER_TONE)
    await page.get_by_role("button", name="Åtgärder för Agent A").click()
    await shot(page, "menu")
    await assert_accessible(page)
    await page.get_by_role("menuitem", name="Lyssna", exact=True).click()
    ways = page.get_by_role("radiogroup", name="Medlyssning")
    await expect(ways).to_be_visible(timeout=15000)
    await expect_heard(page, CALLER_TONE)
    assert not phone.tone_present(MICROPHONE) and not caller.tone_present(MICROPHONE)
    await expect(member.get_by_text("Agent B lyssnar")).to_be_visible()
    await expect(page.get_by_role("table", name="Medarbetare")).to_contain_text("Lyssnar på Agent A")
    await shot(page, "listens")
    await shot(member, "told")
    await ways.get_by_text("Viska").click()
    await expect(page.get_by_text("Bara Agent A hör dig.")).to_be_visible()
    await phone.expect_tone(MICROPHONE)
    assert not caller.tone_present(MICROPHONE)
    await expect(member.get_by_text("Agent B lyssnar och viskar")).to_be_visible()
    await ways.get_by_text("Gå in").click()
    await caller.expect_tone(MICROPHONE)
    await shot(page, "joins")
    await assert_accessible(page)
    await page.get_by_role("button", name="Ta över").click()
    await page.get_by_role("dialog").get_by_role("button", name="Ta över").click()
    await phone.expect_ended(by="them")
    await caller.expect_tone(MICROPHONE)
    await expect(ways).to_be_hidden()
    await page.keyboard.press("F4")
    await caller.expect_ended(by="them")
    await expect_no_call(page)


OTHER_QUEUE: dict[str, JsonValue] = {
    "key": "other",
    "name": "Andra",
    "members": [{"person": "agent-2", "starts_logged_in": True}],
}


@pytest.mark.feature("Q-15")
async def test_a_caller_is_put_first_and_given_to_a_colleague(make_stage: MakeStage, visitors: Visitors) -> None:
    stage = await make_stage(Wants(agents=3, agent={"role": "team_leader"}, more={"queues": [OTHER_QUEUE]}))
    await leads(stage, 1)
    await asks(stage, 2, "POST", "/api/agents/me/log-out", queues=["front"])
    page = await visitors.page(stage.agent(1), "/switchboard")
    phone, free = await stage.phone(), await stage.phone(2)
    first, second = await stage.caller(), await stage.caller("second")
    for caller, number in ((first, CALLERS[0]), (second, CALLERS[1])):
        caller.dial(stage.number, from_number=number)
        await caller.expect_up()
    await phone.expect_ring(from_number=CALLERS[0])
    waiting = page.get_by_role("list", name="Väntande samtal")
    steer = waiting.get_by_role("listitem").filter(has_text="06 06").get_by_role("button", name="Åtgärder")
    await steer.click()
    await page.get_by_role("menuitem", name="Flytta först i kön").click()
    await expect(waiting.get_by_text("Först", exact=True)).to_be_visible()
    await shot(page, "raised")
    await assert_accessible(page)
    await page.get_by_role("button", name="Ångra").click()
    await expect(waiting.get_by_text("Först", exact=True)).to_be_hidden()
    await steer.click()
    await page.get_by_role("menuitem", name="Agent C").click()
    await free.expect_ring(from_number=CALLERS[1])
    await expect(waiting.get_by_text("ringer hos Agent C")).to_be_visible()


@pytest.mark.feature("SWB-03")
async def test_a_parked_caller_is_taken_by_a_colleague(make_stage: MakeStage, visitors: Visitors) -> None:
    stage = await make_stage(Wants(agents=2, agent={"phone": "browser"}))
    await leads(stage, 1)
    page = await at_the_phone(visitors, stage.agent(0), path="/switchboard")
    other = await at_the_phone(visitors, stage.agent(1), path="/desk")
    caller = await stage.caller()
    caller.dial(stage.number, from_number=CALLERS[0])
    await expect_call(page, "ringing")
    await page.keyboard.press("F2")
    await expect_call(page, "talking")
    await page.keyboard.press("F8")
    held = page.get_by_role("region", name="Parkerade av mig")
    await expect(held).to_be_visible()
    await shot(page, "held")
    await held.get_by_role("button", name="Återuppta samtalet med").click()
    await expect_call(page, "talking")
    await caller.expect_tone(MICROPHONE)
    await page.get_by_role("button", name="Parkera för alla").click()
    await expect_no_call(page)
    await caller.expect_music_or_speech()
    await expect(page.get_by_text("Vem som helst kan ta samtalet.")).to_be_visible()
    parked = other.get_by_role("list", name="Parkerade för alla")
    await expect(parked).to_contain_text("Plats 1")
    await shot(page, "parked")
    await assert_accessible(other)
    await parked.get_by_role("button", name="Ta samtalet med").click()
    await expect_call(other, "talking", within=15)
    await expect(parked).to_be_hidden()
    await caller.expect_tone(MICROPHONE)
