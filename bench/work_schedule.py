"""How smoothly periods are dragged in the calendar of a work schedule that has hundreds of them in a week.

A real Chromium; each movement of the pointer, each drop and each key is timed from the event to the frame in which what
it did is seen.
"""

import asyncio
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench.load.installation import Installation
from bench.load.ports import free_ports
from bench.watching.contact_centre import EMAIL, PASSWORD, contact_centre
from bench.watching.page import in_chromium, profile
from playwright.async_api import Page

from svarhus.app.figures import Figure
from svarhus.app.settings import load_settings
from svarhus.engines.chromium import Chromium, install_chromium

PERIODS = 500
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LONG, APART = 15, 20
"""Minutes of a period, and from the start of one to the start of the next."""
GOAL = 200.0

_TIMING = """() => {
  window.timed = [];
  const { port1, port2 } = new MessageChannel();
  const waiting = [];
  port1.onmessage = () => {
    const { kind, at } = waiting.shift();
    window.timed.push([kind, performance.now() - at]);
  };
  for (const kind of ['pointermove', 'pointerup', 'keydown'])
    window.addEventListener(kind, (event) => {
      if (kind === 'pointermove' && !event.buttons) return;
      const at = event.timeStamp;
      // After the frame that follows: what it did is drawn.
      requestAnimationFrame(() => { waiting.push({ kind, at }); port2.postMessage(null); });
    }, true);
}"""


@dataclass(frozen=True)
class Timed:
    """Milliseconds until the next paint, by kind of event."""

    moves: list[float]
    drops: list[float]
    keys: list[float]


def run(quick: bool) -> list[Figure]:
    """The figures. With `quick` on fewer drags."""
    with tempfile.TemporaryDirectory(prefix="svarhus-bench-") as name:
        folder = Path(name)
        chromium = install_chromium(load_settings(folder).cache, lambda words: None)
        http, sip = free_ports(2)
        with Installation(folder / "ours", http, sip) as installation:
            installation.apply(_document())
            timed = asyncio.run(_timed(chromium, f"http://127.0.0.1:{http}", drags=3 if quick else 20))
    week = f"with {PERIODS} periods in a week, interaction to next paint"
    return [
        Figure(f"dragging {week}, longest", "ms", max(timed.moves), None, GOAL),
        Figure(f"letting go {week}, longest", "ms", max(timed.drops), None, GOAL),
        Figure(f"moving by a key {week}, longest", "ms", max(timed.keys), None, GOAL),
    ]


def _document() -> object:
    document = contact_centre()
    assert isinstance(document, dict)
    periods = [_period(index) for index in range(PERIODS)]
    document["schedules"].append({"key": "full", "name": "Full", "periods": periods})
    return document


def _period(index: int) -> dict[str, object]:
    day, number = index % len(WEEK), index // len(WEEK)
    start = number * APART
    return {"days": [WEEK[day]], "from": _clock(start), "to": _clock(start + LONG), "calls_per_hour": 12}


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


async def _timed(chromium: Chromium, url: str, drags: int) -> Timed:
    async with in_chromium(chromium) as browser:
        page = await (await profile(browser, url, EMAIL, PASSWORD)).new_page()
        await page.goto("/settings/schedules/full?day=2027-03-10")
        blocks = page.locator("[data-block]")
        await blocks.nth(PERIODS - 1).wait_for()
        await page.evaluate(_TIMING)
        for index in range(drags):
            await _drag(page, index)
        await blocks.nth(30).focus()
        for _ in range(drags):
            await page.keyboard.press("ArrowDown")
            await page.wait_for_timeout(50)
        found = await page.evaluate("window.timed")
    by_kind = {kind: [took for of, took in found if of == kind] for kind in ("pointermove", "pointerup", "keydown")}
    return Timed(by_kind["pointermove"], by_kind["pointerup"], by_kind["keydown"])


async def _drag(page: Page, index: int) -> None:
    """One block across the calendar and back."""
    block = page.locator("[data-block]").nth(24 + index % 6)
    await block.scroll_into_view_if_needed()
    box = await block.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    await page.mouse.move(x, y)
    await page.mouse.down()
    for step in range(1, 31):
        await page.mouse.move(x + step * 12, y + step * 4)
    await page.mouse.up()
    await page.wait_for_timeout(100)
