"""Every page, at a desk in light and on a phone in dark: accessible, no wider than its window, and as it was.

All six views, with those on a tablet: `./svarhus test --pictures`, and by itself while the console is not the one that
was looked at last.
"""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from console import exhibition
from console.accessibility import assert_accessible
from console.browsing import HEIGHTS, Scheme, View, Visitors, answered
from console.pictures import ON_SHEET, Grey, all_views, as_before, assert_views_look_as_before, narrowed_size, seen
from console.product import Product

PAGES = (
    "/desk",
    "/switchboard",
    "/directory",
    "/calls",
    "/call-log",
    "/queue-log",
    "/done",
    "/boards",
    "/noticeboard",
    "/settings",
    "/settings/organisation",
    "/settings/units",
    "/settings/numbers",
    "/settings/lists",
    "/settings/hours",
    "/settings/hours/reception-hours",
    "/settings/messages",
    "/settings/messages/welcome",
    "/settings/hours/reception-hours?day=2031-04-11",
    "/settings/schedules/nurses?day=2031-03-30",
    "/settings/schedules/nurses/details",
    "/settings/queues",
    "/settings/queues/reception",
    "/settings/callflows/main",
    "/settings/trunks/carrier",
    "/settings/tags",
    "/settings/sending",
    "/settings/file",
    "/settings/history",
    "/people",
    "/people/new",
    "/people/fields",
    "/people/astrid",
    "/people/david",
    "/roles",
    "/roles/user",
    "/roles/summer",
    "/tokens",
    "/audit",
    "/outbox",
    "/profile",
    "/components",
)
SCHEMES: tuple[Scheme, ...] = ("light", "dark")

EVERY_VIEW: tuple[tuple[Scheme, int], ...] = tuple((scheme, width) for scheme in SCHEMES for width in HEIGHTS)

LOOKED_OVER: tuple[tuple[Scheme, int], ...] = (("light", 1440), ("dark", 390))
"""In which views axe looks, and which are always looked at: both schemes, with the menu beside and below the page."""

ON_THE_WAY = "main :is([aria-busy=true], .mantine-Loader-root, .mantine-Skeleton-root)"
NEVER_THE_SAME = {
    "/audit": "main tbody tr",
    "/noticeboard": "main h2",
    "/outbox": "main tbody time",
    "/settings/history": "main tbody tr, main li",
    "/profile": "main section:has(li) > div:last-child",
}
"""By page, what depends on the day, or on how often the tests have been there."""

_WIDEST = """() => [...document.querySelectorAll('body *')]
  .filter((each) => each.getBoundingClientRect().right > innerWidth + 1 && each.checkVisibility())
  .slice(0, 3).map((each) => each.outerHTML.slice(0, 140))"""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def product_with_exhibition(product: Product, browser: Browser) -> Product:
    await exhibition.opened(product, browser)
    return product


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def guided(product_with_exhibition: Product, browser: Browser) -> AsyncIterator[tuple[Visitors, Page]]:
    """The administrator's browser, which goes from page to page: signed in once, with the console in its cache."""
    opened = Visitors(browser, product_with_exhibition.url)
    yield opened, await opened.page(exhibition.person("astrid"), "/components")
    await opened.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(guided: tuple[Visitors, Page]) -> AsyncIterator[Page]:
    """The administrator's page, at a desk in light. The test fails when it wrote an error into the browser's log."""
    opened, shown = guided
    opened.faults.clear()
    await _looked_at(shown, *LOOKED_OVER[0])
    yield shown
    assert not opened.faults, "errors in the browser's log:\n" + "\n".join(opened.faults)


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_is_accessible_fits_and_looks_as_before(path: str, page: Page) -> None:
    await page.goto(path)
    await expect(page.locator("main h1").first).to_be_visible()
    await _is_as_it_should_be(page, path, "page" + re.sub(r"[^a-z]+", "-", path))


async def test_an_opened_case_is_accessible_fits_and_looks_as_before(
    product_with_exhibition: Product, visitors: Visitors
) -> None:
    page = await visitors.page(exhibition.person("birgitta"), "/desk")
    await page.get_by_role("option").first.click()
    await expect(page.get_by_role("heading", name="Anteckningar")).to_be_visible()
    await _is_as_it_should_be(page, "/desk", "page-desk-case")


async def _is_as_it_should_be(page: Page, path: str, name: str) -> None:
    # The phone, which comes after the page itself, says what it will go on saying.
    await expect(page.locator("[data-tour=phone]")).to_have_text("Kan inte nås")
    await expect(page.get_by_role("button", name="Ta samtalen här")).to_be_visible()
    await answered(page)
    places = {
        _name(scheme, width): narrowed_size(width, HEIGHTS[width], _narrowed(width)) for scheme, width in EVERY_VIEW
    }
    expected = as_before(name, places)
    views: dict[str, Grey] = {}
    for scheme, width in EVERY_VIEW if all_views() else LOOKED_OVER:
        await _looked_at(page, scheme, width)
        if path != "/components":  # It shows what is on its way as one of the states.
            await expect(page.locator(ON_THE_WAY)).to_have_count(0)
        await _fits(page, f"{path} at {width} px, {scheme}")
        view = _name(scheme, width)
        absent = NEVER_THE_SAME.get(path, "")
        views[view] = await seen(page, width=_narrowed(width), absent=absent, like=expected.get(view))
        if (scheme, width) in LOOKED_OVER:
            await assert_accessible(page)
    assert_views_look_as_before(views, name, places)


async def _looked_at(page: Page, scheme: Scheme, width: int) -> None:
    await page.emulate_media(color_scheme=scheme)
    await page.set_viewport_size({"width": width, "height": HEIGHTS[width]})


def _name(scheme: Scheme, width: int) -> str:
    return f"{width} px {scheme}"


def _narrowed(width: int) -> int:
    return min(ON_SHEET, width // 2)


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


async def test_what_is_not_accessible_is_found(page: Page) -> None:
    await page.goto("/roles")
    await expect(page.locator("main h1").first).to_be_visible()
    await page.evaluate("document.querySelector('main').append(new Image())")
    with pytest.raises(AssertionError, match="image-alt"):
        await assert_accessible(page)
