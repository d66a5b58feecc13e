"""Tables: words and figures stay whole in the longest language and on a phone, and choices are seen in any colours."""

import json
import re

import pytest
from playwright.async_api import Locator, Route, expect

from console.browsing import HEIGHTS, View, Visitors, answered
from console.stage import Stage

_CUT = """() => {
  const cut = [];
  for (const cell of document.querySelectorAll('main :is(th, td, dt, dd, time)')) {
    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode())
      for (const word of text.data.matchAll(/[\\p{L}\\d.:]{2,}|[+0][\\d ]{6,}\\d/gu)) {
        const range = document.createRange();
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        const lines = new Set([...range.getClientRects()].filter(({ width }) => width).map(({ top }) => top));
        if (lines.size > 1) cut.push(word[0]);
      }
  }
  return cut;
}"""
"""Words, times and telephone numbers that stand on more than one line."""

_UNANSWERED = [
    {
        "call": f"call-{number}",
        "queue": "help",
        "at": "2026-11-28T21:48:00Z",
        "caller": "+46701740605",
        "caller_name": "",
        "known_as": name,
        "dialled": "+46846500400",
        "wait": 3725.0,
        "earlier": 12,
        "resolved": None,
    }
    for number, name in enumerate(("", "Karin Sundström-Andersson"))
]


async def _unanswered(route: Route) -> None:
    body = json.dumps({"items": _UNANSWERED, "next": None})
    await route.fulfill(status=200, content_type="application/json", body=body)


@pytest.fixture
def in_finnish() -> View:
    return View(width=390, locale="fi-FI")


async def test_no_word_and_no_number_is_cut(stage: Stage, visitors: Visitors, in_finnish: View) -> None:
    page = await visitors.page(stage.boss, "/queue-log", in_finnish)
    await page.route(re.compile("/api/queue-log"), _unanswered)
    await page.evaluate("localStorage.setItem('svarhus-language', 'fi')")
    for path in ("/queue-log", "/boards", "/people"):
        await page.goto(path)
        await expect(page.locator("main h1").first).to_be_visible()
        await answered(page)
        for width in (390, 1440):
            await page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
            assert await page.evaluate(_CUT) == [], f"{path} at {width} px"


async def test_choices_are_seen_in_the_reader_s_own_colours(stage: Stage, visitors: Visitors) -> None:
    page = await visitors.page(stage.boss, "/queue-log")
    await page.emulate_media(forced_colors="active")
    chosen = page.get_by_role("navigation").first.locator("[aria-current=page], [data-active]").first
    assert await _style(chosen, "outlineStyle") == "solid"
    switch = page.get_by_role("switch").first
    track = page.locator(".mantine-Switch-track").first
    off = await _style(track, "backgroundColor")
    await switch.check()
    assert await _style(track, "backgroundColor") != off


async def _style(element: Locator, name: str) -> str:
    return str(await element.evaluate(f"(each) => getComputedStyle(each).{name}"))
