"""The journal: what happened, in order. Facts are committed here before anything is done about them.

They go through the session that holds the advisory lock by which an organisation has one owner (`owning.py`).
A commit that may or may not have happened when the connection broke is looked up by its numbers, so
that no fact is lost or written twice.
"""

import asyncio
import zlib
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import date, timedelta
from itertools import groupby

import asyncpg  # type: ignore[import-untyped]
import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from svarhus.exchange.core.core import NumberedFact
from svarhus.exchange.core.facts import decode, encode
from svarhus.exchange.core.snapshots import SnapshotUnreadable, thaw
from svarhus.exchange.core.state import Stored
from svarhus.exchange.followers.registry import writes
from svarhus.exchange.running.owning import COMMIT_LIMIT, JournalUnavailable, NotOwner, SharedConnection
from svarhus.kit.clock import Instant
from svarhus.kit.database import Database
from svarhus.kit.ids import OrganisationId

log = structlog.get_logger()

PARTITIONS_AHEAD = 7
"""Days for which partitions are made before they are needed."""

READ_AT_ONCE = 2000
"""Facts: others who share the connection commit in between."""

_INSERT = """
insert into journal (organisation_id, seq, day, at, call_id, kind, body)
select $1, $2::bigint + place - 1, $3::date, $4::timestamptz, body->>'call', body->>'type', body
from jsonb_array_elements($5::jsonb) with ordinality as facts(body, place)
"""
"""The facts go as one JSON text: arrays of values cost asyncpg as much as everything else of a commit."""


_PARTITIONS_LOCK = 0x5AA0_FFFF
"""Key of the advisory lock under which partitions are made, by one process at a time."""


class Journal:
    """The journal of one organisation."""

    def __init__(
        self, database: Database, shared: SharedConnection, organisation: OrganisationId, on_lost: Callable[[], None]
    ) -> None:
        self._database = database
        self._shared = shared
        self._organisation = organisation
        self._key = _lock_of(organisation)
        self._on_lost = on_lost
        self._unsure = False
        """The journal may hold the last commit already, or what another owner has written."""

    async def open(self) -> None:
        """Become the owner, if not done already. JournalUnavailable, NotOwner."""
        await self._shared.hold(self._key, self._lost)

    async def close(self) -> None:
        """Be the owner no more."""
        await self._shared.release(self._key, self._lost)

    def _lost(self) -> None:
        self._unsure = True
        self._on_lost()

    @asynccontextmanager
    async def _session(self) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
        """The session of the owner. JournalUnavailable."""
        try:
            async with self._shared.turn(self._key, self._lost) as connection:
                yield connection
        except BaseException:
            self._unsure = True
            raise

    async def append(self, facts: Sequence[NumberedFact]) -> None:
        """Commit facts, all or none. Repeating a call after JournalUnavailable writes nothing twice.

        NotOwner when another process has written to the journal meanwhile: the state must be had anew.
        """
        await self.open()
        try:
            async with self._session() as connection:
                if not self._unsure or not await self._has(connection, facts):
                    await self._append(connection, facts)
            self._unsure = False
        except JournalUnavailable:
            raise
        except Exception:
            await self.close()
            raise

    async def _has(self, connection: "asyncpg.Connection[asyncpg.Record]", facts: Sequence[NumberedFact]) -> bool:
        """Whether these facts were committed before the connection broke."""
        row = await connection.fetchrow(
            "select seq, at, body from journal where organisation_id = $1 and seq >= $2 order by seq desc limit 1",
            self._organisation,
            facts[0].seq,
            timeout=COMMIT_LIMIT,
        )
        if row is None:
            return False
        last = facts[-1]
        if NumberedFact(row["seq"], Instant(row["at"]), decode(row["body"])) != last:
            raise NotOwner("Another process has run the organisation meanwhile.", "Run it in one process only.")
        return True

    async def _append(self, connection: "asyncpg.Connection[asyncpg.Record]", facts: Sequence[NumberedFact]) -> None:
        projected = writes(self._organisation, facts)
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
        self, connection: "asyncpg.Connection[asyncpg.Record]", at: Instant, facts: Sequence[NumberedFact]
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
        """The newest snapshot. None when there is none, or none that can be read while all facts are still there.

        JournalUnavailable; SnapshotUnreadable when the facts before it are gone as well.
        """
        async with self._session() as connection:
            row = await connection.fetchrow(
                "select format, body from snapshots where organisation_id = $1", self._organisation
            )
            if row is None:
                return None
            try:
                return thaw(row["format"], row["body"])
            except SnapshotUnreadable as error:
                log.error("snapshot_unreadable", organisation=self._organisation, error=str(error))
                if not await self._has_the_first(connection):
                    raise
        return None

    async def _has_the_first(self, connection: "asyncpg.Connection[asyncpg.Record]") -> bool:
        query = "select exists (select from journal where organisation_id = $1 and seq = 1)"
        return bool(await connection.fetchval(query, self._organisation))

    async def save_snapshot(self, format: int, body: bytes, seq: int, at: Instant) -> None:
        """Keep a state (see `freeze`) from which the next recovery begins. JournalUnavailable."""
        async with self._session() as connection:
            await connection.execute(
                """insert into snapshots (organisation_id, seq, at, format, body) values ($1, $2, $3, $4, $5)
                on conflict (organisation_id) do update
                set seq = excluded.seq, at = excluded.at, format = excluded.format, body = excluded.body""",
                self._organisation,
                seq,
                at,
                format,
                body,
                timeout=COMMIT_LIMIT,
            )

    async def after(self, seq: int) -> AsyncIterator[NumberedFact]:
        """The facts after this one, in order."""
        query = "select seq, at, body from journal where organisation_id = $1 and seq > $2 order by seq limit $3"
        while True:
            async with self._session() as connection:
                rows = await connection.fetch(query, self._organisation, seq, READ_AT_ONCE)
            for row in rows:
                yield NumberedFact(row["seq"], Instant(row["at"]), decode(row["body"]))
            if len(rows) < READ_AT_ONCE:
                return
            seq = rows[-1]["seq"]

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


def _lock_of(organisation: OrganisationId) -> int:
    """Key of the advisory lock: the same in every process."""
    return 0x5AA0_0000_0000 + zlib.crc32(organisation.encode())
