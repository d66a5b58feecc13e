"""An agent promises somebody to be rung back: from the desk, by keyboard alone."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

from console.accessibility import assert_accessible
from console.asking import ask
from console.browsing import Scheme, View, Visitors
from console.stage import CALLERS, Stage

SHOWN = "+46 70 174 06 05"
BOOK = "Boka återuppringning"


async def _at_the_desk(stage: Stage, visitors: Visitors, view: View | None = None) -> Page:
    page = await visitors.page(stage.agent(), "/desk", view)
    await expect(page.get_by_role("button", name=BOOK)).to_be_visible()
    return page


async def _booked(page: Page) -> int:
    found = (await ask(page, "/api/callbacks?number=0701740605"))["items"]
    assert isinstance(found, list)
    return len(found)


async def test_a_callback_is_booked_by_keyboard_and_opened(stage: Stage, visitors: Visitors) -> None:
    page = await _at_the_desk(stage, visitors)
    await page.keyboard.press("b")
    dialog = page.get_by_role("dialog", name=BOOK)
    await expect(dialog.get_by_label("Nummer att ringa")).to_be_focused()
    await page.keyboard.type("070-174 06 05")
    await expect(dialog.get_by_role("combobox", name="Tid")).to_have_value(re.compile("^Nästa lediga: "))
    await dialog.get_by_label("Anteckning").fill("Vill tala om <b>provsvar</b>.")
    await dialog.get_by_label("Nummer att ringa").press("Enter")
    await expect(dialog).to_have_count(0)
    await expect(page.get_by_role("main").get_by_text(SHOWN).first).to_be_visible()
    await expect(page.get_by_role("list", name="Anteckningar")).to_contain_text("Vill tala om <b>provsvar</b>.")
    assert await _booked(page) == 1
    await page.get_by_role("button", name="Ångra").click()
    await expect(page.get_by_role("main").get_by_role("option")).to_have_count(0)
    assert await _booked(page) == 0


async def test_another_time_is_chosen_and_nobody_is_booked_twice(stage: Stage, visitors: Visitors) -> None:
    page = await _at_the_desk(stage, visitors)
    await page.get_by_role("button", name=BOOK).click()
    dialog = page.get_by_role("dialog", name=BOOK)
    await dialog.get_by_label("Nummer att ringa").fill(CALLERS[0])
    await dialog.get_by_role("combobox", name="Tid").press("Enter")
    wanted = page.get_by_role("option").nth(9)
    time = await wanted.text_content()
    await wanted.click()
    await dialog.get_by_role("button", name="Boka", exact=True).click()
    await expect(page.get_by_text(re.compile(f"Återuppringning bokad: .*{time}"))).to_be_visible()
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name=BOOK).click()
    await dialog.get_by_label("Nummer att ringa").fill("0701740605")
    await expect(dialog.get_by_text("Numret har redan en återuppringning bokad")).to_be_visible()
    await expect(dialog.get_by_role("button", name="Boka", exact=True)).to_be_disabled()
    await assert_accessible(page)
    await dialog.get_by_role("button", name="Visa den").click()
    await expect(page.get_by_role("heading", name=SHOWN)).to_be_visible()
    assert await _booked(page) == 1


@pytest.mark.feature("CB-06", "CB-09")
async def test_a_callback_without_a_time_stands_in_the_list(stage: Stage, visitors: Visitors) -> None:
    page = await _at_the_desk(stage, visitors)
    await page.get_by_role("button", name=BOOK).click()
    dialog = page.get_by_role("dialog", name=BOOK)
    await dialog.get_by_label("Nummer att ringa").fill(CALLERS[0])
    await dialog.get_by_role("combobox", name="Tid").press("Enter")
    await page.get_by_role("option", name="Så snart det går, utan utlovad tid").click()
    await dialog.get_by_role("button", name="Boka", exact=True).click()
    await expect(page.get_by_text("På listan, rings så snart det går")).to_be_visible()
    row = page.get_by_role("main").get_by_role("option").first
    await expect(row).to_contain_text(re.compile("Ska ringas nu|Så snart det går"))
    await expect(row).to_contain_text("kom ")
    await assert_accessible(page)


async def test_what_is_no_number_is_refused_in_words(stage: Stage, visitors: Visitors) -> None:
    page = await _at_the_desk(stage, visitors)
    await page.get_by_role("button", name=BOOK).click()
    dialog = page.get_by_role("dialog", name=BOOK)
    await dialog.get_by_label("Nummer att ringa").fill("ring mig")
    await dialog.get_by_role("button", name="Boka", exact=True).click()
    await expect(dialog.get_by_role("alert")).to_be_visible()
    await expect(dialog.get_by_label("Nummer att ringa")).to_have_value("ring mig")


async def _moves(page: Page) -> Locator:
    """The dialog, opened from the case by keyboard."""
    await page.get_by_role("button", name="Fler val").press("Enter")
    await page.get_by_role("menuitem", name="Flytta återuppringningen…").press("Enter")
    return page.get_by_role("dialog", name="Flytta återuppringningen")


async def _due(page: Page) -> str:
    found = (await ask(page, "/api/callbacks?number=0701740605"))["items"]
    assert isinstance(found, list)
    return str(found[0]["due_at"])


@pytest.mark.feature("CB-12", "DESK-09")
async def test_a_callback_is_moved_and_moved_back(stage: Stage, visitors: Visitors) -> None:
    page = await _at_the_desk(stage, visitors)
    await stage.book(CALLERS[0])
    await page.get_by_role("main").get_by_role("option").first.click()
    was = await _due(page)
    dialog = await _moves(page)
    await expect(dialog.get_by_text(re.compile(f"^Utlovad tid för {re.escape(SHOWN)}: "))).to_be_visible()
    await expect(dialog.get_by_role("combobox", name="Tid")).to_be_focused()
    await assert_accessible(page)
    await dialog.get_by_role("combobox", name="Tid").press("Enter")
    wanted = page.get_by_role("option", name=re.compile(r"^\d\d[:.]\d\d$")).nth(5)
    time = await wanted.text_content()
    await wanted.click()
    await dialog.get_by_role("button", name="Flytta", exact=True).click()
    await expect(page.get_by_text(re.compile(f"Återuppringningen är flyttad till .*{time}"))).to_be_visible()
    assert await _due(page) != was
    await page.get_by_role("tab", name="Vem gjorde vad").click()
    await expect(page.get_by_text("Agent A flyttade återuppringningen från")).to_be_visible()
    await page.get_by_role("button", name="Ångra").click()
    await expect(page.get_by_text("Agent A flyttade återuppringningen från")).to_have_count(2)
    assert await _due(page) == was
    await _goes_over_to_another_queue(stage, page)


async def _goes_over_to_another_queue(stage: Stage, page: Page) -> None:
    """Which is another unit's: its own free times are seen."""
    await stage.add("units", {"key": "branch", "name": "Filialen"})
    queue = {"key": "branch", "name": "Filialkön", "unit": "branch", "callbacks": {"schedule": "always"}}
    await stage.add("queues", queue)
    await page.reload()
    dialog = await _moves(page)
    await dialog.get_by_role("combobox", name="Kö").press("Enter")
    await page.get_by_role("option", name="Filialkön").click()
    await expect(dialog.get_by_role("combobox", name="Tid")).to_have_value(re.compile("^Nästa lediga: "))
    await dialog.get_by_role("button", name="Flytta", exact=True).click()
    await page.get_by_role("tab", name="Vem gjorde vad").click()
    await expect(page.get_by_text("Agent A flyttade återuppringningen till kön Filialkön")).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1440, "light")])
async def test_everybody_can_move(stage: Stage, visitors: Visitors, width: int, scheme: Scheme) -> None:
    page = await _at_the_desk(stage, visitors, View(width=width, scheme=scheme))
    await stage.book(CALLERS[0])
    await page.get_by_role("main").get_by_role("option").first.click()
    dialog = await _moves(page)
    await expect(dialog.get_by_role("combobox", name="Tid")).to_have_value(re.compile("^Nästa lediga: "))
    await assert_accessible(page)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1440, "light")])
async def test_everybody_can_book(stage: Stage, visitors: Visitors, width: int, scheme: Scheme) -> None:
    page = await _at_the_desk(stage, visitors, View(width=width, scheme=scheme))
    await page.get_by_role("button", name=BOOK).click()
    await expect(page.get_by_role("dialog", name=BOOK).get_by_role("combobox", name="Tid")).to_be_visible()
    await assert_accessible(page)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
