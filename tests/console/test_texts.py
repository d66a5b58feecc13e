"""What customers are told by SMS: its words, what a queue tells, and what an agent sends from the case."""

import re

import pytest
from playwright.async_api import expect

from console.accessibility import assert_accessible
from console.browsing import Visitors
from console.stage import CALLERS, Stage


@pytest.mark.feature("CB-10", "MSG-03")
async def test_words_are_written_and_an_agent_sends_them(stage: Stage, visitors: Visitors) -> None:
    page = await visitors.page(stage.boss, "/settings/organisation")
    texts = page.get_by_role("group", name="Bekräftelse", exact=True)
    await texts.get_by_role("button", name="Lägg till språk").click()
    await page.get_by_role("menuitem", name="Svenska").click()
    await expect(texts.get_by_text("Texten som följer med: Vi ringer dig")).to_be_visible()
    await texts.get_by_role("textbox", name="Svenska").fill("Välkommen! {queue} ringer {day} kl. {time} ➜")
    await expect(texts.get_by_text(re.compile("^Så här: Välkommen! .* kl. 10:15"))).to_be_visible()
    await expect(texts.get_by_text("Något tecken finns inte i sms-alfabetet")).to_be_visible()
    await assert_accessible(page)
    await texts.get_by_role("textbox", name="Svenska").fill("Välkommen! {kö} ringer")
    await page.get_by_role("button", name="Spara", exact=True).click()
    await expect(page.get_by_role("alert").get_by_text("{kö} går inte att fylla i.")).to_be_visible()
    await texts.get_by_role("textbox", name="Svenska").fill("Välkommen! {queue} ringer {day} kl. {time}")
    await page.get_by_role("button", name="Spara", exact=True).click()
    await expect(page.get_by_text("Allt är sparat")).to_be_visible()

    await page.goto(page.url.replace("/settings/organisation", f"/settings/queues/{stage.queue}"))
    await page.get_by_role("switch", name="Bekräfta bokningen").click()
    await page.get_by_role("button", name="Lägg till i Ord för bokning med sms").click()
    await page.get_by_label("Ord", exact=True).fill("BOKA")
    await assert_accessible(page)
    await page.get_by_role("button", name="Spara", exact=True).click()
    await expect(page.get_by_text("Allt är sparat")).to_be_visible()

    desk = await visitors.page(stage.agent(), "/desk")
    await stage.book(CALLERS[0])
    await desk.get_by_role("main").get_by_role("option").first.click()
    await desk.get_by_role("tab", name="Sms och e-post").click()
    sent = desk.get_by_role("list", name="Sms och e-post")
    await expect(sent).to_contain_text("Välkommen! Mottagningen ringer")
    await desk.get_by_role("button", name="Skicka sms").click()
    dialog = desk.get_by_role("dialog", name="Skicka sms")
    await dialog.get_by_role("combobox", name="Mall").click()
    await desk.get_by_role("option", name="Kvitto på ärendet").click()
    await expect(dialog.get_by_label("Text", exact=True)).to_have_value(re.compile("^Tack för att du hörde av dig"))
    await expect(dialog.get_by_text(re.compile(r"av 160 tecken, ett sms"))).to_be_visible()
    await assert_accessible(desk)
    await dialog.get_by_role("button", name="Skicka", exact=True).click()
    await expect(dialog).to_have_count(0)
    await expect(sent.get_by_role("listitem")).to_have_count(2)
    await expect(sent).to_contain_text("Kvitto på ärendet · Agent A")
    await assert_accessible(desk)
