"""Jobs are written down with what causes them, and done, whatever happens to who does them."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from prometheus_client import CollectorRegistry
from sqlalchemy import text

from integration.jobs.crew import DEED, ONE_BY_ONE, QUICK, SHORT, TABLES, Do, another, at_work
from svarhus.adapters.smshttp.sender import HttpSmsSender
from svarhus.adapters.smtp.sender import SmtpSender
from svarhus.app.job_figures import JobFigures
from svarhus.app.jobs import all_jobs
from svarhus.app.organisations import Organisations
from svarhus.app.smpp_lines import SmppLines
from svarhus.domains.outbox.hosts import ANY
from svarhus.domains.outbox.providers import Providers
from svarhus.domains.outbox.reports import Reports
from svarhus.domains.outbox.sending import Senders, Sending
from svarhus.domains.people.sealing import Seal
from svarhus.domains.recordings.files import RecordingFiles
from svarhus.domains.recordings.sealed import SealedFiles
from svarhus.kit.clock import SystemClock
from svarhus.kit.database import Database
from svarhus.kit.jobs.looking import Failed, Standing, failed, forget, standing, try_again
from svarhus.kit.jobs.model import DEATHS, Job, Schedule
from svarhus.kit.jobs.telling import TELL, tell, tidy, values
from svarhus.kit.jobs.worker import Worker

pytestmark = pytest.mark.real_time


class House:
    """The database, and what was done."""

    def __init__(self, database: Database, url: str) -> None:
        self.database = database
        self.url = url

    async def tell(self, *jobs: Job) -> None:
        async with self.database.begin() as session:
            await tell(session, *jobs)

    async def deeds(self) -> list[str]:
        return await self._names("deeds")

    async def attempts(self) -> list[str]:
        return await self._names("attempts")

    async def pauses(self, table: str) -> list[float]:
        """Seconds between one and the next."""
        async with self.database.begin() as session:
            query = f"select extract(epoch from at - lag(at) over (order by at)) as pause from {table} order by at"  # noqa: S608
            return [float(row.pause) for row in await session.execute(text(query)) if row.pause is not None]

    async def standing(self) -> Standing:
        async with self.database.begin() as session:
            return await standing(session)

    async def failed(self) -> tuple[Failed, ...]:
        async with self.database.begin() as session:
            return await failed(session, 10)

    async def until(self, holds: Callable[[], Awaitable[bool]], seconds: float = 60) -> None:
        async with asyncio.timeout(seconds):
            while not await holds():  # noqa: ASYNC110  # the database tells nobody
                await asyncio.sleep(0.05)

    async def is_scheduled(self) -> bool:
        async with self.database.begin() as session:
            query = text("select count(*) from pgqueuer_schedules where next_run > now()")
            return int((await session.execute(query)).scalar_one()) > 0

    async def until_done(self, *names: str) -> None:
        async def done() -> bool:
            return set(names) <= set(await self.deeds())

        await self.until(done)

    async def until_empty(self, *, failed: int = 0) -> None:
        async def empty() -> bool:
            now = await self.standing()
            return (now.waiting, now.running, now.failed) == (0, 0, failed)

        await self.until(empty)

    async def _names(self, table: str) -> list[str]:
        async with self.database.begin() as session:
            return list((await session.execute(text(f"select name from {table} order by at"))).scalars())  # noqa: S608


@pytest_asyncio.fixture
async def house(database: Database, database_url: str) -> AsyncIterator[House]:
    async with database.begin() as session:
        for statement in TABLES:
            await session.execute(text(statement))
    yield House(database, database_url)
    async with database.begin() as session:
        await session.execute(text("drop table deeds, attempts"))


async def test_a_job_is_told_by_its_unit_of_work_or_not_at_all(house: House) -> None:
    with contextlib.suppress(ValueError):
        async with house.database.begin() as session:
            await tell(session, DEED.job(Do("undone")))
            raise ValueError
    await house.tell(DEED.job(Do("done")))
    async with at_work(house.database):
        await house.until_empty()
    assert await house.deeds() == ["done"]


async def test_who_writes_with_asyncpg_tells_in_the_same_way(house: House) -> None:
    connection = await house.database.connect()
    async with connection.transaction():
        await connection.execute(TELL, *values(DEED.job(Do("told"))))
    undone = connection.transaction()
    await undone.start()
    await connection.execute(TELL, *values(DEED.job(Do("undone"))))
    await undone.rollback()
    await connection.close()
    async with at_work(house.database):
        await house.until_empty()
    assert await house.deeds() == ["told"]


async def test_a_worker_is_woken_by_what_is_told(house: House) -> None:
    async with at_work(house.database):
        await house.until_done()
        await house.tell(DEED.job(Do("at once")))
        await house.until_done("at once")


async def test_later_is_later(house: House) -> None:
    async with at_work(house.database):
        await house.tell(DEED.job(Do("later"), after=timedelta(seconds=0.8)), DEED.job(Do("now")))
        await house.until_done("now")
        assert await house.deeds() == ["now"]
        assert (await house.standing()).waiting == 1
        await house.until_done("later")


async def test_of_one_key_one_waits(house: House) -> None:
    await house.tell(*(DEED.job(Do(f"deed {number}"), key="same") for number in range(3)))
    await house.tell(DEED.job(Do("other"), key="other"))
    async with at_work(house.database):
        await house.until_empty()
    assert sorted(await house.deeds()) == ["deed 0", "other"]


async def test_what_fails_is_tried_again_with_growing_pauses(house: House) -> None:
    async with at_work(house.database):
        await house.tell(DEED.job(Do("stubborn", "fail", times=3)))
        await house.until_done("stubborn")
        await house.until_empty()
    first, second, third = await house.pauses("attempts")
    assert 0.2 <= first < second < third


async def test_what_keeps_failing_is_given_up_listed_and_done_when_it_is_wanted(house: House) -> None:
    async with at_work(house.database):
        await house.tell(DEED.job(Do("hopeless", "fail")), DEED.job(Do("refused", "give up")))
        await house.until_empty(failed=2)
        assert (await house.attempts()).count("hopeless") == 4
        assert (await house.attempts()).count("refused") == 1
        assert {(each.kind, each.why) for each in await house.failed()} == {
            ("tests.deed", "it does not work"),
            ("tests.deed", "it never works"),
        }
        refused = next(each.id for each in await house.failed() if each.why == "it never works")
        async with house.database.begin() as session:
            assert await try_again(session, refused) == 1
        await house.until_empty(failed=2)
        assert (await house.attempts()).count("refused") == 2
        async with house.database.begin() as session:
            assert await forget(session) == 2
        await house.until_empty()


async def test_a_job_whose_worker_died_as_it_put_it_back_is_tried_as_often(house: House) -> None:
    await house.tell(DEED.job(Do("hopeless", "fail")))
    async with house.database.begin() as session:
        await session.execute(text("update pgqueuer set attempts = -1"))
    async with at_work(house.database):
        await house.until_empty(failed=1)
    assert len(await house.attempts()) >= 4


async def test_not_now_is_no_failure(house: House) -> None:
    async with at_work(house.database):
        await house.tell(DEED.job(Do("early", "not now")))

        async def often() -> bool:
            return len(await house.attempts()) > 8

        await house.until(often)
        assert (await house.standing()).failed == 0


async def test_a_job_that_its_worker_outlives_is_not_given_up_for_deaths(house: House) -> None:
    """Taken over once, from a worker that was too busy to show a sign of life, and then put off time and again."""
    await house.tell(DEED.job(Do("patient", "not now")))
    async with house.database.begin() as session:
        await session.execute(text("""update pgqueuer set headers = '{"lost": 1}'"""))

    async def often() -> bool:
        return len(await house.attempts()) > 8

    async with at_work(house.database):
        await house.until(often)
        assert await house.failed() == ()


async def test_an_attempt_that_takes_too_long_has_failed(house: House) -> None:
    async with at_work(house.database):
        await house.tell(SHORT.job(Do("slow", seconds=60)))
        await house.until_empty(failed=1)


async def test_of_one_lock_one_is_done_at_a_time(house: House, database_url: str) -> None:
    other = await another(database_url)
    try:
        async with at_work(house.database):

            async def both() -> bool:
                return (await house.standing()).workers == 2

            await house.until(both)
            await house.tell(*(ONE_BY_ONE.job(Do("same", seconds=0.3)) for _ in range(4)))
            await house.tell(*(ONE_BY_ONE.job(Do(f"other {number}", seconds=0.3)) for number in range(4)))
            await house.until_empty()
    finally:
        other.kill()
        await other.wait()
    async with house.database.begin() as session:
        query = "select extract(epoch from at - lag(at) over (order by at)) as pause from deeds where name = 'same'"
        pauses = [float(row.pause) for row in await session.execute(text(query)) if row.pause is not None]
    assert len(pauses) == 3
    assert min(pauses) >= 0.3


async def test_a_schedule_comes_by_itself_one_at_a_time(house: House) -> None:
    async with at_work(house.database, Schedule.of("* * * * * *", DEED, Do("tick", seconds=2.5))):
        await house.until_done("tick")
        await asyncio.sleep(2)
        assert await house.deeds() == ["tick"], "the one before is still being done"

        async def twice() -> bool:
            return len(await house.deeds()) >= 2

        await house.until(twice)


async def test_a_schedule_that_was_missed_is_made_up_for_once(house: House) -> None:
    yearly = Schedule.of("0 0 1 1 *", DEED, Do("yearly"))
    async with at_work(house.database, yearly, Schedule.of("0 0 2 1 *", ONE_BY_ONE, Do("dropped"))):
        await house.until(house.is_scheduled)
    async with house.database.begin() as session:
        await session.execute(text("update pgqueuer_schedules set next_run = now() - interval '3 days'"))
    async with at_work(house.database, yearly):
        await house.until_done("yearly")
        await house.until_empty()
    async with at_work(house.database, yearly):
        await house.until(house.is_scheduled)
        await asyncio.sleep(0.5)
        await house.until_empty()
    assert await house.deeds() == ["yearly"]


async def test_what_a_killed_worker_was_doing_is_done_again_within_seconds_and_once(house: House) -> None:
    killed = await another(house.url)
    await house.tell(*(DEED.job(Do(f"deed {number}", seconds=10)) for number in range(5)))
    await house.until_done(*(f"deed {number}" for number in range(5)))
    killed.kill()
    await killed.wait()
    loop = asyncio.get_running_loop()
    begun = loop.time()

    async def again() -> bool:
        return len(await house.attempts()) == 10

    async with at_work(house.database):
        await house.until(again, 10)
        assert loop.time() - begun < 5
        await house.until_empty()
    assert len(await house.deeds()) == 5


async def test_a_job_that_kills_its_workers_is_given_up_and_no_other_with_it(house: House) -> None:
    await house.tell(DEED.job(Do("killer", "kill")), *(DEED.job(Do(f"deed {number}")) for number in range(30)))
    ended = 0
    async with asyncio.timeout(60):
        while True:
            worker = await another(house.url)
            waiting, dying = asyncio.create_task(house.until_empty(failed=1)), asyncio.create_task(worker.wait())
            await asyncio.wait([waiting, dying], return_when=asyncio.FIRST_COMPLETED)
            waiting.cancel()
            if not dying.done():
                worker.kill()
                await dying
                break
            ended += 1
    assert ended == DEATHS
    assert sorted(await house.deeds()) == sorted(f"deed {number}" for number in range(30))
    assert [each.why for each in await house.failed()] == [f"{DEATHS} workers have ended while they did it"]


async def test_a_worker_whose_connection_is_cut_goes_on(house: House) -> None:
    async with at_work(house.database):
        await house.tell(DEED.job(Do("before", seconds=1)))
        await house.until_done("before")
        async with house.database.begin() as session:
            await session.execute(
                text(
                    """select pg_terminate_backend(pid) from pg_stat_activity
                    where datname = current_database() and pid <> pg_backend_pid() and pid in (
                        select pid from pg_locks where locktype = 'advisory')"""
                )
            )
        await house.tell(DEED.job(Do("after")))
        await house.until_done("after")
        await house.until_empty()
    assert sorted(await house.deeds()) == ["after", "before"]


async def test_a_worker_that_is_stopped_ends_what_it_does(house: House) -> None:
    async with at_work(house.database) as worker:
        await house.tell(DEED.job(Do("long", seconds=1)))
        await house.until_done("long")
        worker.stop()

    async def nothing_stands() -> bool:
        return await house.standing() == Standing()

    await house.until(nothing_stands)


async def test_how_it_stands_is_told(house: House) -> None:
    assert await house.standing() == Standing()
    await house.tell(DEED.job(Do("waiting")), DEED.job(Do("later"), after=timedelta(hours=1)))
    now = await house.standing()
    assert (now.workers, now.waiting) == (0, 2)
    async with at_work(house.database):

        async def works() -> bool:
            return (await house.standing()).workers == 1

        await house.until(works)


async def test_what_is_long_done_is_forgotten_and_no_other(house: House) -> None:
    async with at_work(house.database):
        await house.tell(DEED.job(Do("old")), DEED.job(Do("new")), DEED.job(Do("waits", "fail", times=1)))
        await house.until_done("old", "new", "waits")
        await house.until_empty()
    async with house.database.begin() as session:
        await session.execute(text("update job_marks set at = now() - interval '2 hours' where job_id % 2 = 0"))
        old = (await session.execute(text("select count(*) from job_marks where job_id % 2 = 0"))).scalar_one()
        await tidy(session)
        left = (await session.execute(text("select count(*) from job_marks"))).scalar_one()
    assert old > 0
    assert left == 3 - old


@pytest.mark.parametrize("failures", [1, 5, 50, 500])
def test_pauses_end_at_the_longest(failures: int) -> None:
    retries = DEED.retries
    pause = retries.pause(failures)
    assert (pause is None) == (failures > retries.times)
    assert pause is None or pause <= retries.longest


async def test_prometheus_is_told_how_it_stands(house: House) -> None:
    figures = JobFigures(house.database)
    registry = CollectorRegistry()
    registry.register(figures)
    await house.tell(DEED.job(Do("hopeless", "give up")), DEED.job(Do("later"), after=timedelta(hours=1)))
    async with at_work(house.database):

        async def seen() -> bool:
            looking = asyncio.create_task(figures.run())
            await asyncio.sleep(0.1)
            looking.cancel()
            told = [registry.get_sample_value("svarhus_jobs", {"state": state}) for state in ("waiting", "failed")]
            return told == [1, 1] and registry.get_sample_value("svarhus_workers") == 1

        await house.until(seen)
        assert await figures.worker_lives()


async def test_the_products_own_jobs_are_done(house: House, wired: Organisations, tmp_path: Path) -> None:
    clock, seal = SystemClock(), Seal.for_this_process()
    providers, reports = Providers(seal, ANY), Reports(house.database, clock)
    lines = SmppLines(house.database, providers, reports.told, wired.incoming_texts.keep)
    sending = Sending(house.database, clock, seal, providers, Senders(SmtpSender, HttpSmsSender, lines.of))
    recordings = RecordingFiles(tmp_path, SealedFiles("a key of tests"))
    jobs = all_jobs(house.database, clock, wired, sending, reports, recordings)
    worker = Worker(house.database, jobs, QUICK)
    running = asyncio.create_task(worker.run())
    await house.tell(*(schedule.job for schedule in jobs.schedules))
    await house.until_empty()
    worker.stop()
    await running
    assert await house.failed() == ()
