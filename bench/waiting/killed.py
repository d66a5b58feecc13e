"""The application is killed while people talk and wait: who is lost, whether the order is kept, how long it takes."""

import asyncio
import os
import signal
import time
from dataclasses import dataclass
from itertools import pairwise

from bench.load.crowd import Spoken
from bench.load.installation import Installation
from bench.load.queues import QUEUES, lines
from bench.waiting.side import Side

EACH = 10
"""Talking, and waiting, in each of ten queues."""
LINES = 10
COMES_BACK = 60.0


@dataclass(frozen=True)
class Killed:
    deciding: float
    """Seconds from the kill to the first decision."""
    lost: int
    overtaken: int
    """Callers who were served before one who had come earlier to the same queue."""


async def killed(side: Side, installation: Installation) -> Killed:
    numbers = [each.number for each in lines()[:QUEUES]][:LINES]
    callers = [await _placed(side, number) for _ in range(2 * EACH) for number in numbers]
    await asyncio.sleep(3)
    served: list[str] = []
    decided = asyncio.Event()

    def rang(spoken: Spoken) -> None:
        served.append(spoken.other)
        decided.set()

    side.agents.rang = rang
    talking = side.agents.alive
    pid = installation.pid("app")
    os.kill(pid, signal.SIGKILL)
    began = time.monotonic()
    # A member hangs up at once: a decision is made when the next caller is handed on.
    side.agents.hang_up(talking[0])
    await asyncio.wait_for(decided.wait(), COMES_BACK)
    deciding = time.monotonic() - began
    lost = sum(bool(each.ended) for each in callers) - 1
    for spoken in talking[1:]:
        side.agents.hang_up(spoken)
        await asyncio.sleep(0.05)
    await asyncio.sleep(3)
    order = {each.user: place for place, each in enumerate(callers)}
    result = Killed(deciding, lost, _overtaken(callers, served, order))
    await side.quiet()
    return result


async def _placed(side: Side, number: str) -> Spoken:
    placed = side.call(number)
    await asyncio.sleep(0.03)
    return placed


def _overtaken(callers: list[Spoken], served: list[str], order: dict[str, int]) -> int:
    by_queue: dict[str, list[int]] = {}
    line_of = {each.user: each.other for each in callers}
    for caller in served:
        if caller in order:
            by_queue.setdefault(line_of[caller], []).append(order[caller])
    return sum(later < earlier for places in by_queue.values() for earlier, later in pairwise(places))
