"""The exchange has the numbers of lists in memory, as they are."""

from datetime import timedelta

import pytest_asyncio

from integration.conftest import TestClock
from svarhus.app.organisations import Organisations
from svarhus.domains.numberlists.service import WrittenRow
from svarhus.domains.numbers.lists import found_on
from svarhus.domains.people.rights import operator
from svarhus.exchange.core.core import Core
from svarhus.exchange.running.listing import Listing
from svarhus.kit.database import Database
from svarhus.kit.ids import OrganisationId
from unit.organisation.small_file import SMALL

CLINIC = OrganisationId("clinic")
OPERATOR = operator(CLINIC)
ASA, BO, REGION = "+46701740605", "+46701740606", "+4670*"
LISTS = SMALL + "lists:\n  - {key: vip, name: Best customers}\n  - {key: blocked, name: Blocked}\n"


@pytest_asyncio.fixture
async def lists(wired: Organisations) -> None:
    await wired.service.apply_file(LISTS.encode())


async def loaded(database: Database) -> tuple[Core, Listing]:
    core = Core(CLINIC)
    listing = Listing(core, database)
    await listing.load()
    return core, listing


def versions(core: Core) -> dict[str, int]:
    return {key: each.version for key, each in core.lists.items()}


async def test_it_follows_what_differs_and_a_new_process_finds_the_same(
    lists: None, database: Database, wired: Organisations
) -> None:
    core, listing = await loaded(database)
    assert versions(core) == {}
    await wired.lists.add(OPERATOR, "vip", WrittenRow(ASA))
    await wired.lists.add(OPERATOR, "vip", WrittenRow(BO))
    await wired.lists.add(OPERATOR, "blocked", WrittenRow(REGION))
    await listing.load()
    first = core.lists
    await wired.lists.change(OPERATOR, "vip", BO, WrittenRow("+46701740607"))
    await wired.lists.remove(OPERATOR, "vip", [ASA])
    await wired.lists.add(OPERATOR, "vip", WrittenRow(ASA, "back"))
    await listing.load()
    for each in (core, (await loaded(database))[0]):
        assert versions(each) == {"vip": 5, "blocked": 1}
        assert [len(each.lists[key]) for key in ("vip", "blocked")] == [2, 1]
        assert found_on(each.lists, ["vip"], BO) is None
        assert found_on(each.lists, ["vip"], ASA) is not None
        assert found_on(each.lists, ["vip", "blocked"], "+46701740699") is not None
    assert found_on(first, ["vip"], BO) is not None
    assert core.lists["blocked"] is first["blocked"]


async def test_a_list_that_was_deleted_and_made_again_has_nothing_of_the_old_one(
    lists: None, database: Database, wired: Organisations, clock: TestClock
) -> None:
    await wired.lists.add(OPERATOR, "vip", WrittenRow(ASA))
    core, listing = await loaded(database)
    await wired.lists.retire(OPERATOR, "vip")
    await wired.service.apply_file(LISTS.encode())
    clock.pass_by(timedelta(minutes=1))
    await wired.lists.add(OPERATOR, "vip", WrittenRow(BO))
    await listing.load()
    assert versions(core) == {"vip": 1}
    assert found_on(core.lists, ["vip"], ASA) is None
    assert found_on(core.lists, ["vip"], BO) is not None
    await wired.lists.retire(OPERATOR, "vip")
    await listing.load()
    assert versions(core) == {}
