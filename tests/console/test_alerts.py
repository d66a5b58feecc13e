"""Alerts of a queue: seen on the board while they last, and set in the settings of the queue."""

import pytest
from playwright.async_api import expect
from pydantic import JsonValue

from console.accessibility import assert_accessible
from console.browsing import View, Visitors
from console.conftest import MakeStage
from console.stage import Wants

NOBODY: JsonValue = {"on": "members", "limit": 1, "mail": ["lead@elsewhere.example"]}


@pytest.mark.feature("Q-16")
@pytest.mark.parametrize("width", [390, 1440])
async def test_an_alert_is_seen_on_the_board_until_it_is_over(
    width: int, make_stage: MakeStage, visitors: Visitors
) -> None:
    stage = await make_stage(Wants(agents=1, logged_in=False, queue={"alerts": [NOBODY]}))
    boss = await visitors.page(stage.boss, "/boards", View(width=width))
    told = boss.get_by_text("Ingen är inloggad", exact=False).first
    await expect(told).to_be_visible()
    await assert_accessible(boss)
    own = await visitors.page(stage.agent(), "/desk")
    await own.get_by_role("switch").first.press("Space")
    await expect(boss.get_by_text("Ingen är inloggad", exact=False)).to_have_count(0)
    address = boss.url
    await boss.goto(address.replace("/boards", "/outbox"))
    await expect(boss.get_by_text("lead@elsewhere.example")).to_have_count(2)
    await boss.goto(address)
    await boss.get_by_role("link", name="Tidigare larm").click()
    row = boss.get_by_role("row").filter(has_text="Ingen är inloggad")
    await expect(row).to_contain_text("till ")
    await expect(row).to_contain_text("lead@elsewhere.example")
    await assert_accessible(boss)
    await boss.get_by_role("combobox", name="Vad").click()
    await boss.get_by_role("option", name="Många väntar").click()
    await expect(boss.get_by_text("Inga larm passar")).to_be_visible()
    await boss.get_by_role("button", name="Visa alla").click()
    await expect(row).to_be_visible()


@pytest.mark.feature("Q-16")
@pytest.mark.parametrize("width", [390, 1440])
async def test_the_same_alert_twice_is_refused_beside_its_field(
    width: int, make_stage: MakeStage, visitors: Visitors
) -> None:
    stage = await make_stage(Wants(queue={"alerts": [NOBODY, {"on": "wait", "limit": 1}]}))
    page = await visitors.page(stage.boss, f"/settings/queues/{stage.queue}", View(width=width))
    await expect(page.get_by_text("Mejla till").first).to_be_visible()
    await page.get_by_text("Mejla till").first.scroll_into_view_if_needed()
    await assert_accessible(page)
