"""Does jobs until it is stopped. What it holds when it dies, others do within seconds.

It stands on pgqueuer, which takes jobs out of the table (`for update skip locked`), is woken by notices, tells with a
heartbeat what it is doing, and takes over what has none. Ours is what it has not: one at a time under a key, time
limits, pauses by kind, and an end to jobs that end their workers.
"""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

import asyncpg  # type: ignore[import-untyped]
import msgspec
import structlog
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.core.executors import AbstractEntrypointExecutor, EntrypointExecutorParameters
from pgqueuer.core.qm import QueueManager
from pgqueuer.core.sm import SchedulerManager
from pgqueuer.domain.errors import RetryRequested
from pgqueuer.domain.models import Context
from pgqueuer.domain.models import Job as Taken
from pgqueuer.domain.models import Schedule as Due

from svarhus.kit.database import Database
from svarhus.kit.jobs.locks import Locks
from svarhus.kit.jobs.looking import ALIVE
from svarhus.kit.jobs.model import DEATHS, Again, AnyWork, Attempt, GiveUp, Jobs, Schedule
from svarhus.kit.jobs.telling import tell

log = structlog.get_logger()

_FAREWELL = 2.0
"""Seconds for saying to the database that a worker has stopped; else it finds out by itself."""


@dataclass(frozen=True)
class Pace:
    """How a worker works."""

    looks: timedelta = timedelta(seconds=1)
    """Between looks for jobs whose time has come, when no notice wakes it."""
    missing: timedelta = timedelta(seconds=4)
    """Without a sign of life for so long, a job is taken over from its worker."""
    at_once: int = 40
    batch: int = 20
    taken: timedelta = timedelta(seconds=0.5)
    """Until it is tried again whether a lock is free."""


