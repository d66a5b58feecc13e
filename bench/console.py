"""How soon the console is there and what it costs: the first load, a change until it is seen, a long desk, and many
consoles that are merely open.

A real Chromium looks at the desk; the other consoles are WebSockets of a process of their own. Changes are callbacks
that are booked and taken back over the API. The peer is a bare broadcast over FastAPI's WebSockets into a bare page:
no exchange, no rights, no journal, no database; of the first load, a page of React and Mantine with one line.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from bench.load.installation import Installation
from bench.load.ports import free_ports
from bench.load.processes import cost_of
from bench.watching.bare import FOLDER, Bare, build_page
from bench.watching.contact_centre import EMAIL, PASSWORD, Booked, Bookings, contact_centre, numbers, token
from bench.watching.page import ColdLoad, cold_load, in_chromium, longest_frame, profile, shown, want
from bench.watching.sockets import Listening
from playwright.async_api import BrowserContext, Page

from svarhus.app.engine_room import database_url
from svarhus.app.figures import Figure
from svarhus.app.settings import load_secrets, load_settings
from svarhus.engines.chromium import Chromium, install_chromium

CONSOLES = 300
IDLE = 1000
RATE = 20
"""Changes a second: half of them are bookings, which are looked for, half take one back."""
ALIVE = 10
"""Bookings that are there at the same time meanwhile: as many as the list shows at once."""
SEEN_WITHIN = 20.0
"""Seconds after the last change."""
WAITING = 2000
SLOWED = 4.0
SCROLLED = 120
"""Pixels a frame."""
TYPED = "070-1100123"
LIVE = "/api/live"

Tell = Callable[[str], Awaitable[float]]
"""Make a change in which this number appears. Gives when it was decided, seconds of the machine's clock."""


@dataclass(frozen=True)
class Pace:
    """How long is measured, seconds, and how often."""

    idle: float
    loads: int
    changes: float
    scrolled: float


QUICK, FULL = Pace(2, 3, 6, 2), Pace(30, 9, 60, 10)


@dataclass(frozen=True)
class Idle:
    memory: float
    """MB that the server gained."""
    cpu: float
    """Percent of a core."""


@dataclass(frozen=True)
class Changes:
    seen: Sequence[float]
    """Seconds until each was seen, in order."""
    missed: int

    def milliseconds(self, share: float) -> float:
        return self.seen[min(len(self.seen) - 1, int(len(self.seen) * share))] * 1000


@dataclass(frozen=True)
class Ours:
    idle: Idle
    loads: Sequence[ColdLoad]
    changes: Changes
    scrolled: float
    """Milliseconds of the longest frame."""
    filtered: float


@dataclass(frozen=True)
class Peer:
    idle: Idle | None
    loads: Sequence[ColdLoad]
    changes: Changes


def run(quick: bool) -> list[Figure]:
    """The figures. With `quick` within 60 s, on shorter runs."""
    pace = QUICK if quick else FULL
    with tempfile.TemporaryDirectory(prefix="svarhus-bench-") as name, ThreadPoolExecutor() as beside:
        folder = Path(name)
        page_built = beside.submit(build_page, folder / "page", load_settings(folder).cache)
        chromium = install_chromium(load_settings(folder).cache, lambda words: None)
        http, sip, bare = free_ports(3)
        with Installation(folder / "ours", http, sip) as installation:
            installation.apply(contact_centre())
            page_built.result()
            secret = asyncio.run(token(database_url(installation.settings, load_secrets(installation.settings.data))))
            ours = asyncio.run(_ours(chromium, http, secret, installation.pid("app"), pace))
        with Bare(bare, folder / "page") as server:
            peer = asyncio.run(_peer(chromium, server, bare, pace, idle=not quick))
    return _figures(ours, peer)


