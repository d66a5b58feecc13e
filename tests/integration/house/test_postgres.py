import os
import signal
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]  # it is typed, but does not say so
import pytest

from integration.house.waiting import until
from real_asterisk import free_ports
from svarhus.app.watch import Charge, Watch
from svarhus.engines.postgres import OWN_USER, EmbeddedPostgres


@pytest.fixture
def postgres(tmp_path: Path) -> EmbeddedPostgres:
    # As below a closed home: the server's own user cannot look into the folders above.
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    return EmbeddedPostgres(closed / "postgres", free_ports("127.0.0.1", 1)[0], "it's'so", closed / "postgres.log")


async def test_it_keeps_what_was_committed_when_it_is_killed(postgres: EmbeddedPostgres, tmp_path: Path) -> None:
    postgres.create()
    charge = Charge("PostgreSQL", postgres.launch(), tmp_path / "postgres.pid", signal.SIGINT, patience=20)
    watch = Watch(charge, lambda words: None)
    watch.begin()
    try:
        await until(postgres.answers)
        connection = await asyncpg.connect(postgres.url)
        await connection.execute("create table promises (at timestamptz)")
        await connection.execute("insert into promises values (now())")
        os.kill(int(charge.pid_file.read_text().split()[0]), signal.SIGKILL)
        connection.terminate()
        assert await until(postgres.answers) < 2.0
        connection = await asyncpg.connect(postgres.url)
        assert await connection.fetchval("select count(*) from promises") == 1
        await connection.close()
    finally:
        await watch.stop()


async def test_it_never_runs_as_root_and_nobody_else_gets_in(postgres: EmbeddedPostgres, tmp_path: Path) -> None:
    postgres.create()
    postgres.create()
    folder = tmp_path / "closed" / "postgres"
    assert folder.stat().st_uid == (OWN_USER if os.geteuid() == 0 else os.geteuid())
    assert folder.stat().st_mode & 0o777 == 0o700
    watch = Watch(Charge("PostgreSQL", postgres.launch(), tmp_path / "p.pid", signal.SIGINT), lambda words: None)
    watch.begin()
    try:
        await until(postgres.answers)
        with pytest.raises(asyncpg.InvalidPasswordError):
            await asyncpg.connect(postgres.url.replace("it's'so", "guessed"))
        connection = await asyncpg.connect(postgres.url)
        assert not await connection.fetchval("select usesuper from pg_user where usename = current_user")
        await connection.close()
    finally:
        await watch.stop()