class Worker:
    """Does the jobs of all organisations."""

    def __init__(self, database: Database, jobs: Jobs, pace: Pace | None = None) -> None:
        self._database = database
        self._jobs = jobs
        self._pace = pace or Pace()
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Take no more jobs, and end when those that are being done are done."""
        self._stopping.set()

    async def run(self) -> None:
        """Until it is stopped. When the database is away, it waits for it."""
        pause = 0.2
        while not self._stopping.is_set():
            try:
                connection = await self._database.connect()
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                await self._rest(pause)
                pause = min(pause * 2, 5)
                continue
            pause = 0.2
            try:
                await self._work(connection)
                await connection.close(timeout=_FAREWELL)
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                log.warning("worker_lost_database", error=str(error))
            finally:
                connection.terminate()

    async def _rest(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            return

    async def _work(self, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        await connection.fetch("select pg_advisory_lock_shared($1)", ALIVE)
        driver = AsyncpgDriver(connection)
        queries = Queries(driver)
        queue, scheduler = QueueManager(queries), SchedulerManager(queries)
        queue.shutdown = scheduler.shutdown = ending = asyncio.Event()
        doing = _Doing(queries, Locks(driver), self._pace)
        for work in self._jobs.works:
            queue.register_executor(work.kind.name, doing.of(work))
        for schedule in self._jobs.schedules:
            self._comes_by_itself(scheduler, schedule)
        await _forget_others(driver, scheduler)
        pace = self._pace
        parts = [
            asyncio.create_task(
                queue.run(
                    dequeue_timeout=pace.looks,
                    batch_size=pace.batch,
                    max_concurrent_tasks=pace.at_once,
                    heartbeat_timeout=pace.missing,
                    shutdown_on_listener_failure=True,
                )
            ),
            asyncio.create_task(scheduler.run()),
        ]
        told = asyncio.create_task(self._stopping.wait())
        # Never cancelled: pgqueuer takes a job that is cancelled for one that nobody wants any more.
        await asyncio.wait([*parts, told], return_when=asyncio.FIRST_COMPLETED)
        told.cancel()
        ending.set()
        for outcome in await asyncio.gather(*parts, return_exceptions=True):
            if isinstance(outcome, BaseException):
                raise outcome

    def _comes_by_itself(self, scheduler: SchedulerManager, schedule: Schedule) -> None:
        async def due(_: Due) -> None:
            async with self._database.begin() as session:
                await tell(session, schedule.job)

        scheduler.schedule(schedule.job.kind, schedule.when)(due)


async def _forget_others(driver: AsyncpgDriver, scheduler: SchedulerManager) -> None:
    """Schedules that a version before had. Those that stay keep the time at which they are due next."""
    kept = [f"{key.entrypoint} {key.expression}" for key in scheduler.registry]
    await driver.execute("delete from pgqueuer_schedules where entrypoint || ' ' || expression <> all($1)", kept)


class _Doing:
    """The jobs that one worker is doing."""

    def __init__(self, queries: Queries, locks: Locks, pace: Pace) -> None:
        self.queries = queries
        self.locks = locks
        self.pace = pace
        self.alone = asyncio.Lock()
        """Held while something is done that may have ended a worker."""

    def of(self, work: AnyWork) -> "_Executor":
        return _Executor(
            EntrypointExecutorParameters(func=_nothing, concurrency_limit=0, accepts_context=False, on_failure="hold"),
            work,
            self,
        )


async def _nothing(_: Taken) -> None:
    """pgqueuer wants a function where ours is in the work."""


class _Executor(AbstractEntrypointExecutor):
    """Does the jobs of one kind."""

    def __init__(self, parameters: EntrypointExecutorParameters, work: AnyWork, doing: _Doing) -> None:
        super().__init__(parameters)
        self._work = work
        self._doing = doing

    async def execute(self, job: Taken, context: Context) -> None:
        """RetryRequested: later; any other error: never."""
        if _deaths(job):
            await self._with_care(job)
        else:
            await self._under_lock(job)

    async def _with_care(self, job: Taken) -> None:
        """A job whose worker has ended: one of these at a time, so that others are not taken for the one."""
        async with self._doing.alone:
            begun = await self._begun_with_care(job)
            if begun >= DEATHS:
                raise GiveUp(f"{begun} workers have ended while they did it")
            try:
                await self._under_lock(job)
            finally:
                await self._outlived(job)

    async def _begun_with_care(self, job: Taken) -> int:
        """How many workers have begun it before, and ended: the first, and those that are counted here."""
        rows = await self._doing.queries.driver.fetch(
            """update pgqueuer set headers = headers || jsonb_build_object(
                'begun', coalesce((headers ->> 'begun')::int, 1) + 1) where id = $1
            returning (headers ->> 'begun')::int - 1 as begun""",
            job.id,
        )
        return int(str(rows[0]["begun"])) if rows else 0

    async def _outlived(self, job: Taken) -> None:
        """Whatever came of it, it has not ended this worker: those before it ended, or were too busy to show a sign of
        life, for another reason."""
        await self._doing.queries.driver.execute(
            "update pgqueuer set headers = headers - 'begun' - 'lost' where id = $1", job.id
        )

    async def _under_lock(self, job: Taken) -> None:
        payload = msgspec.json.decode(job.payload or b"{}", type=self._work.kind.payload)
        lock = self._work.kind.lock
        if lock is None:
            await self._attempt(job, payload)
            return
        async with self._doing.locks.held(lock(payload)) as mine:
            if not mine:
                raise await self._not_now(job, self._doing.pace.taken, "another one of its lock is being done")
            await self._attempt(job, payload)

    async def _attempt(self, job: Taken, payload: msgspec.Struct) -> None:
        kind = self._work.kind
        # One less than none: a worker died just as it put the job back (see `_not_now`).
        failures = max(job.attempts, 0)
        pause = kind.retries.pause(failures + 1)
        try:
            async with asyncio.timeout(kind.limit.total_seconds()):
                await self._work.do(payload, Attempt(job.id, failures, pause is None))
        except GiveUp:
            raise
        except Again as error:
            raise await self._not_now(job, error.pause, str(error)) from None
        except Exception as error:
            if pause is None:
                raise
            log.info("job_failed", job=job.id, kind=kind.name, failures=failures + 1, error=type(error).__name__)
            # pgqueuer keeps the traceback of each: with that of its cause an outage would fill the disk.
            raise RetryRequested(delay=pause, reason=type(error).__name__) from None

    async def _not_now(self, job: Taken, pause: timedelta, why: str) -> RetryRequested:
        """pgqueuer counts each job that it puts back as one that failed: this one is taken off before."""
        await self._doing.queries.driver.execute("update pgqueuer set attempts = attempts - 1 where id = $1", job.id)
        return RetryRequested(delay=pause, reason=why)


def _deaths(job: Taken) -> int:
    """How many workers have ended while they had it: counted by the database as the job is taken over."""
    lost = (job.headers or {}).get("lost", 0)
    return lost if isinstance(lost, int) else 0
