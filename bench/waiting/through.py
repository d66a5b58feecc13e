"""Calls at a steady rate through a queue to members who talk for a second, and what one costs."""

import asyncio
from dataclasses import dataclass

from bench.load.queues import QUEUES, lines
from bench.waiting.side import Side

RATE = 40
TALK = 1.0
WARM_UP = 3.0
LAST = 4.0
"""Seconds in which the last calls should be over."""


@dataclass(frozen=True)
class Through:
    placed: int
    joined: int
    """Callers who were rung off by a member."""
    cpu: dict[str, float]
    """Milliseconds a call, by part."""

    @property
    def together(self) -> float:
        return sum(self.cpu.values())


async def through(side: Side, seconds: float) -> Through:
    """RATE calls a second; costs are those of `seconds` after a while to warm up."""
    side.agents.talk = lambda: TALK
    await _call(side, WARM_UP)
    before = {part: side.cpu(part) for part in side.pids}
    placed = await _call(side, seconds)
    cpu = {part: (side.cpu(part) - before[part]) * 1000 / placed for part in side.pids}
    await asyncio.sleep(LAST)
    everybody = list(side.callers.spoken.values())
    joined = sum(bool(each.answered and each.ended) for each in everybody)
    result = Through(len(everybody), joined, cpu)
    await side.quiet()
    return result


async def _call(side: Side, seconds: float) -> int:
    loop = asyncio.get_running_loop()
    began, count = loop.time(), int(seconds * RATE)
    numbers = [line.number for line in lines()[:QUEUES]]
    for index in range(count):
        side.call(numbers[index % QUEUES])
        await asyncio.sleep(max(0.0, began + (index + 1) / RATE - loop.time()))
    return count
