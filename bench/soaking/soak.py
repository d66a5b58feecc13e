"""Mixed traffic for minutes, and what is left of it: nothing of any call, and a journal that tells it all."""

import asyncio
import json
import os
import random
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from bench.load.contact_centre import KEY
from bench.load.crowd import Crowd
from bench.load.installation import Installation
from bench.load.left_behind import LeftBehind, left_behind
from bench.load.ports import free_ports
from bench.load.registering import register
from bench.soaking.desks import Desks, signed_in
from bench.soaking.kept import Held, callers_logged, held, outcomes
from bench.soaking.organisation import desks, organisation
from bench.soaking.traffic import Traffic
from bench.soaking.until import became
from bench.soaking.watched import Watched

from svarhus.adapters.asterisk.ari import AriAddress
from svarhus.app.engine_room import ari_url, database_url
from svarhus.app.figures import Figure
from svarhus.app.settings import load_secrets
from svarhus.ports.talk_files import TALKS

PARTS = ("app", "worker", "asterisk", "postgres")
GOES_HOME = 90.0
"""Seconds within which everybody has been answered, or has given up, once nobody calls any more."""
CALM = 8.0
"""Seconds after the last call: after-call work, and what is recorded last."""
SEALED = 60.0
"""Seconds within which the worker has put away what was recorded."""
COMES_BACK = 60.0
FLAT = {"app": 1.0, "worker": 1.0, "asterisk": 3.0}
"""MB a minute that are not yet a leak."""
LONG = 450.0
"""Seconds of a run after which memory can be told to be flat: what the processes need for the work is taken slowly."""


@dataclass(frozen=True)
class Soaked:
    """What a soak has come to."""

    placed: int
    done: dict[str, int]
    outcomes: dict[str, int]
    cut_off: int
    """Dialogs that were not over by themselves."""
    unlogged: list[str]
    """Callers of whom the log knows nothing, or whom it knows twice."""
    asterisk: LeftBehind
    unsealed: int
    """Files of recordings that nobody has put away."""
    held: Held
    failed: int
    """Answers of the API that say that something is broken."""
    errors: Counter[str]
    """In the logs, by what they say."""
    faults: list[str]
    watched: Watched


def soak(minutes: float, rate: float) -> list[Figure]:
    """The figures of a run of so many minutes, with so many callers a second."""
    with tempfile.TemporaryDirectory(prefix="svarhus-soak-") as name:
        http, sip, *ports = free_ports(5)
        with Installation(Path(name) / "data", http, sip) as installation:
            installation.apply(organisation(ports[2]))
            asyncio.run(register(installation.server, [each[1:] for each in desks()], ports[1]))
            soaked = asyncio.run(_soaked(installation, ("127.0.0.1", sip), ports, minutes * 60, rate))
    _tell(soaked)
    return _figures(soaked)


async def _soaked(
    installation: Installation, server: tuple[str, int], ports: list[int], seconds: float, rate: float
) -> Soaked:
    secrets = load_secrets(installation.settings.data)
    url = database_url(installation.settings, secrets)
    tokens = await signed_in(url, [key for key, _, _ in desks()])
    pids = {part: installation.pid(part) for part in PARTS}
    seed = random.randrange(10**6)
    print(f"soaking for {seconds / 60:g} minutes, by chance {seed}", file=sys.stderr)
    async with AsyncExitStack() as stack:
        callers, members, outside = crowds = [await Crowd(port, server).start() for port in ports]
        for crowd in crowds:
            stack.callback(crowd.stop)
        consoles = await stack.enter_async_context(Desks(installation.settings.http, tokens))
        traffic = Traffic(random.Random(seed), callers, members, outside, consoles)
        watched = Watched(pids, url, traffic.in_words)
        watching = asyncio.create_task(watched.go_on())
        await traffic.goes_on(seconds, rate)
        watching.cancel()
        cut_off = await traffic.ends(GOES_HOME)
        await asyncio.sleep(CALM)
        unsealed = await _unsealed(installation.settings.recordings / TALKS)
        left = await left_behind(AriAddress.of(ari_url(installation.settings, secrets)))
        await _begun_anew(installation)
        await watched.look()
    logged = await callers_logged(url)
    return Soaked(
        placed=traffic.placed,
        done=dict(traffic.done.most_common()),
        outcomes=await outcomes(url),
        cut_off=cut_off,
        unlogged=[number for number in traffic.heard if logged.get(number) != 1],
        asterisk=left,
        unsealed=unsealed,
        held=await held(url, KEY, list(watched.snapshots.values())),
        failed=consoles.failed,
        errors=_errors(installation.settings.log.glob("*.log*")),
        faults=[*traffic.faults, *(kind for kind in consoles.answered if not kind.endswith("xx"))],
        watched=watched,
    )


