"""What an installation of before has is claimed once it is brought up to date, also what two have."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine

from integration.organisation.test_apply import FILE, neighbour
from svarhus import migrations
from svarhus.app.database import upgrade
from svarhus.app.organisations import Organisations
from svarhus.kit.database import async_url


def _back(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.attributes["connection"] = connection
    command.downgrade(config, "0016")


async def test_networks_numbers_and_sip_names_are_claimed_by_the_older_one(
    wired: Organisations, database_url: str
) -> None:
    await wired.service.apply_file(FILE)
    await wired.service.apply_file(neighbour("    addresses: [192.0.2.9]\n").encode())
    engine = create_async_engine(async_url(database_url))
    async with engine.begin() as connection:
        await connection.run_sync(_back)
    async with engine.begin() as connection:
        await connection.execute(
            text(
                """update organisation_revisions set document =
                replace(replace(document::text, '500411', '500410'), '192.0.2.9', '::FFFF:192.0.2.10')::jsonb
                where organisation_id = 'other'"""
            )
        )
    await upgrade(database_url)
    async with engine.begin() as connection:
        rows = await connection.execute(text("select kind, value, organisation_id from claims where kind <> 'email'"))
        found = sorted(tuple(row) for row in rows)
    await engine.dispose()

    assert found == [
        ("number", "+46846500410", "clinic"),
        *(("sip_name", name, "clinic") for name in ("101", "102", "201")),
        *(("sip_name", name, "other") for name in ("9101", "9102", "9201")),
        ("trunk_address", "192.0.2.10/32", "clinic"),
    ]
