"""Opening hours: the week drawn and cut, own categories, a year's holidays closed at once, and what applies when."""

import pytest
from playwright.async_api import Locator, Page, expect
from pydantic import JsonValue

from console.accessibility import assert_accessible
from console.asking import ask
from console.browsing import Visitors
from console.conftest import MakeStage
from console.stage import Stage, Wants
from console.test_schedule import drag, middle

WEEK: JsonValue = [{"days": ["mon", "tue"], "from": "08:00", "to": "16:00", "category": "open"}]
WANTS = Wants(more={"hours": [{"key": "ward", "name": "Avdelningen", "week": WEEK}]})


async def opened(stage: Stage, visitors: Visitors, more: str = "") -> Page:
    page = await visitors.page(stage.boss, f"/settings/hours/ward{more}")
    await expect(page.get_by_role("group", name="Veckans tider")).to_be_visible()
    return page


def block(page: Page, words: str) -> Locator:
    return page.get_by_role("button", name=words)


async def save(page: Page) -> dict[str, object]:
    await page.get_by_role("button", name="Spara ändringarna").click()
    await expect(page.get_by_text("Allt är sparat")).to_be_visible()
    return await ask(page, "/api/hours/ward")


@pytest.mark.feature("HRS-02")
async def test_a_week_is_laid_out_by_mouse_and_keys(make_stage: MakeStage, visitors: Visitors) -> None:
    page = await opened(await make_stage(WANTS), visitors)
    monday = block(page, "måndag 08:00–16:00, Öppet")
    x, y = await middle(monday)
    await monday.press("ArrowUp")
    await expect(block(page, "måndag 07:45–15:45, Öppet")).to_be_focused()
    await page.keyboard.press("Control+z")
    await monday.press("Enter")
    dialog = page.get_by_role("dialog", name="Tid")
    await dialog.get_by_text("ons", exact=True).click()
    await assert_accessible(page)
    await dialog.get_by_role("button", name="Klar").click()
    await page.get_by_role("button", name="Ny tid").click()
    dialog = page.get_by_role("dialog", name="Ny tid")
    await dialog.get_by_label("Vad som gäller").click()
    await page.get_by_role("option", name="Lunch").click()
    await dialog.get_by_label("Från").fill("12")
    await dialog.get_by_label("Till").fill("13")
    await page.keyboard.press("Enter")
    await expect(block(page, "måndag 12:00–13:00, Lunch")).to_be_visible()
    await expect(block(page, "måndag 13:00–16:00, Öppet")).to_be_visible()
    tuesday = block(page, "tisdag 08:00–16:00, Öppet")
    await drag(page, await middle(tuesday), (x + 5 * ((await middle(tuesday))[0] - x), y))
    await expect(block(page, "lördag 08:00–16:00, Öppet")).to_be_visible()
    await assert_accessible(page)
    kept = (await save(page))["week"]
    assert isinstance(kept, list)
    assert [(each["days"], each["from"], each["category"]) for each in kept] == [
        (["mon"], "08:00", "open"),
        (["mon"], "12:00", "lunch"),
        (["mon"], "13:00", "open"),
        (["wed", "sat"], "08:00", "open"),
    ]


@pytest.mark.feature("HRS-02")
async def test_a_category_of_ones_own_has_a_name_and_a_colour(make_stage: MakeStage, visitors: Visitors) -> None:
    page = await opened(await make_stage(WANTS), visitors)
    await page.get_by_role("button", name="Namn och färger").click()
    dialog = page.get_by_role("dialog", name="Namn och färger")
    await dialog.get_by_role("button", name="Ny sorts tid").click()
    await dialog.get_by_label("Namn").first.fill("Endast akut")
    await dialog.get_by_label("Färg").first.click()
    await page.get_by_role("option", name="Röd").click()
    await assert_accessible(page)
    await dialog.get_by_role("button", name="Klar").click()
    await expect(page.get_by_role("list", name="Namn och färger")).to_contain_text("Endast akut")
    categories = (await save(page))["categories"]
    assert isinstance(categories, list)
    assert categories[0] == {"key": "endast-akut", "name": "Endast akut", "colour": "red"}


@pytest.mark.feature("HRS-03", "HRS-04", "HRS-06")
async def test_a_years_holidays_are_closed_at_once_and_any_moment_is_answered(
    make_stage: MakeStage, visitors: Visitors
) -> None:
    page = await opened(await make_stage(WANTS), visitors)
    await page.get_by_role("button", name="Stäng helgdagar…").click()
    dialog = page.get_by_role("dialog", name="Stäng ett års helgdagar")
    await dialog.get_by_label("År", exact=True).click()
    await page.get_by_role("option", name="2027").click()
    await dialog.get_by_label("Nationaldagen").uncheck()
    await assert_accessible(page)
    await dialog.get_by_role("button", name="Stäng 21 dagar").click()
    exceptions = page.get_by_role("list", name="Undantag")
    await expect(exceptions.get_by_role("listitem")).to_have_count(21)
    await page.keyboard.press("Control+z")
    await expect(exceptions.get_by_role("listitem")).to_have_count(0)
    await page.keyboard.press("Control+Shift+z")
    await page.get_by_role("button", name="Nytt undantag").click()
    dialog = page.get_by_role("dialog", name="Nytt undantag")
    await dialog.get_by_label("Namn").fill("Planering")
    await dialog.get_by_label("Från och med", exact=True).fill("2027-03-02")
    await dialog.get_by_label("Till och med", exact=True).fill("2027-03-02")
    await dialog.get_by_label("Andra tider").check()
    await dialog.get_by_label("Från", exact=True).fill("13")
    await dialog.get_by_role("button", name="Lägg till").click()
    await save(page)
    await page.get_by_label("Dag", exact=True).fill("2027-03-02")
    await page.get_by_label("Klockan").fill("09:00")
    told = page.get_by_role("status").filter(has_text="2 mars")
    await expect(told).to_contain_text("Stängt (Planering)")
    await expect(told).to_contain_text("Från tisdag 2 mars kl. 13:00: Öppet")
    await page.goto(page.url + "?day=2027-03-28")
    await expect(page.get_by_text("Finns inte: klockan ställs fram")).to_be_visible()
    await expect(page.get_by_text("Långfredagen").first).to_be_visible()
    await assert_accessible(page)
