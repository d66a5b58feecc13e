"""How right estimates were is kept as calls end, and told as median and ninetieth percentile."""

from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from sqlalchemy import text

from svarhus.domains.boards.estimates import FEWEST, EstimateError, errors
from svarhus.domains.calls.facts import CallClosed
from svarhus.domains.calls.model import CallKind, CallRecord, Outcome, Part
from svarhus.domains.queues.ways import LeftBy
from svarhus.exchange.core.core import NumberedFact
from svarhus.exchange.followers.registry import writes
from svarhus.kit.clock import Instant
from svarhus.kit.database import Database, Session
from svarhus.kit.ids import CallId, OrganisationId, QueueKey

HERE = OrganisationId("clinic")
BEGAN = Instant(datetime(2026, 3, 2, 8, 0, tzinfo=UTC))
ADVICE, RECEPTION = QueueKey("advice"), QueueKey("reception")


def part(
    estimated: float | None,
    wait: float,
    queue: QueueKey = ADVICE,
    outcome: LeftBy = LeftBy.ANSWERED,
    at_once: bool = False,
) -> Part:
    left = Instant(BEGAN + timedelta(seconds=wait))
    return Part(queue, BEGAN, left, outcome, wait=wait, estimated=estimated, at_once=at_once)


def call(number: int, *parts: Part) -> NumberedFact:
    id = CallId(f"clinic-{number}")
    record = CallRecord(
        call=id,
        kind=CallKind.INCOMING,
        began_at=BEGAN,
        answered_at=BEGAN,
        ended_at=Instant(BEGAN + timedelta(minutes=9)),
        caller=None,
        caller_name="",
        dialled="+46846500401",
        language="sv",
        outcome=Outcome.ANSWERED,
        queue=ADVICE,
        person=None,
        wait=0.0,
        talk=9.0,
        revision=1,
        booking=None,
        parts=parts,
        legs=(),
    )
    return NumberedFact(number, BEGAN, CallClosed(call=id, record=record))


async def kept(session: Session, *calls: NumberedFact) -> tuple[EstimateError, ...]:
    await session.execute(
        text("insert into organisations (id, created_at, revision) values (:id, :at, 1)"), {"id": HERE, "at": BEGAN}
    )
    for write in writes(HERE, calls):
        await session.exec_driver_sql(write.sql, write.values)
    return await errors(session, HERE, Instant(BEGAN - timedelta(days=1)))


@pytest.mark.feature("Q-21")
async def test_the_error_is_told_queue_by_queue(database: Database) -> None:
    calls = [call(number, part(100.0, 100.0 + number), part(60.0, 50.0, RECEPTION)) for number in range(1, 22)]
    async with database.begin() as session:
        found = await kept(session, *calls)
    assert [(each.queue, each.compared) for each in found] == [(ADVICE, 21), (RECEPTION, 21)]
    assert found[0] == EstimateError(ADVICE, 21, 11.0, 19.0)
    assert found[1] == EstimateError(RECEPTION, 21, 10.0, 10.0)


@pytest.mark.feature("Q-21")
async def test_of_too_few_it_is_not_known(database: Database) -> None:
    async with database.begin() as session:
        (found,) = await kept(session, *(call(number, part(30.0, 90.0)) for number in range(1, FEWEST)))
    assert (found.compared, found.median, found.ninetieth) == (FEWEST - 1, None, None)


@pytest.mark.feature("Q-21")
async def test_waits_of_which_nothing_follows_are_left_out(database: Database) -> None:
    left = part(30.0, 90.0, outcome=LeftBy.ABANDONED)
    async with database.begin() as session:
        assert (
            await kept(session, call(1, part(None, 5.0)), call(2, left), call(3, part(30.0, 2.0, at_once=True))) == ()
        )


@pytest.mark.feature("Q-21")
async def test_it_is_made_anew_from_the_calls_that_were_kept(database: Database) -> None:
    """As the migration does for a data folder of before."""
    migration = import_module("svarhus.migrations.versions.0026_queue_estimates")
    calls = [call(number, part(100.0, 100.0 + number), part(9.0, 1.0, at_once=True)) for number in range(1, 22)]
    async with database.begin() as session:
        found = await kept(session, *calls)
        await session.exec_driver_sql("delete from queue_estimates where organisation_id = $1", (HERE,))
        await session.exec_driver_sql(migration._OF_BEFORE)
        assert await errors(session, HERE, Instant(BEGAN - timedelta(days=1))) == found
        assert found[0].compared == 21
