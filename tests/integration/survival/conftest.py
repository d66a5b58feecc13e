"""One installation for all tests that leave it healthy."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from integration.survival.contact_centre import document
from integration.survival.crowd import Crowd
from integration.survival.installation import Installation
from integration.survival.ledger import Ledger
from svarhus.app.engine_room import database_url
from svarhus.app.settings import load_secrets


@pytest.fixture(scope="package")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A running installation with the organisation of these tests."""
    running = Installation(tmp_path_factory.mktemp("survival") / "data")
    try:
        running.start()
        running.apply(document())
        yield running
    finally:
        running.clear_away()


@pytest.fixture
def ledger(house: Installation) -> Ledger:
    return Ledger(database_url(house.settings, load_secrets(house.data)))


@pytest_asyncio.fixture
async def crowd(house: Installation, ledger: Ledger) -> AsyncIterator[Crowd]:
    async with Crowd(house.server, ledger) as gathered:
        yield gathered
