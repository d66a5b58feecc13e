"""Connections to the database by which this process owns the organisations that it runs.

An organisation has one owner: whoever holds its advisory lock, in the session in which its facts are committed. A
commit and the lock cannot be parted so: when the connection breaks, both are gone, for all organisations that share it.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeAlias

import asyncpg  # type: ignore[import-untyped]

from svarhus.kit.database import Database
from svarhus.kit.errors import Unavailable
from svarhus.kit.ids import OrganisationId

COMMIT_LIMIT = 3.0
"""Seconds after which a database that does not answer counts as gone."""
LONGEST_TURN = 10.0
"""Seconds after which somebody who uses a connection is thought to hang in it."""
CONNECTIONS = 8
"""Of one process. A session commits for one organisation at a time: a single one would make all of them wait."""
_REMEMBERED = 8

_HOLDER = """
select pid from pg_locks where locktype = 'advisory' and granted and objsubid = 1
and (classid::bigint << 32 | objid::bigint) = $1
"""

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"
Lost = Callable[[], None]


class JournalUnavailable(Unavailable):
    """The database is gone: facts wait until it is back."""

    id = "journal-unavailable"
    title = "The database does not answer"


class NotOwner(Unavailable):
    """Another process runs this organisation, or has done so meanwhile."""

    id = "not-owner"
    title = "Another process runs this organisation"


# asyncpg calls it an internal error when the connection breaks between two steps of one operation.
_GONE = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.PostgresConnectionError,
)
_GONE_STATES = ("08", "40", "53", "57")
"""SQLSTATE classes: connection exception, transaction rollback, insufficient resources, operator
intervention."""


class SharedConnection:
    """A connection, and the locks that are held in it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: Connection | None = None
        self._opening = asyncio.Lock()
        self._turn = asyncio.Lock()
        self._held: dict[int, Lost] = {}
        self._own: deque[int] = deque(maxlen=_REMEMBERED)
        """Server processes of connections that were ours and may not be gone yet."""

    def holds(self, key: int, lost: Lost) -> bool:
        return self._held.get(key) == lost

    async def hold(self, key: int, lost: Lost) -> None:
        """Take the lock, and be told when it is lost. JournalUnavailable, NotOwner."""
        async with self._opening:
            if self.holds(key, lost):
                return
            if key in self._held:
                raise NotOwner("The organisation is run by this process already.", "Stop it first.")
            try:
                async with asyncio.timeout(COMMIT_LIMIT):
                    connection = self._connection or await self._connected()
                    async with self._using(connection, key):
                        await self._lock(connection, key)
            except BaseException as error:
                self._close_unused()
                raise as_unavailable(error) from error
            self._held[key] = lost

    @asynccontextmanager
    async def turn(self, key: int, lost: Lost) -> AsyncIterator[Connection]:
        """The session with the lock, for oneself. JournalUnavailable when it is lost, for whatever reason."""
        connection = self._connection
        if connection is None or not self.holds(key, lost):
            raise _lost_connection()
        try:
            async with self._using(connection, key):
                yield connection
        except Exception as error:
            raise as_unavailable(error) from error

    @asynccontextmanager
    async def _using(self, connection: Connection, key: int) -> AsyncIterator[None]:
        """One after the other. Whatever may have broken the connection or left work in it undone ends it, for all."""
        await self._take_turn(connection)
        try:
            if connection is not self._connection:
                raise _lost_connection()
            yield
        except BaseException as error:
            broken = _breaks(error) or connection.is_in_transaction()
            if broken and connection is self._connection:
                self._held.pop(key, None)  # who uses it hears of the error itself
                self._end(connection)
            raise
        finally:
            self._turn.release()

    async def _take_turn(self, connection: Connection) -> None:
        try:
            async with asyncio.timeout(LONGEST_TURN):
                await self._turn.acquire()
        except TimeoutError:
            self._end(connection)
            raise

    async def release(self, key: int, lost: Lost) -> None:
        """Let another process have it."""
        connection = self._connection
        if connection is None or not self.holds(key, lost):
            return
        try:
            async with self.turn(key, lost):
                self._held.pop(key)
                await connection.execute("select pg_advisory_unlock($1)", key, timeout=COMMIT_LIMIT)
        except Exception:
            self._end(connection)
        self._close_unused()

    async def _connected(self) -> Connection:
        connection = await self._database.connect()
        self._own.append(connection.get_server_pid())
        connection.add_termination_listener(self._end)
        self._connection = connection
        return connection

    async def _lock(self, connection: Connection, key: int) -> None:
        while not await connection.fetchval("select pg_try_advisory_lock($1)", key):
            holder = await connection.fetchval(_HOLDER, key)
            if holder is None:
                continue  # let go between the two questions
            if holder not in self._own:
                raise NotOwner("The organisation is run by another process.", "Stop that one first.")
            # The server has not noticed yet that our connection is gone.
            await connection.execute("select pg_terminate_backend($1)", holder)
            raise TimeoutError

    def _close_unused(self) -> None:
        if self._connection is not None and not self._held:
            self._end(self._connection)

    def _end(self, connection: Connection) -> None:
        """Whoever held a lock in it holds it no more."""
        current = self._connection
        if current is None or current is not connection:
            return
        self._connection = None
        held, self._held = self._held, {}
        current.remove_termination_listener(self._end)
        current.terminate()
        for lost in held.values():
            lost()


class Connections:
    """Those of one process, and which organisation uses which."""

    def __init__(self, database: Database, most: int = CONNECTIONS) -> None:
        self._shared = [SharedConnection(database) for _ in range(most)]
        self._of: dict[OrganisationId, SharedConnection] = {}

    def of(self, organisation: OrganisationId) -> SharedConnection:
        """Always the same: it knows which sessions were its own."""
        if organisation not in self._of:
            self._of[organisation] = self._shared[len(self._of) % len(self._shared)]
        return self._of[organisation]


def _lost_connection() -> JournalUnavailable:
    return JournalUnavailable("The connection to the database was lost.", "Look whether PostgreSQL runs.")


def _breaks(error: BaseException) -> bool:
    """After a cancellation nobody knows how far the server has come."""
    return not isinstance(error, Exception) or isinstance(as_unavailable(error), JournalUnavailable)


def as_unavailable(error: BaseException) -> BaseException:
    """JournalUnavailable for what passes when the database is back; any other error as it is."""
    state = getattr(error, "sqlstate", None) or ""
    if isinstance(error, _GONE) or state[:2] in _GONE_STATES:
        return JournalUnavailable("The database does not answer.", "Look whether PostgreSQL runs.")
    return error
