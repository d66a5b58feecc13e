"""The shell around all pages: sign-in, menus, how it looks, and what it says when the server is away."""

import asyncio
import re

import pytest
from playwright.async_api import Page, WebSocket, expect

from console.accessibility import assert_accessible
from console.browsing import Scheme, View, Visitors
from console.pictures import assert_looks_as_before
from console.product import Product
from console.stage import CALLERS, Stage
from cut_line import Line

WIDTHS = (390, 1024, 1440)
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
PROFILE = "/profile"

CALLER_SHOWN = "+46 70 174 06 05"
LOST, AWAY = "Ingen kontakt med servern", "Växeln startar om"
"""Words of the notice above every page."""


async def _shown(page: Page) -> None:
    """The page within the shell is there."""
    await expect(page.locator("main h1")).to_be_visible()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
async def test_the_sign_in_page_is_accessible_and_looks_right(visitors: Visitors, width: int, scheme: Scheme) -> None:
    page = await visitors.page(None, "/", View(width=width, scheme=scheme))
    await expect(page).to_have_url(re.compile("/sign-in$"))
    await expect(page.get_by_label("Lösenord", exact=True)).to_be_visible()
    await assert_accessible(page)
    await assert_looks_as_before(page, f"sign-in-{width}-{scheme}")


async def test_somebody_signs_in_and_out_with_the_keyboard_alone(stage: Stage, visitors: Visitors) -> None:
    page = await visitors.page(None)
    await page.evaluate('localStorage.setItem(\'svarhus-draft:here/eva:call:1\', \'{"text": "Hers", "at": 9e15}\')')
    await page.get_by_label("E-post").focus()
    await page.keyboard.type(stage.agent().email)
    await page.keyboard.press("Tab")
    await page.keyboard.type("not the password")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_be_visible()

    await page.get_by_label("Lösenord", exact=True).fill("")
    await page.keyboard.type(stage.agent().password)
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile("/desk$"))
    await _shown(page)
    drafts = "Object.keys(localStorage).filter((key) => key.startsWith('svarhus-draft:'))"
    assert await page.evaluate(drafts) == [], "what somebody else was writing here is gone"

    await page.get_by_role("button", name="min meny").focus()
    await page.keyboard.press("Enter")
    await page.get_by_role("menuitem", name="Logga ut").focus()
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile("/sign-in$"))


async def test_the_first_step_of_the_keyboard_leads_past_the_menu(stage: Stage, visitors: Visitors) -> None:
    page = await visitors.page(stage.agent(), PROFILE)
    await _shown(page)
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Hoppa till innehållet")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("main")).to_be_focused()


async def test_a_menu_gives_the_focus_back(stage: Stage, visitors: Visitors) -> None:
    page = await visitors.page(stage.agent(), PROFILE)
    button = page.get_by_role("button", name="min meny")
    await button.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("menuitem", name="Logga ut")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("menuitem", name="Logga ut")).to_be_hidden()
    await expect(button).to_be_focused()


async def test_an_unknown_page_says_so(stage: Stage, visitors: Visitors) -> None:
    page = await visitors.page(stage.agent(), "/there/is/no/such/page")
    await expect(page.get_by_role("link", name="Till startsidan")).to_be_visible()
    await assert_accessible(page)


async def test_the_server_is_restarted(stage: Stage, visitors: Visitors, product: Product) -> None:
    """The page says that it does not know how things are, and finds out by itself when it can."""
    page = await visitors.page(stage.agent(), "/desk")
    await _shown(page)
    caller = await stage.caller()
    with product.nobody_watching():
        product.kill("app")
        await expect(page.get_by_text(LOST)).to_be_visible()
    await expect(page.get_by_text(LOST).or_(page.get_by_text(AWAY))).to_have_count(0, timeout=30_000)
    call = caller.dial(stage.number, from_number=CALLERS[0])
    await expect(page.get_by_text(CALLER_SHOWN).first).to_be_visible()
    await call.hangup()


@pytest.mark.limit(180)
async def test_the_network_is_away_for_twenty_seconds(stage: Stage, visitors: Visitors, product: Product) -> None:
    async with Line(product.settings.http) as line:
        page = await visitors.page(stage.agent(), "/desk", View(url=f"http://127.0.0.1:{line.port}"))
        await _shown(page)
        caller = await stage.caller()
        line.cut()
        await expect(page.get_by_text(LOST)).to_be_visible(timeout=5_000)
        call = caller.dial(stage.number, from_number=CALLERS[0])
        await page.wait_for_timeout(20_000)
        await expect(page.get_by_text(CALLER_SHOWN)).to_have_count(0)
        line.mend()
        await expect(page.get_by_text(LOST)).to_have_count(0, timeout=10_000)
        await expect(page.get_by_text(CALLER_SHOWN).first).to_be_visible()
        await call.hangup()


async def test_the_computer_has_slept(stage: Stage, visitors: Visitors) -> None:
    """Whatever was shown before the sleep is read anew, over a new connection."""
    page = await visitors.page(stage.agent(), "/desk")
    await page.clock.install()
    await page.reload()
    await _shown(page)
    again = asyncio.get_running_loop().create_future()

    def opened(socket: WebSocket) -> None:
        if "/api/live" in socket.url and not again.done():
            again.set_result(None)

    page.on("websocket", opened)
    await page.clock.fast_forward("01:00:00")
    await asyncio.wait_for(again, 10)
    await expect(page.get_by_text(LOST)).to_have_count(0)
