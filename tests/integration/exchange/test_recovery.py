"""What is committed is not lost, and nothing is done twice: the exchange with a real database."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.engine import make_url

from cut_line import Line
from database import WEAK_HASHER
from integration.running import ADVICE, KARIN, LARS, LIMIT, RunningHouse
from svarhus.adapters.simulated.time import VirtualTime
from svarhus.adapters.simulated.world import Heard
from svarhus.app.organisations import DEMO, Organisations, demo_file, organisations
from svarhus.domains.calls.talk import Destination
from svarhus.domains.people.rights import operator
from svarhus.domains.presence.device import DeviceKind
from svarhus.exchange.core.requests import BeginConsult, BookCallback, ChooseDevice, CompleteConsult, LogIn, OpenBrowser
from svarhus.exchange.core.snapshots import SnapshotUnreadable
from svarhus.exchange.core.state import Stored
from svarhus.exchange.running.owning import NotOwner
from svarhus.kit.database import Database
from svarhus.kit.ids import PersonKey, QueueKey
from svarhus.ports.telephony import EndpointChanged

pytestmark = pytest.mark.feature("Q-22")


@pytest_asyncio.fixture
async def wired(database: Database) -> Organisations:
    wired = organisations(database, VirtualTime(), WEAK_HASHER)
    await wired.service.apply_file(demo_file())
    return wired


@pytest_asyncio.fixture
async def line(database_url: str) -> AsyncIterator[Line]:
    port = make_url(database_url).port
    assert port is not None
    async with Line(port) as line:
        yield line


@pytest_asyncio.fixture
async def house(database_url: str, line: Line, wired: Organisations, tmp_path: Path) -> AsyncIterator[RunningHouse]:
    """It reaches its database over a line that can be cut."""
    url = make_url(database_url).set(host="127.0.0.1", port=line.port)
    database = Database(url.render_as_string(hide_password=False), connections=3)
    house = RunningHouse(database, tmp_path, VirtualTime())
    await house.start()
    yield house
    line.mend()
    await house.stop()
    await database.close()


async def rows(database: Database, query: str) -> list[tuple[object, ...]]:
    async with database.begin() as session:
        return [tuple(row) for row in await session.execute(text(query))]


async def numbers(database: Database) -> list[int]:
    return [int(str(seq)) for (seq,) in await rows(database, "select seq from journal order by seq")]


def copied(stored: Stored) -> Stored:
    return msgspec.json.decode(msgspec.json.encode(stored), type=Stored)


@pytest.mark.parametrize("with_snapshot", [True, False])
async def test_a_house_begun_anew_goes_on_where_it_was(
    house: RunningHouse, database: Database, with_snapshot: bool
) -> None:
    await house.talking(KARIN)
    waiting = await house.waiting(LARS)
    before = copied(house.exchange.core.state.stored)
    await house.stop()
    if not with_snapshot:
        await rows(database, "delete from snapshots returning 1")
    anew = house.another()
    await anew.start()
    after = copied(anew.core.state.stored)
    assert after == before
    assert anew.core.state.legs[waiting].music
    await anew.stop()


async def test_a_snapshot_that_cannot_be_read_is_made_anew_from_all_facts(
    house: RunningHouse, database: Database
) -> None:
    await house.talking(KARIN)
    before = copied(house.exchange.core.state.stored)
    await house.stop()
    await rows(database, "update snapshots set format = 99 returning 1")
    await house.start()
    assert copied(house.exchange.core.state.stored) == before


async def test_a_snapshot_is_never_passed_over_when_the_facts_before_it_are_gone(
    house: RunningHouse, database: Database
) -> None:
    await house.talking(KARIN)
    await house.stop()
    await rows(database, "update snapshots set format = 99 returning 1")
    await rows(database, "delete from journal where seq = 1 returning 1")
    anew = house.another()
    with pytest.raises(SnapshotUnreadable):
        await anew.start()
    await anew.stop()


@pytest.mark.parametrize("with_snapshot", [True, False])
async def test_a_consultation_and_a_chosen_phone_go_on_where_they_were(
    house: RunningHouse, database: Database, with_snapshot: bool
) -> None:
    caller, own = await house.talking(KARIN)
    cecilia, call = PersonKey("cecilia"), house.exchange.core.state.legs[caller].call
    await house.exchange.ask(ChooseDevice(PersonKey("astrid"), DeviceKind.BROWSER))
    await house.exchange.ask(OpenBrowser(PersonKey("astrid"), "a-page"))
    await house.exchange.ask(BeginConsult(call, cecilia, Destination(person=PersonKey("david"))))
    await house.until(lambda: house.ringing("david") is not None)
    asked = house.ringing("david")
    assert asked is not None
    house.engine.answer(asked)
    await house.until(lambda: house.engine.talking(own, asked))
    before = copied(house.exchange.core.state.stored)
    await house.stop()
    if not with_snapshot:
        await rows(database, "delete from snapshots returning 1")
    await house.start()
    assert copied(house.exchange.core.state.stored) == before
    assert house.engine.hears(caller) is Heard.MUSIC
    await house.exchange.ask(CompleteConsult(call, cecilia))
    await house.until(lambda: house.engine.talking(caller, asked))


async def test_nothing_is_written_twice_when_the_answer_to_a_commit_is_lost(
    house: RunningHouse, line: Line, database: Database
) -> None:
    line.lose_answer_to(KARIN.encode())
    leg = house.engine.call_in(DEMO, ADVICE, KARIN, trunk="demo-carrier")
    async with asyncio.timeout(LIMIT):
        await line.lost.wait()
    line.mend()
    await house.until(lambda: house.engine.world.legs[leg].answered and not house.exchange.out)
    written = await numbers(database)
    assert written == list(range(1, len(written) + 1))
    assert len(await rows(database, "select 1 from journal where kind = 'call_began'")) == 1
    assert house.exchange.core.state.stored.seq == written[-1]


async def test_a_cut_connection_loses_nothing(house: RunningHouse, line: Line, database: Database) -> None:
    caller, _ = await house.talking(KARIN)
    line.cut()
    await house.until(lambda: house.exchange.out)
    house.hang_up(caller)
    # The other party is let go although nothing can be decided.
    await house.until(lambda: house.engine.empty)
    line.mend()
    await house.over()
    written = await numbers(database)
    assert written == list(range(1, len(written) + 1))
    assert await rows(database, "select outcome from calls") == [("answered",)]


async def test_the_server_ending_the_connection_is_got_over(house: RunningHouse, database: Database) -> None:
    await rows(
        database,
        "select pg_terminate_backend(pid) from pg_stat_activity "
        "where datname = current_database() and usename = current_user and query like '%journal%' "
        "and pid <> pg_backend_pid()",
    )
    await house.talking(KARIN)
    written = await numbers(database)
    assert written == list(range(1, len(written) + 1))


async def test_new_callers_are_told_of_an_outage_and_taken_up_afterwards(
    house: RunningHouse, line: Line, database: Database
) -> None:
    line.cut()
    karin = house.engine.call_in(DEMO, ADVICE, KARIN, trunk="demo-carrier")
    lars = house.engine.call_in(DEMO, ADVICE, LARS, trunk="demo-carrier")
    await house.until(lambda: all(house.engine.hears(leg) is Heard.PROMPT for leg in (karin, lars)))
    house.hang_up(lars)
    line.mend()
    await house.until(lambda: house.greeted(karin))
    house.pass_by(3)
    await house.until(lambda: house.ringing("cecilia") is not None)
    refused = await rows(database, "select body ->> 'reason' from journal where kind = 'call_refused'")
    hung_up = await rows(database, "select outcome from calls")
    assert refused == [("technical_problem",)] or hung_up == [("hung_up",)], "who left is in the journal"
    assert len(house.exchange.core.state.calls) == 1


async def test_a_caller_who_hears_of_the_problem_twice_is_let_go(house: RunningHouse, line: Line) -> None:
    line.cut()
    leg = house.engine.call_in(DEMO, ADVICE, KARIN, trunk="demo-carrier")
    await house.until(lambda: house.engine.hears(leg) is Heard.PROMPT)
    first = house.engine.world.legs[leg].prompt
    house.time.advance(2.1)
    await house.until(lambda: house.engine.world.legs[leg].prompt not in (None, first))
    house.time.advance(2.1)
    await house.until(lambda: leg not in house.engine.world.legs)


async def test_what_is_asked_in_an_outage_is_refused_at_once(house: RunningHouse, line: Line) -> None:
    line.cut()
    await house.until(lambda: house.exchange.out)
    with pytest.raises(Exception, match="database does not answer"):
        await house.exchange.ask(LogIn(PersonKey("david")))


async def test_a_second_owner_is_refused(house: RunningHouse, database: Database) -> None:
    with pytest.raises(NotOwner):
        await house.another(database).start()


async def test_an_owner_who_was_replaced_meanwhile_begins_anew(
    house: RunningHouse, line: Line, database: Database
) -> None:
    """What the other one has written is not overwritten, and not taken for one's own."""
    line.cut()
    replacement = house.another(database)
    async with asyncio.timeout(LIMIT):
        while True:
            try:
                await replacement.start()
                break
            except NotOwner:
                await asyncio.sleep(0)
    await replacement.ask(LogIn(PersonKey("david")))
    await replacement.stop()
    line.mend()
    house.engine.call_in(DEMO, ADVICE, KARIN, trunk="demo-carrier")
    house.exchange.receive(EndpointChanged("1004", reachable=False))
    async with asyncio.timeout(LIMIT):
        await house.exchange.failed.wait()
    written = await numbers(database)
    assert written == list(range(1, len(written) + 1))


