"""Every page, at a phone, a tablet and a desk, in light and dark: accessible, and no wider than its window."""

import pytest
from playwright.async_api import Page, expect

from console.accessibility import assert_accessible
from console.browsing import HEIGHTS, Scheme, View, Visitors
from console.product import Product

PAGES = (
    "/desk",
    "/switchboard",
    "/directory",
    "/calls",
    "/call-log",
    "/queue-log",
    "/boards",
    "/noticeboard",
    "/settings",
    "/settings/organisation",
    "/settings/numbers",
    "/settings/queues",
    "/settings/queues/reception",
    "/settings/tags",
    "/settings/file",
    "/settings/history",
    "/people",
    "/people/new",
    "/people/fields",
    "/people/astrid",
    "/roles",
    "/roles/user",
    "/audit",
    "/profile",
    "/components",
)
SCHEMES: tuple[Scheme, ...] = ("light", "dark")

_WIDEST = """() => [...document.querySelectorAll('body *')]
  .filter((each) => each.getBoundingClientRect().right > innerWidth + 1 && each.checkVisibility())
  .slice(0, 3).map((each) => each.outerHTML.slice(0, 140))"""


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_is_accessible_and_fits(path: str, product: Product, visitors: Visitors) -> None:
    page = await visitors.page(product.person("astrid"), path)
    await expect(page.locator("main h1").first).to_be_visible()
    await expect(page.locator("main [aria-busy=true]")).to_have_count(0)
    for scheme in SCHEMES:
        await page.emulate_media(color_scheme=scheme)
        for width, height in HEIGHTS.items():
            await page.set_viewport_size({"width": width, "height": height})
            await _fits(page, f"{path} at {width} px, {scheme}")
        await assert_accessible(page)
    await page.set_viewport_size({"width": 390, "height": HEIGHTS[390]})
    await assert_accessible(page)


async def _fits(page: Page, what: str) -> None:
    fits = await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert fits, f"{what} is wider than its window: {await page.evaluate(_WIDEST)}"


@pytest.mark.parametrize("scheme", SCHEMES)
async def test_the_public_page_is_accessible_and_fits(scheme: Scheme, visitors: Visitors) -> None:
    for width in HEIGHTS:
        page = await visitors.page(None, "/call-us", View(width=width, scheme=scheme))
        await expect(page.locator("h1").first).to_be_visible()
        await _fits(page, f"/call-us at {width} px, {scheme}")
        await assert_accessible(page)
