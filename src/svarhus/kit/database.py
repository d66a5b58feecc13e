"""The database: units of work, paging by cursor, and notices between processes.

Application code never commits: `async with database.begin() as session` is one unit of work, which is
committed at its end or rolled back when an error leaves it.
"""

import asyncio
import base64
import binascii
import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar, TypeVarTuple

import asyncpg  # type: ignore[import-untyped]
from sqlalchemy import BigInteger, ColumnElement, MetaData, Row, Select, Table, event, text, tuple_
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import AdaptedConnection
from sqlalchemy.exc import DBAPIError, DisconnectionError, InterfaceError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from svarhus.kit.errors import Invalid, Unavailable

Session = AsyncConnection
"""A unit of work in progress."""

metadata = MetaData()
"""All tables, each described in the `tables.py` of its domain. The migrations make them."""

_REMEDY = "Look whether PostgreSQL runs; `svarhus doctor` tells more."


class DatabaseUnavailable(Unavailable):
    id = "database-unavailable"
    title = "The database does not answer"


class CannotBeKept(Invalid):
    """A value that PostgreSQL has no place for, such as text with a NUL."""

    id = "cannot-be-kept"
    title = "A value cannot be kept"


class TookTooLong(Unavailable):
    """A question was given up, so that it does not hold up others'."""

    id = "took-too-long"
    title = "It takes too long to find out"


_GIVEN_UP = "57014"
"""Query canceled, by the limit of its connection."""

_CANNOT_BE_KEPT = frozenset({"22021", "22P05", "22003"})
"""Character not in repertoire, untranslatable character, numeric value out of range."""


def async_url(url: str) -> URL:
    """The URL with the driver that we use, whichever driver it names. ValueError when it is no PostgreSQL."""
    parsed = make_url(url)
    if parsed.get_backend_name() not in {"postgresql", "postgres"}:
        raise ValueError(f"the database must be a PostgreSQL, not {parsed.get_backend_name()}")
    return parsed.set(drivername="postgresql+asyncpg")


LONGEST_STATEMENT = 15.0
"""Seconds. What people ask takes a hundredth of it; what takes longer has lost its way, and its reader."""


class Database:
    """A pool of connections to one PostgreSQL."""

    def __init__(self, url: str, connections: int = 10, longest: float = LONGEST_STATEMENT) -> None:
        """`longest`: seconds that a statement may take, before TookTooLong; 0 for no limit."""
        self._url = async_url(url)
        self._engine = create_async_engine(
            self._url,
            pool_size=connections,
            max_overflow=0,
            pool_timeout=10,
            pool_pre_ping=False,
            # Errors are logged, and the values of statements are people's numbers.
            hide_parameters=True,
            # A plan for any pattern at all reads the whole directory where one for this pattern reads a page.
            connect_args={
                "server_settings": {
                    "plan_cache_mode": "force_custom_plan",
                    "statement_timeout": f"{round(longest * 1000)}",
                }
            },
        )
        self._reading = self._engine.execution_options(isolation_level="AUTOCOMMIT")
        event.listen(self._engine.sync_engine, "checkout", _refuse_closed)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Session]:
        """One unit of work. DatabaseUnavailable when the database cannot be reached or is lost on the way."""
        async with _our_errors(), self._engine.begin() as session:
            yield session

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Session]:
        """As `begin`, to read only, where each statement may see what was committed before it: it costs half."""
        async with _our_errors(), self._reading.connect() as session:
            yield session

    async def answers(self) -> bool:
        """Whether the database answers now."""
        try:
            async with self.begin() as session:
                await session.execute(text("select 1"))
        except DatabaseUnavailable:
            return False
        return True

    async def close(self) -> None:
        await self._engine.dispose()

    async def connect(self) -> "asyncpg.Connection[asyncpg.Record]":
        """A connection outside the pool, for locks and notices that outlive a unit of work."""
        url = self._url
        return await asyncpg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False))

    async def notices(self, *channels: str) -> AsyncGenerator["Notice", None]:
        """What other units of work told with `notify` after their commit, without end.

        After a lost connection it connects again and gives a notice with an empty payload for each
        channel: something may have been missed, look for yourself. The same at the very start.
        """
        pause = 0.2
        while True:
            queue: asyncio.Queue[Notice | None] = asyncio.Queue()
            try:
                connection = await self._listening(channels, queue)
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                await asyncio.sleep(pause)
                pause = min(pause * 2, 5)
                continue
            pause = 0.2
            try:
                for channel in channels:
                    yield Notice(channel, "")
                while (notice := await queue.get()) is not None:
                    yield notice
            finally:
                connection.terminate()

    async def _listening(
        self, channels: Sequence[str], queue: "asyncio.Queue[Notice | None]"
    ) -> "asyncpg.Connection[asyncpg.Record]":
        connection = await self.connect()
        connection.add_termination_listener(lambda _: queue.put_nowait(None))
        try:
            for channel in channels:
                await connection.add_listener(channel, _into(queue))
        except BaseException:
            connection.terminate()
            raise
        return connection


@dataclass(frozen=True)
class Notice:
    """Something told by another unit of work, here or in another process."""

    channel: str
    payload: str


async def notify(session: Session, channel: str, payload: str) -> None:
    """Tell all who listen to the channel, when and if this unit of work is committed. Up to 8,000 bytes."""
    await session.execute(text("select pg_notify(:channel, :payload)"), {"channel": channel, "payload": payload})


