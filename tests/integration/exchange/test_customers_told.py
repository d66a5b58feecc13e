"""What is to be told of a callback is written once for the customer, and dropped when it is not so any more."""

from collections.abc import Sequence
from datetime import timedelta

import msgspec
import pytest
import pytest_asyncio
from sqlalchemy import text

from svarhus.app.organisations import DEMO, Organisations, load_demo
from svarhus.domains.callbacks.state import (
    AttemptBegan,
    Booked,
    BookingCancelled,
    BookingKind,
    BookingMoved,
    TellingDue,
)
from svarhus.domains.outbox import repository
from svarhus.domains.outbox.model import Channel, Message, Purpose, Reason, Status, Wanted
from svarhus.domains.people.rights import operator
from svarhus.domains.queues.telling import Telling, TellingSettings
from svarhus.domains.telling.jobs import TellCustomer, telling_jobs
from svarhus.exchange.core.core import NumberedFact
from svarhus.exchange.core.facts import Fact
from svarhus.exchange.followers.registry import writes
from svarhus.kit.clock import Clock, Instant, after
from svarhus.kit.database import Database
from svarhus.kit.ids import BookingId, CallId, PersonKey, QueueKey
from svarhus.kit.jobs.model import Attempt

ADVICE, BOOKING = QueueKey("advice"), BookingId("demo-b1")
MOBILE, LANDLINE = "+46701740605", "+4684650040"
EVERYTHING = TellingSettings.model_validate({what.value: True for what in Telling})


class Told:
    """What happens to a callback, and what the customer is told of it."""

    def __init__(self, database: Database, wired: Organisations, clock: Clock) -> None:
        self._database = database
        self._wired = wired
        self.clock = clock
        self.at = after(clock.now(), timedelta(hours=2))

    async def happens(self, *facts: Fact) -> None:
        numbered = [NumberedFact(number, self.clock.now(), fact) for number, fact in enumerate(facts, 1)]
        async with self._database.begin() as session:
            for write in writes(DEMO, numbered):
                await session.exec_driver_sql(write.sql, write.values)

    async def is_booked(self, number: str = MOBILE, email: str | None = None, language: str = "sv") -> None:
        booked = Booked(
            booking=BOOKING, queue=ADVICE, schedule="nurses", number=number, at=self.at, language=language, email=email
        )
        await self.happens(booked, self.due(Telling.CONFIRMATION))

    def due(self, what: Telling, at: Instant | None = None) -> TellingDue:
        return TellingDue(booking=BOOKING, what=what, at=at or self.at)

    async def work_is_done(self) -> None:
        """By a worker that dies after each job and does it again."""
        (work,) = telling_jobs(self._database, self._wired.repository, self._wired.outbox).works
        async with self._database.begin() as session:
            query = text("select id, payload from pgqueuer where entrypoint = 'telling.customer' order by id")
            jobs: Sequence[tuple[int, bytes]] = [(row.id, row.payload) for row in await session.execute(query)]
        for job, payload in jobs:
            for failures in (0, 1):
                await work.do(msgspec.json.decode(payload, type=TellCustomer), Attempt(job, failures, last=False))

    async def messages(self) -> tuple[Message, ...]:
        async with self._database.begin() as session:
            return (await repository.find_all(session, DEMO, Wanted(), None, 50)).items[::-1]

    async def waits(self) -> None:
        """As if there were a provider that cannot be reached."""
        async with self._database.begin() as session:
            await session.execute(text("update outbox set status = 'waiting'"))


@pytest_asyncio.fixture
async def told(database: Database, wired: Organisations, clock: Clock) -> Told:
    await load_demo(database, clock)
    _, configuration = await wired.repository.load(DEMO)
    queues = []
    for queue in configuration.queues:
        if queue.key == ADVICE and queue.callbacks:
            queue = queue.model_copy(update={"callbacks": queue.callbacks.model_copy(update={"tells": EVERYTHING})})
        queues.append(queue)
    changed = configuration.model_copy(update={"queues": tuple(queues)})
    await wired.service.change(operator(DEMO), lambda _: changed, "telling", None)
    return Told(database, wired, clock)