async def _ours(chromium: Chromium, port: int, secret: str, pid: int, pace: Pace) -> Ours:
    url = f"http://127.0.0.1:{port}"
    headers = {"Authorization": f"Bearer {secret}"}
    async with aiohttp.ClientSession(url, headers=headers) as session, in_chromium(chromium) as browser:
        bookings = Bookings(session)
        await bookings.book_all(numbers(0, 1))
        idle = await _idle(port, LIVE, secret, pid, pace)
        loads = [await _cold_load(await profile(browser, url, EMAIL, PASSWORD), "/desk") for _ in range(pace.loads)]
        page = await (await profile(browser, url, EMAIL, PASSWORD)).new_page()
        await page.goto("/desk")
        await _is_there(page)
        with Listening(port, CONSOLES - 1, LIVE, secret):
            changes = await _changes(page, _BookedAndCancelled(bookings), RATE // 2, pace)
        await bookings.book_all(numbers(100_000, WAITING))
        await page.reload()
        await _has_settled(page)
        scrolled = await longest_frame(page, pace.scrolled, SCROLLED)
        filtered = await _filtered(page)
    return Ours(idle, loads, changes, scrolled, filtered)


async def _peer(chromium: Chromium, server: Bare, port: int, pace: Pace, idle: bool) -> Peer:
    async with aiohttp.ClientSession(server.url) as session, in_chromium(chromium) as browser:

        async def tell(number: str) -> float:
            async with session.post("/events", json={"number": number}) as answer:
                return float((await answer.json())["at"])

        await server.comes_up(session)
        merely_open = await _idle(port, "/live", "", server.pid, pace) if idle else None
        bare = f"{FOLDER}/?number={numbers(0, 1)[0][1:]}"
        loads = [await _cold_load(await profile(browser, server.url), bare) for _ in range(pace.loads)]
        page = await (await profile(browser, server.url)).new_page()
        await page.goto("/")
        with Listening(port, CONSOLES - 1, "/live"):
            return Peer(merely_open, loads, await _changes(page, tell, RATE, pace))


async def _idle(port: int, path: str, secret: str, pid: int, pace: Pace) -> Idle:
    before = cost_of(pid)
    with Listening(port, IDLE, path, secret):
        await asyncio.sleep(1)
        opened, began = cost_of(pid), time.monotonic()
        await asyncio.sleep(pace.idle)
        cost, took = cost_of(pid), time.monotonic() - began
    return Idle(cost.since(before).memory, 100 * cost.since(opened).cpu / took)


async def _cold_load(context: BrowserContext, path: str) -> ColdLoad:
    try:
        return await cold_load(context, path, numbers(0, 1)[0], SLOWED)
    finally:
        await context.close()


class _BookedAndCancelled:
    """Each number is there for a moment, so that a new one is on the first page."""

    def __init__(self, bookings: Bookings) -> None:
        self._bookings = bookings
        self._alive: list[Booked] = []

    async def __call__(self, number: str) -> float:
        booked = await self._bookings.book(number)
        self._alive.append(booked)
        if len(self._alive) > ALIVE:
            await self._bookings.cancel(self._alive.pop(0))
        return booked.at


async def _changes(page: Page, tell: Tell, rate: float, pace: Pace) -> Changes:
    decided: dict[str, float] = {}

    async def change(number: str) -> None:
        await want(page, number)
        decided[number] = await tell(number)

    began = time.monotonic()
    async with asyncio.TaskGroup() as group:
        for index, number in enumerate(numbers(1_000, int(rate * pace.changes))):
            await asyncio.sleep(began + index / rate - time.monotonic())
            group.create_task(change(number))
    seen = await shown(page, decided, SEEN_WITHIN)
    late = sorted(seen[number] - at for number, at in decided.items() if number in seen)
    return Changes(late, len(decided) - len(late))


async def _has_settled(page: Page) -> None:
    """What comes after the rows is there as well, as when somebody has begun to read."""
    await _is_there(page)
    await page.locator("[data-tour=phone]").wait_for()
    await page.evaluate("new Promise((settled) => requestIdleCallback(settled, { timeout: 3000 }))")


async def _is_there(page: Page) -> None:
    first = numbers(0, 1)
    await want(page, first[0])
    await shown(page, first)


async def _filtered(page: Page) -> float:
    """The longest frame while somebody types what is looked for, and takes it back."""
    field = page.get_by_role("main").get_by_role("searchbox").first
    await field.click()

    async def typing() -> None:
        await field.press_sequentially(TYPED, delay=80)
        for _ in TYPED:
            await field.press("Backspace", delay=80)

    longest, _ = await asyncio.gather(longest_frame(page, 3, 0), typing())
    return longest


def _script(loads: Sequence[ColdLoad]) -> float:
    return max(load.script for load in loads) / 1e3


def _usable(loads: Sequence[ColdLoad]) -> float:
    return statistics.median(load.usable for load in loads)


def _figures(ours: Ours, peer: Peer) -> list[Figure]:
    change = f"change until it is shown, {CONSOLES} consoles, {RATE} a second"
    idle = f"of {IDLE:,} idle consoles"
    return [
        Figure("script of the first load, gzipped", "kB", _script(ours.loads), _script(peer.loads), 250),
        Figure(
            f"desk usable, nothing cached, CPU {SLOWED:g} times slower, median",
            "s",
            _usable(ours.loads),
            _usable(peer.loads),
            1.5,
        ),
        Figure(f"{change}, median", "ms", ours.changes.milliseconds(0.5), peer.changes.milliseconds(0.5), 50),
        Figure(
            f"{change}, 99th percentile", "ms", ours.changes.milliseconds(0.99), peer.changes.milliseconds(0.99), 200
        ),
        Figure("changes that were never shown", "", ours.changes.missed, peer.changes.missed, 0),
        Figure(f"longest frame while {WAITING:,} waiting items are scrolled", "ms", ours.scrolled, None, 50),
        Figure(f"longest frame while {WAITING:,} waiting items are filtered", "ms", ours.filtered, None, 50),
        Figure(f"memory {idle}", "MB", ours.idle.memory, peer.idle.memory if peer.idle else None, 150),
        Figure(f"CPU {idle}", "% of a core", ours.idle.cpu, peer.idle.cpu if peer.idle else None, 5),
    ]
