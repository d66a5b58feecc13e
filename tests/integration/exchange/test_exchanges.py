"""Organisations that run beside each other: what happens to one is no matter of the others."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path

import pytest_asyncio

from integration.api.conftest import Whisper
from integration.conftest import TestClock
from svarhus.adapters.simulated.engine import SimulatedEngine
from svarhus.adapters.simulated.time import VirtualTime
from svarhus.app.exchanges import Exchanges
from svarhus.app.organisations import Organisations
from svarhus.domains.audio.repository import RecordingsRepository
from svarhus.domains.audio.service import Prompts
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.repository import Newest, OrganisationRepository
from svarhus.domains.people.rights import operator
from svarhus.kit.database import Database
from svarhus.kit.ids import OrganisationId
from unit.organisation.small_file import SMALL

CLINIC = OrganisationId("clinic")


class CountedReads(OrganisationRepository):
    """Counts how often each organisation is read, and can hold its readers up."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.reads: Counter[OrganisationId] = Counter()
        self.held = asyncio.Event()
        self.held.set()

    async def load(self, organisation: OrganisationId) -> tuple[int, Configuration]:
        found = await super().load(organisation)
        await self._count(organisation)
        return found

    async def newest(self, organisation: OrganisationId) -> Newest:
        found = await super().newest(organisation)
        await self._count(organisation)
        return found

    async def _count(self, organisation: OrganisationId) -> None:
        self.reads[organisation] += 1
        await self.held.wait()


@pytest_asyncio.fixture
async def repository(database: Database) -> CountedReads:
    return CountedReads(database)


@pytest_asyncio.fixture
async def exchanges(
    database: Database, repository: CountedReads, clock: TestClock, tmp_path: Path
) -> AsyncIterator[Exchanges]:
    prompts = Prompts(tmp_path, Whisper(), RecordingsRepository(database), clock)
    engine = SimulatedEngine(VirtualTime())
    running = Exchanges(database, engine, repository, prompts, clock)
    await running.start()
    engine.connect()
    yield running
    await running.stop()


def another(key: str, octet: int) -> bytes:
    """The clinic under another name."""
    text = SMALL.replace("key: clinic", f"key: {key}").replace("@clinic", f"@{key}")
    text = text.replace("192.0.2.10", f"192.0.2.{octet}").replace("+46846500410", f"+468465004{octet}")
    for extension in ("101", "102", "201"):
        text = text.replace(f'"{extension}"', f'"{octet}{extension}"')
    return text.encode()


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110  # looked for in what tells nobody
            await asyncio.sleep(0.01)


def _runs(exchanges: Exchanges, key: str) -> bool:
    return OrganisationId(key) in exchanges.running


async def test_a_new_organisation_does_not_make_others_read_theirs_again(
    exchanges: Exchanges, repository: CountedReads, wired: Organisations
) -> None:
    await wired.service.apply_file(SMALL.encode())
    await until(lambda: CLINIC in exchanges.running and exchanges.running[CLINIC].ready)
    await until(lambda: repository.reads[CLINIC] >= 2)  # to begin, and to make its sounds
    before = repository.reads[CLINIC]
    for octet in (21, 22, 23):
        await wired.service.apply_file(another(f"clinic-{octet}", octet))
        await until(partial(_runs, exchanges, f"clinic-{octet}"))
    assert repository.reads[CLINIC] == before


async def test_a_change_while_an_organisation_begins_is_not_missed(
    exchanges: Exchanges, repository: CountedReads, wired: Organisations
) -> None:
    repository.held.clear()
    await wired.service.apply_file(SMALL.encode())
    await until(lambda: repository.reads[CLINIC] == 1)
    renamed = await wired.service.change(
        operator(CLINIC),
        lambda before: before.model_copy(
            update={"organisation": before.organisation.model_copy(update={"name": "The new clinic"})}
        ),
        "renamed",
    )
    # Told in order: when the second organisation is being read, the first one's change has been heard of.
    await wired.service.apply_file(another("neighbour", 21))
    await until(lambda: repository.reads[OrganisationId("neighbour")] == 1)
    repository.held.set()
    await until(lambda: CLINIC in exchanges.running)
    await until(lambda: exchanges.running[CLINIC].core.state.stored.revision == renamed.revision)