async def analyze(session: Session, table: Table) -> None:
    """Let PostgreSQL look at what is in the table, by which it plans its queries."""
    await session.execute(text(f'analyze "{table.name}"'))


@asynccontextmanager
async def _our_errors() -> AsyncIterator[None]:
    try:
        yield
    except DBAPIError as error:
        if _lost(error):
            raise DatabaseUnavailable("The connection to the database was lost.", _REMEDY) from error
        if _state(error) == _GIVEN_UP:
            raise TookTooLong("The database did not find it in time.", "Ask for less, such as fewer days.") from error
        if _state(error) in _CANNOT_BE_KEPT:
            raise CannotBeKept("A text or number cannot be kept.", "Take out control characters.") from error
        raise
    except (
        OSError,
        PoolTimeout,
        asyncpg.PostgresConnectionError,
        asyncpg.CannotConnectNowError,
    ) as error:
        raise DatabaseUnavailable("The database cannot be reached.", _REMEDY) from error


def _into(queue: "asyncio.Queue[Notice | None]") -> Callable[[object, int, str, object], None]:
    def received(_connection: object, _pid: int, channel: str, payload: object) -> None:
        queue.put_nowait(Notice(channel, str(payload)))

    return received


def _refuse_closed(connection: AdaptedConnection, _record: object, _proxy: object) -> None:
    """Let the pool take a new connection for one that broke while nobody used it, without asking the server."""
    if connection.driver_connection.is_closed():
        raise DisconnectionError


def _lost(error: DBAPIError) -> bool:
    state = _state(error)
    # Class 08: connection exceptions. 57P01-57P03: the server shuts down, crashed, or is starting.
    return error.connection_invalidated or isinstance(error, InterfaceError) or state[:2] == "08" or state[:4] == "57P0"


def _state(error: DBAPIError) -> str:
    return str(getattr(error.orig, "sqlstate", None) or "")


# ------------------------------------------------------------------ paging

Item = TypeVar("Item")
Other = TypeVar("Other")
Columns = TypeVarTuple("Columns")

LONGEST_PAGE = 200


@dataclass(frozen=True)
class Page(Generic[Item]):
    """Some items of a longer list, and where to go on."""

    items: tuple[Item, ...]
    next: str | None
    """Cursor of the next page; None at the end."""

    def map(self, change: Callable[[Item], Other]) -> "Page[Other]":
        return Page(tuple(change(item) for item in self.items), self.next)


class InvalidCursor(Invalid):
    id = "invalid-cursor"
    title = "The cursor is not one of ours"


async def page(
    session: Session,
    query: Select[*tuple[object, ...]],
    order: Sequence[ColumnElement[object]],
    cursor: str | None,
    limit: int = 50,
    *,
    newest_first: bool = False,
) -> Page[Row[*tuple[object, ...]]]:
    """One page of a query, in the order of some of its columns, which together must be unique.

    The columns must be in the query, of type text, integer or timestamptz. `cursor` is `next` of the
    page before. InvalidCursor when it was not made here.
    """
    limit = max(1, min(limit, LONGEST_PAGE))
    query = after_cursor(query, order, cursor, newest_first=newest_first)
    rows = (await session.execute(query.limit(limit + 1))).all()
    more = len(rows) > limit
    kept = tuple(rows[:limit])
    return Page(kept, _encoded([kept[-1]._mapping[column] for column in order]) if more else None)


def after_cursor(
    query: Select[*Columns], order: Sequence[ColumnElement[object]], cursor: str | None, *, newest_first: bool = False
) -> Select[*Columns]:
    """What follows a page, in order. See `page`. InvalidCursor."""
    if cursor is not None:
        last = tuple_(*(value for value in _decoded(cursor, order)))
        query = query.where(tuple_(*order) < last if newest_first else tuple_(*order) > last)
    return query.order_by(*(column.desc() if newest_first else column.asc() for column in order))


def _encoded(values: Sequence[object]) -> str:
    return encoded_cursor(
        [["t", value.isoformat()] if isinstance(value, datetime) else ["v", value] for value in values]
    )


def encoded_cursor(plain: Sequence[Sequence[object]]) -> str:
    """Kinds (t: a moment, v: a text or number) and values as one word."""
    return base64.urlsafe_b64encode(json.dumps(plain, separators=(",", ":")).encode()).decode().rstrip("=")


def _decoded(cursor: str, order: Sequence[ColumnElement[object]]) -> list[object]:
    try:
        plain = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        values = [datetime.fromisoformat(value) if kind == "t" else value for kind, value in plain]
        fits = all(_fits(value, column) for value, column in zip(values, order, strict=True))
    except (ValueError, TypeError, binascii.Error) as error:
        raise InvalidCursor("The cursor cannot be read.", "Use `next` of the page before as it is.") from error
    if not fits:
        raise InvalidCursor("The cursor is of another list.", "Use `next` of the page before as it is.")
    return values


def _fits(value: object, column: ColumnElement[object]) -> bool:
    if isinstance(value, datetime):
        # At the ends of the calendar there are no words for it in other zones.
        return column.type.python_type is datetime and value.tzinfo is not None and 1 < value.year < 9999
    if isinstance(value, int) and not isinstance(value, bool):
        bits = 63 if isinstance(column.type, BigInteger) else 31
        return column.type.python_type is int and abs(value) < 2**bits
    return isinstance(value, str) and column.type.python_type is str
