"""A laptop falls asleep with the desk open: every process of its browser stands still, and wakes later."""

import os
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from console.browsing import MICROPHONE, Visitors, launched
from console.conftest import MakeStage
from console.product import Product
from console.softphone import (
    REACHABLE,
    at_the_phone,
    browser_stage,
    expect_call,
    expect_no_call,
    expect_reach,
    expect_ring,
)
from console.stage import CALLERS, Stage
from svarhus.app.tryout.patience import until
from svarhus.engines.chromium import Chromium

TOLD_WITHIN = 15.0
"""Seconds after which the server offers no calls to a page that has fallen silent."""
ASLEEP = 25.0
BOOKED_MEANWHILE = "+46 70 174 06 06"


class Laptop:
    """A browser of its own, with all its processes."""

    def __init__(self, browser: Browser, mark: str) -> None:
        self.browser = browser
        self._mark = mark

    @contextmanager
    def asleep(self) -> Iterator[None]:
        processes = _family(self._mark)
        assert len(processes) > 1, "the browser's processes were not found"
        _tell(processes, signal.SIGSTOP)
        try:
            yield
        finally:
            _tell(processes, signal.SIGCONT)


@pytest_asyncio.fixture(loop_scope="session")
async def laptop(chromium: Chromium, tmp_path: Path) -> AsyncIterator[Laptop]:
    mark = f"--svarhus-laptop={uuid4().hex}"
    async with async_playwright() as playwright:
        browser = await launched(playwright, chromium, tmp_path, mark)
        yield Laptop(browser, mark)
        await browser.close()


async def test_a_laptop_that_sleeps_gets_no_calls_and_is_up_to_date_when_it_wakes(
    make_stage: MakeStage, laptop: Laptop, product: Product
) -> None:
    stage = await browser_stage(make_stage)
    visitors = Visitors(laptop.browser, product.url)
    page = await at_the_phone(visitors, stage.agent())
    caller = await stage.caller()
    with laptop.asleep():
        await until(lambda: _silent(stage), "the server knows that the page is silent", TOLD_WITHIN)
        boss = await stage.client()
        await caller.call(stage.number, from_number=CALLERS[0])
        await stage.book(CALLERS[1])
        await caller.expect_stays_up(ASLEEP)
        assert [call.state for call in (await boss.now()).calls] == ["waiting"], "nobody was rung who sleeps"
    await expect_reach(page, REACHABLE, within=30)
    await expect_ring(page, within=30)
    await expect(page.get_by_role("main").get_by_text(BOOKED_MEANWHILE)).to_be_visible()
    await page.keyboard.press("F2")
    await expect_call(page, "talking")
    await caller.expect_tone(MICROPHONE)
    await page.keyboard.press("F4")
    await expect_no_call(page)
    await visitors.close()


async def _silent(stage: Stage) -> bool:
    client = await stage.client()
    return not next(agent for agent in (await client.now()).agents if agent.key == stage.agent_key()).phone_reachable


def _family(mark: str) -> list[int]:
    """The process with this word in its command, and all that it has begun."""
    parents: dict[int, int] = {}
    first = 0
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if mark.encode() in words and b"--type=" not in b" ".join(words):
            first = int(folder.name)
    family = [first] if first else []
    for one in family:
        family += [process for process, parent in parents.items() if parent == one]
    return family


def _tell(processes: list[int], what: signal.Signals) -> None:
    for process in processes:
        try:
            os.kill(process, what)
        except ProcessLookupError:
            continue
