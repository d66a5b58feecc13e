"""The console as an app: kept by the browser, honest without a network, and renewed when its user agrees."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.async_api import Page, expect

from console.accessibility import assert_accessible
from console.browsing import View, Visitors
from console.stage import CALLERS, Stage
from svarhus.app.console.build import STATIC

INSTALLED = View(installed=True)
SHOWN = "+46 70 174 06 05"

_OF_TEST_BROWSERS = frozenset({"in-incognito"})
"""Each test has a browser profile of its own, which is like a private window."""

_KEPT = """async () => {
  const paths = [];
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) paths.push(new URL(request.url).pathname);
  return paths;
}"""


async def _kept(page: Page) -> None:
    """The service worker is in charge of the page."""
    await page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    await page.wait_for_function("() => navigator.serviceWorker.controller !== null")


async def test_it_can_be_installed(visitors: Visitors) -> None:
    page = await visitors.page(None, "/", INSTALLED)
    address = await page.locator("link[rel=manifest]").get_attribute("href")
    assert address is not None
    manifest = json.loads(await (await page.request.get(address)).text())
    assert manifest["display"] == "standalone"
    sizes = {icon["sizes"] for icon in manifest["icons"]}
    assert {"any", "192x192", "512x512"} <= sizes
    for icon in manifest["icons"]:
        answer = await page.request.get(icon["src"])
        assert answer.ok and answer.headers["content-type"] == icon["type"]


async def test_nothing_of_the_api_is_kept(stage: Stage, visitors: Visitors) -> None:
    page = await visitors.page(stage.agent(), "/desk", INSTALLED)
    await _kept(page)
    await page.reload()
    await expect(page.locator("main h1")).to_be_visible()
    paths = await page.evaluate(_KEPT)
    assert "/" in paths
    assert [path for path in paths if path.startswith(("/api", "/ws"))] == []


async def test_without_a_network_it_opens_and_says_so(stage: Stage, visitors: Visitors) -> None:
    page = await visitors.page(stage.agent(), "/desk", INSTALLED)
    await _kept(page)
    await page.context.set_offline(True)
    await page.reload()
    await expect(page.get_by_role("button", name="Försök igen")).to_be_visible()
    await assert_accessible(page)
    await page.context.set_offline(False)
    await expect(page.locator("main h1")).to_be_visible()


@contextmanager
def _newer_version() -> Iterator[None]:
    """The server has been renewed."""
    worker = STATIC / "sw.js"
    before = worker.read_text()
    worker.write_text(f"{before}\n// a newer one\n")
    try:
        yield
    finally:
        worker.write_text(before)


async def test_a_newer_version_waits_until_its_user_agrees(stage: Stage, visitors: Visitors) -> None:
    page = await visitors.page(stage.agent(), "/profile", INSTALLED)
    await _kept(page)
    await page.evaluate("window.before = true")
    with _newer_version():
        await page.evaluate(
            "navigator.serviceWorker.getRegistration().then((found) => found.update()).then(() => true)"
        )
        await expect(page.get_by_text("En ny version av Svarhus finns")).to_be_visible()
        assert await page.evaluate("window.before"), "it was loaded without being asked"
        async with page.expect_navigation():
            await page.get_by_role("button", name="Byt nu").click()
        await expect(page.locator("main h1")).to_be_visible()
        await expect(page.get_by_text("En ny version av Svarhus finns")).to_have_count(0)


@pytest.mark.feature("DESK-14")
@pytest.mark.parametrize("width", [390, 1024])
async def test_it_is_an_app_on_which_a_call_is_seen_and_opened_by_touch(
    stage: Stage, visitors: Visitors, width: int
) -> None:
    page = await visitors.page(stage.agent(), "/desk", View(width=width, installed=True))
    await _kept(page)
    browser = await page.context.new_cdp_session(page)
    errors = (await browser.send("Page.getInstallabilityErrors"))["installabilityErrors"]
    assert [error["errorId"] for error in errors if error["errorId"] not in _OF_TEST_BROWSERS] == []

    caller = await stage.caller()
    call = caller.dial(stage.number, from_number=CALLERS[0])
    await page.get_by_role("option").filter(has_text=SHOWN).click()
    await expect(page.get_by_role("heading", name=SHOWN).or_(page.get_by_text(SHOWN)).first).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await assert_accessible(page)
    await call.hangup()
