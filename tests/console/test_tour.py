"""The tour: somebody who has never seen the console signs in, takes a call and finds it again, by its words alone."""

import pytest
from playwright.async_api import Locator, Page, expect

from console.accessibility import assert_accessible
from console.asking import ask
from console.browsing import HEIGHTS, MICROPHONE, Scheme, View, Visitors
from console.product import Product
from console.softphone import EAR, expect_heard, expect_no_call, expect_ring, expect_sound

STEPS = ("Din telefon", "Skrivbordet", "Ring som en kund", "Svara", "Hitta samtalet igen")


def tour_of(page: Page) -> Locator:
    return page.get_by_role("region", name="Rundtur")


async def test_a_newcomer_is_led_from_the_sign_in_to_the_call_that_is_found_again(
    visitors: Visitors, product: Product
) -> None:
    newcomer = product.person("birgitta")
    page = await visitors.page(None, "/", View(tour=True))
    await page.context.add_init_script(f"({EAR})()")
    await page.get_by_label("E-post").fill(newcomer.email)
    await page.get_by_label("Lösenord", exact=True).fill(newcomer.password)
    await page.keyboard.press("Enter")
    tour = tour_of(page)
    await expect(tour.get_by_role("heading", name="Din telefon")).to_be_visible()
    await ask(page, "/api/phone/device", "PUT", {"kind": "desk"})
    await page.reload()
    await page.get_by_role("button", name="Ta samtalen här").click()
    await expect(tour.get_by_text("Samtal når dig nu.")).to_be_visible()
    await tour.get_by_role("button", name="Nästa").click()
    await expect(tour.get_by_role("heading", name="Skrivbordet")).to_be_visible()
    await tour.get_by_role("button", name="Nästa").click()
    async with page.expect_popup() as opened:
        await tour.get_by_role("link", name="Öppna Ring oss").click()
    customer = await opened.value
    await customer.get_by_role("button", name="Huvudnummer").click()
    await expect_sound(customer)
    await customer.get_by_role("button", name="1", exact=True).click()
    await expect_ring(page, within=30)
    await expect(tour.get_by_role("heading", name="Svara")).to_be_visible()
    await page.keyboard.press("F2")
    await expect(tour.get_by_text("Du är i samtal.")).to_be_visible()
    await expect_heard(page, MICROPHONE)
    await page.keyboard.press("F4")
    await expect_no_call(page)
    await tour.get_by_role("button", name="Nästa").click()
    await tour.get_by_role("link", name="Öppna Mina samtal").click()
    await expect(page.get_by_role("main").get_by_text("Mottagningen").first).to_be_visible()
    await tour.get_by_role("button", name="Klar").click()
    await expect(tour).to_have_count(0)
    await page.reload()
    await expect(page.locator("main h1")).to_be_visible()
    await expect(tour).to_have_count(0)
    await ask(page, "/api/phone/device", "PUT", {"kind": "desk"})


@pytest.mark.parametrize("scheme", ("light", "dark"))
async def test_each_step_is_accessible_by_keyboard_and_covers_nothing_for_good(
    visitors: Visitors, product: Product, scheme: Scheme
) -> None:
    page = await visitors.page(product.person("david"), "/desk", View(tour=True, scheme=scheme))
    tour = tour_of(page)
    for index, step in enumerate(STEPS):
        await expect(tour.get_by_role("heading", name=step)).to_be_visible()
        for width in (390, 1440):
            await page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
            assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{step} at {width}"
            await assert_accessible(page)
        if index < len(STEPS) - 1:
            await tour.get_by_role("button", name="Nästa").press("Enter")
    await tour.get_by_role("button", name="Tillbaka").press("Enter")
    await expect(tour.get_by_role("heading", name=STEPS[-2])).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(tour).to_have_count(0)
    await page.get_by_role("button", name="David Berg").click()
    await page.get_by_role("menuitem", name="Visa rundturen").click()
    await expect(tour.get_by_role("heading", name=STEPS[0])).to_be_visible()
