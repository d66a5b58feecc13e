"""Sent messages: shown without a provider, sent with one by the real worker, and set up by an administrator."""

from collections.abc import Iterator

import pytest
from playwright.async_api import Page, expect

from console.accessibility import assert_accessible
from console.browsing import View, Visitors
from console.stage import Stage
from integration.outbox.mail_server import MailHouse
from real_asterisk import free_ports


@pytest.fixture
def mail_house() -> Iterator[MailHouse]:
    house = MailHouse(free_ports("127.0.0.1", 1)[0])
    house.open()
    yield house
    house.close()


async def test_without_a_server_messages_are_shown_found_and_opened(stage: Stage, visitors: Visitors) -> None:
    page = await visitors.page(stage.boss, "/outbox")
    await expect(page.get_by_text("Inget har skickats")).to_be_visible()
    await assert_accessible(page)
    await page.get_by_role("link", name="Inställningar").last.click()
    await _test(page, "kund@example.org")
    await expect(page.get_by_text("Bara här").first).to_be_visible()
    await assert_accessible(page)

    await page.goto(f"{page.url.removesuffix('/settings/sending')}/outbox")
    row = page.get_by_role("row").filter(has_text="kund@example.org")
    await expect(row).to_contain_text("Ingen för fram det")
    await page.get_by_label("Sök mottagare eller ämne").fill("någon annan")
    await expect(page.get_by_text("Inget meddelande passar")).to_be_visible()
    await page.get_by_role("button", name="Visa allt").click()
    await page.get_by_text("Sms", exact=True).click()
    await expect(page.get_by_text("Inget meddelande passar")).to_be_visible()
    await page.get_by_text("Allt", exact=True).click()
    await row.press("Enter")
    drawer = page.get_by_role("dialog")
    await expect(drawer).to_contain_text("Detta är ett prov från")
    await assert_accessible(page)
    await page.keyboard.press("Escape")
    await page.set_viewport_size({"width": 390, "height": 844})
    await expect(row).to_contain_text("Bara här")
    await assert_accessible(page)


async def test_an_administrator_sets_a_server_and_sees_a_test_arrive(
    stage: Stage, visitors: Visitors, mail_house: MailHouse
) -> None:
    page = await visitors.page(stage.boss, "/settings/sending", View(width=390, scheme="dark"))
    mail = page.get_by_role("region", name="E-post")
    await mail.get_by_label("Avsändarens adress").fill("vard@clinic.example")
    await mail.get_by_label("Server", exact=True).fill("localhost")
    await mail.get_by_label("Port").fill(str(mail_house.port))
    await mail.get_by_role("combobox", name="Skydd").click()
    await page.get_by_role("option", name="Inget (inom huset)").click()
    await assert_accessible(page)
    await mail.get_by_role("button", name="Spara").click()
    await expect(page.get_by_text("Det som väntar skickas nu")).to_be_visible()
    await _test(page, "kund@example.org")
    await expect(mail.get_by_text("Skickat", exact=True)).to_be_visible()
    assert len(mail_house.room.taken) == 1

    mail_house.close()
    await mail.get_by_role("button", name="Skicka prov").click()
    await expect(mail.get_by_text("Servern går inte att nå")).to_be_visible()
    mail_house.open()
    await expect(mail.get_by_text("Skickat", exact=True)).to_be_visible()

    text = page.get_by_role("region", name="Sms")
    await text.get_by_text("SMPP 3.4").click()
    await expect(text.get_by_label("Systemtyp")).to_be_visible()
    await assert_accessible(page)


async def test_an_invitation_goes_by_mail(stage: Stage, visitors: Visitors) -> None:
    person = stage.agent()
    page = await visitors.page(stage.boss, f"/people/{person.email.split('@')[0]}")
    await page.get_by_role("button", name="Skicka länk med e-post").click()
    await expect(page.get_by_text("finns under Skickat")).to_be_visible()
    await expect(page.get_by_text("Har en länk som gäller till")).to_be_visible()
    await page.goto(page.url.split("/people")[0] + "/outbox")
    await page.get_by_role("row").filter(has_text=person.email).press("Enter")
    await expect(page.get_by_role("dialog")).to_contain_text("/invitation#")


async def test_who_may_not_see_messages_sees_no_way_to_them(stage: Stage, visitors: Visitors) -> None:
    page = await visitors.page(stage.agent(), "/desk")
    await expect(page.get_by_role("link", name="Anslagstavla").first).to_be_visible()
    await expect(page.get_by_role("link", name="Skickat")).to_have_count(0)


async def _test(page: Page, receiver: str) -> None:
    mail = page.get_by_role("region", name="E-post")
    await mail.get_by_label("Skicka ett prov till").fill(receiver)
    await mail.get_by_role("button", name="Skicka prov").click()
