"""Those who look after a queue are told of each new callback, once."""

import msgspec
import pytest
from sqlalchemy import text

from svarhus.app.organisations import DEMO, Organisations, load_demo
from svarhus.domains.alerts.entries import TellEntry, entry_jobs
from svarhus.domains.callbacks.state import Booked, BookingKind
from svarhus.domains.outbox import repository
from svarhus.domains.outbox.model import Wanted
from svarhus.domains.people.rights import operator
from svarhus.domains.queues.carrying import NewEntries
from svarhus.exchange.core.core import NumberedFact
from svarhus.exchange.followers.registry import writes
from svarhus.kit.clock import Clock, Instant
from svarhus.kit.database import Database
from svarhus.kit.ids import BookingId, QueueKey
from svarhus.kit.jobs.model import Attempt


@pytest.mark.feature("CB-09")
async def test_those_whom_the_queue_names_are_told_of_a_new_callback_without_the_customers_number(
    database: Database, wired: Organisations, clock: Clock
) -> None:
    await load_demo(database, clock)
    _, configuration = await wired.repository.load(DEMO)
    told = NewEntries(mail=("lead@elsewhere.example",), text=("+46701234567",))
    queues = tuple(
        queue.model_copy(update={"callbacks": queue.callbacks.model_copy(update={"new_entries": told})})
        if queue.key == "advice" and queue.callbacks
        else queue
        for queue in configuration.queues
    )
    changed = configuration.model_copy(update={"queues": queues})
    await wired.service.change(operator(DEMO), lambda _: changed, "callbacks", None)
    facts = [NumberedFact(number, clock.now(), booked(number, clock.now(), told=number == 1)) for number in (1, 2)]
    async with database.begin() as session:
        for write in writes(DEMO, facts):
            await session.exec_driver_sql(write.sql, write.values)
    async with database.begin() as session:
        query = text("select id, payload from pgqueuer where entrypoint = 'alerts.tell_entry'")
        job = (await session.execute(query)).one()
    (work,) = entry_jobs(database, wired.repository, wired.outbox).works
    for failures in (0, 1):
        await work.do(msgspec.json.decode(job.payload, type=TellEntry), Attempt(job.id, failures, last=False))
    async with database.begin() as session:
        found = (await repository.find_all(session, DEMO, Wanted(), None, 50)).items
    assert sorted(message.receiver for message in found) == ["+46701234567", "lead@elsewhere.example"]
    texts = [message.text or "" for message in found]
    assert all("så snart det går" in said and NUMBER not in said for said in texts)


NUMBER = "+46701740605"


def booked(number: int, at: Instant, told: bool) -> Booked:
    return Booked(
        booking=BookingId(f"demo-b{number}"),
        queue=QueueKey("advice"),
        schedule="advice",
        number=NUMBER,
        at=at,
        language="sv",
        kind=BookingKind.UNTIMED,
        told=told,
    )
