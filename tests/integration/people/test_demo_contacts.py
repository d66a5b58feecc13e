"""The contacts that a newcomer finds."""

from integration.conftest import TestClock
from svarhus.app.organisations import DEMO, demo_contacts, load_demo
from svarhus.domains.contacts import repository
from svarhus.domains.contacts.importing import read_contacts
from svarhus.kit.database import Database


def test_the_shipped_contacts_are_right() -> None:
    assert read_contacts(demo_contacts(), "SE").faults == ()


async def test_the_demonstration_comes_with_contacts(database: Database, clock: TestClock) -> None:
    await load_demo(database, clock)
    async with database.begin() as session:
        assert await repository.count(session, DEMO) == len(read_contacts(demo_contacts(), "SE").lines)
