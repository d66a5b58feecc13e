"""The journal: what happened, in order. Facts are committed here before anything is done about them.

One connection of its own, which also holds the advisory lock by which an organisation has one owner.
A commit that may or may not have happened when the connection broke is looked up by its numbers, so
that no fact is lost or written twice.
"""

import asyncio
import zlib
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import date, timedelta
from itertools import groupby

import asyncpg  # type: ignore[import-untyped]
import msgspec
import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from svarhus.exchange.core import Numbered
from svarhus.exchange.facts import decode, encode
from svarhus.exchange.projection import writes
from svarhus.exchange.state import FORMAT, Stored
from svarhus.kit.clock import Instant
from svarhus.kit.database import Database
from svarhus.kit.errors import Unavailable
from svarhus.kit.ids import OrganisationId

log = structlog.get_logger()

PARTITIONS_AHEAD = 7
"""Days for which partitions are made before they are needed."""

COMMIT_LIMIT = 3.0
"""Seconds after which a database that does not answer counts as gone."""

_INSERT = """
insert into journal (organisation_id, seq, day, at, call_id, kind, body)
select $1, $2::bigint + place - 1, $3::date, $4::timestamptz, body->>'call', body->>'type', body
from jsonb_array_elements($5::jsonb) with ordinality as facts(body, place)
"""
"""The facts go as one JSON text: arrays of values cost asyncpg as much as everything else of a commit."""


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

_HOLDER = """
select pid from pg_locks where locktype = 'advisory' and granted and objsubid = 1
and (classid::bigint << 32 | objid::bigint) = $1
"""

_PARTITIONS_LOCK = 0x5AA0_FFFF
"""Key of the advisory lock under which partitions are made, by one process at a time."""


