"""Seconds from kill -9 of the application until it decides again, while people talk and wait."""

import asyncio
import os
import signal
import statistics
import tempfile
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from bench.load.contact_centre import NUMBER, contact_centre, phones
from bench.load.installation import Installation
from bench.load.ports import free_ports
from bench.load.registering import known

from svarhus.app.figures import Figure
from svarhus.app.pacing import SETTLED
from svarhus.phones.scenarios import Actor

TALKING, WAITING = 20, 20
COMES_BACK = 60.0
AGAIN_AFTER = 0.3
"""Seconds from one kill to the next, before the second process decides."""
SPARE_LOADS = SETTLED + 1.0
"""Seconds after which there is a spare again, also on a busy machine."""


def run(quick: bool) -> list[Figure]:
    """The figures. With `quick` within 60 s, from fewer kills."""
    kills = 1 if quick else 5
    with tempfile.TemporaryDirectory(prefix="svarhus-bench-") as name:
        http, sip = free_ports(2)
        with Installation(Path(name) / "data", http, sip) as installation:
            installation.apply(contact_centre(TALKING))
            return asyncio.run(_measured(installation, kills))


async def _measured(installation: Installation, kills: int) -> list[Figure]:
    crowd = [Actor(f"phone-{index}", server=installation.server) for index in range(2 * TALKING + WAITING)]
    agents, callers = crowd[:TALKING], crowd[TALKING:]
    for phone in crowd:
        await phone.start()
    try:
        for phone, (name, password) in zip(agents, phones(TALKING), strict=True):
            phone.on_incoming("answer")
            await known(phone, name, password, expires=3600, keep=True)
        for index, phone in enumerate(callers):
            call = await phone.call(NUMBER, from_number=f"+467017{index:05}")
            await phone.press("1")
            # Silence costs this machine nothing; its processors are for what is measured.
            call.mute()
        await agents[-1].wait_until(lambda: all(phone.calls for phone in agents), 30)
        once = [await asyncio.to_thread(_back_after, installation, 1) for _ in range(kills)]
        twice = [await asyncio.to_thread(_back_after, installation, 2) for _ in range(kills)]
        lost = sum(phone.calls[-1].state != "up" for phone in callers)
    finally:
        for phone in crowd:
            await phone.stop()
    return [
        Figure("deciding again after kill -9, median", "s", statistics.median(once), None, 1.0),
        Figure("deciding again after kill -9, longest", "s", max(once)),
        Figure("deciding again when killed twice within half a second, median", "s", statistics.median(twice), None, 3),
        Figure("deciding again when killed twice within half a second, longest", "s", max(twice)),
        Figure(f"calls lost of {len(callers)}", "calls", lost, None, 0),
    ]


def _back_after(installation: Installation, kills: int) -> float:
    """From the last kill, with a spare there at the first."""
    time.sleep(SPARE_LOADS)
    killed, begun = 0, 0.0
    for _ in range(kills):
        pid = _another(installation, killed)
        if killed:
            time.sleep(AGAIN_AFTER)
        os.kill(pid, signal.SIGKILL)
        killed, begun = pid, time.monotonic()
    _another(installation, killed)
    while not _ready(installation.settings.http):
        assert time.monotonic() - begun < COMES_BACK
        time.sleep(0.01)
    return time.monotonic() - begun


def _another(installation: Installation, killed: int) -> int:
    """The application's process, when it is not the one that was killed."""
    while (pid := installation.running("app")) in (None, killed):
        time.sleep(0.01)
    return pid or 0


def _ready(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=1)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (HTTPException, OSError):
        return False
    finally:
        connection.close()
