"""What one change of the configuration of a large organisation costs: the whole way from whoever makes it to the calls,
the engine's phones and everybody who is watching.

On a real PostgreSQL, with the services as the application puts them together. Asterisk is played by one who takes
whatever is sent, so that what is counted is ours.
"""

import asyncio
import gc
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec
import uvloop
from bench.house.large import KEY, PEOPLE, QUEUES, large_organisation, person_key
from bench.load.postgres import OwnPostgres, own_postgres
from bench.load.processes import cost_of

from svarhus.adapters.asterisk.ari import AriAddress, AriClient
from svarhus.adapters.asterisk.provisioning import Provisioning
from svarhus.adapters.asterisk.wire import Reply
from svarhus.adapters.simulated.engine import SimulatedEngine, SimulatedTelephony
from svarhus.adapters.simulated.time import VirtualTime
from svarhus.app.figures import Figure
from svarhus.app.organisations import Organisations, organisations
from svarhus.domains.audio.model import Message
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.parts import added, part_of, replaced
from svarhus.domains.people.rights import operator
from svarhus.exchange.running.exchange import Exchange
from svarhus.exchange.showing.feed import Watcher
from svarhus.kit.clock import SystemClock
from svarhus.kit.database import Database
from svarhus.kit.ids import OrganisationId
from svarhus.ports.telephony import Provision, Reprovision, Telephony

CONSOLES = 50
GOAL_CPU, GOAL_LOOP = 50.0, 5.0
"""Milliseconds."""
SETTLED = 0.3
"""Seconds in which everything that a change sets going is done."""

Edit = Callable[[Configuration], Configuration]


@dataclass(frozen=True)
class Cost:
    """Of one change, in milliseconds."""

    cpu: float
    """Of the application."""
    loop: float
    """Of it in the thread in which calls are decided."""


def changing(quick: bool) -> list[Figure]:
    """The rows: all changes together, and each kind."""
    with tempfile.TemporaryDirectory(prefix="svarhus-bench-") as name, own_postgres(Path(name)) as postgres:
        costs, database = uvloop.run(_costs(postgres, Path(name), 5 if quick else 20))
    together = [cost for found in costs.values() for cost in found]
    size = f"an organisation of {PEOPLE:,} people and {QUEUES} queues"
    return [
        Figure(f"one change of a part in {size}: CPU, median", "ms", _cpu(together), None, GOAL_CPU),
        Figure("of it on the call loop, median", "ms", _loop(together), None, GOAL_LOOP),
        Figure("CPU of the database for it, mean", "ms", database),
        *(Figure(f"of these {what}: CPU", "ms", _cpu(found)) for what, found in costs.items()),
        *(Figure(f"of these {what}: on the call loop", "ms", _loop(found)) for what, found in costs.items()),
    ]


def _cpu(costs: list[Cost]) -> float:
    return statistics.median(cost.cpu for cost in costs)


def _loop(costs: list[Cost]) -> float:
    return statistics.median(cost.loop for cost in costs)


async def _costs(postgres: OwnPostgres, folder: Path, times: int) -> tuple[Mapping[str, list[Cost]], float]:
    database = Database(postgres.url)
    wired = organisations(database, SystemClock())
    await wired.service.apply_file(large_organisation())
    async with _running(database, wired, folder) as exchange:
        # The first change finds out whether all is without faults, which holds from then on.
        await _cost(wired, exchange, _renamed_person(0))
        gc.collect()
        before = cost_of(postgres.pid).cpu
        costs = {
            what: [await _cost(wired, exchange, edit(number)) for number in range(1, times + 1)]
            for what, edit in CHANGES.items()
        }
        in_database = (cost_of(postgres.pid).cpu - before) / (times * len(CHANGES)) * 1000
    await database.close()
    return costs, in_database


async def _cost(wired: Organisations, exchange: Exchange, edit: Edit) -> Cost:
    cpu, loop = time.process_time(), time.thread_time()
    applied = await wired.service.change(operator(KEY), edit, "changed by the benchmark")
    exchange.configuration_changed()
    await asyncio.sleep(SETTLED)
    assert exchange.core.state.stored.revision == applied.revision, "what was changed is in force"
    return Cost((time.process_time() - cpu) * 1000, (time.thread_time() - loop) * 1000)


