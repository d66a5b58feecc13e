"""A page in a real Chromium, and what is measured in it."""

import gzip
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from playwright.async_api import Browser, BrowserContext, Page, Response, ViewportSize, async_playwright

from svarhus.engines.chromium import Chromium

SIZE = ViewportSize(width=1440, height=900)
ABROAD = "+46"
LONGEST = 60.0
"""Seconds that are waited for anything."""

_NOTE = """
(() => {
  const digits = (text) => text.replace(/\\D/g, '');
  const wanted = new Set();
  window.bench = { shown: {}, news: new Set() };
  // From the moment in which the number stands in the page to the frame in which it is seen.
  const look = () => {
    const main = document.querySelector('main') ?? document.body;
    if (!main || wanted.size === 0) return;
    const text = digits(main.textContent);
    for (const number of wanted)
      if (text.includes(number)) {
        wanted.delete(number);
        requestAnimationFrame(() => {
          window.bench.shown[number] = performance.timeOrigin + performance.now();
          window.bench.news.forEach((told) => told());
        });
      }
  };
  window.bench.want = (number) => { wanted.add(number); look(); };
  window.bench.seen = async (numbers, within) => {
    const late = new Promise((give) => setTimeout(() => give('late'), within));
    while (!numbers.every((number) => window.bench.shown[number]))
      if ((await Promise.race([late, new Promise((told) => window.bench.news.add(told))])) === 'late') break;
    return window.bench.shown;
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
})();
"""
"""Notes when a number is shown: by its digits, since every page writes numbers in its own way."""

_FRAMES = """
async ({ seconds, step }) => {
  const all = [...document.querySelectorAll('main, main *'), document.scrollingElement];
  const room = (element) => element.scrollHeight - element.clientHeight;
  const list = all.filter((element) => getComputedStyle(element).overflowY !== 'visible' || element === all.at(-1))
    .sort((one, other) => room(other) - room(one))[0];
  const gaps = [];
  let last = await new Promise(requestAnimationFrame);
  const end = last + seconds * 1000;
  let way = step;
  while (last < end) {
    if (step) {
      const before = list.scrollTop;
      list.scrollTop += way;
      if (list.scrollTop === before) way = -way;
    }
    const now = await new Promise(requestAnimationFrame);
    gaps.push(now - last);
    last = now;
  }
  return { gaps, room: room(list) };
}
"""


@dataclass(frozen=True)
class ColdLoad:
    usable: float
    """Seconds from the address to what waits being shown."""
    script: int
    """Bytes of script that were needed until then, gzipped."""


@asynccontextmanager
async def in_chromium(chromium: Chromium) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(
            executable_path=str(chromium.program),
            env=dict(chromium.environment),
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"],
        )
        try:
            yield launched
        finally:
            await launched.close()


async def profile(browser: Browser, url: str, email: str = "", password: str = "") -> BrowserContext:
    """A profile of its own, in which nothing is cached; somebody is signed in when it says who."""
    context = await browser.new_context(base_url=url, viewport=SIZE, locale="sv-SE", service_workers="block")
    context.set_default_timeout(LONGEST * 1000)
    await context.add_init_script(_NOTE)
    if email:
        secrets = {"email": email, "password": password}
        answer = await context.request.post("/api/session", data=secrets, headers={"X-Svarhus": "1"})
        assert answer.ok, await answer.text()
    return context


async def cold_load(context: BrowserContext, path: str, number: str, slowed: float) -> ColdLoad:
    """Open a page for the first time on a slow machine: until this number is shown."""
    page = await context.new_page()
    control = await context.new_cdp_session(page)
    await control.send("Network.enable")
    await control.send("Network.setCacheDisabled", {"cacheDisabled": True})
    await control.send("Emulation.setCPUThrottlingRate", {"rate": slowed})
    scripts: list[Response] = []
    page.on("response", lambda answer: scripts.append(answer) if answer.request.resource_type == "script" else None)
    await context.add_init_script(f"window.bench.want('{_digits(number)}')")
    await page.goto(path, wait_until="commit")
    seen = await shown(page, [number])
    assert number in seen, f"{path} did not show {number} within {LONGEST:g} s"
    usable = seen[number] - await page.evaluate("performance.timeOrigin") / 1000
    needed = [await script.body() for script in list(scripts)]
    await page.close()
    return ColdLoad(usable, sum(len(gzip.compress(body, 9)) for body in needed))


async def want(page: Page, number: str) -> None:
    """Begin to look for a number."""
    await page.evaluate("(number) => window.bench.want(number)", _digits(number))


async def shown(page: Page, numbers: Iterable[str], within: float = LONGEST) -> dict[str, float]:
    """When those of these numbers that were seen in time were seen: seconds of the machine's clock."""
    # Not `wait_for_function`, which the page's policy forbids.
    wanted = {"numbers": [_digits(number) for number in numbers], "within": within * 1000}
    found: dict[str, float] = await page.evaluate("({ numbers, within }) => window.bench.seen(numbers, within)", wanted)
    return {f"{ABROAD}{digits}": moment / 1000 for digits, moment in found.items()}


async def longest_frame(page: Page, seconds: float, step: int) -> float:
    """Milliseconds between two frames at most; `step`: pixels that the longest list is scrolled by in each."""
    found = await page.evaluate(_FRAMES, {"seconds": seconds, "step": step})
    assert not step or found["room"] > 1000, f"there is nothing to scroll: {found['room']} pixels"
    return float(max(found["gaps"]))


def _digits(number: str) -> str:
    """What stands in the page of a Swedish number, however it is written."""
    return number.removeprefix(ABROAD)
