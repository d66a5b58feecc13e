"""How right the estimated wait is: predicted against real waits, queue by queue.

The error of one caller is |expected at entry − real wait|, in seconds, of those who were answered and for whom no
member was free as they came, in the last thirty days. Told are the median and the ninetieth percentile.
"""

from datetime import timedelta

import msgspec
from sqlalchemy import func, select

from svarhus.domains.boards.tables import queue_estimates
from svarhus.domains.people.rights import Actor, Right, require
from svarhus.kit.clock import Clock, Instant, after
from svarhus.kit.database import Database, Session
from svarhus.kit.ids import OrganisationId, QueueKey

LOOK_BACK = timedelta(days=30)

FEWEST = 20
"""Of fewer callers nothing is said."""


class EstimateError(msgspec.Struct, frozen=True):
    """Of one queue, in seconds. Neither is known of too few callers."""

    queue: QueueKey
    compared: int
    """Callers."""
    median: float | None
    ninetieth: float | None
    """Nine of ten estimates were no further off."""


class EstimateErrors:
    """What is kept of estimates and waits, made figures."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def of(self, actor: Actor) -> tuple[EstimateError, ...]:
        """Of all queues that have any, by key."""
        require(actor, Right.SEE_LIVE)
        async with self._database.begin() as session:
            return await errors(session, actor.organisation, after(self._clock.now(), -LOOK_BACK))


async def errors(session: Session, organisation: OrganisationId, since: Instant) -> tuple[EstimateError, ...]:
    """Of callers who were answered since."""
    columns = queue_estimates.c
    error = func.abs(columns.estimated - columns.wait)
    query = (
        select(
            columns.queue,
            func.count().label("compared"),
            func.percentile_cont(0.5).within_group(error).label("median"),
            func.percentile_cont(0.9).within_group(error).label("ninetieth"),
        )
        .where(columns.organisation_id == organisation, columns.at > since)
        .group_by(columns.queue)
        .order_by(columns.queue)
    )
    rows = (await session.execute(query)).all()
    return tuple(_error(QueueKey(row.queue), row.compared, row.median, row.ninetieth) for row in rows)


def _error(queue: QueueKey, compared: int, median: float, ninetieth: float) -> EstimateError:
    enough = compared >= FEWEST
    return EstimateError(queue, compared, median if enough else None, ninetieth if enough else None)
