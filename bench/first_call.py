"""Calls a second from INVITE to joined with an agent, through menu and queue, and what a call costs.

sipp calls and answers on this same machine. The peer is Asterisk's own app_queue with the same menu in
its dialplan, which does less: it keeps no journal, and forgets who waits when it dies.
"""

import asyncio
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench.load.app_queue import AppQueue, PeerQueue, menu_to
from bench.load.contact_centre import KEY, PROMPT, contact_centre, phones
from bench.load.installation import Installation
from bench.load.left_behind import LeftBehind, joined_calls, left_behind, left_in_state
from bench.load.ports import free_ports
from bench.load.processes import Cost, cost_of
from bench.load.registering import register
from bench.load.sipp import Load, Measured

from svarhus.adapters.asterisk.ari import AriAddress
from svarhus.adapters.espeak.speech import EspeakSpeech
from svarhus.app.engine_room import ari_url, database_url
from svarhus.app.figures import Figure
from svarhus.app.settings import load_secrets, load_settings
from svarhus.engines.asterisk import Asterisk, install_asterisk, install_sipp
from svarhus.engines.debian import Unpacked

AGENTS = 60
RATE = 40
"""Calls a second."""
PARTS = ("app", "asterisk", "postgres")


@dataclass(frozen=True)
class Ours:
    """Our run, and what only our own side shows of it."""

    run: Measured
    joined: int
    """Calls of warm-up and run that were joined, by the call log."""
    left: LeftBehind
    state: int
    """Calls, legs, waiting callers, offers and timers in the exchange when all calls are over."""
    memory: dict[str, Cost]
    """At the end."""


def run(quick: bool) -> list[Figure]:
    """The figures. With `quick` within 60 s, on shorter runs."""
    seconds, warm_up = (8, 5) if quick else (60, 6)
    with tempfile.TemporaryDirectory(prefix="svarhus-bench-") as name:
        folder = Path(name)
        cache = load_settings(folder).cache
        sipp = install_sipp(cache, lambda words: None)
        ours = _ours(sipp, folder, warm_up, seconds)
        peer = _peer(sipp, install_asterisk(cache, lambda words: None), folder, warm_up, seconds)
    # sipp counts by the second, which shows the more the shorter the run is.
    goal = RATE * (0.97 if quick else 0.99)
    return _figures(ours, peer, RATE * (warm_up + seconds), goal)


def _ours(sipp: Unpacked, folder: Path, warm_up: int, seconds: int) -> Ours:
    http, sip, *ports = free_ports(4)
    with Installation(folder / "ours", http, sip) as installation:
        installation.apply(contact_centre(AGENTS))
        pids = {part: installation.pid(part) for part in PARTS}
        load = Load(sipp, installation.server, folder / "ours-load", ports)
        asyncio.run(register(installation.server, phones(AGENTS), load.agents))
        with load:
            measured = load.measure(pids, RATE, warm_up, seconds)
        secrets = load_secrets(installation.settings.data)
        url = database_url(installation.settings, secrets)
        return Ours(
            measured,
            asyncio.run(joined_calls(url)),
            asyncio.run(left_behind(AriAddress.of(ari_url(installation.settings, secrets)))),
            asyncio.run(left_in_state(url, KEY)),
            {part: cost_of(pid) for part, pid in pids.items()},
        )


def _peer(sipp: Unpacked, asterisk: Asterisk, folder: Path, warm_up: int, seconds: int) -> Measured:
    sip, *ports = free_ports(3)
    prompt = folder / "prompt.wav"
    asyncio.run(_speak(prompt))
    load = Load(sipp, f"127.0.0.1:{sip}", folder / "peer-load", ports)
    queue, menu = PeerQueue("agents", range(AGENTS)), menu_to("agents", prompt)
    with AppQueue(asterisk, folder / "peer", sip, AGENTS, load.agents, [queue], menu) as peer, load:
        return load.measure({"asterisk": peer.pid}, RATE, warm_up, seconds)


async def _speak(prompt: Path) -> None:
    speech = EspeakSpeech()
    await speech.speak(PROMPT, "en", prompt)
    await speech.close()


def _figures(ours: Ours, peer: Measured, placed: int, goal: float) -> list[Figure]:
    own = ours.run
    failed = max(own.outcome.failed, placed - ours.joined)
    left = ours.left.channels + ours.left.bridges
    return [
        Figure("calls from INVITE to joined", "calls/s", own.outcome.rate, peer.outcome.rate, goal, "higher"),
        Figure("calls that failed", "calls", failed, peer.outcome.failed, 0),
        Figure("INVITE to first prompt, median", "ms", own.prompts.median, peer.prompts.median, 100),
        Figure("callers without a prompt", "calls", own.prompts.silent, peer.prompts.silent, 0),
        Figure("CPU of application and database", "ms/call", own.cpu("app", "postgres"), None, 8),
        Figure("CPU of the application", "ms/call", own.cpu("app")),
        Figure("CPU of the database", "ms/call", own.cpu("postgres")),
        Figure("CPU of Asterisk", "ms/call", own.cpu("asterisk"), peer.cpu("asterisk")),
        Figure("CPU altogether", "ms/call", own.cpu(*PARTS), peer.cpu("asterisk")),
        Figure("memory of the application", "MB", ours.memory["app"].memory),
        Figure("memory that the application gained", "MB", own.costs["app"].memory),
        Figure("memory that Asterisk gained", "MB", own.costs["asterisk"].memory, peer.costs["asterisk"].memory),
        Figure("channels and bridges left behind", "", left, None, 0),
        Figure("legs, places and timers left behind", "", ours.state, None, 0),
    ]
