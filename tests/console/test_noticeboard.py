"""The noticeboard: written here, read there at once, and never taken away."""

from collections.abc import Mapping

import pytest
from playwright.async_api import expect
from pydantic import JsonValue

from console.browsing import Visitors
from console.conftest import MakeStage
from console.stage import Stage, Wants

UNITS: Mapping[str, JsonValue] = {
    "units": [{"key": "north", "name": "Norra"}, {"key": "south", "name": "Södra"}],
}


@pytest.mark.feature("DESK-07")
async def test_what_one_writes_all_others_of_the_unit_see_at_once(make_stage: MakeStage, visitors: Visitors) -> None:
    stage = await make_stage(Wants(agents=2, agent={"units": ["north"]}, more=UNITS))
    writer = await visitors.page(stage.agent(0), "/noticeboard")
    reader = await visitors.page(stage.agent(1), "/boards")
    bell = reader.get_by_role("button", name="Anslagstavla")
    await expect(bell).to_be_visible()
    await writer.get_by_label("Skriv till kollegorna").fill("Faxen är trasig.\nRing 1177 först.")
    await writer.get_by_role("combobox", name="Visas för").click()
    await writer.get_by_role("option", name="Norra").click()
    await expect(writer.get_by_role("option", name="Södra")).to_have_count(0)
    await writer.get_by_label("Viktigt").check()
    await writer.get_by_role("button", name="Anslå").click()
    await expect(writer.get_by_role("article")).to_contain_text("Faxen är trasig.")
    await expect(reader.get_by_role("button", name="Anslagstavla, 1 nytt")).to_be_visible()
    await reader.get_by_role("button", name="Anslagstavla, 1 nytt").press("Enter")
    panel = reader.get_by_role("dialog", name="Anslagstavla")
    await expect(panel.get_by_role("article")).to_contain_text("Viktigt")
    await panel.get_by_role("button", name="Markera som läst").click()
    await expect(reader.get_by_role("button", name="Anslagstavla", exact=True)).to_be_visible()
    for period in ("Vecka", "Månad", "Dag"):
        await writer.get_by_text(period, exact=True).click()
        await expect(writer.get_by_role("article")).to_contain_text("Faxen är trasig.")
    await writer.get_by_role("button", name="Tidigare").click()
    await expect(writer.get_by_text("Inget är anslaget")).to_be_visible()


async def test_markup_is_text_and_only_addresses_of_the_web_are_links(stage: Stage, visitors: Visitors) -> None:
    page = await visitors.page(stage.agent(), "/noticeboard")
    text = "<img src=x onerror=alert(1)> javascript:alert(1) https://1177.se/a. https://a@evil.example"
    await page.get_by_label("Skriv till kollegorna").fill(text)
    await page.get_by_label("Skriv till kollegorna").press("Control+Enter")
    notice = page.get_by_role("article")
    await expect(notice.locator("p")).to_have_text(text)
    assert await notice.get_by_role("link").evaluate_all("all => all.map(each => each.href)") == ["https://1177.se/a"]
    assert await notice.get_by_role("link").get_attribute("rel") == "noopener noreferrer nofollow"


async def test_a_leader_pins_a_notice(make_stage: MakeStage, visitors: Visitors) -> None:
    stage = await make_stage(Wants(agent={"role": "team_leader"}))
    page = await visitors.page(stage.agent(), "/noticeboard")
    await page.get_by_label("Skriv till kollegorna").fill("Nya rutiner.")
    await page.get_by_role("button", name="Anslå").click()
    await page.get_by_role("button", name="Fäst överst för alla").click()
    await expect(page.get_by_role("region", name="Fästa").get_by_role("article")).to_contain_text("Nya rutiner.")
    await page.get_by_role("button", name="Fäst inte längre").click()
    await expect(page.get_by_role("region", name="Fästa")).to_have_count(0)
