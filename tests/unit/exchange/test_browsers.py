"""Signs of life of pages: silence is told once, and a page that is heard is not silent."""

import asyncio

from svarhus.exchange.running.browsers import Browsers
from svarhus.kit.ids import PersonKey

ANNA = PersonKey("anna")
SOON = 0.05
LATE = 5.0
"""Seconds."""


class Ear:
    def __init__(self) -> None:
        self.told: list[tuple[PersonKey, str]] = []
        self.something = asyncio.Event()

    def hear(self, person: PersonKey, session: str) -> None:
        self.told.append((person, session))
        self.something.set()


async def test_a_page_that_says_nothing_is_told_of_once() -> None:
    ear = Ear()
    Browsers(ear.hear, SOON).heard(ANNA, "page-1")
    async with asyncio.timeout(LATE):
        await ear.something.wait()
    assert ear.told == [(ANNA, "page-1")]


async def test_only_the_newest_page_of_a_person_is_listened_for() -> None:
    ear = Ear()
    browsers = Browsers(ear.hear, SOON)
    browsers.heard(ANNA, "page-1")
    browsers.heard(ANNA, "page-2")
    async with asyncio.timeout(LATE):
        await ear.something.wait()
    assert ear.told == [(ANNA, "page-2")]


async def test_nothing_is_told_of_a_page_that_is_forgotten() -> None:
    ear, other = Ear(), Ear()
    browsers = Browsers(ear.hear, SOON)
    browsers.heard(ANNA, "page-1")
    browsers.forget_all()
    Browsers(other.hear, 3 * SOON).heard(ANNA, "later")
    async with asyncio.timeout(LATE):
        await other.something.wait()
    assert ear.told == []
