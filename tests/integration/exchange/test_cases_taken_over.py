"""A data folder of the version before goes on with its notes, tags and messages, each with its case."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine

from database import WEAK_HASHER
from integration.running import KARIN, RunningHouse
from svarhus import migrations
from svarhus.adapters.simulated.time import VirtualTime
from svarhus.app.database import upgrade
from svarhus.app.organisations import DEMO, Organisations, demo_file, organisations
from svarhus.domains.cases import repository
from svarhus.domains.cases.model import CaseRef
from svarhus.domains.cases.requests import HandleCase, Known
from svarhus.domains.channels.names import CALL, CALLBACK, VOICEMAIL
from svarhus.exchange.showing.desk import LiveDesk
from svarhus.kit.database import Database, async_url

BEFORE = (
    # A call in which a callback was promised, one that left a message, an attempt, and one of which nothing is kept.
    """insert into calls (organisation_id, call_id, kind, began_at, ended_at, caller, caller_name, dialled, queue,
        person, outcome, wait, talk, record)
    select 'demo', id, kind, now() - interval '1 hour', now() - interval '50 minutes', '+46701740605', 'Karin',
        '+46846500400', 'advice', person, outcome, 0, 0, record::jsonb
    from (values ('demo-1', 'incoming', null, 'callback_booked', '{"language": "sv"}'),
        ('demo-2', 'incoming', null, 'voicemail', '{"language": "sv"}'),
        ('demo-3', 'callback', 'cecilia', 'answered', '{"language": "sv", "booking": "demo-b1"}'),
        ('demo-4', 'incoming', 'cecilia', 'answered', '{"language": "sv"}')
    ) as calls (id, kind, person, outcome, record)""",
    """insert into bookings (organisation_id, id, queue, schedule, number, promised_at, due_at, booked_at, call_id,
        language, status, attempts, connected, closed_at, closed_by)
    values ('demo', 'demo-b1', 'advice', 'nurses', '+46701740605', now(), now(), now() - interval '1 hour', 'demo-1',
        'sv', 'reached', 1, true, now(), 'cecilia')""",
    """insert into voicemails (organisation_id, id, call_id, queue, caller, at, seconds, file)
    values ('demo', 'demo-2-voicemail-1', 'demo-2', 'reception', '+46701740605', now() - interval '1 hour', 12,
        '/nowhere.wav')""",
    """insert into cases (organisation_id, kind, case_id, revision, taken_by, taken_at, priority)
    values ('demo', 'call', 'demo-1', 1, null, null, null), ('demo', 'callback', 'demo-b1', 1, null, null, null),
        ('demo', 'call', 'demo-3', 1, null, null, null),
        ('demo', 'voicemail', 'demo-2-voicemail-1', 3, 'cecilia', now(), 'high'),
        ('demo', 'call', 'demo-99', 1, null, null, null)""",
    """insert into case_notes (organisation_id, id, kind, case_id, author, at, text)
    values ('demo', 'n1', 'call', 'demo-1', 'anna', now() - interval '3 minutes', 'On the call.'),
        ('demo', 'n2', 'callback', 'demo-b1', 'anna', now() - interval '2 minutes', 'On the callback.'),
        ('demo', 'n3', 'call', 'demo-3', 'cecilia', now() - interval '1 minute', 'On the attempt.'),
        ('demo', 'n4', 'voicemail', 'demo-2-voicemail-1', 'cecilia', now(), 'On the message.')""",
    """insert into case_tags (organisation_id, kind, case_id, tag, who, at)
    values ('demo', 'voicemail', 'demo-2-voicemail-1', 'advice', 'cecilia', now())""",
    """insert into case_acts (organisation_id, kind, case_id, at, who, act, detail)
    values ('demo', 'call', 'demo-1', now() - interval '3 minutes', 'anna', 'noted', ''),
        ('demo', 'voicemail', 'demo-2-voicemail-1', now(), 'cecilia', 'listened', '')""",
)


def _back(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.attributes["connection"] = connection
    command.downgrade(config, "0023")


@pytest_asyncio.fixture
async def before(database: Database, database_url: str) -> AsyncIterator[Organisations]:
    """As the version before has left it, and brought up to date."""
    wired = organisations(database, VirtualTime(), WEAK_HASHER)
    await wired.service.apply_file(demo_file())
    engine = create_async_engine(async_url(database_url))
    async with engine.begin() as connection:
        await connection.run_sync(_back)
        for statement in BEFORE:
            await connection.execute(text(statement))
    await engine.dispose()
    await upgrade(database_url)
    yield wired


@pytest_asyncio.fixture
async def house(database: Database, before: Organisations, tmp_path: Path) -> AsyncIterator[RunningHouse]:
    house = RunningHouse(database, tmp_path, VirtualTime())
    await house.start()
    yield house
    await house.stop()


@pytest.mark.usefixtures("before")
async def test_what_was_written_is_with_the_case_of_each(database: Database) -> None:
    async with database.begin() as session:
        found = {
            ref.key: await repository.find_episode(session, DEMO, ref)
            for ref in (
                CaseRef(CALL, "demo-1"),
                CaseRef(CALL, "demo-3"),
                CaseRef(CALLBACK, "demo-b1"),
                CaseRef(VOICEMAIL, "demo-2-voicemail-1"),
                CaseRef(CALL, "demo-4"),
            )
        }
        cases = {key: episode.case if episode else None for key, episode in found.items()}
        assert cases == {
            "call:demo-1": "call:demo-1",
            "call:demo-3": "call:demo-1",
            "callback:demo-b1": "call:demo-1",
            "voicemail:demo-2-voicemail-1": "call:demo-2",
            "call:demo-4": None,
        }
        callback = found["callback:demo-b1"]
        assert callback
        notes = await repository.find_notes(session, DEMO, callback.case)
        assert [note.text for note in notes] == ["On the call.", "On the callback.", "On the attempt."]
        acts = await repository.find_acts(session, DEMO, callback.ref, callback.case, (CALL, CALLBACK))
        assert [(act.who, act.act) for act in acts] == [("anna", "noted")]
        rows = await session.execute(text("select id, number, closed_at is null from cases order by id"))
        assert [tuple(row) for row in rows] == [
            ("call:demo-1", KARIN, False),
            ("call:demo-2", KARIN, True),
            ("call:demo-99", None, True),
        ]


async def test_what_was_open_is_on_the_desk_and_goes_on(house: RunningHouse, database: Database) -> None:
    [item] = LiveDesk().items(house.exchange.core)
    assert (item.key, item.taken_by, item.given_priority) == ("voicemail:demo-2-voicemail-1", "cecilia", "high")
    assert (item.notes, item.tags, item.revision, item.seconds) == (1, ("advice",), 3, 12.0)
    await house.stop()
    await house.start()
    assert LiveDesk().items(house.exchange.core) == (item,)
    async with database.begin() as session:
        gone = await session.execute(text("select ended_at is null from case_episodes where id = 'demo-99'"))
        assert [tuple(row) for row in gone] == [(False,)]
        message = await repository.find_episode(session, DEMO, CaseRef(VOICEMAIL, item.id))
    assert message
    await house.exchange.ask(HandleCase(Known(message, kept=True), "cecilia"))
    assert LiveDesk().items(house.exchange.core) == ()
    async with database.begin() as session:
        handled = await session.execute(text("select handled_by from voicemails"))
        assert [tuple(row) for row in handled] == [("cecilia",)]


@pytest.mark.usefixtures("before")
async def test_the_way_back_keeps_what_was_written(database: Database, database_url: str) -> None:
    engine = create_async_engine(async_url(database_url))
    async with engine.begin() as connection:
        await connection.run_sync(_back)
        rows = await connection.execute(text("select kind, case_id from case_notes order by id"))
        assert [tuple(row) for row in rows] == [
            ("call", "demo-1"),
            ("callback", "demo-b1"),
            ("call", "demo-3"),
            ("voicemail", "demo-2-voicemail-1"),
        ]
    await engine.dispose()
    await upgrade(database_url)
