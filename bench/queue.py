"""Queues under load: how soon who is free is rung, what a call and a waiting caller cost, and what a crash does.

The peer is Asterisk's own app_queue with the same queues, members and music, called by the same callers. It keeps no
journal, and forgets who waits when it dies.
"""

import asyncio
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench.house.deciding import deciding_by
from bench.load.app_queue import AppQueue
from bench.load.contact_centre import KEY, phones
from bench.load.installation import Installation
from bench.load.left_behind import left_in_state
from bench.load.ports import free_ports
from bench.load.processes import cost_of
from bench.load.queues import MEMBERS, RUNG, organisation, peers_dialplan, peers_queues
from bench.load.registering import register
from bench.soaking.soak import soak as soak
from bench.waiting.freed import WAITING, Freed, freed
from bench.waiting.killed import Killed, killed
from bench.waiting.music import Music, crowd_waits, music
from bench.waiting.ringing import RingAll, ring_all
from bench.waiting.side import Side, crowds
from bench.waiting.through import Through, through

from svarhus.app.engine_room import database_url
from svarhus.app.figures import Figure
from svarhus.app.settings import load_secrets, load_settings
from svarhus.engines.asterisk import Asterisk, install_asterisk

PARTS = ("app", "asterisk", "postgres")
MANY = 1_000
"""Callers who wait while the application's memory is measured."""


@dataclass(frozen=True)
class Shared:
    """What is measured on both sides."""

    ring_all: RingAll
    through: Through
    freed: Freed
    music: Music


@dataclass(frozen=True)
class Own:
    shared: Shared
    memory: float
    """MB, with MANY waiting."""
    killed: Killed
    left: int
    """Calls, legs, places, offers and timers in the state when all is over."""


def run(quick: bool) -> list[Figure]:
    """The figures. `quick`: shorter runs; it takes about two minutes, most of them until the crowd is there."""
    seconds = 8 if quick else 60
    with tempfile.TemporaryDirectory(prefix="svarhus-bench-") as name:
        folder = Path(name)
        ours = _ours(folder, seconds)
        cache = load_settings(folder).cache
        peer = _peer(install_asterisk(cache, lambda words: None), folder, seconds)
    return [*_figures(ours, peer), *deciding_by(quick)]


def _ours(folder: Path, seconds: float) -> Own:
    http, sip, answering, calling = free_ports(4)
    with Installation(folder / "ours", http, sip) as installation:
        installation.apply(organisation())
        pids = {part: installation.pid(part) for part in PARTS}

        asyncio.run(register(installation.server, phones(MEMBERS), answering))

        async def measured() -> Own:
            async with crowds(("127.0.0.1", sip), pids, answering, calling) as side:
                shared = await _shared(side, installation.server, seconds)
                await crowd_waits(side, MANY)
                memory = cost_of(pids["app"]).memory
                await side.quiet()
                outcome = await killed(side, installation)
            url = database_url(installation.settings, load_secrets(installation.settings.data))
            await asyncio.sleep(3)
            return Own(shared, memory, outcome, await left_in_state(url, KEY))

        return asyncio.run(measured())


def _peer(asterisk: Asterisk, folder: Path, seconds: float) -> Shared:
    sip, answering, calling = free_ports(3)
    queues, dialplan = peers_queues(), peers_dialplan()
    with AppQueue(asterisk, folder / "peer", sip, MEMBERS, answering, queues, dialplan) as peer:

        async def measured() -> Shared:
            async with crowds(("127.0.0.1", sip), {"asterisk": peer.pid}, answering, calling) as side:
                return await _shared(side, f"127.0.0.1:{sip}", seconds)

        return asyncio.run(measured())


async def _shared(side: Side, server: str, seconds: float) -> Shared:
    return Shared(
        await ring_all(side, 3 if seconds < 20 else 15),
        await through(side, seconds),
        await freed(side, seconds),
        await music(side, server, min(seconds, 15)),
    )


def _figures(own: Own, peer: Shared) -> list[Figure]:
    ours, cost = own.shared, own.shared.through.cpu
    application = cost["app"] + cost["postgres"]
    crowd = f"{WAITING} waiting, {MEMBERS} members, 20 queues"
    return [
        Figure(f"agent free to INVITE, {crowd}: median", "ms", ours.freed.median, peer.freed.median, 10),
        Figure(f"agent free to INVITE, {crowd}: 99th percentile", "ms", ours.freed.slow, peer.freed.slow, 50),
        Figure("of so many", "", ours.freed.samples, peer.freed.samples),
        Figure(
            "calls through a queue a second of CPU, everything together",
            "calls/s",
            1000 / ours.through.together,
            1000 / peer.through.together,
            0.7 * 1000 / peer.through.together,
            "higher",
        ),
        Figure("calls that failed", "calls", _failed(ours.through), _failed(peer.through), 0),
        Figure("CPU of application and database", "ms/call", application, None, 6),
        Figure("CPU of the application", "ms/call", cost["app"]),
        Figure("CPU of the database", "ms/call", cost["postgres"]),
        Figure("CPU of Asterisk", "ms/call", cost["asterisk"], peer.through.cpu["asterisk"]),
        Figure(
            "waiting callers with music a core",
            "callers",
            1000 / ours.music.cpu,
            1000 / peer.music.cpu,
            0.95 * 1000 / peer.music.cpu,
            "higher",
        ),
        Figure("gaps in the music", "", ours.music.gaps, peer.music.gaps, 0),
        Figure(f"ring all, {RUNG} phones: first to last", "ms", ours.ring_all.spread, peer.ring_all.spread, 100),
        Figure("ring all: answer to the others silent", "ms", ours.ring_all.silent, peer.ring_all.silent, 200),
        Figure("ring all: phones that rang", "", ours.ring_all.rung, peer.ring_all.rung, RUNG, "higher"),
        Figure(
            "ring all: told that it was answered elsewhere",
            "",
            ours.ring_all.elsewhere,
            peer.ring_all.elsewhere,
            RUNG - 1,
            "higher",
        ),
        Figure(f"memory of the application, {MANY:,} waiting", "MB", own.memory, None, 300),
        Figure("kill -9, 100 talking and 100 waiting: deciding again", "s", own.killed.deciding, None, 3),
        Figure("kill -9: calls lost", "calls", own.killed.lost, None, 0),
        Figure("kill -9: callers overtaken", "calls", own.killed.overtaken, None, 0),
        Figure("legs, places and timers left behind", "", own.left, None, 0),
    ]


def _failed(run: Through) -> int:
    return run.placed - run.joined
