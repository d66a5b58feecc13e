"""The database of a data folder, for commands beside a running installation or without one."""

import asyncio
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from svarhus.app.data_folder import held, is_held
from svarhus.app.database import upgrade
from svarhus.app.engine_room import database_url, embedded_postgres
from svarhus.app.settings import choose_ports, keep_in_force, load_secrets, load_settings, settings_in_force
from svarhus.engines.child import Child
from svarhus.engines.errors import CannotStart
from svarhus.kit.database import Database

PATIENCE = 60.0


@asynccontextmanager
async def opened(data: Path) -> AsyncIterator[Database]:
    """The migrated database. The embedded PostgreSQL is started for the while if nothing runs."""
    data = data.absolute()
    if is_held(data):
        settings = settings_in_force(data)
        async with _connected(database_url(settings, load_secrets(data))) as database:
            yield database
        return
    with held(data):
        settings = choose_ports(load_settings(data))
        keep_in_force(settings)
        secrets = load_secrets(data)
        url = database_url(settings, secrets)
        if settings.database_url:
            await upgrade(url)
            async with _connected(url) as database:
                yield database
            return
        postgres = embedded_postgres(settings, secrets)
        await asyncio.to_thread(postgres.create)
        launch = await asyncio.to_thread(postgres.launch)
        pid_file = settings.run / "postgres.pid"
        child = Child.left_behind(pid_file) or Child.start(launch, pid_file)
        try:
            limit = time.monotonic() + PATIENCE
            while not await postgres.answers():
                if time.monotonic() > limit:
                    raise CannotStart("PostgreSQL does not answer.", f"Look into {settings.log / 'postgres.log'}.")
                await asyncio.sleep(0.05)
            await upgrade(url)
            async with _connected(url) as database:
                yield database
        finally:
            await child.stop(signal.SIGINT, patience=20)


@asynccontextmanager
async def _connected(url: str) -> AsyncIterator[Database]:
    database = Database(url, connections=2)
    try:
        yield database
    finally:
        await database.close()
