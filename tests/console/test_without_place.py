"""An edit of the work schedule leaves callbacks without a place: they are told of, and settled on their own page."""

import re

import pytest
from playwright.async_api import Page, expect

from console.accessibility import assert_accessible
from console.browsing import View, Visitors
from console.stage import CALLERS, Stage

PAGE = "/callbacks-without-place"
TOLD = re.compile("^2 bokade återuppringningar ryms inte längre")


async def _narrow(stage: Stage) -> None:
    """No calls are made any more by the schedule, but far ahead."""
    period = {"days": ["mon"], "from": "00:00", "to": "24:00", "calls_per_hour": 1, "first_day": "2125-01-01"}
    await stage.replace("schedules", "always", {"key": "always", "name": "Alltid", "periods": [period]})


async def _saves_something(page: Page) -> None:
    """Whatever was changed before: what it has done to callbacks is told after this."""
    await page.get_by_label("Namn", exact=True).fill("Mottagningen och kassan")
    await page.get_by_role("button", name="Spara", exact=True).click()


@pytest.mark.feature("SCH-05")
async def test_they_are_told_of_listed_and_settled(stage: Stage, visitors: Visitors) -> None:
    for number in CALLERS[:2]:
        await stage.book(number)
    await _narrow(stage)
    page = await visitors.page(stage.boss, f"/settings/queues/{stage.queue}")
    await _saves_something(page)
    told = page.get_by_role("alert").filter(has_text=TOLD)
    await expect(told).to_be_visible()
    await told.get_by_role("link", name="Visa dem").click()
    table = page.get_by_role("table", name="Återuppringningar utan plats")
    await expect(table.get_by_role("row")).to_have_count(3)
    await assert_accessible(page)

    await page.get_by_role("button", name="Flytta till nästa lediga tid").click()
    await page.get_by_role("dialog").get_by_role("button", name="Flytta till nästa lediga tid").click()
    await expect(page.get_by_role("alert").filter(has_text="Det finns ingen ledig tid")).to_be_visible()
    await expect(table.get_by_role("row")).to_have_count(3)

    await table.get_by_role("checkbox").first.uncheck()
    await expect(page.get_by_label("1 vald")).to_be_visible()
    await page.get_by_role("button", name="Behåll tiden").click()
    await page.get_by_role("dialog").get_by_role("button", name="Behåll tiden").click()
    await expect(table.get_by_role("row")).to_have_count(2)

    agent = await visitors.page(stage.agent(), "/desk", View(width=390, scheme="dark"))
    await agent.get_by_role("status").filter(has_text="har ingen plats").get_by_role("link").click()
    await expect(agent.get_by_role("table").get_by_role("row")).to_have_count(2)
    await assert_accessible(agent)
    assert await agent.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await agent.get_by_role("checkbox").first.check()
    await agent.get_by_role("button", name="Ring nu").click()
    await agent.get_by_role("dialog").get_by_role("button", name="Ring nu").click()
    await expect(agent.get_by_text("Alla återuppringningar har en plats")).to_be_visible()