async def test_days_have_partitions_ahead(house: RunningHouse, database: Database) -> None:
    today = house.time.now().date()
    found = {
        str(name)
        for (name,) in await rows(
            database,
            "select c.relname from pg_inherits i join pg_class c "
            "on c.oid = i.inhrelid where i.inhparent = 'journal'::regclass",
        )
    }
    assert f"journal_{today:%Y%m%d}" in found
    assert len(found) >= 9
    await house.talking(KARIN)
    assert await rows(database, "select count(*) from journal_other") == [(0,)]


@pytest.mark.feature("FLOW-02")
async def test_a_call_goes_on_by_the_revision_that_it_began_on(house: RunningHouse, wired: Organisations) -> None:
    leg = await house.waiting(KARIN)
    call = house.exchange.core.state.legs[leg].call
    began_on = house.exchange.core.state.calls[call].revision
    file = demo_file().replace("Rådgivningen".encode(), b"Nurses")
    await wired.service.replace_with(operator(DEMO), file)
    house.exchange.configuration_changed()
    await house.until(lambda: house.exchange.core.state.stored.revision > began_on)
    await house.stop()
    anew = house.another()
    await anew.start()
    assert set(anew.core.revisions) == {began_on, began_on + 1}
    await anew.stop()


async def test_a_stop_in_an_outage_keeps_no_snapshot_of_what_was_never_committed(
    house: RunningHouse, line: Line, database: Database
) -> None:
    line.cut()
    leg = house.engine.call_in(DEMO, ADVICE, KARIN, trunk="demo-carrier")
    await house.until(lambda: house.engine.hears(leg) is Heard.PROMPT)
    await house.stop()
    line.mend()
    written = await numbers(database)
    anew = house.another()
    await anew.start()
    assert anew.core.state.stored.seq == written[-1]
    await house.until(lambda: leg in anew.core.state.legs)
    await anew.stop()


async def test_a_promise_survives(house: RunningHouse, database: Database) -> None:
    booking = await house.exchange.ask(BookCallback(QueueKey("advice"), KARIN, PersonKey("cecilia")))
    assert await rows(database, "select id, number, status from bookings") == [(booking, KARIN, "booked")]
    await house.stop()
    await rows(database, "delete from snapshots returning 1")
    anew = house.another()
    await anew.start()
    assert list(anew.core.state.bookings) == [booking]
    assert anew.core.state.next_due() is not None
    await anew.stop()
