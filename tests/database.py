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
import threading
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import asyncpg  # type: ignore[import-untyped]
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

T = TypeVar("T")

_UNSAFE_BUT_FAST = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")

_EMPTY = (
    "select pg_terminate_backend(pid, 10000) from pg_stat_activity"
    " where datname = current_database() and usename = current_user and pid <> pg_backend_pid()",
    """do $$ declare name text; begin
        for name in select quote_ident(relname) from pg_class
            where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
            and relname <> 'alembic_version' loop
            execute 'delete from ' || name;
        end loop;
    end $$""",
)
"""Empties a database in milliseconds, where a new one takes half a second: whoever is left over is sent away, and
all rows are deleted. The journal keeps its parts by day, which take longer to make than anything else."""

_KEEP = """do $$ declare name text; filled boolean; begin
    create schema {kept};
    for name in select quote_ident(relname) from pg_class
        where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
        and relname <> 'alembic_version' loop
        execute 'select exists (select from public.' || name || ')' into filled;
        if filled then
            execute 'create table {kept}.' || name || ' as table public.' || name;
        end if;
    end loop;
end $$"""
_PUT_BACK = """do $$ declare name text; begin
    for name in select quote_ident(kept.relname) from pg_class kept
        join pg_class ours on ours.relname = kept.relname and ours.relnamespace = 'public'::regnamespace
        where kept.relnamespace = '{kept}'::regnamespace order by ours.oid loop
        execute 'insert into public.' || name || ' overriding system value table {kept}.' || name;
    end loop;
end $$"""
"""What refers to something was made after it, so that the order of making is the order of filling."""

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


class Shared:
    """The database that tests have one after the other, and a connection to it that outlives each."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._kept: set[str] = set()
        # A loop of its own, for those of the tests come and go.
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="shared database")
        self._thread.start()
        self._connection = self._run(asyncpg.connect(url))

    def empty(self) -> None:
        for statement in _EMPTY:
            self._execute(statement)

    def keep(self, name: str) -> None:
        """Remember what is in it, to be put back into the empty database later."""
        self._execute(_KEEP.format(kept=f"kept_{name}"))
        self._kept.add(name)

    def put_back(self, name: str) -> bool:
        """Fill the empty database with what was kept. False when nothing was kept under the name."""
        if name in self._kept:
            self._execute(_PUT_BACK.format(kept=f"kept_{name}"))
        return name in self._kept

    def close(self) -> None:
        self._run(self._connection.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _execute(self, statement: str) -> None:
        self._run(self._connection.execute(statement))

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)


@pytest.fixture(scope="session")
def shared_database(database_server: str, migrated_template: str) -> Iterator[Shared]:
    """The database that tests have one after the other."""
    with own_database(database_server, migrated_template) as url:
        shared = Shared(url)
        yield shared
        shared.close()


@pytest.fixture
def database_url(shared_database: Shared) -> str:
    """URL of an empty, migrated database that nobody else uses meanwhile."""
    shared_database.empty()
    return shared_database.url


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