# ------------------------------------------------------------------ what is changed


def _changed(list_name: str, key: str, **settings: object) -> Edit:
    def edit(before: Configuration) -> Configuration:
        part = part_of(before, list_name, key)
        return replaced(before, list_name, key, part.model_copy(update=settings))

    return edit


def _renamed_person(number: int) -> Edit:
    return _changed("people", person_key(number * 7), name=f"Renamed {number}")


def _other_extension(number: int) -> Edit:
    return _changed("people", person_key(number * 11), extension=f"{30_000 + number}")


def _new_person(number: int) -> Edit:
    def edit(before: Configuration) -> Configuration:
        likeness = {"key": f"new-{number}", "email": f"new-{number}@large.example", "extension": f"{50_000 + number}"}
        return added(before, "people", before.people[-1].model_copy(update=likeness))

    return edit


def _fewer_members(number: int) -> Edit:
    def edit(before: Configuration) -> Configuration:
        queue = before.queues[number]
        return replaced(before, "queues", queue.key, queue.model_copy(update={"members": queue.members[1:]}))

    return edit


def _other_words(number: int) -> Edit:
    return _changed("messages", f"welcome-{number}", manuscripts={"sv": f"Hej {number}."})


CHANGES: Mapping[str, Callable[[int], Edit]] = {
    "people's names": _renamed_person,
    "people's extensions": _other_extension,
    "new people": _new_person,
    "members of queues": _fewer_members,
    "messages": _other_words,
}


# ------------------------------------------------------------------ whom it reaches


@asynccontextmanager
async def _running(database: Database, wired: Organisations, folder: Path) -> AsyncIterator[Exchange]:
    exchange = Exchange(KEY, database, _Engine().of(KEY), wired.repository, _no_sounds, SystemClock(), folder)
    await exchange.start()
    exchange.configuration_changed()
    consoles = [asyncio.create_task(_watch(exchange.live.watch())) for _ in range(CONSOLES)]
    async with asyncio.timeout(120):
        while not exchange.ready:  # noqa: ASYNC110  # it tells nobody
            await asyncio.sleep(0.05)
    await asyncio.sleep(SETTLED)
    try:
        yield exchange
    finally:
        for console in consoles:
            console.cancel()
        await exchange.stop()


async def _watch(watcher: Watcher) -> None:
    while await watcher.next() is not None:
        pass


async def _no_sounds(organisation: OrganisationId, phrases: object, messages: Mapping[str, Message]) -> tuple[str, ...]:
    return ()


class _Engine(SimulatedEngine):
    """No calls, and phones as in Asterisk."""

    def __init__(self) -> None:
        super().__init__(VirtualTime())
        self.provisioning = Provisioning(_Taking())
        self.connect()

    def of(self, organisation: OrganisationId) -> Telephony:
        return _Phones(self, organisation)


class _Phones(SimulatedTelephony):
    def __init__(self, engine: _Engine, organisation: OrganisationId) -> None:
        super().__init__(engine, organisation)
        self._provisioning = engine.provisioning

    async def provision(self, wanted: Provision) -> None:
        await self._provisioning.provision(wanted)

    async def reprovision(self, change: Reprovision) -> None:
        await self._provisioning.reprovision(change)


class _Taking(AriClient):
    """An Asterisk that takes everything at once."""

    def __init__(self) -> None:
        super().__init__(AriAddress("http://127.0.0.1", "", ""), "", lambda event: None, _nothing, lambda: None)
        self._encoder = msgspec.json.Encoder()

    @property
    def connected(self) -> bool:
        return True

    def send(
        self, method: str, uri: str, query: Mapping[str, str] | None = None, body: object = None
    ) -> "asyncio.Future[Reply]":
        self._encoder.encode((method, uri, body))
        answer: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        answer.set_result(Reply(200, "[]"))
        return answer


async def _nothing() -> None:
    return
