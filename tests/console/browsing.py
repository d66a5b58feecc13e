"""A browser with a fake microphone, and pages of people who are signed in."""

import os
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright

from svarhus.app.demo_notes import DemoPerson
from svarhus.engines.chromium import Chromium
from svarhus.phones import sound

MICROPHONE = 1019
"""Hz: what the fake microphone hears all the time."""

HEIGHTS: Mapping[int, int] = {390: 844, 1024: 768, 1440: 900}
"""The window's height for each width that is looked at."""

Scheme = Literal["light", "dark"]

_HARMLESS = (
    # The browser tells of each answer of 400 and above; tests of refusals want them.
    "Failed to load resource",
    "WebSocket connection to",
    # React writes down what an error page has been shown for.
    "Unreachable",
)


async def launched(playwright: Playwright, chromium: Chromium, folder: Path, *words: str) -> Browser:
    """A browser. `folder`: for the sound that its microphone hears. `words`: further ones of its command line."""
    tone = folder / "microphone.wav"
    sound.write_wav(tone, sound.tone(MICROPHONE, 10.0))
    return await playwright.chromium.launch(
        executable_path=str(chromium.program),
        env={**os.environ, **chromium.environment, "HOME": str(folder), "XDG_CACHE_HOME": str(folder)},
        args=[
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--force-color-profile=srgb",
            "--font-render-hinting=none",
            "--disable-lcd-text",
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-audio-capture={tone}",
            "--allow-loopback-in-peer-connection",
            *words,
        ],
    )


_COUNT_QUESTIONS = """(() => {
  const ask = window.fetch;
  let open = 0;
  window.openQuestions = () => open;
  window.fetch = async (...words) => {
    open += 1;
    try { return await ask.apply(window, words); } finally { open -= 1; }
  };
})()"""
_CALM = """async () => {
  for (let calm = 0; calm < 5; calm = window.openQuestions() ? 0 : calm + 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}"""


async def answered(page: Page) -> None:
    """Wait until the page has its answers to all that it asks by itself: until it has been calm for a moment."""
    await page.evaluate(_CALM)


@dataclass(frozen=True)
class View:
    """How somebody looks at the console."""

    width: int = 1440
    scheme: Scheme = "light"
    locale: str = "sv-SE"
    installed: bool = False
    """Whether the service worker may do its work."""
    tour: bool = False
    """Whether the tour for newcomers begins by itself."""
    url: str | None = None
    """Another address of the product, such as that of a line which can be cut."""


class Visitors:
    """Opens pages, and knows what went wrong in them."""

    def __init__(self, browser: Browser, url: str) -> None:
        self._browser = browser
        self._url = url
        self._open = AsyncExitStack()
        self.faults: list[str] = []
        """What pages wrote into the browser's log as an error: exceptions, and what the policy refused."""

    async def page(self, person: DemoPerson | None, path: str = "/", view: View | None = None) -> Page:
        """A page in a browser profile of its own; `person` is signed in, nobody when it is None."""
        view = view or View()
        url = view.url or self._url
        context = await self._context(view, url)
        if person is not None:
            if not view.tour:
                seen = f"svarhus-tour-{person.email.partition('@')[0]}"
                await context.add_init_script(f"try {{ localStorage.setItem('{seen}', 'seen') }} catch {{}}")
            answer = await context.request.post(
                "/api/session",
                data={"email": person.email, "password": person.password},
                headers={"X-Svarhus": "1"},
            )
            assert answer.ok, f"{person.name} could not sign in: {answer.status} {await answer.text()}"
        page = await context.new_page()
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("console", lambda message: self._heed(page, message))
        await page.goto(path)
        return page

    async def close(self) -> None:
        await self._open.aclose()

    async def _context(self, view: View, url: str) -> BrowserContext:
        context = await self._browser.new_context(
            base_url=url,
            viewport={"width": view.width, "height": HEIGHTS.get(view.width, 900)},
            color_scheme=view.scheme,
            locale=view.locale,
            timezone_id="Europe/Stockholm",
            reduced_motion="reduce",
            has_touch=view.width < 600,
            service_workers="allow" if view.installed else "block",
            permissions=["microphone", "notifications"],
        )
        self._open.push_async_callback(context.close)
        context.set_default_timeout(20_000)
        await context.add_init_script(_COUNT_QUESTIONS)
        return context

    def _heed(self, page: Page, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(_HARMLESS):
            self.faults.append(f"{page.url}: {message.text}")
