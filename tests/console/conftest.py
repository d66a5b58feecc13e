"""The console, looked at in a real browser, on a real product with real phones.

One product and one browser serve all tests here, so all tests and fixtures share one event loop. A test that
changes anything makes an organisation of its own: `stage`, or `make_stage(Wants(agents=2))`.

    async def test_a_call_is_shown(stage: Stage, visitors: Visitors) -> None:
        page = await visitors.page(stage.agent(), "/desk", View(width=390, scheme="dark"))
        phone, caller = await stage.phone(), await stage.caller()
        call = await caller.call(stage.number, from_number=CALLERS[0])
        await phone.expect_ring()
        await expect(page.get_by_text("+46 70 174 06 05")).to_be_visible()
        await assert_accessible(page)
        await assert_looks_as_before(page, "desk-ringing-390-dark")
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from console.browsing import Visitors, launched
from console.product import Product
from console.stage import Stage, Wants
from svarhus.engines.asterisk import Asterisk
from svarhus.engines.chromium import Chromium, install_chromium
from svarhus.engines.errors import CannotInstall

LONGEST_WAIT = 15_000
"""Milliseconds that anything on a page may take on a machine that has much else to do."""

expect.set_options(timeout=LONGEST_WAIT)

MakeStage = Callable[[Wants], Awaitable[Stage]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)
            # A browser, telephones and the whole product share one machine.
            item.add_marker(pytest.mark.real_time)


@pytest.fixture(scope="session")
def chromium(cache: Path) -> Chromium:
    """A Chromium that runs here; where there can be none, the tests are left out and say why."""
    try:
        return install_chromium(cache, lambda words: None)
    except CannotInstall as error:
        pytest.skip(f"{error.detail} {error.remedy}")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def product(asterisk_program: Asterisk, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Product]:
    """The running product with the demonstration organisation, which tests must leave as they found it."""
    running = Product(tmp_path_factory.mktemp("console") / "data")
    try:
        running.start()
        yield running
    finally:
        running.clear_away()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium: Chromium, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        running = await launched(playwright, chromium, tmp_path_factory.mktemp("browser"))
        yield running
        await running.close()


@pytest_asyncio.fixture(loop_scope="session")
async def visitors(browser: Browser, product: Product) -> AsyncIterator[Visitors]:
    """Opens pages. In the end the test fails when a page wrote an error into the browser's log."""
    opened = Visitors(browser, product.url)
    yield opened
    await opened.close()
    assert not opened.faults, "errors in the browser's log:\n" + "\n".join(opened.faults)


@pytest_asyncio.fixture(loop_scope="session")
async def make_stage(product: Product) -> AsyncIterator[MakeStage]:
    """Makes organisations of the test's own."""
    made: list[Stage] = []

    async def make(wants: Wants) -> Stage:
        stage = Stage(product, wants)
        made.append(stage)
        await stage.open()
        return stage

    yield make
    for stage in made:
        await stage.close()


@pytest_asyncio.fixture(loop_scope="session")
async def stage(make_stage: MakeStage) -> Stage:
    """An organisation with one agent, who is logged in to the queue."""
    return await make_stage(Wants())
