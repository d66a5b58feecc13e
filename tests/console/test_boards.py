"""Boards and wallboards: what is shown is true, of this moment, and said to be old when it is."""

import re

import pytest
from playwright.async_api import expect

from console.accessibility import assert_accessible
from console.asking import ask
from console.browsing import View, Visitors
from console.conftest import MakeStage
from console.stage import CALLERS, Stage, Wants

_OUTSIDE = """() => {
  const card = document.querySelector('section:has(strong)');
  const [waiting, longest] = card.querySelectorAll('strong');
  waiting.textContent = '188';
  longest.lastChild.textContent = '1:02:05';
  const figures = ['≈ 1:12:05', '188 / 220', '120 / 188', '1 880', '188', '100 %'];
  card.querySelectorAll('dd').forEach((each, index) => { each.textContent = figures[index] ?? '188'; });
  const box = card.getBoundingClientRect();
  return [...card.querySelectorAll('strong, dd, span, dt')].filter((each) => {
    const range = document.createRange();
    range.selectNodeContents(each);
    const { left, right, top, bottom } = range.getBoundingClientRect();
    const cell = each.closest('dl > div')?.getBoundingClientRect() ?? box;
    return right > cell.right + 1 || left < cell.left - 1 || bottom > box.bottom + 1 || top < box.top - 1;
  }).map((each) => each.textContent);
}"""
"""What stands outside of its place when a queue's figures are large."""

LEADER = {"role": "team_leader"}


async def test_a_caller_is_seen_waiting_and_then_answered(stage: Stage, visitors: Visitors) -> None:
    phone, caller = await stage.phone(), await stage.caller()
    page = await visitors.page(stage.boss, "/boards")
    queue = page.get_by_role("table", name="Köer").get_by_role("row").nth(1)
    agent = page.get_by_role("table", name="Medarbetare").get_by_role("row").filter(has_text="Agent A")
    await expect(agent).to_contain_text("Kan ta samtal")
    caller.dial(stage.number, from_number=CALLERS[0])
    await phone.expect_ring()
    await expect(queue.get_by_role("cell").nth(1)).to_have_text("1")
    await expect(queue.get_by_role("cell").nth(2)).to_have_text(re.compile(r"0:\d\d"))
    phone.answer()
    await expect(agent).to_contain_text("I samtal")
    await expect(agent).to_contain_text("+46 70 174 06 05")
    await expect(queue.get_by_role("cell").nth(1)).to_have_text("0")
    await expect(queue.get_by_role("cell").nth(8)).to_have_text("1")
    await expect(agent.get_by_role("cell").nth(4)).to_have_text("1")


async def test_a_figure_says_what_it_means(stage: Stage, visitors: Visitors) -> None:
    page = await visitors.page(stage.boss, "/boards")
    await page.get_by_role("table", name="Köer").get_by_role("button", name="Servicenivå").focus()
    await expect(page.get_by_role("tooltip").filter(has_text="korta avbrott")).to_be_visible()


async def test_who_leads_logs_somebody_out_and_takes_it_back(make_stage: MakeStage, visitors: Visitors) -> None:
    stage = await make_stage(Wants(agents=2, agent=LEADER))
    page = await visitors.page(stage.agent(0), "/boards")
    await expect(page.get_by_role("table", name="Medarbetare")).to_be_visible()
    await stage.phone(1)
    agent = page.get_by_role("table", name="Medarbetare").get_by_role("row").filter(has_text="Agent B")
    await expect(agent).to_contain_text("Kan ta samtal")
    await agent.get_by_role("button", name="Åtgärder för Agent B").press("Enter")
    await page.get_by_role("menuitem", name="Logga ut ur alla").click()
    await expect(agent).to_contain_text("Utloggad")
    await page.get_by_role("button", name="Ångra").click()
    await expect(agent).to_contain_text("Kan ta samtal")


async def test_a_user_may_not_log_colleagues_out(make_stage: MakeStage, visitors: Visitors) -> None:
    stage = await make_stage(Wants(agents=2))
    page = await visitors.page(stage.agent(0), "/boards")
    await expect(page.get_by_role("button", name="Åtgärder för Agent A")).to_be_visible()
    await expect(page.get_by_role("button", name="Åtgärder för Agent B")).to_have_count(0)
    await expect(page.get_by_role("button", name="Väggtavlor")).to_have_count(0)


