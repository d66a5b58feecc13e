"""A PostgreSQL of its own for a benchmark, with a database that is up to date and empty."""

import asyncio
import os
import secrets
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bench.load.ports import free_ports

from svarhus.app.database import migrate
from svarhus.engines.postgres import EmbeddedPostgres


@dataclass(frozen=True)
class OwnPostgres:
    url: str
    pid: int


@contextmanager
def own_postgres(folder: Path) -> Iterator[OwnPostgres]:
    """With the settings that an installation has."""
    (port,) = free_ports(1)
    server = EmbeddedPostgres(folder / "postgres", port, secrets.token_hex(8), folder / "postgres.log")
    server.create()
    launch = server.launch()
    with open(launch.log, "ab") as log:
        child = subprocess.Popen(
            launch.command,
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
        migrate(server.url)
        yield OwnPostgres(server.url, child.pid)
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
