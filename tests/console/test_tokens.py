"""API tokens: made, shown once, used by a program, and revoked."""

import httpx
from playwright.async_api import expect

from console.accessibility import assert_accessible
from console.browsing import View, Visitors
from console.stage import Stage


async def test_a_token_is_made_shown_once_used_and_revoked_by_keyboard(stage: Stage, visitors: Visitors) -> None:
    page = await visitors.page(stage.boss, "/tokens", View(scheme="dark"))
    await expect(page.get_by_text("Inga nycklar")).to_be_visible()
    await page.get_by_role("button", name="Ny nyckel").press("Enter")
    dialog = page.get_by_role("dialog", name="Ny nyckel")
    await dialog.get_by_label("Namn").fill("<b>Statistik</b>")
    await assert_accessible(page)
    await page.keyboard.press("Enter")
    await expect(dialog.get_by_text("Kopiera den nu")).to_be_visible()
    secret = await dialog.get_by_label("Nyckel", exact=True).input_value()
    await assert_accessible(page)
    await dialog.get_by_role("button", name="Klar").press("Enter")
    row = page.get_by_role("row").filter(has_text="<b>Statistik</b>")
    await expect(row).to_contain_text("Aldrig använd")
    await expect(row).to_contain_text("Användare")
    assert secret not in await page.content()

    async with httpx.AsyncClient(headers={"Authorization": f"Bearer {secret}"}) as program:
        address = page.url.replace("/tokens", "/api/me")
        assert (await program.get(address)).json()["role"] == "user"
        await page.reload()
        await expect(row).not_to_contain_text("Aldrig använd")
        await page.set_viewport_size({"width": 390, "height": 844})
        await assert_accessible(page)
        await page.get_by_role("button", name="Återkalla <b>Statistik</b>").press("Enter")
        question = page.get_by_role("dialog").filter(has_text="kommer genast inte in")
        await question.get_by_role("button", name="Återkalla").press("Enter")
        await expect(page.get_by_text("Inga nycklar")).to_be_visible()
        assert (await program.get(address)).status_code == 401


async def test_who_may_not_make_tokens_sees_no_way_to_them(stage: Stage, visitors: Visitors) -> None:
    page = await visitors.page(stage.agent(), "/desk")
    await expect(page.get_by_role("link", name="Anslagstavla").first).to_be_visible()
    await expect(page.get_by_role("link", name="API-nycklar")).to_have_count(0)
