"""Being away: said in one's own menu or by who leads, seen by everybody at once, and over at its time."""

import pytest
from playwright.async_api import Page, expect

from console.accessibility import assert_accessible
from console.browsing import View, Visitors
from console.conftest import MakeStage
from console.stage import Stage, Wants

pytestmark = pytest.mark.feature("SWB-04")


async def _own_menu(page: Page) -> None:
    await page.get_by_role("button", name="min meny").click()


async def test_two_clicks_tell_everybody_and_one_more_takes_it_back(make_stage: MakeStage, visitors: Visitors) -> None:
    stage = await make_stage(Wants(agents=2, logged_in=False))
    own = await visitors.page(stage.agent(0), "/desk")
    other = await visitors.page(stage.agent(1), "/directory")
    entry = other.get_by_role("listitem").filter(has_text=stage.agent(0).name)
    await expect(entry).to_contain_text("Utloggad")
    await _own_menu(own)
    await own.get_by_role("menuitem", name="I möte").click()
    await expect(entry).to_contain_text("I möte")
    await _own_menu(own)
    await expect(own.get_by_role("menuitem", name="Jag är tillbaka")).to_be_visible()
    await assert_accessible(own)
    await own.get_by_role("menuitem", name="Jag är tillbaka").click()
    await expect(entry).to_contain_text("Utloggad")


async def test_who_still_gets_calls_is_asked_to_leave_the_queues(stage: Stage, visitors: Visitors) -> None:
    page = await visitors.page(stage.agent(), "/boards")
    await _own_menu(page)
    await page.get_by_role("menuitem", name="Lunch").click()
    question = page.get_by_role("dialog", name="Du får fortfarande samtal")
    await question.get_by_role("button", name="Logga ut från köerna").click()
    row = page.get_by_role("row").filter(has_text=stage.agent().name)
    await expect(row).to_contain_text("Utloggad")
    await expect(row).to_contain_text("Lunch")
    await expect(row).to_contain_text("till")


@pytest.mark.feature("ROLE-02")
@pytest.mark.parametrize("width", [390, 1440])
async def test_who_leads_says_it_of_another_by_keyboard_with_note_and_end(
    width: int, make_stage: MakeStage, visitors: Visitors
) -> None:
    stage = await make_stage(Wants(agents=1, logged_in=True))
    boss = await visitors.page(stage.boss, "/directory", View(width=width))
    own = await visitors.page(stage.agent(), "/profile", View(width=width, scheme="dark"))
    name = stage.agent().name
    await boss.get_by_role("listitem").filter(has_text=name).get_by_title(name).press("Enter")
    await boss.get_by_role("button", name="Ange närvaro").press("Enter")
    dialog = boss.get_by_role("dialog", name=f"Närvaro för {name}")
    await dialog.get_by_label("Sjuk").check()
    await dialog.get_by_role("button", name="2 timmar").press("Enter")
    await dialog.get_by_label("Kommentar").fill("<i>Åter</i> 14.30")
    await assert_accessible(boss)
    await dialog.get_by_role("button", name="Spara").press("Enter")
    await expect(dialog).to_have_count(0)
    panel = own.get_by_role("region", name="Närvaro", exact=True)
    await expect(panel).to_contain_text("Sjuk")
    await expect(panel).to_contain_text("<i>Åter</i> 14.30")
    await expect(panel).to_contain_text(f"angivet av {stage.boss.name}")
    await assert_accessible(own)
    await own.goto(own.url.replace("/profile", "/boards"))
    await expect(own.get_by_role("row").filter(has_text=name)).to_contain_text("Utloggad")


async def test_it_shows_before_one_transfers_and_a_user_may_not_set_it_of_others(
    make_stage: MakeStage, visitors: Visitors
) -> None:
    stage = await make_stage(Wants(agents=2))
    away = await visitors.page(stage.agent(1), "/profile")
    await away.get_by_role("button", name="Ange närvaro").click()
    dialog = away.get_by_role("dialog", name="Min närvaro")
    await dialog.get_by_label("Semester").check()
    await dialog.get_by_label("Kommentar").fill("Åter måndag")
    await dialog.get_by_role("button", name="Spara").click()
    page = await visitors.page(stage.agent(0), "/switchboard")
    entry = page.get_by_role("listitem").filter(has_text=stage.agent(1).name)
    await expect(entry).to_contain_text("Semester")
    await expect(entry).to_contain_text("Åter måndag")
    await entry.get_by_title(stage.agent(1).name).click()
    await expect(page.get_by_role("dialog")).to_contain_text("Semester")
    await expect(page.get_by_role("button", name="Ange närvaro")).to_have_count(0)
