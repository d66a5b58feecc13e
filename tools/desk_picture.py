"""Takes the README's picture: the desk of the demonstration on a lively morning.

    PYTHONPATH=$PWD/src:$PWD/tests:$PWD/tools .venv/bin/python tools/desk_picture.py

It starts an installation of its own, lets real phones call it, and writes docs/images/desk.png.
"""

import asyncio
import io
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path

from PIL import Image
from playwright.async_api import Page, async_playwright, expect

from console.browsing import View, Visitors, launched
from console.product import Product
from svarhus.app.settings import load_settings
from svarhus.engines.chromium import install_chromium
from svarhus.phones.scenarios import Actor

PICTURE = Path(__file__).resolve().parents[1] / "docs/images/desk.png"
COLOURS = 96
UNTIL_THE_QUESTION = 6.0
"""Seconds until the menu asks: a key that is pressed earlier answers nothing."""
UNTIL_THE_TONE = 9.0
"""Seconds that the greeting takes."""
UNTIL_KEPT = 30
"""Seconds until a message that was left is surely there."""

MAIN, ADVICE = "+46846500400", "+46846500401"

CONTACTS = {
    "+46701740615": "Karin Lindgren",
    "+46701740616": "Lars Öberg",
    "+46701740607": "Maja Sjöström",
    "+46701740608": "Per Nyström",
    "+46701740609": "Elsa Dahl",
    "+46701740611": "Nils Forsberg",
}
TALKING, FIRST, SECOND, ADVISED, LEFT_MESSAGE, PROMISED = CONTACTS


class Morning:
    """Who calls, and who answers."""

    def __init__(self, product: Product, page: Page, phones: AsyncExitStack) -> None:
        self._product = product
        self._page = page
        self._phones = phones

    async def write(self, path: str, **body: object) -> None:
        answer = await self._page.request.post(path, data=body, headers={"X-Svarhus": "1"})
        assert answer.ok, f"{path}: {answer.status} {await answer.text()}"

    async def note(self, words: str) -> None:
        """Written to the only message that there is."""
        for _ in range(UNTIL_KEPT):
            found = await (await self._page.request.get("/api/voicemails")).json()
            if found["items"]:
                break
            await asyncio.sleep(1)
        await self.write(f"/api/cases/voicemail/{found['items'][0]['id']}/notes", text=words)

    async def desk_phone(self, key: str) -> Actor:
        person = self._product.person(key)
        actor = await self._phones.enter_async_context(Actor(person.name, server=self._product.server))
        await actor.register(person.extension, person.phone_password, expires=60)
        return actor

    async def calls(self, number: str, to: str, key: str = "") -> Actor:
        """Somebody calls, hears the menu and presses a key."""
        caller = await self._phones.enter_async_context(Actor(CONTACTS[number], server=self._product.server))
        await caller.call(to, from_number=number)
        if key:
            await caller.expect_sound(within=10)
            await asyncio.sleep(UNTIL_THE_QUESTION)
            await caller.press(key)
        return caller


async def lively(morning: Morning, product: Product) -> None:
    """Calls in every state, promises and a message."""
    for number, name in CONTACTS.items():
        await morning.write("/api/contacts", name=name, numbers=[{"kind": "mobile", "number": number}])
    await morning.write("/api/agents/birgitta/log-out", queues=["reception"])
    astrid, cecilia = await morning.desk_phone("astrid"), await morning.desk_phone("cecilia")
    await morning.write("/api/callbacks", queue="reception", number=PROMISED)
    await morning.write("/api/callbacks", queue="reception", number="+46701740612")
    spoken = max((product.data / "audio").rglob("*.wav"), key=lambda file: file.stat().st_size)
    messenger = await morning.calls(LEFT_MESSAGE, MAIN, "3")
    await asyncio.sleep(UNTIL_THE_TONE)
    await messenger.play_wav(spoken)
    await messenger.hang_up()
    await morning.note("Vill ha svar på provet. Hör bäst på höger öra.")
    await morning.calls(ADVISED, ADVICE)
    await cecilia.expect_ring(within=30)
    cecilia.answer()
    await morning.calls(TALKING, MAIN, "1")
    await astrid.expect_ring(within=30)
    astrid.answer()
    for number in (FIRST, SECOND):
        await morning.calls(number, MAIN, "1")


async def photographed(page: Page) -> None:
    waiting = page.get_by_role("option").filter(has_text=CONTACTS[SECOND]).first
    await expect(waiting).to_be_visible(timeout=60_000)
    await page.get_by_role("option").filter(has_text=CONTACTS[LEFT_MESSAGE]).first.click()
    await page.wait_for_timeout(1500)
    shot = Image.open(io.BytesIO(await page.screenshot(animations="disabled")))
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    shot.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(PICTURE, optimize=True)


async def main() -> None:
    with tempfile.TemporaryDirectory(prefix="svarhus-picture.") as folder:
        product = Product(Path(folder) / "data")
        try:
            product.start()
            await _photograph(product, Path(folder))
        finally:
            product.clear_away()
    print(f"{PICTURE} is written")


async def _photograph(product: Product, folder: Path) -> None:
    chromium = install_chromium(load_settings(folder).cache, lambda words: None)
    async with async_playwright() as playwright, AsyncExitStack() as phones:
        browser = await launched(playwright, chromium, folder)
        visitors = Visitors(browser, product.url)
        page = await visitors.page(product.person("astrid"), "/desk", View(width=1440))
        await lively(Morning(product, page, phones), product)
        await photographed(page)
        await visitors.close()
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
