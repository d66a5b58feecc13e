"""What the journal and the call log say, read beside the running application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
from sqlalchemy import text

from svarhus.domains.calls.model import CallRecord
from svarhus.domains.organisation.repository import OrganisationRepository
from svarhus.exchange.core.core import Core, NumberedFact
from svarhus.exchange.core.facts import decode
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.state import State
from svarhus.kit.clock import Instant
from svarhus.kit.database import Database, Session
from svarhus.kit.ids import CallId, OrganisationId, QueueKey

KEY = OrganisationId("survival")
_record = msgspec.json.Decoder(CallRecord).decode


class Ledger:
    """Reads what was decided. It folds the whole journal anew each time, from its first fact.

    Each look is by a connection of its own, for the database comes and goes in these tests.
    """

    def __init__(self, url: str) -> None:
        self._url = url

    @asynccontextmanager
    async def _opened(self) -> AsyncIterator[Database]:
        database = Database(self._url, connections=1)
        try:
            yield database
        finally:
            await database.close()

    @asynccontextmanager
    async def _session(self) -> AsyncIterator[Session]:
        async with self._opened() as database, database.begin() as session:
            yield session

    async def state(self) -> State:
        """The state that the journal folds to."""
        async with self._opened() as database:
            revision, configuration = await OrganisationRepository(database).load(KEY)
        core = Core(KEY)
        core.revisions[revision] = Rules(revision, configuration)
        async with self._session() as session:
            query = text("select seq, at, body::text from journal where organisation_id = :key order by seq")
            for seq, at, body in await session.execute(query, {"key": KEY}):
                core.replay(NumberedFact(seq, Instant(at), decode(body)))
        return core.state

    async def line(self, queue: str) -> list[tuple[str | None, Instant]]:
        """Who waits: the callers' numbers, next first, and since when."""
        state = await self.state()
        places = [state.places[place] for place in state.matching.line(QueueKey(queue))]
        return [(state.calls[place.call].caller, place.entered_at) for place in places]

    async def busy(self) -> set[str]:
        """The extensions of those who have a leg."""
        state = await self.state()
        return {person.removeprefix("p") for person, agent in state.agents.items() if agent.legs}

    async def free(self) -> set[str]:
        """The extensions of those who could be offered a call."""
        state = await self.state()
        reachable = state.stored.reachable
        people = {person.removeprefix("p") for person, agent in state.agents.items() if agent.free}
        return people & reachable

    async def reachable(self) -> set[str]:
        return set((await self.state()).stored.reachable)

    async def calls_in_progress(self) -> int:
        return len((await self.state()).calls)

    async def whole(self) -> bool:
        """Whether the journal's numbers have neither gaps nor doubles."""
        query = text(
            "select count(*), count(distinct seq), coalesce(max(seq), 0) from journal where organisation_id = :key"
        )
        async with self._session() as session:
            count, distinct, last = (await session.execute(query, {"key": KEY})).one()
        return bool(count == distinct == last)

    async def records(self, caller: str) -> list[CallRecord]:
        """The call log of a caller's number, oldest first."""
        query = text(
            "select record::text from calls where organisation_id = :key and caller = :caller order by began_at"
        )
        async with self._session() as session:
            rows = await session.execute(query, {"key": KEY, "caller": caller})
        return [_record(row[0]) for row in rows]

    async def bookings(self, number: str) -> int:
        """Bookings of a number in the log."""
        query = text("select count(*) from bookings where organisation_id = :key and number = :number")
        async with self._session() as session:
            return int((await session.execute(query, {"key": KEY, "number": number})).scalar_one())

    async def facts(self, kind: str, call: CallId | None = None) -> int:
        """How often something has happened."""
        query = text(
            "select count(*) from journal where organisation_id = :key and kind = :kind "
            "and (cast(:call as text) is null or call_id = :call)"
        )
        async with self._session() as session:
            return int((await session.execute(query, {"key": KEY, "kind": kind, "call": call})).scalar_one())

    async def refused(self) -> list[str]:
        """The numbers of callers whose calls never began."""
        query = text("select body->>'caller' from journal where organisation_id = :key and kind = 'call_refused'")
        async with self._session() as session:
            return [row[0] for row in await session.execute(query, {"key": KEY})]

    async def messages(self) -> list[tuple[float, str]]:
        """Seconds and file of each voicemail."""
        query = text("select seconds, file from voicemails where organisation_id = :key order by at")
        async with self._session() as session:
            return [(row[0], row[1]) for row in await session.execute(query, {"key": KEY})]
