"""What was done is found again, and comes in by itself."""

from playwright.async_api import expect

from console.accessibility import assert_accessible
from console.asking import address, ask
from console.browsing import View, Visitors
from console.stage import CALLERS, Stage


async def test_what_was_done_comes_in_by_itself_and_opens_the_case(stage: Stage, visitors: Visitors) -> None:
    page = await visitors.page(stage.agent(), "/desk")
    wanted = {"queue": "front", "number": CALLERS[0]}
    booking = (await ask(page, "/api/callbacks", "POST", wanted))["id"]
    await page.get_by_role("link", name="Klart").press("Enter")
    await expect(page.get_by_text("Du har inte gjort klart något än")).to_be_visible()
    await page.get_by_text("Allas", exact=True).click()
    await expect(page.get_by_text("Inget är klart än")).to_be_visible()
    cancelled = await page.request.delete(address(page, f"/api/callbacks/{booking}"), headers={"X-Svarhus": "1"})
    assert cancelled.ok
    row = page.get_by_role("row").filter(has_text="Avbokad")
    await expect(row).to_contain_text("06 05")
    await expect(row).to_contain_text("Agent A")
    await page.get_by_text("Mitt", exact=True).click()
    await expect(row).to_have_count(1)
    await page.get_by_text("Allas", exact=True).click()
    await assert_accessible(page)
    await page.emulate_media(color_scheme="dark")
    await page.set_viewport_size({"width": 390, "height": 844})
    await assert_accessible(page)
    await row.press("Enter")
    await expect(page.get_by_role("article")).to_contain_text("Klart")
    await expect(page.get_by_role("article")).to_contain_text("Avbokad avDig")


async def test_a_user_on_a_phone_reads_the_week(stage: Stage, visitors: Visitors) -> None:
    page = await visitors.page(stage.agent(), "/done", View(width=390))
    await page.get_by_text("Den här veckan").click()
    await expect(page.get_by_text("Du har inte gjort klart något än")).to_be_visible()
