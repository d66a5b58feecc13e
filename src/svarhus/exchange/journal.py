"""The journal: what happened, in order. Facts are committed here before anything is done about them.

One connection of its own, which also holds the advisory lock by which an organisation has one owner.
A commit that may or may not have happened when the connection broke is looked up by its numbers, so
that no fact is lost or written twice.
"""

import asyncio
import zlib
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import date, timedelta

import asyncpg  # type: ignore[import-untyped]
import msgspec

from svarhus.exchange.core import Numbered
from svarhus.exchange.facts import call_of, decode, encode, kind_of
from svarhus.exchange.projection import writes
from svarhus.exchange.state import FORMAT, Stored
from svarhus.kit.clock import Instant
from svarhus.kit.database import Database
from svarhus.kit.errors import Unavailable
from svarhus.kit.ids import OrganisationId

PARTITIONS_AHEAD = 7
"""Days for which partitions are made before they are needed."""

COMMIT_LIMIT = 3.0
"""Seconds after which a database that does not answer counts as gone."""

_INSERT = """
insert into journal (organisation_id, seq, day, at, call_id, kind, body)
select $1, unnest($2::bigint[]), unnest($3::date[]), unnest($4::timestamptz[]), unnest($5::text[]),
       unnest($6::text[]), unnest($7::jsonb[])
"""


class JournalUnavailable(Unavailable):
    """The database is gone: facts wait until it is back."""

    id = "journal-unavailable"
    title = "The database does not answer"


class NotOwner(Unavailable):
    """Another process runs this organisation."""

    id = "not-owner"
    title = "Another process runs this organisation"


_GONE = (OSError, asyncpg.InterfaceError, asyncpg.PostgresConnectionError, TimeoutError)
_GONE_STATES = ("08", "53", "57")
"""SQLSTATE classes: connection exception, insufficient resources, operator intervention."""


class Journal:
    """The journal of one organisation."""

    def __init__(self, database: Database, organisation: OrganisationId, on_lost: Callable[[], None]) -> None:
        self._database = database
        self._organisation = organisation
        self._on_lost = on_lost
        self._connection: asyncpg.Connection[asyncpg.Record] | None = None
        self._opening = asyncio.Lock()
        self._unsure = False
        """The last commit may or may not have happened."""

    async def open(self) -> None:
        """Connect and become the owner, if not done already. JournalUnavailable, NotOwner."""
        async with self._opening:
            if self._connection is None:
                await self._open()

    async def _open(self) -> None:
        try:
            connection = await self._database.connect()
            mine = await connection.fetchval("select pg_try_advisory_lock($1)", _lock_of(self._organisation))
        except Exception as error:
            raise _as_unavailable(error) from error
        if not mine:
            connection.terminate()
            raise NotOwner("The organisation is run by another process.", "Stop that one first.")
        connection.add_termination_listener(self._lost)
        self._connection = connection

    async def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.remove_termination_listener(self._lost)
            connection.terminate()

    def _lost(self, _connection: object) -> None:
        self._connection = None
        self._on_lost()

    async def append(self, facts: Sequence[Numbered]) -> None:
        """Commit facts, all or none. Repeating a call after JournalUnavailable writes nothing twice."""
        try:
            await self.open()
            if self._unsure and await self._has(facts[-1].seq):
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

    async def _has(self, seq: int) -> bool:
        assert self._connection is not None
        last = await self._connection.fetchval(
            "select max(seq) from journal where organisation_id = $1",
            self._organisation,
            timeout=COMMIT_LIMIT,
        )
        return last is not None and int(last) >= seq

    async def _append(self, facts: Sequence[Numbered]) -> None:
        assert self._connection is not None
        projected = writes(self._organisation, facts)
        if not projected:
            await self._insert(facts)
            return
        async with self._connection.transaction():
            await self._insert(facts)
            for write in projected:
                await self._connection.execute(write.sql, *write.values, timeout=COMMIT_LIMIT)

    async def _insert(self, facts: Sequence[Numbered]) -> None:
        assert self._connection is not None
        await self._connection.execute(
            _INSERT,
            self._organisation,
            [numbered.seq for numbered in facts],
            [numbered.at.date() for numbered in facts],
            [numbered.at for numbered in facts],
            [call_of(numbered.fact) for numbered in facts],
            [kind_of(numbered.fact) for numbered in facts],
            [encode(numbered.fact).decode() for numbered in facts],
            timeout=COMMIT_LIMIT,
        )

    # ---- recovery

    async def last_snapshot(self) -> Stored | None:
        """The newest snapshot that this version can read."""
        assert self._connection is not None
        row = await self._connection.fetchrow(
            "select body from snapshots where organisation_id = $1 and format = $2",
            self._organisation,
            FORMAT,
        )
        return msgspec.json.decode(zlib.decompress(row["body"]), type=Stored) if row else None

    async def save_snapshot(self, body: bytes, seq: int, at: Instant) -> None:
        """Keep a state (see `freeze`) from which the next recovery begins."""
        assert self._connection is not None
        await self._connection.execute(
            """insert into snapshots (organisation_id, seq, at, format, body) values ($1, $2, $3, $4, $5)
            on conflict (organisation_id) do update
            set seq = excluded.seq, at = excluded.at, format = excluded.format, body = excluded.body""",
            self._organisation,
            seq,
            at,
            FORMAT,
            body,
        )

    async def after(self, seq: int) -> AsyncIterator[Numbered]:
        """The facts after this one, in order."""
        assert self._connection is not None
        async with self._connection.transaction():
            query = "select seq, at, body from journal where organisation_id = $1 and seq > $2 order by seq"
            async for row in self._connection.cursor(query, self._organisation, seq, prefetch=2000):
                yield Numbered(row["seq"], Instant(row["at"]), decode(row["body"]))

    async def make_partitions(self, today: date) -> None:
        """Partitions for today and the days ahead, where missing."""
        assert self._connection is not None
        for ahead in range(-1, PARTITIONS_AHEAD + 1):
            day = today + timedelta(days=ahead)
            await self._connection.execute(
                f"create table if not exists journal_{day:%Y%m%d} partition of journal "
                f"for values from ('{day}') to ('{day + timedelta(days=1)}')"
            )


def freeze(stored: Stored) -> bytes:
    """A state as the bytes of a snapshot."""
    return zlib.compress(msgspec.json.encode(stored), 1)


def _lock_of(organisation: OrganisationId) -> int:
    """Key of the advisory lock: the same in every process."""
    return 0x5AA0_0000_0000 + zlib.crc32(organisation.encode())


def _as_unavailable(error: Exception) -> Exception:
    """JournalUnavailable for what passes when the database is back; any other error as it is."""
    state = getattr(error, "sqlstate", None) or ""
    if isinstance(error, _GONE) or state[:2] in _GONE_STATES:
        return JournalUnavailable("The database does not answer.", "Look whether PostgreSQL runs.")
    return error
