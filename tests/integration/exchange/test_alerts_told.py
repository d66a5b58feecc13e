"""An alert is told once, however often the job is begun anew; and what the journal holds is what is told."""

import msgspec
import pytest
from sqlalchemy import text

from svarhus.app.organisations import DEMO, Organisations, load_demo
from svarhus.domains.alerts.jobs import TellAlert, alert_jobs
from svarhus.domains.alerts.past import PastAlerts, note_told
from svarhus.domains.alerts.past import Wanted as Past
from svarhus.domains.outbox import repository
from svarhus.domains.outbox.model import Status, Wanted
from svarhus.domains.people.rights import operator
from svarhus.domains.queues.alerts import AlertEnd, AlertOn, AlertOver, AlertRaised, AlertRule
from svarhus.exchange.core.core import NumberedFact
from svarhus.exchange.followers.registry import writes
from svarhus.kit.clock import Clock
from svarhus.kit.database import Database
from svarhus.kit.ids import AlertId, QueueKey
from svarhus.kit.jobs.model import Attempt

RULE = AlertRule(on=AlertOn.MEMBERS, limit=1, mail=("lead@elsewhere.example",), text=("+46701234567",))
RAISED = AlertRaised(
    alert=AlertId("demo-alert-1"),
    queue=QueueKey("advice"),
    rule=RULE.id,
    on=RULE.on,
    limit=RULE.limit,
    minutes=RULE.minutes,
    seen=0,
)


@pytest.mark.feature("Q-16")
async def test_each_receiver_gets_one_message_though_a_worker_died(
    database: Database, wired: Organisations, clock: Clock
) -> None:
    await load_demo(database, clock)
    _, configuration = await wired.repository.load(DEMO)
    queues = tuple(
        queue.model_copy(update={"alerts": (RULE,)}) if queue.key == "advice" else queue
        for queue in configuration.queues
    )
    changed = configuration.model_copy(update={"queues": queues})
    await wired.service.change(operator(DEMO), lambda _: changed, "alerts", None)
    async with database.begin() as session:
        for write in writes(DEMO, [NumberedFact(1, clock.now(), RAISED)]):
            await session.exec_driver_sql(write.sql, write.values)
    async with database.begin() as session:
        query = text("select id, payload from pgqueuer where entrypoint = 'alerts.tell'")
        job = (await session.execute(query)).one()
    (work,) = alert_jobs(database, wired.repository, wired.outbox).works
    alert = msgspec.json.decode(job.payload, type=TellAlert)
    for failures in (0, 1):
        await work.do(alert, Attempt(job.id, failures, last=False))
    async with database.begin() as session:
        found = await repository.find_all(session, DEMO, Wanted(), None, 50)
    assert sorted(message.receiver for message in found.items) == ["+46701234567", "lead@elsewhere.example"]
    assert {message.status for message in found.items} == {Status.KEPT}


@pytest.mark.feature("Q-16")
async def test_what_alerts_there_were_is_kept_with_who_was_told(
    database: Database, wired: Organisations, clock: Clock
) -> None:
    await load_demo(database, clock)
    over = AlertOver(alert=RAISED.alert, queue=RAISED.queue, rule=RAISED.rule, why=AlertEnd.MENDED, lasted=60)
    other = msgspec.structs.replace(RAISED, alert=AlertId("demo-alert-2"), on=AlertOn.WAITING)
    told: tuple[AlertRaised | AlertOver, ...] = (RAISED, over, other)
    facts = [NumberedFact(number, clock.now(), fact) for number, fact in enumerate(told)]
    async with database.begin() as session:
        for write in writes(DEMO, facts):
            await session.exec_driver_sql(write.sql, write.values)
        await note_told(session, DEMO, RAISED.alert, ["lead@elsewhere.example"])
    alerts, boss = PastAlerts(database), operator(DEMO)
    both = (await alerts.find(boss, Past(), None, 50)).items
    assert [(each.id, each.why, each.told) for each in both] == [
        ("demo-alert-2", None, ()),
        ("demo-alert-1", AlertEnd.MENDED, ("lead@elsewhere.example",)),
    ]
    for wanted in (Past(on=AlertOn.WAITING), Past(queue=QueueKey("reception")), Past(raised_before=clock.now())):
        found = (await alerts.find(boss, wanted, None, 50)).items
        assert [each.id for each in found] == (["demo-alert-2"] if wanted.on else [])
