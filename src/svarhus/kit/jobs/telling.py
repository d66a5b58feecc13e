"""Writes jobs down: in the unit of work of what causes them, so that both are there or neither."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import text

from svarhus.kit.database import Session
from svarhus.kit.jobs.model import Attempt, Job

TELL = """
insert into pgqueuer (priority, entrypoint, payload, execute_after, dedupe_key, status)
values (0, $1, $2, now() + $3::interval, $4, 'queued') on conflict do nothing
"""
"""For those who write with asyncpg themselves; the values are `values(job)`."""

Values = tuple[str, bytes, timedelta, str | None]


def values(job: Job) -> Values:
    return job.kind, job.payload, job.after, job.key


async def tell(session: Session, *jobs: Job) -> None:
    """Have them done, when and if this unit of work is committed."""
    if jobs:
        # pgqueuer's own way would need another connection, or a driver around this one.
        rows: Sequence[Values] = [values(job) for job in jobs]
        await session.exec_driver_sql(TELL, list(rows))


async def once(session: Session, attempt: Attempt) -> bool:
    """Whether this unit of work is the first to be committed for the job. False: it is done already, change nothing."""
    marked = await session.execute(
        text("insert into job_marks (job_id) values (:job) on conflict do nothing returning job_id"),
        {"job": attempt.job},
    )
    return marked.one_or_none() is not None


async def tidy(session: Session) -> None:
    """Forget what is known of jobs that are long done."""
    await session.execute(
        text(
            """delete from job_marks where at < now() - interval '1 hour'
            and not exists (select from pgqueuer where pgqueuer.id = job_marks.job_id)"""
        )
    )
    await session.execute(
        text(
            """delete from pgqueuer_log where created < now() - interval '1 day'
            and not exists (select from pgqueuer where pgqueuer.id = job_id and status = 'failed')"""
        )
    )
    await session.execute(text("delete from pgqueuer_statistics where created < now() - interval '30 days'"))
