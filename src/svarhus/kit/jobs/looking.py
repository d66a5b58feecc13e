"""How it stands with the jobs: who does them, what waits, and what has failed for good."""

from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import text

from svarhus.kit.clock import Instant, instant
from svarhus.kit.database import Session

ALIVE = 0x5AA0_4A0B
"""Key of the advisory lock that every worker shares for as long as it lives."""

_WORKERS = """
select count(*) from pg_locks where locktype = 'advisory' and granted and mode = 'ShareLock'
and database = (select oid from pg_database where datname = current_database())
and classid = 0 and objid = {key} and objsubid = 1
"""
_COUNTS = """
select status::text as status, count(*) as jobs,
    coalesce(extract(epoch from now() - min(execute_after) filter (where execute_after < now())), 0) as late
from pgqueuer group by status
"""
_FAILED = """
select job.id, job.entrypoint, job.updated,
    (select log.traceback ->> 'exception_message' from pgqueuer_log log
     where log.job_id = job.id and log.traceback is not null order by log.created desc limit 1) as why
from pgqueuer job where job.status = 'failed' order by job.updated desc limit :limit
"""


@dataclass(frozen=True)
class Standing:
    """How it stands now."""

    workers: int = 0
    waiting: int = 0
    """Also those whose time has not come."""
    running: int = 0
    failed: int = 0
    late: timedelta = field(default=timedelta())
    """For how long the first of those whose time has come has waited since."""


@dataclass(frozen=True)
class Failed:
    """A job that was given up."""

    id: int
    kind: str
    at: Instant
    why: str


async def standing(session: Session) -> Standing:
    rows = {row.status: row for row in await session.execute(text(_COUNTS))}
    counts = {status: int(row.jobs) for status, row in rows.items()}
    late = float(rows["queued"].late) if "queued" in rows else 0.0
    return Standing(
        workers=await workers(session),
        waiting=counts.get("queued", 0),
        running=counts.get("picked", 0),
        failed=counts.get("failed", 0),
        late=timedelta(seconds=late),
    )


async def workers(session: Session) -> int:
    """How many are there to do jobs."""
    return int((await session.execute(text(_WORKERS.format(key=ALIVE)))).scalar_one())


async def failed(session: Session, limit: int) -> tuple[Failed, ...]:
    """The last ones that were given up."""
    rows = await session.execute(text(_FAILED), {"limit": limit})
    return tuple(Failed(row.id, row.entrypoint, instant(row.updated), row.why or "") for row in rows)


async def try_again(session: Session, job: int | None = None) -> int:
    """Have one that was given up done again, or all of them; how many."""
    done = await session.execute(
        text(
            """update pgqueuer set status = 'queued', execute_after = now(), updated = now(), attempts = 0,
            queue_manager_id = null, headers = null
            where status = 'failed' and (cast(:job as bigint) is null or id = :job)"""
        ),
        {"job": job},
    )
    return done.rowcount


async def forget(session: Session, job: int | None = None) -> int:
    """Give one up entirely, or all of them; how many."""
    gone = await session.execute(
        text("delete from pgqueuer where status = 'failed' and (cast(:job as bigint) is null or id = :job)"),
        {"job": job},
    )
    return gone.rowcount
