"""The directory page: finding, keeping and bringing in contacts."""

from playwright.async_api import expect

from console.accessibility import assert_accessible
from console.browsing import Visitors
from console.conftest import MakeStage
from console.softphone import at_the_phone, browser_stage, expect_call
from console.stage import Stage, Wants
from console.test_switchboard import KARIN, keep

FILE = """Namn;Företag;Telefon;Kundnummer
Åsa Öberg;Öbergs Taxi;08-465 00 70;17
Bo Ek;;12;
"""


async def test_a_contact_is_kept_found_marked_changed_and_deleted_by_keyboard(stage: Stage, visitors: Visitors) -> None:
    page = await visitors.page(stage.agent(), "/directory")
    await page.get_by_role("button", name="Ny kontakt").press("Enter")
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Namn").first.fill("<b>Åsa</b> Öberg")
    await dialog.get_by_label("Företag").fill("Öbergs Taxi")
    await dialog.get_by_label("Nummer 1", exact=True).fill("12")
    await page.keyboard.press("Enter")
    await expect(dialog.get_by_text("Numret är för kort.")).to_be_visible()
    await assert_accessible(page)
    await dialog.get_by_label("Nummer 1", exact=True).fill("070-174 06 05")
    await dialog.get_by_role("button", name="Spara").press("Enter")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.locator("main").focus()
    await page.keyboard.press("/")
    await page.keyboard.type("oberg 0701")
    entry = page.get_by_role("list", name="Personer och företag").get_by_role("listitem")
    await expect(entry).to_have_count(1)
    await expect(entry).to_contain_text("<b>Åsa</b> Öberg")
    await entry.get_by_role("button", name="Favorit").press("Enter")
    await page.get_by_text("Favoriter").click()
    await expect(entry).to_have_count(1)
    await entry.get_by_title("<b>Åsa</b> Öberg").press("Enter")
    await page.get_by_role("button", name="Ändra kontakt").press("Enter")
    await page.get_by_role("textbox", name="Ort").fill("Solna")
    await page.get_by_role("button", name="Spara").press("Enter")
    await expect(dialog.get_by_text("Solna").first).to_be_visible()
    await page.get_by_role("button", name="Ta bort", exact=True).press("Enter")
    question = page.get_by_role("dialog").filter(has_text="tas bort för gott")
    await question.get_by_role("button", name="Ta bort").press("Enter")
    await expect(page.get_by_text("Ingen träff")).to_be_visible()


async def test_contacts_are_brought_in_from_a_file_and_faults_are_told_by_line(
    stage: Stage, visitors: Visitors
) -> None:
    page = await visitors.page(stage.boss, "/directory")
    await page.get_by_role("button", name="Fil").click()
    await page.get_by_role("menuitem", name="Läs in kontakter från fil").click()
    await page.locator("input[type=file]").set_input_files(
        {"name": "kontakter.csv", "mimeType": "text/csv", "buffer": FILE.encode()}
    )
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("1 nya, 0 ändras, 0 är likadana som förut.")
    await expect(dialog).to_contain_text("1 rad går inte att läsa in")
    await expect(dialog).to_contain_text("12: Numret är för kort.")
    await expect(dialog.get_by_role("combobox", name="Betydelse av Kundnummer")).to_have_value("Eget fält")
    await assert_accessible(page)
    async with page.expect_download() as download:
        await dialog.get_by_role("button", name="Spara raderna med fel").click()
    assert "Bo Ek;;12;" in (await (await download.value).path()).read_text(encoding="utf-8-sig")
    await dialog.get_by_role("button", name="Läs in de andra").click()
    await expect(page.get_by_text("Öbergs Taxi")).to_be_visible()


async def test_somebody_is_called_by_one_click(make_stage: MakeStage, visitors: Visitors) -> None:
    stage = await browser_stage(make_stage)
    await keep(stage, KARIN)
    page = await at_the_phone(visitors, stage.agent(), path="/directory")
    await page.get_by_role("button", name="Ring Karin Ask").click()
    await expect_call(page, "dialling")


async def test_a_colleagues_presence_is_shown_and_changes(make_stage: MakeStage, visitors: Visitors) -> None:
    stage = await make_stage(Wants(agents=2))
    page = await visitors.page(stage.boss, "/directory")
    entry = page.get_by_role("listitem").filter(has_text="Agent B")
    await expect(entry).to_contain_text("Kan inte nås")
    await stage.phone(1)
    await expect(entry).to_contain_text("Kan ta samtal")