async def test_who_may_not_handle_callbacks_is_told_that_they_are_not_shown(
    make_stage: MakeStage, visitors: Visitors
) -> None:
    stage = await make_stage(Wants(agents=1))
    boss = await visitors.page(stage.boss, "/roles")
    rights = ["see_live", "see_configuration"]
    role = {"key": "watcher", "name": "Watcher", "description": "", "copied_from": "user", "rights": rights}
    await ask(boss, "/api/roles", "POST", role)
    person = await ask(boss, f"/api/people/{stage.agent_key()}")
    await ask(boss, f"/api/people/{stage.agent_key()}", "PUT", {**person, "role": "watcher"})
    await stage.book(CALLERS[0])
    for width in (390, 1440):
        page = await visitors.page(stage.agent(), "/boards", View(width=width))
        told = page.get_by_text("Återuppringningar visas bara för den som har rätt att hantera dem.")
        await expect(told).to_have_count(2)
        await assert_accessible(page)
    page = await visitors.page(stage.boss, "/boards")
    await expect(page.get_by_role("table", name="Köer")).to_be_visible()
    await expect(page.get_by_text("Återuppringningar visas bara")).to_have_count(0)


async def test_a_wallboard_is_shown_by_its_link_until_it_is_revoked(stage: Stage, visitors: Visitors) -> None:
    page = await visitors.page(stage.boss, "/boards")
    await page.get_by_role("button", name="Väggtavlor").click()
    drawer = page.get_by_role("dialog")
    await drawer.get_by_label("Namn", exact=True).fill("Receptionen")
    await drawer.get_by_role("button", name="Skapa länk").click()
    link = await drawer.get_by_label("Länk", exact=True).input_value()
    wall = await visitors.page(None, "/wallboard#" + link.partition("#")[2], View(width=1440, scheme="dark"))
    await expect(wall.get_by_role("heading", name="Receptionen")).to_be_visible()
    caller = await stage.caller()
    caller.dial(stage.number, from_number=CALLERS[0])
    await expect(wall.locator("section strong").first).to_have_text("1")
    assert CALLERS[0][-6:] not in (await wall.content()).replace(" ", "")
    await assert_accessible(wall)
    for width, height in ((1440, 900), (1920, 1080), (1080, 1920)):
        await wall.set_viewport_size({"width": width, "height": height})
        assert await wall.evaluate(_OUTSIDE) == [], f"figures leave their card at {width} x {height}"
    await drawer.get_by_role("button", name="Återkalla länken Receptionen").click()
    await page.get_by_role("button", name="Återkalla", exact=True).click()
    await expect(wall.get_by_role("heading", name="Länken gäller inte längre")).to_be_visible()


@pytest.mark.limit(180)
async def test_a_wallboard_says_that_it_has_lost_contact_and_finds_back(stage: Stage, visitors: Visitors) -> None:
    boss = await visitors.page(stage.boss, "/boards")
    wanted = {"name": "Wall", "theme": "light", "language": "en"}
    made = await boss.request.post("/api/boards/links", data=wanted, headers={"X-Svarhus": "1"})
    wall = await visitors.page(None, (await made.json())["path"])
    await expect(wall.get_by_role("heading", name="Wall")).to_be_visible()
    await wall.context.set_offline(True)
    await expect(wall.get_by_role("alert")).to_contain_text("No contact")
    await assert_accessible(wall)
    await wall.context.set_offline(False)
    await expect(wall.get_by_role("alert")).to_have_count(0)


@pytest.mark.feature("Q-20")
async def test_who_leads_closes_a_queue_for_now_and_opens_it(make_stage: MakeStage, visitors: Visitors) -> None:
    stage = await make_stage(Wants(agent=LEADER))
    page = await visitors.page(stage.agent(), "/boards")
    queue = page.get_by_role("table", name="Köer").get_by_role("row").nth(1)
    await queue.get_by_role("button", name="Stäng").press("Enter")
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("De som väntar är kvar")
    await assert_accessible(page)
    await dialog.get_by_role("button", name="Stäng tillfälligt").click()
    await expect(queue).to_contain_text("Stängd")
    await page.goto(page.url.replace("/boards", "/desk"))
    await expect(page.get_by_role("region", name="Köer").get_by_text("Stängd")).to_be_visible()
    await page.goto(page.url.replace("/desk", "/boards"))
    await queue.get_by_role("button", name="Öppna").click()
    await expect(queue).not_to_contain_text("Stängd")
