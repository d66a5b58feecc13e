"""Brings the database to what this version of the product needs."""

import asyncio
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from svarhus import migrations
from svarhus.kit.database import async_url

_MIGRATION_LOCK = 0x5_7A_4B_05
"""Key of the advisory lock that lets one application migrate at a time."""


def migrate(url: str) -> None:
    """Carry out the migrations that are missing. For callers without an event loop; see `upgrade`."""
    asyncio.run(upgrade(url))


async def upgrade(url: str) -> None:
    """Carry out the migrations that are missing. Safe when several applications start at once."""
    engine = create_async_engine(async_url(url), poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            await connection.execute(text("select pg_advisory_lock(:key)"), {"key": _MIGRATION_LOCK})
            await connection.commit()
            await connection.run_sync(_upgrade)
            await connection.commit()
    finally:
        await engine.dispose()


def newest() -> str:
    """The revision that this version of the product needs."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None, "there is at least one migration"
    return head


def _upgrade(connection: Connection) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
