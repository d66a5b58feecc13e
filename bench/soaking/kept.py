"""What the journal says when all is over, held against the live state as it was kept now and then."""

from collections.abc import Sequence
from dataclasses import dataclass

import asyncpg  # type: ignore[import-untyped]
import msgspec

from svarhus.domains.organisation.repository import OrganisationRepository
from svarhus.exchange.core.core import Core, NumberedFact
from svarhus.exchange.core.facts import AbsenceTimer, AlertTimer, BookingTimer, PauseTimer, QueueLookTimer, decode
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.snapshots import thaw
from svarhus.exchange.core.state import State
from svarhus.kit.clock import Instant
from svarhus.kit.database import Database
from svarhus.kit.ids import OrganisationId

LASTING = BookingTimer | AbsenceTimer | PauseTimer | AlertTimer | QueueLookTimer
"""Timers that are of no call."""


@dataclass(frozen=True)
class Snapshot:
    """The live state, as the application wrote it down in the midst of everything."""

    seq: int
    format: int
    body: bytes


@dataclass(frozen=True)
class Held:
    """What came of folding the whole journal."""

    facts: int
    compared: int
    """Snapshots that the fold was held against, the last of them written when the application stopped."""
    differing: tuple[str, ...]
    """In what the fold was another state: the snapshot's number and the part."""
    left: tuple[str, ...]
    """Of the state in the end: what outlived its call."""


async def newest_snapshot(url: str, key: OrganisationId) -> Snapshot | None:
    connection = await asyncpg.connect(url)
    try:
        row = await connection.fetchrow("select seq, format, body from snapshots where organisation_id = $1", key)
    finally:
        await connection.close()
    return Snapshot(row["seq"], row["format"], row["body"]) if row else None


async def held(url: str, key: OrganisationId, snapshots: Sequence[Snapshot]) -> Held:
    """Fold the journal up to the last of the snapshots, and look at each on the way."""
    database, core = Database(url), Core(key)
    revision, configuration = await OrganisationRepository(database).load(key)
    await database.close()
    core.revisions[revision] = Rules(revision, configuration)
    expected, differing = {each.seq: each for each in snapshots}, list[str]()
    connection = await asyncpg.connect(url)
    try:
        query = "select seq, at, body from journal where organisation_id = $1 and seq <= $2 order by seq"
        rows = await connection.fetch(query, key, max(expected, default=0))
    finally:
        await connection.close()
    for row in rows:
        core.replay(NumberedFact(row["seq"], Instant(row["at"]), decode(row["body"])))
        if snapshot := expected.get(row["seq"]):
            differing += [f"{snapshot.seq}: {part}" for part in _differing(core.state, snapshot)]
    return Held(len(rows), len(expected), tuple(differing), tuple(_left(core.state)))


def _differing(state: State, snapshot: Snapshot) -> list[str]:
    live = thaw(snapshot.format, snapshot.body)
    names = [field.name for field in msgspec.structs.fields(live)]
    return [name for name in names if getattr(live, name) != getattr(state.stored, name)]


def _left(state: State) -> list[str]:
    """Each by its kind and name."""
    named: dict[str, list[object]] = {
        "call": [*state.calls],
        "leg": [*state.legs],
        "conversation": [*state.conversations],
        "place": [*state.places],
        "offer": [*state.offers],
        "returning": [*state.stored.returning],
        "timer": [key for key, timer in state.timers.items() if not isinstance(timer.purpose, LASTING)],
        "agent in a call": [agent.person for agent in state.agents.values() if agent.legs],
        "after-call work": [agent.person for agent in state.agents.values() if agent.after_call_until],
    }
    return [f"{kind} {name}" for kind, names in named.items() for name in names]


async def callers_logged(url: str) -> dict[str, int]:
    """How often each caller from outside is in the call log with an outcome."""
    connection = await asyncpg.connect(url)
    try:
        query = "select caller, count(*) as times from calls where kind = 'incoming' and caller is not null group by 1"
        return {row["caller"]: row["times"] for row in await connection.fetch(query)}
    finally:
        await connection.close()


async def outcomes(url: str) -> dict[str, int]:
    connection = await asyncpg.connect(url)
    try:
        query = "select outcome, count(*) as times from calls where kind = 'incoming' group by 1 order by 2 desc"
        return {row["outcome"]: row["times"] for row in await connection.fetch(query)}
    finally:
        await connection.close()
