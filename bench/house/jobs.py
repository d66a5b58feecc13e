"""Jobs a second through the queue: told, done by the worker, each once, while the worker is killed twice.

A PostgreSQL of its own with the product's settings, and the product's worker, watched as `up` watches it. Each job
changes a row in its own unit of work. `python -m bench.house.jobs URL` is the worker.
"""

import asyncio
import os
import signal
import sys
import tempfile
import time
from pathlib import Path

import msgspec
from bench.load.postgres import own_postgres
from sqlalchemy import text

from svarhus.app.figures import Figure
from svarhus.app.watch import Charge, Watch
from svarhus.engines.child import Launch, running_pid
from svarhus.kit.database import Database
from svarhus.kit.jobs.looking import workers
from svarhus.kit.jobs.model import Attempt, JobKind, Jobs, Work
from svarhus.kit.jobs.telling import once, tell
from svarhus.kit.jobs.worker import Worker

ROOT = Path(__file__).resolve().parents[2]
JOBS, QUICK_JOBS = 20_000, 8_000
GOAL = 500.0
TOLD_AT_ONCE = 20
TELLERS = 4
KILLED_AT = (1 / 3, 2 / 3)
"""Shares of the jobs that are done."""
LONGEST = 300.0


class Count(msgspec.Struct, frozen=True):
    """Count this one."""

    number: int


COUNT = JobKind("bench.count", Count)


def jobs(quick: bool) -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="svarhus-bench-") as folder, own_postgres(Path(folder)) as postgres:
        return asyncio.run(_measured(postgres.url, Path(folder), QUICK_JOBS if quick else JOBS))


async def _measured(url: str, folder: Path, wanted: int) -> list[Figure]:
    database = Database(url)
    async with database.begin() as session:
        await session.execute(text("create table counted (number int not null)"))
    watch = Watch(_worker(url, folder), lambda told: None)
    watch.begin()
    try:
        return await _counted(database, wanted, folder / "worker.pid")
    finally:
        await watch.stop()
        await database.close()


async def _counted(database: Database, wanted: int, pid_file: Path) -> list[Figure]:
    async with asyncio.timeout(LONGEST):
        while not await _there(database):  # noqa: ASYNC110  # another process cannot set an event
            await asyncio.sleep(0.05)
        begun = time.monotonic()
        telling = [asyncio.create_task(_told(database, range(first, wanted, TELLERS))) for first in range(TELLERS)]
        for share in KILLED_AT:
            await _until_done(database, round(share * wanted))
            pid = running_pid(pid_file)
            assert pid is not None, "the worker runs"
            os.kill(pid, signal.SIGKILL)
        await asyncio.gather(*telling)
        await _until_done(database, wanted)
        seconds = time.monotonic() - begun
    async with database.begin() as session:
        done, different = (await session.execute(text("select count(*), count(distinct number) from counted"))).one()
    return [
        Figure("jobs, each once, killed twice meanwhile", "1/s", wanted / seconds, goal=GOAL, better="higher"),
        Figure("of them lost or done twice", "", float(abs(done - wanted) + abs(done - different)), goal=0.0),
    ]


async def _told(database: Database, numbers: range) -> None:
    for first in range(0, len(numbers), TOLD_AT_ONCE):
        async with database.begin() as session:
            await tell(session, *(COUNT.job(Count(number)) for number in numbers[first : first + TOLD_AT_ONCE]))


async def _there(database: Database) -> bool:
    async with database.begin() as session:
        return await workers(session) > 0


async def _until_done(database: Database, wanted: int) -> None:
    while True:
        async with database.begin() as session:
            done: int = (await session.execute(text("select count(*) from counted"))).scalar_one()
        if done >= wanted:
            return
        await asyncio.sleep(0.1)


def _worker(url: str, folder: Path) -> Charge:
    launch = Launch(
        command=(sys.executable, "-m", "bench.house.jobs", url),
        log=folder / "worker.log",
        likeness=url,
        environment={"PYTHONPATH": str(ROOT)},
    )
    return Charge("The worker", launch, folder / "worker.pid")


async def _work(url: str) -> None:
    database = Database(url, connections=8)

    async def count(wanted: Count, attempt: Attempt) -> None:
        async with database.begin() as session:
            if await once(session, attempt):
                await session.execute(text("insert into counted values (:number)"), {"number": wanted.number})

    await Worker(database, Jobs((Work(COUNT, count),))).run()


if __name__ == "__main__":
    asyncio.run(_work(sys.argv[1]))
