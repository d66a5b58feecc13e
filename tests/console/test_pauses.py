"""Pausing in the console: oneself at the desk, also on a telephone's screen, and others from the board."""

import pytest
from playwright.async_api import expect

from console.accessibility import assert_accessible
from console.browsing import View, Visitors
from console.conftest import MakeStage
from console.stage import Wants

pytestmark = pytest.mark.feature("Q-25")


@pytest.mark.parametrize("width", [390, 1440])
async def test_one_pauses_with_a_reason_and_an_end_and_comes_back(
    width: int, make_stage: MakeStage, visitors: Visitors
) -> None:
    stage = await make_stage(Wants(agents=2))
    own = await visitors.page(stage.agent(0), "/desk", View(width=width))
    other = await visitors.page(stage.agent(1), "/boards")
    row = other.get_by_role("row").filter(has_text=stage.agent(0).name)
    await expect(row).not_to_contain_text("Pausad")
    await own.get_by_role("button", name="Pausa").press("Enter")
    await own.get_by_role("menuitemradio", name="30 min").click()
    await assert_accessible(own)
    await own.get_by_role("menuitem", name="Lunch").click()
    await expect(own.get_by_role("status").filter(has_text="Du är pausad")).to_contain_text("Lunch")
    await expect(row).to_contain_text("Pausad")
    await expect(row).to_contain_text("Lunch")
    await expect(row).to_contain_text("till")
    await assert_accessible(own)
    await assert_accessible(other)
    await own.get_by_role("button", name="Avsluta pausen").press("Enter")
    await expect(own.get_by_role("button", name="Pausa")).to_be_visible()
    await expect(row).not_to_contain_text("Pausad")


async def test_who_leads_pauses_another_and_ends_it(make_stage: MakeStage, visitors: Visitors) -> None:
    stage = await make_stage(Wants(agents=1))
    boss = await visitors.page(stage.boss, "/boards")
    name = stage.agent().name
    row = boss.get_by_role("row").filter(has_text=name)
    await boss.get_by_role("button", name=f"Åtgärder för {name}").click()
    await boss.get_by_role("menuitem", name="Pausa").hover()
    await boss.get_by_role("menuitem", name="Möte").click()
    await expect(row).to_contain_text("Pausad")
    await expect(row).to_contain_text("Möte")
    await boss.get_by_role("button", name=f"Åtgärder för {name}").click()
    await boss.get_by_role("menuitem", name="Avsluta pausen").click()
    await expect(row).not_to_contain_text("Pausad")


@pytest.mark.feature("Q-12")
async def test_the_last_one_out_is_told_so(make_stage: MakeStage, visitors: Visitors) -> None:
    stage = await make_stage(Wants(agents=1))
    page = await visitors.page(stage.agent(), "/desk")
    await page.get_by_role("switch").first.press("Space")
    await expect(page.get_by_text("Du var den sista.")).to_be_visible()
