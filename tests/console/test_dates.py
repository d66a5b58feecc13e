"""Days and times in fields: as the chosen language writes them, whatever the browser's own language is."""

import pytest
from playwright.async_api import Page, expect

from console.accessibility import assert_accessible
from console.browsing import Scheme, View, Visitors
from console.stage import Stage

AMERICAN = "en-US"

WRITTEN = {
    "sv": ("åååå-mm-dd", "2025-12-24", "december 2025", "må"),
    "en": ("dd/mm/yyyy", "24/12/2025", "December 2025", "Mo"),
    "nb": ("dd.mm.åååå", "24.12.2025", "desember 2025", "ma"),
    "da": ("dd.mm.åååå", "24.12.2025", "december 2025", "ma."),
    "fi": ("pp.kk.vvvv", "24.12.2025", "joulukuu 2025", "ma"),
}
"""What stands in an empty field, a day, its month, and the first day of the week."""


async def _speaks(page: Page, language: str) -> None:
    await page.evaluate("language => localStorage.setItem('svarhus-language', language)", language)
    await page.reload()


@pytest.mark.parametrize("language", WRITTEN)
async def test_a_day_is_written_and_chosen_as_in_the_persons_language(
    language: str, stage: Stage, visitors: Visitors
) -> None:
    empty, written, month, monday = WRITTEN[language]
    page = await visitors.page(stage.boss, "/audit", View(locale=AMERICAN))
    await _speaks(page, language)
    first = page.get_by_placeholder(empty).first
    await first.fill(written)
    await first.press("Tab")
    await expect(first).to_have_value(written)
    await first.press("ArrowDown")
    calendar = page.get_by_role("dialog")
    await expect(calendar.get_by_role("button", name=month, exact=True)).to_be_visible()
    await expect(calendar.locator("th").first).to_have_text(monday)


@pytest.mark.parametrize("width", [390, 1440])
async def test_days_are_chosen_by_keyboard_and_what_is_wrong_says_why(
    width: int, stage: Stage, visitors: Visitors
) -> None:
    scheme: Scheme = "dark" if width == 390 else "light"
    page = await visitors.page(stage.boss, "/call-log", View(width=width, scheme=scheme, locale=AMERICAN))
    await _speaks(page, "sv")
    await page.get_by_role("combobox", name="Tid").click()
    await page.get_by_role("option", name="Egna dagar").click()
    first, last = [page.get_by_role("textbox", name=name) for name in ("Första dagen", "Sista dagen")]
    await first.fill("2026-02-31")
    await first.press("Tab")
    await expect(page.get_by_text("Det går inte att läsa som en dag.")).to_be_visible()
    await assert_accessible(page)
    await first.fill("2026-02-10")
    await expect(page.get_by_text("Det går inte att läsa som en dag.")).to_have_count(0)
    await first.press("ArrowDown")
    calendar = page.get_by_role("dialog", name="Öppna kalendern: Första dagen")
    await expect(calendar.get_by_role("button", name="10 februari 2026")).to_be_focused()
    await assert_accessible(page)
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(first).to_have_value("2026-02-18")
    await expect(page.get_by_role("button", name="Öppna kalendern: Första dagen")).to_be_focused()
    await last.fill("1/2")
    await last.press("Tab")
    await expect(page.get_by_text("Första dagen kommer efter den sista.")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1440])
async def test_an_absence_ends_at_a_moment_that_is_typed(width: int, stage: Stage, visitors: Visitors) -> None:
    scheme: Scheme = "light" if width == 390 else "dark"
    page = await visitors.page(stage.agent(), "/profile", View(width=width, scheme=scheme, locale=AMERICAN))
    await _speaks(page, "sv")
    await page.get_by_role("button", name="Ange närvaro").click()
    dialog = page.get_by_role("dialog", name="Min närvaro")
    day, time = dialog.get_by_role("textbox", name="Dag"), dialog.get_by_role("textbox", name="Klockslag")
    save = dialog.get_by_role("button", name="Spara")
    await time.fill("25.30")
    await time.press("Enter")
    await expect(dialog.get_by_text("Det går inte att läsa som ett klockslag.")).to_be_visible()
    await expect(time).to_be_focused()
    await time.fill("")
    await day.fill("2027-12-24")
    await save.click()
    await expect(dialog.get_by_text("Skriv också ett klockslag.")).to_be_visible()
    await expect(time).to_be_focused()
    await time.fill("1330")
    await assert_accessible(page)
    await day.fill("2020-12-24")
    await save.click()
    await expect(dialog.get_by_text("Tidpunkten har redan passerat.")).to_be_visible()
    await expect(day).to_be_focused()
    await day.press("ArrowDown")
    await expect(page.get_by_role("dialog", name="Öppna kalendern: Dag")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog", name="Öppna kalendern: Dag")).to_have_count(0)
    await expect(dialog, "Escape shuts the calendar alone").to_be_visible()
    await day.fill("2027-12-24")
    await save.click()
    await expect(dialog).to_have_count(0)
    panel = page.get_by_role("region", name="Närvaro", exact=True)
    await expect(panel).to_contain_text("24 dec. 13:30")
