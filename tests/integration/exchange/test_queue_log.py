"""The lines of the queue log, kept as calls end, say what calls, bookings and marks say together."""

import random
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from sqlalchemy import text

from svarhus.domains.callbacks.state import Booked, BookingCancelled
from svarhus.domains.calls.facts import CallClosed
from svarhus.domains.calls.model import CallKind, CallRecord, Outcome
from svarhus.domains.queuelog import repository
from svarhus.domains.queuelog.model import Unanswered, Wanted
from svarhus.exchange.core.core import NumberedFact
from svarhus.exchange.core.facts import Fact
from svarhus.exchange.followers.registry import writes
from svarhus.kit.clock import Instant
from svarhus.kit.database import Database, Session
from svarhus.kit.ids import BookingId, CallId, OrganisationId, PersonKey, QueueKey

HERE = OrganisationId("clinic")
BEGAN = Instant(datetime(2026, 3, 2, 8, 0, tzinfo=UTC))
CALLERS = ("+46701740605", "+46701740606", None)
QUEUES = (QueueKey("advice"), QueueKey("reception"))
EVERYTHING = Wanted(BEGAN, open_only=False)


@dataclass(frozen=True)
class Line:
    """What is compared of a line."""

    call: str
    earlier: int
    how: str | None


def at(minute: int) -> Instant:
    return Instant(BEGAN + timedelta(minutes=minute))


def call(
    name: str,
    minute: int,
    caller: str | None = CALLERS[0],
    *,
    kind: CallKind = CallKind.INCOMING,
    queue: QueueKey | None = QUEUES[0],
    outcome: Outcome = Outcome.ABANDONED,
    person: PersonKey | None = None,
    dialled: str = "+46846500401",
) -> CallClosed:
    talk = 30.0 if person else 0.0
    return CallClosed(
        call=CallId(name),
        record=CallRecord(
            call=CallId(name),
            kind=kind,
            began_at=at(minute),
            answered_at=at(minute) if person else None,
            ended_at=at(minute + 1),
            caller=caller,
            caller_name="",
            dialled=dialled,
            language="sv",
            queue=queue,
            person=person,
            outcome=outcome,
            wait=5.0,
            talk=talk,
            revision=1,
            booking=None,
            parts=(),
            legs=(),
        ),
    )


def booked(name: str, number: str) -> Booked:
    return Booked(
        booking=BookingId(name), queue=QUEUES[0], schedule="nurses", number=number, at=at(6000), language="sv"
    )


class Clinic:
    """An organisation whose facts are written as they happen."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def begin(self) -> None:
        await self.session.execute(
            text("insert into organisations (id, created_at, revision) values (:id, :at, 1)"), {"id": HERE, "at": BEGAN}
        )

    async def happens(self, minute: int, *facts: Fact) -> None:
        for write in writes(HERE, [NumberedFact(1, at(minute), fact) for fact in facts]):
            await self.session.exec_driver_sql(write.sql, write.values)

    async def mark(self, name: str, minute: int) -> None:
        await repository.handle(self.session, HERE, CallId(name), at(minute), "birgitta")

    async def lines(self) -> list[Line]:
        found = await repository.find(self.session, HERE, EVERYTHING, None, 200)
        return [
            Line(each.call, each.earlier, each.resolved.how.value if each.resolved else None) for each in found.items
        ]


def _line(found: Unanswered) -> Line:
    return Line(found.call, found.earlier, found.resolved.how.value if found.resolved else None)


@pytest_asyncio.fixture
async def clinic(database: Database) -> AsyncIterator[Clinic]:
    async with database.begin() as session:
        clinic = Clinic(session)
        await clinic.begin()
        yield clinic


async def test_what_a_cancelled_callback_had_resolved_is_open_again(clinic: Clinic) -> None:
    await clinic.happens(1, call("first", 0))
    await clinic.happens(2, booked("promise", "+46701740605"))
    assert await clinic.lines() == [Line("first", 0, "booked")]
    await clinic.happens(9, call("second", 8))
    assert await clinic.lines() == [Line("second", 0, None), Line("first", 0, "booked")]
    await clinic.happens(10, BookingCancelled(booking=BookingId("promise")))
    assert await clinic.lines() == [Line("second", 1, None)]


async def test_a_mark_taken_back_leaves_what_has_resolved_it_since(clinic: Clinic) -> None:
    await clinic.happens(1, call("first", 0))
    await clinic.mark("first", 2)
    await clinic.happens(6, call("answered", 5, person=PersonKey("cecilia"), outcome=Outcome.ANSWERED))
    assert await clinic.lines() == [Line("first", 0, "handled")]
    assert await repository.take_up(clinic.session, HERE, CallId("first"))
    assert await clinic.lines() == [Line("first", 0, "called_again")]


async def test_a_call_that_ends_after_a_later_one_does_not_come_before_it(clinic: Clinic) -> None:
    await clinic.happens(3, call("later", 2))
    await clinic.happens(9, call("longer", 1))
    assert await clinic.lines() == [Line("later", 1, None)]


async def test_a_call_that_was_answered_before_the_missed_one_ended_resolves_it(clinic: Clinic) -> None:
    await clinic.happens(4, call("answered", 3, person=PersonKey("cecilia"), outcome=Outcome.ANSWERED))
    await clinic.happens(9, call("missed", 1))
    assert await clinic.lines() == [Line("missed", 0, "called_again")]


@pytest.mark.parametrize("seed", range(3))
async def test_lines_made_anew_are_what_they_were(clinic: Clinic, seed: int) -> None:
    chance = random.Random(seed)
    bookings: list[str] = []
    for minute in range(0, 500, 2):
        caller, queue, name = chance.choice(CALLERS), chance.choice(QUEUES), f"call-{minute}"
        match chance.randrange(10):
            case 0:
                answered = call(name, minute, caller, person=PersonKey("cecilia"), outcome=Outcome.ANSWERED)
                await clinic.happens(minute + 1, answered)
            case 1 if caller:
                await clinic.happens(minute + 1, booked(name, caller))
                bookings.append(name)
            case 2 if bookings:
                cancelled = bookings.pop(chance.randrange(len(bookings)))
                await clinic.happens(minute + 1, BookingCancelled(booking=BookingId(cancelled)))
            case 3:
                await clinic.mark(chance.choice(await clinic.lines() or [Line("none", 0, None)]).call, minute + 1)
            case 4 if caller:
                back = call(name, minute, None, kind=CallKind.OUTGOING, queue=None, dialled=caller,
                            person=PersonKey("david"), outcome=Outcome.ANSWERED)  # fmt: skip
                await clinic.happens(minute + 1, back)
            case _:
                await clinic.happens(minute + 1, call(name, minute, caller, queue=queue))
    kept = await clinic.lines()
    await repository.rebuild(clinic.session, HERE)
    assert kept == await clinic.lines()


@pytest.mark.feature("Q-18")
async def test_a_queue_whose_history_is_off_does_not_stand_in_it(clinic: Clinic) -> None:
    await clinic.happens(1, call("hidden", 0), call("shown", 1, CALLERS[1], queue=QUEUES[1]))
    wanted = Wanted(BEGAN, open_only=False, but=(QUEUES[0],))
    found = await repository.find(clinic.session, HERE, wanted, None, 200)
    assert [each.call for each in found.items] == ["shown"]
