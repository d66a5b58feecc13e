"""The organisation's settings and tags: changed by hand and by keyboard, with every fault beside its field."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.async_api import expect
from pydantic import JsonValue

from console.accessibility import assert_accessible
from console.browsing import Visitors
from console.conftest import MakeStage
from console.stage import Stage, Wants
from svarhus.phones.sound import tone, write_wav

TAGS: Mapping[str, JsonValue] = {
    "tags": [
        {"key": "medicines", "name": "Läkemedel"},
        {"key": "prescription", "name": "Recept", "parent": "medicines"},
        {"key": "booking", "name": "Tidbokning"},
    ]
}


async def test_a_setting_is_changed_and_its_history_shows_by_whom(stage: Stage, visitors: Visitors) -> None:
    page = await visitors.page(stage.boss, f"/settings/queues/{stage.queue}")
    ring_time = page.get_by_label("Ringtid")
    await ring_time.fill("35")
    await expect(page.get_by_text("Ändringar som inte är sparade")).to_be_visible()
    await page.get_by_role("button", name="Spara", exact=True).click()
    await expect(page.get_by_text("Allt är sparat")).to_be_visible()
    kept = await page.request.get(f"/api/queues/{stage.queue}")
    assert (await kept.json())["ring_time"] == 35
    await page.get_by_role("button", name="Historik").click()
    drawer = page.get_by_role("dialog", name="Historik")
    await expect(drawer).to_contain_text(stage.boss.name)
    await expect(drawer).to_contain_text("Ringtid: 20 → 35")
    await drawer.get_by_role("button", name="Hämta till formuläret").click()
    await expect(ring_time).to_have_value("20 s")
    await expect(page.get_by_text("Ändringar som inte är sparade")).to_be_visible()


async def test_a_fault_stands_beside_its_field(stage: Stage, visitors: Visitors) -> None:
    page = await visitors.page(stage.boss, f"/settings/queues/{stage.queue}")
    await page.get_by_label("Ringtid").fill("500")
    await page.get_by_label("Namn", exact=True).fill("")
    await page.get_by_role("button", name="Spara", exact=True).click()
    await expect(page.get_by_text("Högst 120.")).to_be_visible()
    await expect(page.get_by_text("Fyll i det här.")).to_be_visible()
    await expect(page.get_by_label("Namn", exact=True)).to_be_focused()
    await page.get_by_label("Namn", exact=True).fill("Kö")
    await page.get_by_label("Ringtid").fill("20")
    await page.get_by_label("Anknytning").fill(stage.agent().extension)
    await page.get_by_role("button", name="Spara", exact=True).click()
    field = page.get_by_label("Anknytning")
    await expect(field).to_have_attribute("aria-invalid", "true")
    await expect(page.get_by_role("alert").get_by_role("link")).to_contain_text("används redan")


async def test_changes_that_are_not_saved_are_not_lost_without_a_word(stage: Stage, visitors: Visitors) -> None:
    page = await visitors.page(stage.boss, f"/settings/queues/{stage.queue}")
    await page.get_by_label("Namn", exact=True).fill("Annat namn")
    await page.get_by_role("link", name="Läget nu").first.click()
    asked = page.get_by_role("dialog", name="Lämna utan att spara?")
    await asked.get_by_role("button", name="Avbryt").click()
    await expect(page.get_by_label("Namn", exact=True)).to_have_value("Annat namn")
    await page.get_by_role("link", name="Läget nu").first.click()
    await asked.get_by_role("button", name="Lämna").click()
    await expect(page.get_by_role("heading", name="Läget nu")).to_be_visible()


async def test_a_part_is_made_and_removed_and_what_is_in_use_stays(stage: Stage, visitors: Visitors) -> None:
    page = await visitors.page(stage.boss, "/settings/units")
    await page.get_by_role("link", name="Ny enhet").click()
    await page.get_by_label("Namn", exact=True).fill("Öron, näsa & hals")
    await page.get_by_role("button", name="Spara", exact=True).click()
    await expect(page.get_by_role("heading", name="Öron, näsa & hals")).to_be_visible()
    await expect(page).to_have_url(re.compile(r"/settings/units/oron-nasa-hals$"))
    await page.get_by_role("button", name="Ta bort").click()
    await page.get_by_role("dialog").get_by_role("button", name="Ta bort").click()
    await expect(page.get_by_text("Inga enheter än")).to_be_visible()
    await page.goto(page.url.replace("units", f"queues/{stage.queue}"))
    await page.get_by_role("button", name="Ta bort", exact=True).click()
    await expect(page.get_by_role("dialog")).to_contain_text("Samtalsflöde")
    await page.get_by_role("dialog").get_by_role("button", name="Jag förstår").click()


@pytest.mark.feature("Q-01", "AUD-02")
async def test_a_playlist_is_made_filled_and_chosen(stage: Stage, visitors: Visitors, tmp_path: Path) -> None:
    sound = tmp_path / "Havets brus.wav"
    write_wav(sound, tone(440, 2.0))
    page = await visitors.page(stage.boss, "/settings/playlists")
    await page.get_by_role("link", name="Ny spellista").click()
    await page.get_by_label("Namn", exact=True).fill("Lugn musik")
    await page.get_by_role("button", name="Spara", exact=True).click()
    await expect(page.get_by_text("Inget ljud än")).to_be_visible()
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name="Ladda upp ljud").click()
    await (await chooser.value).set_files(sound)
    await expect(page.get_by_text("havets-brus")).to_be_visible()
    await assert_accessible(page)
    await page.goto(page.url.replace("playlists/lugn-musik", f"queues/{stage.queue}"))
    await page.locator("#field-music").click()
    await page.get_by_role("option", name="Lugn musik").click()
    await page.get_by_role("button", name="Spara", exact=True).click()
    await expect(page.get_by_text("Allt är sparat")).to_be_visible()
    await page.goto(page.url.replace(f"queues/{stage.queue}", "playlists/lugn-musik"))
    await page.get_by_role("button", name="Ta bort", exact=True).click()
    await expect(page.get_by_role("dialog")).to_contain_text("används")


async def test_a_file_is_shown_before_it_is_applied(stage: Stage, visitors: Visitors, tmp_path: Path) -> None:
    page = await visitors.page(stage.boss, "/settings/file")
    async with page.expect_download() as started:
        await page.get_by_role("link", name="Hämta filen").click()
    file = Path(await (await started.value).path()).read_text()
    changed, wrong = tmp_path / "changed.yaml", tmp_path / "wrong.yaml"
    changed.write_text(file.replace("Provhuset", "Nya huset"))
    wrong.write_text(file + "weather: fine\n")
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name="Välj fil").click()
    await (await chooser.value).set_files(wrong)
    await expect(page.get_by_role("cell", name="weather").first).to_be_visible()
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name="Välj fil").click()
    await (await chooser.value).set_files(changed)
    await expect(page.get_by_text("skulle ändra en sak")).to_be_visible()
    await page.get_by_role("button", name="Genomför ändringarna").click()
    await expect(page.get_by_text("Filen gäller nu")).to_be_visible()
    shown = await (await page.request.get("/api/organisation")).json()
    assert shown["name"].startswith("Nya huset")


async def test_tags_are_moved_by_the_keyboard(make_stage: MakeStage, visitors: Visitors) -> None:
    stage = await make_stage(Wants(more=TAGS))
    page = await visitors.page(stage.boss, "/settings/tags")
    tree = page.get_by_role("tree", name="Taggar")
    booking = tree.get_by_role("treeitem", name="Tidbokning")
    await booking.focus()
    await page.keyboard.press("Alt+ArrowUp")
    await expect(tree.get_by_role("treeitem").first).to_contain_text("Tidbokning")
    await expect(booking).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await expect(tree.get_by_role("treeitem", name="Läkemedel")).to_be_focused()
    await page.keyboard.press("Alt+ArrowRight")
    await expect(tree.get_by_role("treeitem", name="Läkemedel")).to_have_attribute("aria-level", "2")
    await expect(tree.get_by_role("treeitem", name="Recept")).to_have_attribute("aria-level", "3")
    await page.keyboard.press("Enter")
    await page.get_by_role("dialog").get_by_label("Namn", exact=True).fill("Mediciner")
    await page.keyboard.press("Enter")
    await expect(tree.get_by_role("treeitem", name="Mediciner")).to_be_visible()
    tags = await (await page.request.get("/api/tags")).json()
    assert [tag["key"] for tag in tags["items"]] == ["booking", "medicines", "prescription"]


async def test_an_inactive_tag_is_said_to_be_so(make_stage: MakeStage, visitors: Visitors) -> None:
    stage = await make_stage(Wants(more=TAGS))
    page = await visitors.page(stage.boss, "/settings/tags")
    await page.get_by_role("button", name="Åtgärder för Läkemedel").click()
    await page.get_by_role("menuitem", name="Inaktivera").click()
    await expect(page.get_by_role("treeitem", name="Recept")).to_contain_text("Inaktiv")
