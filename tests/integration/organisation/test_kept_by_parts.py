"""Revisions share what they have alike, and one from before that was so comes over as it is."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine

from integration.organisation.test_apply import CLINIC, FILE
from svarhus import migrations
from svarhus.app.database import upgrade
from svarhus.app.organisations import Organisations, organisations
from svarhus.domains.organisation.changes import same
from svarhus.domains.organisation.errors import Outdated
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.parts import added, part_of, removed, replaced
from svarhus.domains.people.rights import operator
from svarhus.kit.clock import SystemClock
from svarhus.kit.database import Database, async_url


def _before(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.attributes["connection"] = connection
    whole = [each for each in ScriptDirectory.from_config(config).walk_revisions() if "document_by_parts" in each.path]
    command.downgrade(config, str(whole[0].down_revision))


def titled(title: str) -> Callable[[Configuration], Configuration]:
    def edit(before: Configuration) -> Configuration:
        return replaced(before, "people", "bo", part_of(before, "people", "bo").model_copy(update={"title": title}))

    return edit


async def three_revisions(wired: Organisations) -> None:
    await wired.service.apply_file(FILE)
    await wired.service.change(operator(CLINIC), titled("Nurse"), "first")
    await wired.service.change(operator(CLINIC), titled("Doctor"), "second")


async def test_a_revision_keeps_what_it_changes(wired: Organisations, database: Database) -> None:
    await three_revisions(wired)
    async with database.begin() as session:
        before = (await session.execute(text("select count(*) from organisation_contents"))).scalar_one()
    await wired.service.change(operator(CLINIC), titled("Nurse"), "third")
    async with database.begin() as session:
        after = (await session.execute(text("select count(*) from organisation_contents"))).scalar_one()
    assert after == before
    _, configuration = await wired.repository.load(CLINIC)
    earlier = await wired.repository.load_revision(CLINIC, 2)
    assert same(configuration, earlier)
    assert configuration.queues is earlier.queues
    _, afresh = await organisations(database, SystemClock()).repository.load(CLINIC)
    assert same(configuration, afresh)


async def test_revisions_of_before_come_over_as_they_are(
    wired: Organisations, database: Database, database_url: str
) -> None:
    await three_revisions(wired)
    await wired.service.change(operator(CLINIC), lambda before: removed(before, "people", "bo"), "gone")
    kept = [await wired.repository.load_revision(CLINIC, number) for number in (1, 2, 3, 4)]
    history = await wired.history.of(operator(CLINIC), "people", "anna")
    engine = create_async_engine(async_url(database_url))
    async with engine.begin() as connection:
        await connection.run_sync(_before)
        rows = await connection.execute(text("select document from organisation_revisions order by revision"))
        documents = [Configuration.model_validate(row.document) for row in rows]
    await engine.dispose()
    assert all(same(one, other) for one, other in zip(documents, kept, strict=True))
    await upgrade(database_url)
    again = organisations(database, SystemClock())
    for number, configuration in enumerate(kept, start=1):
        assert same(await again.repository.load_revision(CLINIC, number), configuration)
    assert await again.history.of(operator(CLINIC), "people", "anna") == history
    changed = await again.service.change(operator(CLINIC), lambda before: before.model_copy(), "nothing")
    assert changed.revision == 4


def set_of(key: str, **settings: object) -> Callable[[Configuration], Configuration]:
    def edit(before: Configuration) -> Configuration:
        return replaced(before, "people", key, part_of(before, "people", key).model_copy(update=settings))

    return edit


async def test_what_another_process_has_changed_meanwhile_is_kept(wired: Organisations, database: Database) -> None:
    await wired.service.apply_file(FILE)
    other = organisations(database, SystemClock())
    await other.service.change(operator(CLINIC), titled("Nurse"), "there")
    await wired.service.change(operator(CLINIC), set_of("anna", title="Doctor"), "here")
    _, configuration = await other.repository.load(CLINIC)
    assert {person.key: person.title for person in configuration.people} == {"anna": "Doctor", "bo": "Nurse"}

    cia = configuration.people[1].model_copy(update={"key": "cia", "email": "cia@clinic.example", "extension": "103"})
    await other.service.change(operator(CLINIC), lambda before: added(before, "people", cia), "there")
    changed = await wired.service.change(operator(CLINIC), set_of("cia", title="New here"), "here")
    assert changed.revision == 5
    await other.service.change(operator(CLINIC), titled("Doctor"), "there")
    with pytest.raises(Outdated):
        await wired.service.change(operator(CLINIC), titled("Nurse"), "here", expected=5)


async def test_changes_at_the_same_time_are_all_kept(wired: Organisations, database: Database) -> None:
    await wired.service.apply_file(FILE)
    other = organisations(database, SystemClock())
    await asyncio.gather(
        wired.service.change(operator(CLINIC), set_of("anna", title="Doctor"), "one"),
        other.service.change(operator(CLINIC), set_of("bo", title="Nurse"), "another"),
        wired.service.change(operator(CLINIC), set_of("anna", department="North"), "a third"),
    )
    revision, configuration = await wired.repository.load(CLINIC)
    assert revision == 4
    assert [(person.title, person.department) for person in configuration.people] == [
        ("Doctor", "North"),
        ("Nurse", ""),
    ]