@pytest.mark.feature("CB-10")
async def test_a_text_is_written_once_though_a_worker_dies(told: Told) -> None:
    await told.is_booked(language="en")
    await told.work_is_done()
    (message,) = await told.messages()
    assert (message.channel, message.receiver, message.purpose) == (Channel.TEXT, MOBILE, Purpose.CONFIRMATION)
    assert message.text is not None and message.text.startswith("We will call you on ")
    assert message.booking == BOOKING


@pytest.mark.feature("CB-10")
async def test_no_text_goes_to_a_landline_and_a_mail_has_a_calendar_file(told: Told) -> None:
    await told.is_booked(LANDLINE, "kund@example.org")
    await told.happens(told.due(Telling.REMINDER))
    await told.work_is_done()
    confirmed, reminded = sorted(await told.messages(), key=lambda message: message.purpose)
    assert {confirmed.channel, reminded.channel} == {Channel.MAIL}
    assert "METHOD:PUBLISH" in confirmed.calendar and f"UID:{BOOKING}@svarhus" in confirmed.calendar
    assert f"DTSTART:{told.at:%Y%m%dT%H%M%SZ}" in confirmed.calendar
    assert reminded.calendar == ""


async def test_a_landline_without_an_address_is_told_nothing(told: Told) -> None:
    await told.is_booked(LANDLINE)
    await told.work_is_done()
    assert await told.messages() == ()


@pytest.mark.feature("CB-10")
async def test_what_was_moved_meanwhile_is_told_as_it_is(told: Told) -> None:
    await told.is_booked()
    await told.happens(told.due(Telling.REMINDER))
    later = after(told.at, timedelta(hours=1))
    await told.happens(
        BookingMoved(booking=BOOKING, schedule="nurses", at=later, was=told.at), told.due(Telling.MOVED, later)
    )
    await told.work_is_done()
    (message,) = await told.messages()
    assert message.purpose is Purpose.MOVED


@pytest.mark.feature("CB-10")
async def test_what_waits_is_dropped_when_it_is_not_so_any_more(told: Told) -> None:
    await told.is_booked()
    await told.happens(told.due(Telling.REMINDER), told.due(Telling.LATE))
    await told.work_is_done()
    await told.waits()
    await told.happens(AttemptBegan(booking=BOOKING, call=CallId("demo-1"), person=PersonKey("anna")))
    stands = {message.purpose: (message.status, message.reason) for message in await told.messages()}
    assert stands[Purpose.CONFIRMATION] == (Status.WAITING, Reason.NO_PROVIDER.value)
    assert stands[Purpose.REMINDER] == stands[Purpose.LATE] == (Status.DROPPED, Reason.OVERTAKEN.value)


@pytest.mark.feature("CB-10")
async def test_who_cancels_hears_of_that_and_of_nothing_before(told: Told) -> None:
    await told.is_booked(email="kund@example.org")
    await told.work_is_done()
    await told.waits()
    await told.happens(BookingCancelled(booking=BOOKING), TellingDue(booking=BOOKING, what=Telling.CANCELLED))
    await told.work_is_done()
    stands = [(message.purpose, message.status) for message in await told.messages()]
    assert stands.count((Purpose.CONFIRMATION, Status.DROPPED)) == 2
    cancelled = [message for message in await told.messages() if message.purpose is Purpose.CANCELLED]
    assert {message.channel for message in cancelled} == {Channel.TEXT, Channel.MAIL}
    assert any("METHOD:CANCEL" in message.calendar for message in cancelled)


async def test_who_was_promised_nothing_hears_of_no_cancelling(told: Told) -> None:
    await told.happens(
        Booked(
            booking=BOOKING,
            queue=ADVICE,
            schedule="nurses",
            number=MOBILE,
            at=told.at,
            language="sv",
            kind=BookingKind.ABANDONED,
        ),
        BookingCancelled(booking=BOOKING),
        TellingDue(booking=BOOKING, what=Telling.CANCELLED),
    )
    await told.work_is_done()
    assert await told.messages() == ()
