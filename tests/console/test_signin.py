"""The way in: a second factor, recovery codes, links to set a password, and where one is signed in."""

import re
import time

import pyotp
import pytest
from playwright.async_api import Page, expect

from console.accessibility import assert_accessible
from console.asking import ask
from console.browsing import Scheme, View, Visitors
from console.stage import Stage
from svarhus.app.demo_notes import DemoPerson


async def _password(page: Page, person: DemoPerson, password: str | None = None) -> None:
    """The first step, with the keyboard alone."""
    await page.get_by_label("E-postadress").fill(person.email)
    await page.get_by_label("E-postadress").press("Tab")
    await page.keyboard.type(password or person.password)
    await page.keyboard.press("Enter")


def _code(secret: str, steps: int = 0) -> str:
    return pyotp.TOTP(secret).at(int(time.time()) + 30 * steps)


async def _turn_on(page: Page, person: DemoPerson) -> tuple[str, list[str]]:
    """The second factor, in the profile: the secret and the recovery codes."""
    await page.get_by_role("button", name="Slå på").click()
    await page.get_by_label("Ditt lösenord").fill(person.password)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("img", name="QR-kod")).to_be_visible()
    await assert_accessible(page)
    secret = (await page.locator("[data-secret]").inner_text()).replace(" ", "")
    await page.get_by_label("Skriv koden som appen visar").fill(_code(secret))
    await page.keyboard.press("Enter")
    codes = page.get_by_role("list", name="Återställningskoder")
    await expect(codes.locator("li")).to_have_count(10)
    await assert_accessible(page)
    found = await codes.locator("li").all_inner_texts()
    await page.get_by_role("button", name="Jag har sparat koderna").click()
    await expect(page.get_by_text("10 återställningskoder kvar")).to_be_visible()
    return secret, found


@pytest.mark.limit(180)
async def test_a_second_factor_from_the_profile_to_the_next_sign_in(stage: Stage, visitors: Visitors) -> None:
    person = stage.agent()
    profile = await visitors.page(person, "/profile")
    secret, codes = await _turn_on(profile, person)

    page = await visitors.page(None, "/sign-in")
    await _password(page, person)
    await expect(page.get_by_role("heading", name="Ange koden")).to_be_visible()
    await assert_accessible(page)
    await page.get_by_label("Sex siffror").fill("000000")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Koden stämmer inte")).to_be_visible()
    await page.get_by_label("Sex siffror").fill(_code(secret, 1))
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile("/desk$"))

    other = await visitors.page(None, "/sign-in")
    await _password(other, person)
    await other.get_by_role("button", name="Har du inte telefonen?").click()
    await other.get_by_label("Återställningskod").fill(codes[0])
    await other.keyboard.press("Enter")
    await expect(other).to_have_url(re.compile("/desk$"))

    await profile.reload()
    await expect(profile.get_by_text("9 återställningskoder kvar")).to_be_visible()
    await profile.get_by_role("button", name="Logga ut de andra").click()
    await expect(profile.get_by_text("Utloggad på alla andra ställen")).to_be_visible()
    await other.reload()
    await expect(other).to_have_url(re.compile("/sign-in"))


@pytest.mark.limit(180)
async def test_who_has_no_second_factor_sets_one_up_when_it_is_demanded(stage: Stage, visitors: Visitors) -> None:
    boss = await visitors.page(stage.boss, "/profile")
    begun = await ask(boss, "/api/me/second-factor", "POST", {"password": stage.boss.password})
    await ask(boss, "/api/me/second-factor/confirm", "POST", {"code": _code(str(begun["secret"]))})
    organisation = await ask(boss, "/api/organisation")
    await ask(boss, "/api/organisation", "PUT", {**organisation, "sign_in": {"second_factor": "required"}})

    page = await visitors.page(None, "/sign-in", View(width=390, scheme="dark"))
    await _password(page, stage.agent())
    await expect(page.get_by_role("img", name="QR-kod")).to_be_visible()
    await assert_accessible(page)
    secret = (await page.locator("[data-secret]").inner_text()).replace(" ", "")
    await page.get_by_label("Skriv koden som appen visar").fill(_code(secret))
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("list", name="Återställningskoder").locator("li")).to_have_count(10)
    await assert_accessible(page)
    await page.get_by_label("Jag har sparat koderna").check()
    await page.get_by_role("button", name="Till Svarhus").click()
    await expect(page).to_have_url(re.compile("/desk$"))


async def test_a_link_lets_somebody_choose_a_password(stage: Stage, visitors: Visitors) -> None:
    boss = await visitors.page(stage.boss, f"/people/{stage.agent_key()}")
    await boss.get_by_role("button", name="Länk för lösenord").click()
    link = await boss.locator("[data-link]").inner_text()
    await assert_accessible(boss)

    page = await visitors.page(None, link[link.index("/invitation") :])
    await expect(page.get_by_label("E-postadress")).to_have_value(stage.agent().email)
    await assert_accessible(page)
    await page.get_by_label("Nytt lösenord").fill("aaaa aaaa aaaa")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Lösenordet är för lätt att gissa")).to_be_visible()
    await page.get_by_label("Nytt lösenord").fill("gul blomma i regn")
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile("/desk$"))

    again = await visitors.page(None, link[link.index("/invitation") :])
    await expect(again.get_by_text("Länken gäller inte längre")).to_be_visible()
    await assert_accessible(again)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_wait_after_failures_is_counted_down(stage: Stage, visitors: Visitors, scheme: Scheme) -> None:
    page = await visitors.page(None, "/sign-in", View(scheme=scheme))
    for _ in range(12):
        button = page.get_by_role("button", name=re.compile("Logga in$"))
        await expect(button).to_be_enabled()
        await _password(page, stage.agent(), "not the password")
        await expect(page.get_by_role("alert")).to_be_visible()
        if await page.get_by_text(re.compile(r"Nästa försök går om \d+ sekund")).count():
            break
    await expect(page.get_by_text("För många misslyckade försök")).to_be_visible()
    await assert_accessible(page)
