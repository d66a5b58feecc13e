"""A real PostgreSQL for tests, with a database migrated by the real migrations, empty for each test.

The server is `SVARHUS_TEST_DATABASE_URL` (a user who may make databases), or an embedded one that is
started with the first test that asks for it. The migrations run once, in a database that others are copied from.
"""

import asyncio
import os
import secrets
import signal
import socket
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
import pytest_asyncio
from argon2 import PasswordHasher
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from svarhus.app.database import migrate
from svarhus.engines.postgres import EmbeddedPostgres
from svarhus.kit.database import Database, async_url

_UNSAFE_BUT_FAST = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")

_EMPTY = (
    "select pg_terminate_backend(pid) from pg_stat_activity"
    " where datname = current_database() and usename = current_user and pid <> pg_backend_pid()",
    """do $$ declare name text; begin
        for name in select inhrelid::regclass from pg_inherits
            where inhparent = 'journal'::regclass and inhrelid <> 'journal_other'::regclass loop
            execute 'drop table ' || name;
        end loop;
        for name in select quote_ident(relname) from pg_class
            where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
            and relname <> 'alembic_version' loop
            execute 'delete from ' || name;
        end loop;
    end $$""",
)
"""Empties a database in milliseconds, where a new one takes half a second: whoever is left over is sent away,
and all rows and the journal's partitions are deleted."""

WEAK_HASHER = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
"""Lets tests sign in without spending a tenth of a second each."""


@pytest.fixture(scope="session")
def database_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of the server, with the database `postgres` or one to start from."""
    given = os.environ.get("SVARHUS_TEST_DATABASE_URL")
    if given:
        yield given
        return
    yield from _embedded(tmp_path_factory.mktemp("postgres"))


@pytest.fixture(scope="session")
def migrated_template(database_server: str) -> Iterator[str]:
    """Name of a database to which all migrations were applied."""
    name = f"svarhus_template_{secrets.token_hex(4)}"
    asyncio.run(_execute(database_server, f"create database {name}"))
    migrate(_named(database_server, name))
    yield name
    asyncio.run(_execute(database_server, f"drop database {name} with (force)"))


@contextmanager
def own_database(database_server: str, migrated_template: str) -> Iterator[str]:
    """URL of an empty, migrated database, for tests that run no loop of their own."""
    name = f"svarhus_test_{secrets.token_hex(6)}"
    asyncio.run(_execute(database_server, f"create database {name} template {migrated_template}"))
    yield _named(database_server, name)
    asyncio.run(_execute(database_server, f"drop database {name} with (force)"))


@pytest.fixture(scope="session")
def shared_database(database_server: str, migrated_template: str) -> Iterator[str]:
    """URL of the database that tests have one after the other."""
    with own_database(database_server, migrated_template) as url:
        yield url


@pytest_asyncio.fixture
async def database_url(shared_database: str) -> str:
    """URL of an empty, migrated database that nobody else uses meanwhile."""
    for statement in _EMPTY:
        await _execute(shared_database, statement)
    return shared_database


@pytest_asyncio.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = Database(database_url, connections=5)
    yield opened
    await opened.close()


def _named(url: str, database: str) -> str:
    return make_url(url).set(database=database).render_as_string(hide_password=False)


async def _execute(url: str, statement: str) -> None:
    engine = create_async_engine(async_url(url), poolclass=NullPool, isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            await connection.execute(text(statement))
    finally:
        await engine.dispose()


def _embedded(folder: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    server = EmbeddedPostgres(folder / "data", port, secrets.token_hex(8), folder / "log")
    server.create()
    launch = server.launch()
    with open(launch.log, "ab") as log:
        child = subprocess.Popen(
            [*launch.command, *_UNSAFE_BUT_FAST],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            pass_fds=launch.kept_open,
            user=launch.user,
            group=launch.user,
            extra_groups=None if launch.user is None else [],
        )
    try:
        asyncio.run(_answering(server))
        yield server.url
    finally:
        child.send_signal(signal.SIGINT)
        child.wait(20)
        for handle in launch.kept_open:
            with suppress(OSError):
                os.close(handle)


async def _answering(server: EmbeddedPostgres) -> None:
    async with asyncio.timeout(30):
        while not await server.answers():  # noqa: ASYNC110  # another process cannot set an event
            await asyncio.sleep(0.05)
