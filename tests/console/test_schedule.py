"""The work schedule as a calendar: drawn with the mouse and by keys alone, taken back, saved and in force at once."""

import pytest
from playwright.async_api import Locator, Page, expect
from pydantic import JsonValue

from console.accessibility import assert_accessible
from console.asking import ask
from console.browsing import Visitors
from console.conftest import MakeStage
from console.stage import CALLERS, Stage, Wants

MONDAY, SPRING = "2027-03-08", "2027-03-28"
MORNINGS: JsonValue = {"days": ["mon", "tue", "wed"], "from": "08:00", "to": "10:00", "calls_per_hour": 6}
WANTS = Wants(more={"schedules": [{"key": "week", "name": "Veckan", "periods": [MORNINGS]}]})


async def opened(stage: Stage, visitors: Visitors, day: str = MONDAY) -> Page:
    page = await visitors.page(stage.boss, f"/settings/schedules/week?day={day}")
    await expect(page.get_by_role("group", name="Arbetspass")).to_be_visible()
    return page


async def kept(page: Page) -> list[tuple[str, str, str]]:
    periods = (await ask(page, "/api/schedules/week"))["periods"]
    assert isinstance(periods, list)
    return sorted((" ".join(each["days"]), each["from"], each["to"]) for each in periods)


def block(page: Page, words: str) -> Locator:
    return page.get_by_role("button", name=words)


async def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    await page.mouse.move(*start)
    await page.mouse.down()
    await page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    await page.mouse.move(*end)
    await page.mouse.up()


async def middle(found: Locator, part: float = 0.5) -> tuple[float, float]:
    box = await found.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] * part


@pytest.mark.feature("SCH-01")
async def test_a_week_is_drawn_moved_pulled_and_taken_back_with_the_mouse(
    make_stage: MakeStage, visitors: Visitors
) -> None:
    page = await opened(await make_stage(WANTS), visitors)
    tuesday = block(page, "tisdag 9 mars 08:00–10:00")
    x, y = await middle(tuesday)
    box = await tuesday.bounding_box()
    assert box
    hour = box["height"] / 2
    await drag(page, (x, y), (x, y + hour))
    await expect(block(page, "onsdag 10 mars 09:00–11:00")).to_be_visible()
    await expect(page.get_by_text("En ändring som inte är sparad")).to_be_visible()
    await page.keyboard.press("Control+z")
    await expect(tuesday).to_be_visible()
    await page.get_by_text("Veckodagen").click()
    await drag(page, (x, box["y"] + box["height"] - 3), (x, box["y"] + box["height"] - 3 + hour / 2))
    await expect(block(page, "tisdag 9 mars 08:00–10:30")).to_be_visible()
    wednesday = block(page, "onsdag 10 mars 08:00–10:00")
    await expect(wednesday).to_be_visible()
    monday, _ = await middle(block(page, "måndag 8 mars"))
    across = monday + 4 * (x - monday)
    await drag(page, (across, y + 3 * hour + 5), (across, y + 4 * hour + 5))
    dialog = page.get_by_role("dialog", name="Nytt arbetspass")
    await dialog.get_by_role("textbox", name="Samtal i timmen").fill("4")
    await assert_accessible(page)
    await dialog.get_by_role("button", name="Lägg till").click()
    await expect(page.get_by_text("3 ändringar som inte är sparade")).to_be_visible()
    await assert_accessible(page)
    await page.get_by_role("button", name="Spara ändringarna").click()
    await expect(page.get_by_text("Allt är sparat")).to_be_visible()
    assert await kept(page) == [("fri", "12:00", "13:00"), ("mon wed", "08:00", "10:00"), ("tue", "08:00", "10:30")]


@pytest.mark.feature("SCH-01")
async def test_the_keys_do_all_that_the_mouse_does(make_stage: MakeStage, visitors: Visitors) -> None:
    page = await opened(await make_stage(WANTS), visitors)
    await block(page, "måndag 8 mars 08:00–10:00").focus()
    await page.keyboard.press("ArrowDown")
    await expect(block(page, "måndag 8 mars 08:15–10:15")).to_be_focused()
    await page.keyboard.press("Shift+ArrowUp")
    await expect(block(page, "måndag 8 mars 08:15–10:00")).to_be_focused()
    await page.keyboard.press("ArrowRight")
    await expect(block(page, "tisdag 9 mars 08:15–10:00")).to_be_focused()
    await page.keyboard.press("Control+c")
    await page.keyboard.press("Control+v")
    copied = page.get_by_role("button", name="onsdag 10 mars 08:15–10:00")
    await expect(copied).to_have_count(2)
    await page.keyboard.press("Delete")
    await expect(copied).to_have_count(1)
    await copied.press("Enter")
    dialog = page.get_by_role("dialog", name="Arbetspass")
    await dialog.get_by_label("Bara det datumet").check()
    await dialog.get_by_label("Från").fill("13")
    await dialog.get_by_label("Till", exact=True).fill("14:30")
    await page.keyboard.press("Enter")
    await expect(block(page, "onsdag 10 mars 13:00–14:30")).to_be_visible()
    await page.get_by_role("button", name="Nästa vecka").press("Enter")
    await expect(block(page, "onsdag 17 mars 08:15–10:00")).to_be_visible()
    await page.keyboard.press("Control+z")
    await page.keyboard.press("Control+Shift+z")
    await page.get_by_role("link", name="Läget nu").first.click()
    asked = page.get_by_role("dialog", name="Lämna utan att spara?")
    await asked.get_by_role("button", name="Avbryt").click()
    await page.get_by_role("button", name="Spara ändringarna").press("Enter")
    await expect(page.get_by_text("Allt är sparat")).to_be_visible()
    assert ("wed", "13:00", "14:30") in await kept(page)


@pytest.mark.feature("SCH-05", "SCH-08")
async def test_what_is_booked_is_seen_at_once_and_settled_when_its_place_is_lost(
    stage: Stage, visitors: Visitors
) -> None:
    page = await visitors.page(stage.boss, "/settings/schedules/always")
    await expect(page.get_by_text("0 av 1440 bokade").first).to_be_visible()
    await stage.book(CALLERS[0])
    await expect(page.get_by_text("1 av 1440 bokade")).to_be_visible()
    await page.locator("[data-block]").first.press("Delete")
    await page.get_by_role("button", name="Spara ändringarna").click()
    told = page.get_by_role("status").filter(has_text="En bokad återuppringning har ingen plats längre")
    await expect(told.get_by_label("+46 70 174 06 05")).to_be_checked()
    await assert_accessible(page)
    await told.get_by_role("button", name="Behåll tiden").click()
    await expect(told).to_have_count(0)
    kept = (await ask(page, "/api/callbacks"))["items"]
    assert isinstance(kept, list)
    assert kept[0]["above_capacity"]
