"""What the jobs' own tables need now and then."""

import msgspec

from svarhus.kit.database import Database
from svarhus.kit.jobs.model import Attempt, JobKind, Jobs, Schedule, Work
from svarhus.kit.jobs.telling import tidy


class Tidy(msgspec.Struct, frozen=True):
    """Forget what is known of jobs that are long done."""


TIDY = JobKind("jobs.tidy", Tidy)


def housekeeping(database: Database) -> Jobs:
    async def do(_: Tidy, __: Attempt) -> None:
        async with database.begin() as session:
            await tidy(session)

    return Jobs((Work(TIDY, do),), (Schedule.of("23 * * * *", TIDY, Tidy()),))
