"""What people choose of their own cards: at once, and beside the settings of the organisation."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine

from integration.conftest import TestClock
from integration.people.conftest import ANNA, BO, CLINIC, People, actions
from integration.people.test_departures import changed, without
from svarhus import migrations
from svarhus.app.database import upgrade
from svarhus.app.organisations import Organisations, organisations
from svarhus.domains.audit.log import AuditLog
from svarhus.domains.numbers.model import Number
from svarhus.domains.organisation.departures import KEPT_FOR
from svarhus.domains.organisation.errors import FaultyFile
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.own_cards import OwnCards
from svarhus.domains.organisation.parts import added, removed
from svarhus.domains.people.errors import NoPerson
from svarhus.domains.people.model import Person
from svarhus.domains.people.rights import operator
from svarhus.domains.people.ways_in import person_of
from svarhus.kit.clock import SystemClock
from svarhus.kit.database import Database, DatabaseUnavailable, async_url

OPERATOR = operator(CLINIC)
OURS, OTHER, MOBILE = "+46846500410", "+46846500499", "+46701740605"


async def bo_of(wired: Organisations) -> Person:
    return person_of((await wired.repository.load(CLINIC))[1], BO)


async def chosen(wired: Organisations) -> dict[str, str | None]:
    """What Bo has chosen."""
    await wired.repository.load(CLINIC)
    found = wired.repository.last_in_force(CLINIC)
    assert found is not None
    return dict(found.choices.get(BO, {}))


async def revision_of(wired: Organisations) -> int:
    return (await wired.repository.load(CLINIC))[0]


async def test_ones_own_card_is_no_revision_and_is_noted(people: People) -> None:
    bo, before = await people.actor("bo"), await revision_of(people.wired)
    wanted = {"language": "fi", "mobile": MOBILE, "presented": OURS}
    after = await people.wired.own_cards.choose(bo, wanted)
    assert person_of(after, BO) == await bo_of(people.wired)
    assert (await bo_of(people.wired)).model_dump(include={*wanted}) == wanted
    assert await revision_of(people.wired) == before
    line = (await people.wired.audit.read(CLINIC, None, 1)).items[0]
    assert (line.who, line.action, line.subject) == ("bo", "person-card-changed", "bo")
    assert line.after == {
        "changes": [
            "person `bo`: language sv → fi",
            f"person `bo`: mobile nothing → {MOBILE}",
            f"person `bo`: presented nothing → {OURS}",
        ]
    }
    noted = await actions(people.wired)
    await people.wired.own_cards.choose(bo, wanted)
    assert await actions(people.wired) == noted, "what is so already is not changed"


async def test_a_file_shows_what_holds_and_changes_nothing(people: People) -> None:
    await people.wired.own_cards.choose(await people.actor("bo"), {"mobile": MOBILE, "presented": OURS})
    before = await people.wired.repository.load(CLINIC)
    file = await people.wired.service.export(OPERATOR)
    assert MOBILE in file
    applied = await people.wired.service.apply_file(file.encode())
    assert (applied.revision, applied.changes) == (before[0], ())
    await people.wired.service.apply_file(file.replace("name: Bo\n", "name: Bo Ek\n").encode())
    assert ((await bo_of(people.wired)).name, (await bo_of(people.wired)).mobile) == ("Bo Ek", MOBILE)
    assert await chosen(people.wired) == {"mobile": MOBILE, "presented": OURS}


@pytest.mark.parametrize(
    ("wanted", "path", "reason"),
    [
        ({"mobile": "+4612"}, "mobile", "number-impossible"),
        ({"presented": MOBILE}, "presented", "not-our-number"),
        ({"language": "fi", "presented": OTHER}, "presented", "not-our-number"),
    ],
)
async def test_a_number_that_cannot_be_is_refused(
    people: People, wanted: dict[str, str | None], path: str, reason: str
) -> None:
    bo, before = await people.actor("bo"), await bo_of(people.wired)
    with pytest.raises(FaultyFile) as refused:
        await people.wired.own_cards.choose(bo, wanted)
    assert [(fault.path, fault.reason) for fault in refused.value.faults] == [(path, reason)]
    assert await bo_of(people.wired) == before


async def test_who_shows_a_number_by_an_administrators_word_may_change_the_rest(people: People) -> None:
    await people.wired.service.change(OPERATOR, changed("bo", presented=MOBILE), "an agreement with the carrier")
    await people.wired.own_cards.choose(await people.actor("bo"), {"mobile": MOBILE, "presented": MOBILE})
    assert (await bo_of(people.wired)).mobile == MOBILE


async def test_a_program_has_no_card(people: People) -> None:
    with pytest.raises(NoPerson):
        await people.wired.own_cards.choose(OPERATOR, {"language": "fi"})


async def test_what_an_administrator_writes_is_chosen_no_more(people: People, database: Database) -> None:
    await people.wired.own_cards.choose(await people.actor("bo"), {"mobile": MOBILE, "language": "fi"})
    await people.wired.service.change(OPERATOR, changed("bo", mobile=None), "no mobile")
    assert await chosen(people.wired) == {"language": "fi"}
    await people.wired.service.restore(OPERATOR, 1)
    assert ((await bo_of(people.wired)).mobile, (await bo_of(people.wired)).language) == (None, "fi")
    again = organisations(database, SystemClock())
    assert await bo_of(again) == await bo_of(people.wired)


async def test_who_leaves_comes_back_as_they_are_written(people: People, clock: TestClock, database: Database) -> None:
    await people.wired.own_cards.choose(await people.actor("bo"), {"mobile": MOBILE})
    await people.wired.service.change(OPERATOR, without("bo"), "gone")
    assert await chosen(people.wired) == {}
    await people.wired.service.restore(OPERATOR, 1)
    assert (await bo_of(people.wired)).mobile is None
    await people.wired.own_cards.choose(await people.actor("bo"), {"mobile": MOBILE})
    await people.wired.service.change(OPERATOR, without("bo"), "gone")
    clock.pass_by(KEPT_FOR + timedelta(seconds=1))
    await people.wired.service.forget_old()
    async with database.read() as session:
        assert (await session.execute(text("select count(*) from own_choices"))).scalar_one() == 0


async def test_a_number_that_is_the_organisations_no_more_is_shown_no_more(people: People) -> None:
    number = Number(number=OTHER, name="Other", flow="main")
    service = people.wired.service
    await service.change(OPERATOR, lambda before: added(before, "numbers", number), "one more")
    await people.wired.own_cards.choose(await people.actor("bo"), {"presented": OTHER, "mobile": MOBILE})
    applied = await service.change(OPERATOR, lambda before: removed(before, "numbers", OTHER), "one less")
    assert f"person `bo`: presented {OTHER} → nothing" in applied.changes
    assert ((await bo_of(people.wired)).presented, await chosen(people.wired)) == (None, {"mobile": MOBILE})
    with pytest.raises(FaultyFile):
        await people.wired.own_cards.choose(await people.actor("bo"), {"presented": OTHER})


async def test_two_at_once_and_a_revision_meanwhile_are_all_kept(people: People, database: Database) -> None:
    anna, bo = await people.actor("anna"), await people.actor("bo")
    here, there = people.wired, organisations(database, SystemClock())
    await there.repository.load(CLINIC)

    def titled(before: Configuration) -> Configuration:
        return changed("bo", title="Nurse")(before)

    await asyncio.gather(
        here.own_cards.choose(bo, {"language": "fi"}),
        there.own_cards.choose(bo, {"mobile": MOBILE}),
        there.own_cards.choose(anna, {"language": "nb"}),
        here.service.change(OPERATOR, titled, "one"),
        there.service.change(OPERATOR, changed("anna", title="Doctor"), "another"),
    )
    for wired in (here, there, organisations(database, SystemClock())):
        revision, configuration = await wired.repository.load(CLINIC)
        seen = [(each.title, each.language, each.mobile) for each in configuration.people]
        assert (revision, seen) == (3, [("Doctor", "nb", None), ("Nurse", "fi", MOBILE)])
        assert person_of(await wired.repository.load_revision(CLINIC, 1), BO).mobile == MOBILE


class _LostAudit(AuditLog):
    async def write(self, *_: object, **__: object) -> None:
        raise ConnectionResetError


async def test_what_could_not_be_kept_as_a_whole_is_not_in_force(
    people: People, database: Database, clock: TestClock
) -> None:
    bo, before = await people.actor("bo"), await bo_of(people.wired)
    broken = OwnCards(database, clock, people.wired.repository, _LostAudit(database))
    with pytest.raises((ConnectionResetError, DatabaseUnavailable)):
        await broken.choose(bo, {"mobile": MOBILE})
    assert (await bo_of(people.wired), await chosen(people.wired)) == (before, {})
    await people.wired.own_cards.choose(bo, {"mobile": MOBILE})
    assert (await bo_of(people.wired)).mobile == MOBILE


def _before(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.attributes["connection"] = connection
    script = ScriptDirectory.from_config(config)
    mine = next(each for each in script.walk_revisions() if "own_choices" in each.path)
    command.downgrade(config, str(mine.down_revision))


async def test_languages_that_were_chosen_before_come_over(
    people: People, database: Database, database_url: str
) -> None:
    await people.wired.own_cards.choose(await people.actor("bo"), {"language": "fi"})
    engine = create_async_engine(async_url(database_url))
    async with engine.begin() as connection:
        await connection.run_sync(_before)
        assert (await connection.execute(text("select languages from organisations"))).scalar_one() == {"bo": "fi"}
    await engine.dispose()
    await upgrade(database_url)
    again = organisations(database, SystemClock())
    assert ((await bo_of(again)).language, person_of((await again.repository.load(CLINIC))[1], ANNA).language) == (
        "fi",
        "sv",
    )
    await again.own_cards.choose(await people.actor("bo"), {"mobile": MOBILE})
    assert await chosen(again) == {"language": "fi", "mobile": MOBILE}
