"""What is left of the calls when all are over: in Asterisk, and in the call log."""

from dataclasses import dataclass

import aiohttp
import asyncpg  # type: ignore[import-untyped]

from svarhus.adapters.asterisk.ari import AriAddress
from svarhus.domains.organisation.repository import OrganisationRepository
from svarhus.exchange.core.core import Core, NumberedFact
from svarhus.exchange.core.facts import decode
from svarhus.exchange.core.rules import Rules
from svarhus.kit.clock import Instant
from svarhus.kit.database import Database
from svarhus.kit.ids import OrganisationId


@dataclass(frozen=True)
class LeftBehind:
    """Things in Asterisk that should not be there."""

    channels: int
    bridges: int


async def left_behind(address: AriAddress) -> LeftBehind:
    """What is alive in Asterisk now."""
    sign_in = aiohttp.BasicAuth(address.user, address.password)
    async with aiohttp.ClientSession(auth=sign_in) as session:
        counts = []
        for things in ("channels", "bridges"):
            async with session.get(f"{address.url}/ari/{things}") as answer:
                counts.append(len(await answer.json()))
    return LeftBehind(*counts)


async def joined_calls(url: str) -> int:
    """Calls in the log in which caller and agent were joined."""
    connection = await asyncpg.connect(url)
    try:
        return int(await connection.fetchval("select count(*) from calls where outcome = 'answered' and talk > 0.5"))
    finally:
        await connection.close()


async def left_in_state(url: str, key: OrganisationId) -> int:
    """Calls, legs, waiting callers, offers and timers in the state to which the whole journal folds."""
    database, core = Database(url), Core(key)
    revision, configuration = await OrganisationRepository(database).load(key)
    core.revisions[revision] = Rules(revision, configuration)
    await database.close()
    connection = await asyncpg.connect(url)
    try:
        query = "select seq, at, body from journal where organisation_id = $1 order by seq"
        for row in await connection.fetch(query, key):
            core.replay(NumberedFact(row["seq"], Instant(row["at"]), decode(row["body"])))
    finally:
        await connection.close()
    state = core.state
    return len(state.calls) + len(state.legs) + len(state.places) + len(state.offers) + len(state.timers)
