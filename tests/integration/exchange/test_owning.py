"""Organisations of one process share connections, and have one owner all the same."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio
from sqlalchemy import text

from integration.running import LIMIT
from svarhus.exchange.core.core import NumberedFact
from svarhus.exchange.core.facts import ConfigurationTaken
from svarhus.exchange.running.journal import Journal
from svarhus.exchange.running.owning import Connections, JournalUnavailable, NotOwner
from svarhus.kit.clock import SystemClock
from svarhus.kit.database import Database
from svarhus.kit.ids import OrganisationId

KEYS = [OrganisationId(key) for key in ("care", "clinic", "taxi")]

_OWNERS = """
select pid from pg_stat_activity where datname = current_database()
and pid in (select pid from pg_locks where locktype = 'advisory')
"""
_END_OWNERS = """
select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()
and pid in (select pid from pg_locks where locktype = 'advisory')
"""


class Process:
    """Journals of some organisations, as one process has them."""

    def __init__(self, database: Database, connections: int = 1) -> None:
        self.lost: list[str] = []
        shared = Connections(database, connections)
        self.journals = {key: Journal(database, shared.of(key), key, self._noting(key)) for key in KEYS}

    def _noting(self, key: str) -> Callable[[], None]:
        return lambda: self.lost.append(key)

    async def open(self) -> None:
        for journal in self.journals.values():
            await journal.open()

    async def close(self) -> None:
        for journal in self.journals.values():
            await journal.close()

    async def commit(self, key: OrganisationId, number: int) -> None:
        await self.journals[key].append(
            [NumberedFact(number, SystemClock().now(), ConfigurationTaken(revision=number))]
        )


@pytest_asyncio.fixture
async def one(database: Database) -> AsyncIterator[Process]:
    process = Process(database)
    await process.open()
    yield process
    await process.close()


@pytest_asyncio.fixture
async def other(database: Database) -> AsyncIterator[Process]:
    process = Process(database)
    yield process
    await process.close()


async def pids(database: Database) -> list[int]:
    async with database.begin() as session:
        return list((await session.execute(text(_OWNERS))).scalars())


async def cut(database: Database) -> None:
    """End the sessions of all owners, as a server that stops does."""
    async with database.begin() as session:
        await session.execute(text(_END_OWNERS))


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(LIMIT):
        while not holds():  # noqa: ASYNC110  # the server ends it in its own time
            await asyncio.sleep(0.01)


async def committed(database: Database, key: OrganisationId) -> int:
    query = text("select count(*) from journal where organisation_id = :key")
    async with database.begin() as session:
        return int((await session.execute(query, {"key": key})).scalar_one())


async def test_all_commit_in_one_session(one: Process, database: Database) -> None:
    await asyncio.gather(*(one.commit(key, number) for key in KEYS for number in (1, 2)))
    assert [await committed(database, key) for key in KEYS] == [2, 2, 2]
    assert len(await pids(database)) == 1


async def test_several_connections_are_shared_evenly(database: Database) -> None:
    process = Process(database, connections=2)
    await process.open()
    assert len(await pids(database)) == 2
    await process.close()
    async with asyncio.timeout(LIMIT):
        while await pids(database):  # noqa: ASYNC110  # the server ends it in its own time
            await asyncio.sleep(0.01)


async def test_another_process_is_refused_until_the_organisation_is_let_go(one: Process, other: Process) -> None:
    for key in KEYS:
        with pytest.raises(NotOwner):
            await other.journals[key].open()
    await one.journals[KEYS[0]].close()
    await other.commit(KEYS[0], 1)
    with pytest.raises(NotOwner):
        await other.journals[KEYS[1]].open()
    await one.commit(KEYS[1], 1)


async def test_the_same_process_does_not_run_it_twice(one: Process, database: Database) -> None:
    journal = one.journals[KEYS[0]]
    twin = Journal(database, journal._shared, KEYS[0], lambda: None)
    with pytest.raises(NotOwner):
        await twin.open()
    await twin.close()
    await one.commit(KEYS[0], 1)


async def test_all_stop_when_their_connection_breaks_and_go_on_with_the_next(one: Process, database: Database) -> None:
    for key in KEYS:
        await one.commit(key, 1)
    await cut(database)
    await until(lambda: len(one.lost) == len(KEYS))
    for key in KEYS:
        await one.commit(key, 2)
    assert [await committed(database, key) for key in KEYS] == [2, 2, 2]
    assert len(await pids(database)) == 1


async def test_whoever_was_replaced_meanwhile_commits_nothing_more(
    one: Process, other: Process, database: Database
) -> None:
    for key in KEYS:
        await one.commit(key, 1)
    await cut(database)
    await until(lambda: len(one.lost) == len(KEYS))
    await other.commit(KEYS[0], 2)
    with pytest.raises(NotOwner):
        await one.commit(KEYS[0], 2)
    await other.journals[KEYS[0]].close()
    with pytest.raises(NotOwner):
        await one.commit(KEYS[0], 2)
    await one.commit(KEYS[1], 2)
    assert [await committed(database, key) for key in KEYS] == [2, 2, 1]


async def test_a_commit_that_is_given_up_is_not_left_to_the_next_one(one: Process, database: Database) -> None:
    for key in KEYS:
        await one.commit(key, 1)
    for ticks in range(30):
        first, second = (NumberedFact(seq, SystemClock().now(), ConfigurationTaken(revision=seq)) for seq in (2, 3))
        task = asyncio.create_task(one.journals[KEYS[0]].append([first, second]))
        for _ in range(ticks):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        try:
            await one.commit(KEYS[1], ticks + 2)
        except JournalUnavailable:
            await one.commit(KEYS[1], ticks + 2)
        assert await committed(database, KEYS[1]) == ticks + 2
