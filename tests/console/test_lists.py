"""Lists of numbers: made, filled by hand and from a workbook, looked through, restored and deleted; and what a list
does to a caller."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.async_api import Page, expect
from pydantic import JsonValue

from console.accessibility import assert_accessible
from console.browsing import View, Visitors
from console.conftest import MakeStage
from console.stage import CALLERS, Stage, Wants
from svarhus.domains.contacts.workbook_writing import MEDIA_TYPE, workbook
from svarhus.phones.errors import Failed

GUARDED: Mapping[str, JsonValue] = {
    "lists": [{"key": "blocked", "name": "Spärrade"}],
    "callflows": [
        {
            "key": "guarded",
            "name": "Bevakad",
            "start": "list",
            "elements": {
                "list": {
                    "type": "caller_list",
                    "settings": {"lists": ["blocked"]},
                    "exits": {"listed": "gone", "not_listed": "queue"},
                },
                "gone": {"type": "hang_up", "settings": {"tone": "busy"}},
                "queue": {"type": "queue", "settings": {"queue": "front", "wait_for_nobody": True}},
            },
        }
    ],
}
MANY = 10_000
ROWS = [
    ["Nummer", "Namn", "Anteckning"],
    *([f"08-465 {place:04}", f"Kund {place}", ""] for place in range(MANY)),
    ["12", "För kort", ""],
    ["0200-11 1*", "Fria nummer", "Växel"],
]


@pytest.mark.feature("FLOW-10")
async def test_a_list_is_made_filled_and_restored(stage: Stage, visitors: Visitors) -> None:
    page = await visitors.page(stage.boss, "/settings/lists")
    await expect(page.get_by_text("Inga listor än")).to_be_visible()
    await page.get_by_role("link", name="Ny lista").click()
    await page.get_by_label("Namn").fill("Stora kunder")
    await page.get_by_label("Prioritet i kö").fill("5")
    await page.get_by_role("button", name="Spara", exact=True).click()
    await expect(page.get_by_role("heading", name="Stora kunder")).to_be_visible()
    await expect(page.get_by_text("Inga nummer på listan")).to_be_visible()

    await page.get_by_role("button", name="Lägg till nummer").click()
    dialog = page.get_by_role("dialog", name="Lägg till nummer")
    await dialog.get_by_label("Nummer").fill("465 00 42")
    await page.keyboard.press("Enter")
    await expect(dialog.get_by_label("Nummer")).to_have_attribute("aria-invalid", "true")
    await dialog.get_by_label("Nummer").fill("070-174 06 05")
    await dialog.get_by_label("Namn").fill("Åsa Öberg")
    await assert_accessible(page)
    await dialog.get_by_role("button", name="Spara").click()
    table = page.get_by_role("table", name="Nummer på listan")
    await expect(table.get_by_role("row", name="Åsa Öberg")).to_be_visible()
    await assert_accessible(page)

    await page.get_by_role("button", name="Fler val").click()
    await page.get_by_role("menuitem", name="Läs in från Excel eller CSV").click()
    await page.locator("input[type=file]").set_input_files(
        {"name": "kunder.xlsx", "mimeType": MEDIA_TYPE, "buffer": workbook(ROWS)}
    )
    dialog = page.get_by_role("dialog")
    told = re.compile(r"10\s001 nya, 0 ändras, 0 är likadana som förut\.")
    await expect(dialog).to_contain_text(told)
    await expect(dialog).to_contain_text("1 rad går inte att läsa in")
    await expect(dialog).to_contain_text("12: Numret är för kort.")
    await dialog.get_by_label("Byts ut").check()
    await expect(dialog).to_contain_text("1 tas bort.")
    await dialog.get_by_label("Kommentar till versionen").fill("Ur kundregistret")
    await assert_accessible(page)
    await _seen(page, "import")
    await dialog.get_by_role("button", name="Läs in de andra").click()
    await expect(page.get_by_text(re.compile(r"^10\s001 nummer$"))).to_be_visible()

    await table.get_by_role("row").nth(1).focus()
    for _ in range(4):
        await page.keyboard.press("End")
        await expect(page.locator(":focus")).to_have_attribute("data-index", re.compile("^[1-9]"))
    await _seen(page, "list")
    search = page.get_by_label("Sök nummer eller namn")
    await search.fill("08-465 07 77")
    row = table.get_by_role("row", name="Kund 777")
    await expect(row).to_be_visible()
    await row.press("Enter")
    dialog = page.get_by_role("dialog", name="Ändra nummer")
    await dialog.get_by_role("button", name="Ta bort").click()
    await (
        page.get_by_role("dialog")
        .filter(has_text="Det gäller från nästa samtal")
        .get_by_role("button", name="Ta bort")
        .click()
    )
    await expect(page.get_by_role("paragraph").filter(has_text="Inget hittades")).to_be_visible()
    await search.fill("")

    await page.get_by_role("button", name="Fler val").click()
    await page.get_by_role("menuitem", name="Versioner").click()
    drawer = page.get_by_role("dialog", name="Versioner")
    await expect(drawer).to_contain_text("Bytte ut listan mot en fil")
    await expect(drawer).to_contain_text("Ur kundregistret")
    await expect(drawer).to_contain_text(stage.boss.name)
    await drawer.get_by_role("button", name="Visa numren i version 1").click()
    await expect(drawer.get_by_role("row", name="Åsa Öberg")).to_be_visible()
    await assert_accessible(page)
    await _seen(page, "versions")
    await drawer.get_by_role("button", name="Återställ version 1").click()
    asked = page.get_by_role("dialog").filter(has_text="Listan blir som den var då")
    await asked.get_by_role("button", name="Återställ").click()
    await expect(page.get_by_text("Version 1 gäller igen.")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_text("1 nummer", exact=True)).to_be_visible()

    await page.get_by_role("button", name="Ta bort", exact=True).click()
    asked = page.get_by_role("dialog").filter(has_text="försvinner för gott")
    await asked.get_by_role("button", name="Ta bort").click()
    await expect(page.get_by_text("Inga listor än")).to_be_visible()


@pytest.mark.feature("FLOW-10")
async def test_who_is_put_on_a_block_list_is_not_let_in_any_more(make_stage: MakeStage, visitors: Visitors) -> None:
    stage = await make_stage(Wants(more=GUARDED, lines={"guarded": "guarded"}, agents=1))
    phone, caller = await stage.phone(), await stage.caller()
    call = await caller.call(stage.lines["guarded"], from_number=CALLERS[0])
    await phone.expect_ring()
    await call.cancel()
    page = await visitors.page(stage.boss, "/settings/lists/blocked", View(width=390))
    await page.get_by_role("button", name="Lägg till nummer").click()
    dialog = page.get_by_role("dialog", name="Lägg till nummer")
    await dialog.get_by_label("Nummer").fill(CALLERS[0][:-1] + "*")
    await dialog.get_by_role("button", name="Spara").click()
    await expect(page.get_by_text("Listan är sparad")).to_be_visible()
    await _seen(page, "narrow")
    with pytest.raises(Failed, match="486 Busy Here"):
        await caller.call(stage.lines["guarded"], from_number=CALLERS[0])
    await page.get_by_role("button", name="Ta bort", exact=True).click()
    await expect(page.get_by_role("dialog")).to_contain_text("Samtalsflöde Bevakad")


async def _seen(page: Page, name: str) -> None:
    if folder := os.environ.get("LISTS_SEEN"):
        await page.screenshot(path=Path(folder) / f"{name}.png")