async def _begun_anew(installation: Installation) -> None:
    """Stop the application, which keeps its state then, and let it begin again."""
    pid = installation.pid("app")
    os.kill(pid, signal.SIGTERM)
    back = await became(lambda: installation.running("app") not in (None, pid), COMES_BACK)
    assert back, "the application did not come back"
    await asyncio.sleep(1)


async def _unsealed(folder: Path) -> int:
    """Files that are still there when the worker has had its time."""
    await became(lambda: not any(folder.glob("*")), SEALED)
    return sum(1 for _ in folder.glob("*"))


def _errors(logs: Iterable[Path]) -> Counter[str]:
    """What stands in the logs as an error, by what it is."""
    found: Counter[str] = Counter()
    for log in logs:
        for line in log.read_text(errors="replace").splitlines():
            try:
                told = json.loads(line)
            except ValueError:
                continue
            if isinstance(told, dict) and told.get("level") in ("error", "critical"):
                raised = told.get("exception") or [{}]
                kind = f" {raised[0].get('exc_type')}: {raised[0].get('exc_value')}" if raised[0] else ""
                found[f"{told.get('event')}{kind}"[:200]] += 1
    return found


def _tell(soaked: Soaked) -> None:
    """What the figures do not say, for whoever looks for a fault."""
    lines = [
        f"done: {soaked.done}",
        f"outcomes: {soaked.outcomes}",
        *(f"error: {count} x {words}" for words, count in soaked.errors.most_common(20)),
        *(f"fault: {count} x {words}" for words, count in Counter(soaked.faults).most_common(20)),
        *(f"not in the log once: {number}" for number in soaked.unlogged[:20]),
        *(f"left: {each}" for each in soaked.held.left[:40]),
        *(f"the fold differs, {each}" for each in soaked.held.differing[:40]),
    ]
    print("\n".join(lines), file=sys.stderr, flush=True)


def _figures(soaked: Soaked) -> list[Figure]:
    watched, kept = soaked.watched, soaked.held
    flat = FLAT if watched.seconds >= LONG else {}
    return [
        Figure("callers", "", soaked.placed),
        Figure("things done by members and those who lead", "", sum(soaked.done.values())),
        Figure("facts in the journal", "", kept.facts),
        Figure("callers without one outcome", "", len(soaked.unlogged), None, 0),
        Figure("dialogs that did not end by themselves", "", soaked.cut_off, None, 0),
        Figure(
            "channels and bridges left in Asterisk", "", soaked.asterisk.channels + soaked.asterisk.bridges, None, 0
        ),
        Figure("calls, legs, places, offers and timers left", "", len(kept.left), None, 0),
        Figure("recordings not put away", "", soaked.unsealed, None, 0),
        Figure("snapshots of the live state", "", kept.compared, None, 1, "higher"),
        Figure("parts in which the journal folds to another", "", len(kept.differing), None, 0),
        Figure("errors in the logs", "", sum(soaked.errors.values()), None, 0),
        Figure("answers of the API that failed", "", soaked.failed, None, 0),
        Figure("faults of the traffic itself", "", len(soaked.faults), None, 0),
        *(Figure(f"memory of {part}, most", "MB", watched.peak(part)) for part in PARTS),
        *(
            Figure(f"memory that {part} gains", "MB/min", watched.slope(part), None, flat.get(part))
            for part in PARTS
            if part != "postgres"
        ),
    ]
