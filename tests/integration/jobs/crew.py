"""Jobs that tests have done, and a worker for them in a process of its own: `python crew.py URL`."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import msgspec
from sqlalchemy import text

from svarhus.kit.database import Database
from svarhus.kit.jobs.model import Again, Attempt, GiveUp, JobKind, Jobs, Retries, Schedule, Work
from svarhus.kit.jobs.telling import once
from svarhus.kit.jobs.worker import Pace, Worker

QUICK = Pace(looks=timedelta(seconds=0.2), missing=timedelta(seconds=1), taken=timedelta(seconds=0.1))
TABLES = (
    "create table if not exists deeds (name text not null, at timestamptz not null default clock_timestamp())",
    "create table if not exists attempts (name text not null, at timestamptz not null default clock_timestamp())",
)


class Do(msgspec.Struct, frozen=True):
    """Note a deed by this name."""

    name: str
    how: str = ""
    """`fail`, `give up`, `not now`, `kill`: what comes in its place, or in between."""
    seconds: float = 0.0
    times: int = 0
    """So often `how`, and then the deed; 0: always."""


_SOON = Retries(times=3, first=timedelta(seconds=0.2), longest=timedelta(seconds=1))
DEED = JobKind("tests.deed", Do, _SOON, limit=timedelta(seconds=20))
ONE_BY_ONE = JobKind("tests.one-by-one", Do, _SOON, lock=lambda do: do.name)
SHORT = JobKind("tests.short", Do, Retries(times=0), limit=timedelta(seconds=0.2))


class Crew:
    """Does them, and notes each attempt and each deed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def jobs(self, *schedules: Schedule) -> Jobs:
        return Jobs(tuple(Work(kind, self._do) for kind in (DEED, ONE_BY_ONE, SHORT)), schedules)

    async def _do(self, do: Do, attempt: Attempt) -> None:
        async with self._database.begin() as session:
            await session.execute(text("insert into attempts (name) values (:name)"), {"name": do.name})
        if do.how and (attempt.failures < do.times or not do.times):
            self._instead(do)
        async with self._database.begin() as session:
            if not await once(session, attempt):
                return
            await session.execute(text("insert into deeds (name) values (:name)"), {"name": do.name})
        await asyncio.sleep(do.seconds)

    def _instead(self, do: Do) -> None:
        match do.how:
            case "fail":
                raise ValueError("it does not work")
            case "give up":
                raise GiveUp("it never works")
            case "not now":
                raise Again(timedelta(seconds=0.1), "too early")
            case "kill":
                os.kill(os.getpid(), signal.SIGKILL)


@asynccontextmanager
async def at_work(database: Database, *schedules: Schedule) -> AsyncIterator[Worker]:
    """A worker in this process, for as long as this is open."""
    worker = Worker(database, Crew(database).jobs(*schedules), QUICK)
    running = asyncio.create_task(worker.run())
    try:
        yield worker
    finally:
        worker.stop()
        await running


async def another(url: str) -> asyncio.subprocess.Process:
    """A worker in a process of its own."""
    folder = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": f"{folder.parent / 'src'}:{folder}"}
    return await asyncio.create_subprocess_exec(sys.executable, __file__, url, env=environment)


async def _work(url: str) -> None:
    database = Database(url, connections=5)
    await Worker(database, Crew(database).jobs(), QUICK).run()


if __name__ == "__main__":
    asyncio.run(_work(sys.argv[1]))
