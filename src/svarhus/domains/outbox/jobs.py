"""What is done with messages later."""

from datetime import timedelta

import msgspec

from svarhus.domains.outbox import repository
from svarhus.domains.outbox.reports import KEEP_REPORT, Reports
from svarhus.domains.outbox.sending import SEND, Sending
from svarhus.kit.clock import Clock
from svarhus.kit.database import Database
from svarhus.kit.jobs.model import Attempt, JobKind, Jobs, Schedule, Work


class ForgetMessages(msgspec.Struct, frozen=True):
    """Forget messages that are three months old."""


FORGET_MESSAGES = JobKind("outbox.forget-old", ForgetMessages, limit=timedelta(minutes=10))


def outbox_jobs(database: Database, clock: Clock, sending: Sending, reports: Reports) -> Jobs:
    async def forget_old(_: ForgetMessages, __: Attempt) -> None:
        async with database.begin() as session:
            await repository.forget_old_messages(session, clock.now())

    return Jobs(
        (Work(SEND, sending.send), Work(KEEP_REPORT, reports.keep), Work(FORGET_MESSAGES, forget_old)),
        (Schedule.of("41 3 * * *", FORGET_MESSAGES, ForgetMessages()),),
    )
