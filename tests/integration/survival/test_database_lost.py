"""PostgreSQL is killed, freezes, or is away for long: conversations go on, and no decision is lost or done twice."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path

import pytest

from integration.house.waiting import until
from integration.survival.contact_centre import BACK, BOOKING, FRONT, document
from integration.survival.crowd import Crowd
from integration.survival.database_server import DatabaseServer, frozen
from integration.survival.installation import Installation
from integration.survival.ledger import Ledger
from svarhus.adapters.espeak.speech import EspeakSpeech
from svarhus.domains.audio.wording import words
from svarhus.phones.scenarios import Actor
from svarhus.ports.speech import TemplatePhrase

pytestmark = pytest.mark.real_time


@pytest.fixture(scope="module")
def problem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What callers hear when there is a technical problem."""
    file = tmp_path_factory.mktemp("problem") / "problem.wav"
    (said,) = words(TemplatePhrase("technical_problem", "sv"))
    asyncio.run(_speak(said.text, file))
    return file


async def _speak(text: str, file: Path) -> None:
    speech = EspeakSpeech()
    await speech.speak(text, "sv", file)
    await speech.close()


async def test_a_killed_database_is_back_and_nothing_is_lost(house: Installation, ledger: Ledger, crowd: Crowd) -> None:
    pairs = await crowd.talking(6)
    waiting = await crowd.waiting(3)
    killed_at = time.monotonic()
    killed = house.kill("postgres")
    newcomers = [await crowd.caller(BACK, wait=False) for _ in range(3)]
    await waiting[1].hang_up()
    await pairs[0].caller.hang_up()
    await pairs[0].agent.expect_ended()

    async def back() -> bool:
        return house.running("postgres") not in (None, killed) and house.ready()

    await until(back)
    await _line_becomes(ledger, [waiting[0], waiting[2], *newcomers])
    await asyncio.gather(*(newcomer.expect_up() for newcomer in newcomers))
    await crowd.sound(pairs[1:], 0.5)
    crowd.no_gap(pairs[1:], killed_at)
    assert await ledger.whole()
    assert [len(await ledger.records(phone.name)) for phone in (pairs[0].caller, waiting[1])] == [1, 1]


async def test_a_frozen_database_is_got_over(house: Installation, ledger: Ledger, crowd: Crowd, problem: Path) -> None:
    pairs = await crowd.talking(4)
    (waiting,) = await crowd.waiting(1)
    begun = time.monotonic()
    with frozen(house.pid("postgres")):
        first = await crowd.caller(BACK, wait=False)
        await first.expect_up()
        await first.expect_clip(problem)
        await pairs[0].agent.hang_up()
        await pairs[0].caller.expect_ended()
    await _line_becomes(ledger, [waiting, first])
    await first.expect_music_or_speech()
    await crowd.sound(pairs[1:], 0.5)
    crowd.no_gap(pairs[1:], begun)
    assert await ledger.whole()
    assert await ledger.facts("call_began") == await ledger.facts("call_closed") + await ledger.calls_in_progress()


@pytest.fixture
async def far(tmp_path: Path) -> AsyncIterator[tuple[Installation, DatabaseServer]]:
    """An installation whose PostgreSQL is run by the test."""
    server = DatabaseServer(tmp_path / "postgres")
    installation = Installation(tmp_path / "data", {"SVARHUS_DATABASE_URL": server.url})
    try:
        server.start()
        installation.start()
        installation.apply(document())
        yield installation, server
    finally:
        installation.clear_away()
        server.kill()


@pytest.mark.feature("Q-22")
async def test_a_database_that_is_away_for_long_costs_no_decision(
    far: tuple[Installation, DatabaseServer], problem: Path, record_property: Callable[[str, object], None]
) -> None:
    installation, server = far
    ledger = Ledger(server.url)
    async with Crowd(installation.server, ledger) as crowd:
        pairs = await crowd.talking(6)
        waiting = await crowd.waiting(3)
        booking = await crowd.caller(BOOKING)
        await booking.expect_sound()
        await _book(ledger, booking)
        begun = time.monotonic()
        server.kill()
        patient, gave_up = [await crowd.caller(BACK, wait=False) for _ in range(2)]
        await asyncio.gather(*(caller.expect_clip(problem) for caller in (patient, gave_up)))
        await gave_up.hang_up()
        await waiting[0].hang_up()
        await pairs[0].agent.hang_up()
        await pairs[0].caller.expect_ended()
        await patient.expect_ended(15, by="them")
        told = [await crowd.caller(number, wait=False) for number in (BACK, FRONT)]
        await asyncio.gather(*(caller.expect_clip(problem) for caller in told))
        record_property("seconds without a database", round(time.monotonic() - begun, 1))
        server.start()
        await until(_ready(installation))
        await _line_becomes(ledger, [*waiting[1:], told[0]])
        crowd.no_gap(pairs[1:], begun)
        await _talks(told[1], pairs[0].agent)
        assert await ledger.whole()
        assert await ledger.bookings(booking.name) == 1
        assert [len(await ledger.records(phone.name)) for phone in (pairs[0].caller, waiting[0])] == [1, 1]
        for caller in (patient, gave_up):
            traces = (await ledger.refused()).count(caller.name) + len(await ledger.records(caller.name))
            assert traces == 1, "who met the problem and left is in the journal, once"


def _ready(installation: Installation) -> Callable[[], Awaitable[bool]]:
    async def ready() -> bool:
        return installation.ready()

    return ready


async def _talks(caller: Actor, agent: Actor) -> None:
    """The caller, who came in the outage, is answered by the agent who has become free."""
    await agent.expect_ring(5, from_number=caller.name)
    caller.calls[-1].play_tone(1693)
    await agent.expect_tone(1693)


async def _book(ledger: Ledger, caller: Actor) -> None:
    async def booked() -> bool:
        # A key that comes before its question has begun does not count.
        await caller.press("1")
        await caller.wait_until(lambda: None, 1.0)
        return await ledger.bookings(caller.name) == 1

    await until(booked)


async def _line_becomes(ledger: Ledger, callers: Sequence[Actor]) -> None:
    """Those who wait are these; who came in the outage is behind the others, in whatever order."""

    async def so() -> bool:
        return {caller for caller, _ in await ledger.line("back")} == {phone.name for phone in callers}

    await until(so)
