"""People, roles, own fields, the profile and the audit log."""

import io
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.async_api import Page, expect
from pydantic import JsonValue

from console.accessibility import assert_accessible
from console.asking import ask
from console.browsing import View, Visitors
from console.conftest import MakeStage
from console.stage import Stage, Wants

MARKUP = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("photo") / "me.png"
    drawn = io.BytesIO()
    Image.new("RGB", (900, 600), "teal").save(drawn, "PNG")
    file.write_bytes(drawn.getvalue())
    return file


async def _fits(page: Page) -> None:
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "wider than its window"


@pytest.mark.limit(180)
async def test_somebody_new_is_added_found_and_removed(make_stage: MakeStage, visitors: Visitors) -> None:
    stage = await make_stage(Wants())
    page = await visitors.page(stage.boss, "/people/new")
    await page.get_by_label("Namn").fill(f"Åsa {MARKUP}")
    await expect(page.get_by_label("Nyckel")).to_have_value("asa-img-src-x-onerror-alert-1")
    await page.get_by_label("E-postadress").fill(stage.boss.email)
    await page.get_by_role("button", name="Lägg till", exact=True).click()
    await expect(page.get_by_text("Någon annan har den adressen.")).to_be_visible()
    await page.get_by_label("E-postadress").fill(f"asa@{stage.key}.example")
    await page.get_by_role("combobox", name="Kompetenser").fill("Finska")
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Lägg till", exact=True).click()
    await expect(page).to_have_url(re.compile("/people/asa-img"))

    await page.get_by_label("Titel").fill("Sköterska")
    await page.get_by_role("link", name="Roller").click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.get_by_role("button", name="Avbryt").click()
    await page.get_by_role("button", name="Spara").click()
    await expect(page.get_by_text("Sparat")).to_be_visible()

    await page.get_by_role("link", name="Medarbetare").first.click()
    await page.get_by_role("searchbox").fill("asa finska")
    row = page.get_by_role("row", name="Åsa")
    await expect(row).to_contain_text("Sköterska")
    await expect(page.get_by_role("row")).to_have_count(2)
    await row.focus()
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Ta bort", exact=True).click()
    await page.get_by_role("dialog").get_by_role("button", name="Ta bort").click()
    await expect(page).to_have_url(re.compile("/people$"))
    await expect(page.get_by_role("row", name="Agent A")).to_be_visible()
    await expect(page.get_by_role("row", name="Åsa")).to_have_count(0)


@pytest.mark.limit(180)
async def test_a_role_is_copied_changed_and_deleted_with_a_way_back(make_stage: MakeStage, visitors: Visitors) -> None:
    stage = await make_stage(Wants())
    page = await visitors.page(stage.boss, "/roles")
    await page.get_by_role("button", name="Kopiera Användare").click()
    await page.get_by_label("Namn").fill("Vikarie")
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile("/roles/vikarie$"))
    await expect(page.get_by_text("Avsluta andras samtal")).to_be_visible()
    await expect(page.get_by_text("rights."), "a right without an explanation has none").to_have_count(0)
    await page.get_by_label("Hantera röstmeddelanden").uncheck()
    await page.get_by_role("button", name="Spara").click()
    await expect(page.get_by_text("Rollen är sparad")).to_be_visible()

    card = await ask(page, f"/api/people/{stage.agent_key()}")
    await ask(page, f"/api/people/{stage.agent_key()}", "PUT", {**card, "role": "vikarie"})
    agent = await visitors.page(stage.agent(), "/profile")
    assert "handle_voicemails" not in str((await ask(agent, "/api/me"))["rights"])

    await page.reload()
    await page.get_by_role("button", name="Ta bort").click()
    await expect(page.get_by_role("dialog")).to_contain_text("1 person som har rollen blir i stället Användare")
    await page.get_by_role("dialog").get_by_role("button", name="Ta bort").click()
    await expect(page).to_have_url(re.compile("/roles$"))
    assert (await ask(agent, "/api/me"))["role"] == "user"


async def test_a_photo_is_set_in_the_profile(stage: Stage, visitors: Visitors, photo: Path) -> None:
    page = await visitors.page(stage.agent(), "/profile")
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name="Välj bild").click()
    await (await chooser.value).set_files(photo)
    await expect(page.get_by_text("Bilden är sparad")).to_be_visible()
    await expect(page.locator("main img[src*='/photo?v=']")).to_be_visible()
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name="Byt bild").click()
    await (await chooser.value).set_files({"name": "me.png", "mimeType": "image/png", "buffer": b"<svg/>"})
    await expect(page.get_by_text("Filen är ingen bild som kan användas")).to_be_visible()


LOG_IN: dict[str, JsonValue] = {
    "key": "log-in",
    "name": "Logga in",
    "start": "who",
    "elements": {"who": {"type": "member_login"}},
}


@pytest.mark.feature("Q-12")
async def test_a_pin_is_chosen_in_the_profile_and_cleared_by_an_administrator(
    make_stage: MakeStage, visitors: Visitors
) -> None:
    stage = await make_stage(Wants(lines={"Logga in": "log-in"}, more={"callflows": [LOG_IN]}))
    page = await visitors.page(stage.agent(), "/profile")
    await page.get_by_label("Välj en pinkod").fill("1234")
    await page.get_by_role("button", name="Spara pinkoden").click()
    await expect(page.get_by_role("alert").filter(has_text="prövas först")).to_be_visible()
    await page.get_by_label("Välj en pinkod").fill("8302")
    await page.get_by_role("button", name="Spara pinkoden").click()
    await expect(page.get_by_text("Du har en pinkod sedan")).to_be_visible()
    await assert_accessible(page)
    boss = await visitors.page(stage.boss, f"/people/{stage.agent_key()}")
    await boss.get_by_role("button", name="Ta bort pinkoden").click()
    await boss.get_by_role("dialog").get_by_role("button", name="Ta bort pinkoden").click()
    await expect(boss.get_by_text("Har en pinkod")).to_have_count(0)
    assert (await ask(page, "/api/me/pin"))["since"] is None


async def test_the_audit_log_is_searched(stage: Stage, visitors: Visitors) -> None:
    page = await visitors.page(stage.boss, "/audit", View(width=1024))
    await ask(page, f"/api/people/{stage.agent_key()}")
    await expect(page.get_by_role("cell", name=re.compile("Ändrade inställningar")).first).to_be_visible()
    await page.get_by_text("Insyn", exact=True).first.click()
    await expect(page.get_by_role("cell", name=re.compile("Tittade på kontaktkort"))).to_be_visible()
    await expect(page.get_by_role("cell", name=re.compile("Ändrade inställningar"))).to_have_count(0)
    await page.get_by_role("searchbox").fill("nothing at all")
    await expect(page.get_by_text("Inget i loggen passar")).to_be_visible()
    await page.get_by_role("button", name="Visa allt").click()
    await expect(page.get_by_role("cell", name=re.compile("Ändrade inställningar")).first).to_be_visible()


async def test_a_user_does_not_see_what_is_for_others(stage: Stage, visitors: Visitors) -> None:
    page = await visitors.page(stage.agent(), "/profile")
    await expect(page.get_by_role("heading", name="Min profil")).to_be_visible()
    await expect(page.get_by_role("link", name="Roller")).to_have_count(0)
    await expect(page.get_by_role("link", name="Granskningslogg")).to_have_count(0)
