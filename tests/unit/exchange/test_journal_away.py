"""What counts as "the database is away": facts are kept and tried again, and nothing is acted upon."""

import asyncpg  # type: ignore[import-untyped]
import pytest

from svarhus.exchange.core.core import NumberedFact
from svarhus.exchange.core.facts import ConfigurationTaken
from svarhus.exchange.running.journal import Journal
from svarhus.exchange.running.owning import JournalUnavailable, SharedConnection
from svarhus.kit.clock import SystemClock
from svarhus.kit.database import Database
from svarhus.kit.ids import OrganisationId


class RefusingConnection:
    """Takes the lock, and answers every statement after it with an error."""

    def __init__(self, error: Exception) -> None:
        self._error = error
        self.ended = False

    def get_server_pid(self) -> int:
        return 1

    async def fetchval(self, statement: str, *values: object, **settings: object) -> object:
        return True

    async def execute(self, statement: str, *values: object, **settings: object) -> str:
        raise self._error

    def add_termination_listener(self, listener: object) -> None:
        pass

    def remove_termination_listener(self, listener: object) -> None:
        pass

    def is_in_transaction(self) -> bool:
        return False

    def terminate(self) -> None:
        self.ended = True


class RefusingDatabase(Database):
    def __init__(self, error: Exception) -> None:
        super().__init__("postgresql://nobody@127.0.0.1:1/none")
        self.connection = RefusingConnection(error)

    async def connect(self) -> "asyncpg.Connection[asyncpg.Record]":
        return self.connection


FACTS = [NumberedFact(1, SystemClock().now(), ConfigurationTaken(revision=1))]


def _journal(error: Exception) -> tuple[Journal, RefusingConnection]:
    database = RefusingDatabase(error)
    return Journal(database, SharedConnection(database), OrganisationId("demo"), lambda: None), database.connection


@pytest.mark.parametrize(
    "error",
    [
        asyncpg.DiskFullError("could not extend file: No space left on device"),
        asyncpg.TooManyConnectionsError("sorry, too many clients already"),
        asyncpg.AdminShutdownError("terminating connection due to administrator command"),
        asyncpg.CannotConnectNowError("the database system is starting up"),
        asyncpg.ConnectionDoesNotExistError("connection was closed in the middle of operation"),
        asyncpg.InternalClientError("cannot switch to state 12; another operation (2) is in progress"),
        ConnectionResetError(),
        TimeoutError(),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_a_refusal_that_passes_is_an_outage(error: Exception) -> None:
    journal, connection = _journal(error)
    with pytest.raises(JournalUnavailable):
        await journal.append(FACTS)
    assert connection.ended, "the next attempt must be on a new connection"


async def test_a_fault_of_our_own_is_none() -> None:
    journal, _ = _journal(asyncpg.UniqueViolationError("duplicate key"))
    with pytest.raises(asyncpg.UniqueViolationError):
        await journal.append(FACTS)
