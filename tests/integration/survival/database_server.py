"""A PostgreSQL that a test runs, kills, freezes and starts again as it likes."""

import os
import secrets
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from real_asterisk import free_ports
from svarhus.engines.postgres import EmbeddedPostgres


class DatabaseServer:
    """One cluster in a folder."""

    def __init__(self, folder: Path) -> None:
        (port,) = free_ports("127.0.0.1", 1)
        self._postgres = EmbeddedPostgres(folder, port, secrets.token_hex(8), folder.with_suffix(".log"))
        self._postgres.create()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return self._postgres.url

    def start(self) -> None:
        launch = self._postgres.launch()
        with open(launch.log, "ab") as log:
            self._process = subprocess.Popen(
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
        for handle in launch.kept_open:
            os.close(handle)

    def kill(self) -> None:
        """kill -9. Its sessions notice and end."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@contextmanager
def frozen(pid: int) -> Iterator[None]:
    """A process and its children stand still for the while."""
    family = [pid, *_children(pid)]
    for member in family:
        os.kill(member, signal.SIGSTOP)
    try:
        yield
    finally:
        for member in family:
            os.kill(member, signal.SIGCONT)


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
