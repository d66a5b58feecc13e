"""The shell around all pages."""

from playwright.async_api import expect

from console.accessibility import assert_accessible
from console.browsing import Visitors
from console.stage import CALLERS, Stage


async def test_harness(stage: Stage, visitors: Visitors) -> None:
    page = await visitors.page(stage.agent())
    phone, caller = await stage.phone(), await stage.caller()
    call = caller.dial(stage.number, from_number=CALLERS[0])
    await phone.expect_ring(within=10)
    await expect(page.locator("h1")).to_be_visible()
    await page.screenshot(path="/tmp/team/shell.png")
    await assert_accessible(page)
    await call.hangup()
