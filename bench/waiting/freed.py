"""How soon a member who gets free is rung for the next caller, while very many wait."""

import asyncio
import random
from dataclasses import dataclass

from bench.load.crowd import Spoken
from bench.load.queues import MEMBERS, QUEUES, lines
from bench.waiting.side import Side

WAITING = 500
A_SECOND = 60
"""Calls that are placed until all are there."""
TALK = (4.0, 9.0)


@dataclass(frozen=True)
class Freed:
    median: float
    slow: float
    """Milliseconds from the member's BYE to the next INVITE; `slow` is the 99th percentile."""
    samples: int


async def freed(side: Side, seconds: float) -> Freed:
    """All members talk; each who hangs up is rung for one of those who wait, and another calls."""
    chance = random.Random(11)
    since: dict[str, float] = {}
    waits: list[float] = []

    def rang(spoken: Spoken) -> None:
        if spoken.user in since:
            waits.append((spoken.began - since.pop(spoken.user)) * 1000)

    def agent_over(spoken: Spoken) -> None:
        since[spoken.user] = spoken.ended

    side.agents.talk = lambda: chance.uniform(*TALK)
    side.agents.rang, side.agents.over = rang, agent_over
    numbers = [line.number for line in lines()[:QUEUES]]
    for index in range(MEMBERS + WAITING):
        side.call(numbers[index % QUEUES])
        await asyncio.sleep(1 / A_SECOND)
    side.callers.over = lambda spoken: void(side.call(spoken.other))
    await asyncio.sleep(2)
    waits.clear()
    await asyncio.sleep(seconds)
    waits.sort()
    await side.quiet()
    count = len(waits)
    return Freed(waits[count // 2], waits[count * 99 // 100], count) if count else Freed(0, 0, 0)


def void(spoken: Spoken) -> None:
    """Nothing comes of it."""
