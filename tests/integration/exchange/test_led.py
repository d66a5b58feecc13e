"""Who was with a conversation of others stands in the audit log."""

import pytest

from svarhus.app.organisations import DEMO, Organisations, load_demo
from svarhus.domains.calls.facts import Supervised
from svarhus.domains.calls.supervision import Supervision
from svarhus.exchange.core.core import NumberedFact
from svarhus.exchange.followers.registry import writes
from svarhus.kit.clock import Clock
from svarhus.kit.database import Database
from svarhus.kit.ids import CallId, LegId, PersonKey


@pytest.mark.feature("Q-20")
async def test_listening_to_a_live_call_is_noted_with_who_was_heard(
    database: Database, wired: Organisations, clock: Clock
) -> None:
    await load_demo(database, clock)
    heard = (CallId("care-1"), LegId("out-2"), PersonKey("eva"), LegId("out-1"), PersonKey("anna"))
    call, leg, eva, hears, anna = heard
    for number, how in enumerate(Supervision):
        fact = Supervised(call=call, leg=leg, person=eva, how=how, hears=hears, member=anna)
        (write,) = writes(DEMO, [NumberedFact(number, clock.now(), fact)])
        async with database.begin() as session:
            await session.exec_driver_sql(write.sql, write.values)
    lines = [line for line in (await wired.audit.read(DEMO, None, 50)).items if line.who == "eva"]
    assert [(line.who, line.subject, line.after) for line in lines] == [("eva", "care-1", {"member": "anna"})] * 4
    actions = ["call-listened-to", "call-whispered-in", "call-joined", "call-taken-over"]
    assert [line.action for line in reversed(lines)] == actions
