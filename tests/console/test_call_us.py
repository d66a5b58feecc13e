"""A newcomer without a phone: one tab calls, another one answers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Page, expect

from console.accessibility import assert_accessible
from console.browsing import MICROPHONE, Scheme, View, Visitors
from console.hostile import HostileVisitor
from console.product import Product
from console.softphone import EAR, at_the_phone, expect_call, expect_heard, expect_no_call, expect_ring, expect_sound
from svarhus.app.tryout.client import Client
from svarhus.app.tryout.patience import until

IN_CALL = "Pågående samtal"


async def test_one_tab_calls_and_the_other_answers_with_sound_both_ways(visitors: Visitors, product: Product) -> None:
    desk = await _desk(visitors, product)
    async with visitor_of(visitors) as visitor:
        await visitor.get_by_role("button", name="Huvudnummer").click()
        await expect_sound(visitor)
        await visitor.get_by_role("button", name="1", exact=True).click()
        await expect_ring(desk, within=20)
        await desk.keyboard.press("F2")
        await expect_call(desk, "talking")
        await expect_heard(visitor, MICROPHONE)
        await expect_heard(desk, MICROPHONE)
        await visitor.get_by_role("button", name="Lägg på").click()
        await expect(visitor.get_by_text("Samtalet är slut.")).to_be_visible()
        await expect_no_call(desk)
        await _leave(desk)


async def test_a_booked_callback_rings_in_the_visitors_tab(visitors: Visitors, product: Product) -> None:
    desk = await _desk(visitors, product, "cecilia")
    async with visitor_of(visitors) as visitor:
        async with visitor.expect_response("**/call-us/sessions") as begun:
            await visitor.get_by_role("button", name="Huvudnummer").click()
        number = (await (await begun.value).json())["number"]
        await expect_sound(visitor)
        await visitor.get_by_role("button", name="2", exact=True).click()
        async with Client(product.url) as cecilia:
            person = product.person("cecilia")
            await cecilia.sign_in(person.email, person.password)

            async def booked() -> bool:
                await visitor.get_by_role("button", name="1", exact=True).click()
                return bool(await cecilia.callbacks_for(number))

            await until(booked, "the callback is booked", 40.0)
            booking = (await cecilia.callbacks_for(number))[0].id
            await visitor.get_by_role("button", name="Lägg på").click()
            await expect(visitor.get_by_role("button", name="Huvudnummer")).to_be_visible()
            await cecilia.start_callback(booking)
            await expect(visitor.get_by_text("Du blir uppringd")).to_be_visible(timeout=15_000)
            await visitor.get_by_role("button", name="Svara").click()
            await expect_heard(visitor, MICROPHONE)
            await expect_heard(desk, MICROPHONE)
            await visitor.get_by_role("button", name="Lägg på").click()
            await expect_no_call(desk)
            await cecilia.mark_callback(booking, True)
        await _leave(desk)


async def test_who_has_no_microphone_calls_with_a_test_tone(visitors: Visitors) -> None:
    async with visitor_of(visitors) as visitor:
        await visitor.evaluate(
            """() => {
                const none = () => Promise.reject(new DOMException('', 'NotFoundError'));
                navigator.mediaDevices.getUserMedia = none;
            }"""
        )
        await visitor.get_by_role("button", name="Huvudnummer").click()
        await expect(visitor.get_by_text("Ingen mikrofon hittades.")).to_be_visible()
        await assert_accessible(visitor)
        await visitor.get_by_role("button", name="Ring med en testton").click()
        await expect(visitor.get_by_role("region", name=IN_CALL)).to_be_visible()
        await expect(visitor.get_by_text("Testton")).to_be_visible()
        await visitor.get_by_role("button", name="Lägg på").click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1024])
async def test_the_page_can_be_used_by_everybody(visitors: Visitors, scheme: Scheme, width: int) -> None:
    async with visitor_of(visitors, View(width=width, scheme=scheme)) as visitor:
        await assert_accessible(visitor)
        # With the keyboard alone.
        await visitor.keyboard.press("Tab")
        await visitor.keyboard.press("Enter")
        await expect(visitor.get_by_role("group", name="Knappsats")).to_be_visible()
        await assert_accessible(visitor)
        wide = await visitor.evaluate("document.documentElement.scrollWidth")
        assert wide <= width
        await visitor.get_by_role("button", name="Lägg på").press("Enter")
        await expect(visitor.get_by_text("Samtalet är slut.")).to_be_visible()


async def test_a_hostile_visitor_reaches_nothing_but_the_numbers_of_the_page(product: Product) -> None:
    """And nobody else's name: no extension by its password guessed, and no second message behind the first."""
    for method, number, sender in (
        ("INVITE", "1002-browser", None),
        ("INVITE", "+46701234567", None),
        ("INVITE", "+46846500400", "1001"),
        ("REGISTER", "1001", "1001"),
    ):
        async with HostileVisitor(product) as hostile:
            assert await hostile.says(method, number, sender) == 4403, number
    async with HostileVisitor(product) as hostile:
        assert await hostile.says("INVITE", "+46846500400") == 401
        assert await hostile.says_in_one_frame("+46846500400", "1001") == 4403


async def _desk(visitors: Visitors, product: Product, person: str = "astrid") -> Page:
    page = await visitors.page(product.person(person), "/desk")
    await page.request.put("/api/phone/device", data={"kind": "browser"}, headers={"X-Svarhus": "1"})
    await page.close()
    return await at_the_phone(visitors, product.person(person))


async def _leave(desk: Page) -> None:
    """Leave the demonstration as it was."""
    await desk.request.put("/api/phone/device", data={"kind": "desk"}, headers={"X-Svarhus": "1"})


@asynccontextmanager
async def visitor_of(visitors: Visitors, view: View | None = None) -> AsyncIterator[Page]:
    """A page that has not called yet; its visit is over in the end."""
    page = await visitors.page(None, "/call-us", view)
    await page.evaluate(EAR)
    await expect(page.get_by_role("button", name="Huvudnummer")).to_be_visible()
    try:
        yield page
    finally:
        await page.goto("about:blank")