class Journal:
    """The journal of one organisation."""

    def __init__(self, database: Database, organisation: OrganisationId, on_lost: Callable[[], None]) -> None:
        self._database = database
        self._organisation = organisation
        self._on_lost = on_lost
        self._connection: asyncpg.Connection[asyncpg.Record] | None = None
        self._opening = asyncio.Lock()
        self._own: set[int] = set()
        """Server processes of connections that were ours and may not be gone yet."""
        self._unsure = False
        """The journal may hold the last commit already, or what another owner has written."""

    async def open(self) -> None:
        """Connect and become the owner, if not done already. JournalUnavailable, NotOwner."""
        async with self._opening:
            if self._connection is None:
                self._connection = await self._opened()

    async def _opened(self) -> "asyncpg.Connection[asyncpg.Record]":
        connection = None
        try:
            async with asyncio.timeout(COMMIT_LIMIT):
                connection = await self._database.connect()
                await self._become_owner(connection)
        except BaseException as error:
            if connection is not None:
                connection.terminate()
            raise _as_unavailable(error) from error
        connection.add_termination_listener(self._lost)
        return connection

    async def _become_owner(self, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        key = _lock_of(self._organisation)
        self._own.add(connection.get_server_pid())
        if not await connection.fetchval("select pg_try_advisory_lock($1)", key):
            holder = await connection.fetchval(_HOLDER, key)
            if holder not in self._own:
                raise NotOwner("The organisation is run by another process.", "Stop that one first.")
            # The server has not noticed yet that our connection is gone.
            await connection.execute("select pg_terminate_backend($1)", holder)
            raise TimeoutError
        self._own = {connection.get_server_pid()}

    async def close(self) -> None:
        self._drop()

    def _lost(self, connection: object) -> None:
        if connection is self._connection:
            self._connection = None
            self._unsure = True
            self._on_lost()

    async def append(self, facts: Sequence[Numbered]) -> None:
        """Commit facts, all or none. Repeating a call after JournalUnavailable writes nothing twice.

        NotOwner when another process has written to the journal meanwhile: the state must be had anew.
        """
        try:
            await self.open()
            if self._unsure and await self._has(facts):
                self._unsure = False
                return
            self._unsure = True
            await self._append(facts)
            self._unsure = False
        except Exception as error:
            self._drop()
            raise _as_unavailable(error) from error

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.remove_termination_listener(self._lost)
            connection.terminate()

    async def _has(self, facts: Sequence[Numbered]) -> bool:
        """Whether these facts were committed before the connection broke."""
        row = await self._open_connection.fetchrow(
            "select seq, at, body from journal where organisation_id = $1 and seq >= $2 order by seq desc limit 1",
            self._organisation,
            facts[0].seq,
            timeout=COMMIT_LIMIT,
        )
        if row is None:
            return False
        last = facts[-1]
        if Numbered(row["seq"], Instant(row["at"]), decode(row["body"])) != last:
            raise NotOwner("Another process has run the organisation meanwhile.", "Run it in one process only.")
        return True

    @property
    def _open_connection(self) -> "asyncpg.Connection[asyncpg.Record]":
        if self._connection is None:
            raise JournalUnavailable("The connection to the database was lost.", "Look whether PostgreSQL runs.")
        return self._connection

    async def _append(self, facts: Sequence[Numbered]) -> None:
        connection, projected = self._open_connection, writes(self._organisation, facts)
        moments = [(at, list(some)) for at, some in groupby(facts, key=lambda numbered: numbered.at)]
        if not projected and len(moments) == 1:
            await self._insert(connection, *moments[0])
            return
        async with asyncio.timeout(COMMIT_LIMIT), connection.transaction():
            for at, some in moments:
                await self._insert(connection, at, some)
            for write in projected:
                await connection.execute(write.sql, *write.values)

    async def _insert(
        self, connection: "asyncpg.Connection[asyncpg.Record]", at: Instant, facts: Sequence[Numbered]
    ) -> None:
        """Facts of one moment, numbered one after the other."""
        bodies = b",".join([encode(numbered.fact) for numbered in facts])
        await connection.execute(
            _INSERT,
            self._organisation,
            facts[0].seq,
            at.date(),
            at,
            f"[{bodies.decode()}]",
            timeout=COMMIT_LIMIT,
        )

    # ---- recovery

    async def last_snapshot(self) -> Stored | None:
        """The newest snapshot that this version can read."""
        row = await self._open_connection.fetchrow(
            "select body from snapshots where organisation_id = $1 and format = $2",
            self._organisation,
            FORMAT,
        )
        if row is None:
            return None
        try:
            return msgspec.json.decode(zlib.decompress(row["body"]), type=Stored)
        except (msgspec.DecodeError, zlib.error) as error:
            log.error("snapshot_unreadable", organisation=self._organisation, error=str(error))
            return None

    async def save_snapshot(self, body: bytes, seq: int, at: Instant) -> None:
        """Keep a state (see `freeze`) from which the next recovery begins. JournalUnavailable."""
        try:
            await self._open_connection.execute(
                """insert into snapshots (organisation_id, seq, at, format, body) values ($1, $2, $3, $4, $5)
                on conflict (organisation_id) do update
                set seq = excluded.seq, at = excluded.at, format = excluded.format, body = excluded.body""",
                self._organisation,
                seq,
                at,
                FORMAT,
                body,
                timeout=COMMIT_LIMIT,
            )
        except Exception as error:
            raise _as_unavailable(error) from error

    async def after(self, seq: int) -> AsyncIterator[Numbered]:
        """The facts after this one, in order."""
        connection = self._open_connection
        async with connection.transaction():
            query = "select seq, at, body from journal where organisation_id = $1 and seq > $2 order by seq"
            async for row in connection.cursor(query, self._organisation, seq, prefetch=2000):
                yield Numbered(row["seq"], Instant(row["at"]), decode(row["body"]))

    async def make_partitions(self, today: date) -> None:
        """Partitions for today and the days ahead, where missing. Facts are written meanwhile."""
        days = [today + timedelta(days=ahead) for ahead in range(-1, PARTITIONS_AHEAD + 1)]
        async with self._database.begin() as session:
            if not await _missing(session, days):
                return
            await session.execute(text("set local lock_timeout = '2s'"))
            await session.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _PARTITIONS_LOCK})
            for day in await _missing(session, days):
                # Made first and attached then: attaching does not keep others from writing.
                name = _partition(day)
                await session.execute(text(f"create table {name} (like journal including all)"))
                await session.execute(
                    text(
                        f"alter table journal attach partition {name} "
                        f"for values from ('{day}') to ('{day + timedelta(days=1)}')"
                    )
                )


async def _missing(session: AsyncConnection, days: Sequence[date]) -> list[date]:
    """The days that have no partition."""
    names = {_partition(day): day for day in days}
    there = await session.execute(
        text("select name from unnest(cast(:names as text[])) as name where to_regclass(name) is null"),
        {"names": list(names)},
    )
    return [names[name] for name in there.scalars()]


def _partition(day: date) -> str:
    return f"journal_{day:%Y%m%d}"


def freeze(stored: Stored) -> bytes:
    """A state as the bytes of a snapshot."""
    return zlib.compress(msgspec.json.encode(stored), 1)


def _lock_of(organisation: OrganisationId) -> int:
    """Key of the advisory lock: the same in every process."""
    return 0x5AA0_0000_0000 + zlib.crc32(organisation.encode())


def _as_unavailable(error: BaseException) -> BaseException:
    """JournalUnavailable for what passes when the database is back; any other error as it is."""
    state = getattr(error, "sqlstate", None) or ""
    if isinstance(error, _GONE) or state[:2] in _GONE_STATES:
        return JournalUnavailable("The database does not answer.", "Look whether PostgreSQL runs.")
    return error
