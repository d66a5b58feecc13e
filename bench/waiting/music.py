"""What it costs that callers wait with music, and how whole the music is."""

import asyncio
from dataclasses import dataclass
from itertools import pairwise

from bench.load.queues import NOBODY, line
from bench.waiting.side import Side

from svarhus.phones.phone import Phone

WAITING = 100
A_SECOND = 50


@dataclass(frozen=True)
class Music:
    cpu: float
    """Milliseconds of CPU of the engine in a second of one caller."""
    gaps: int
    """Times that one who listened got nothing for more than 60 ms."""


async def music(side: Side, server: str, seconds: float) -> Music:
    number = line(NOBODY).number
    for _ in range(WAITING):
        side.call(number)
        await asyncio.sleep(1 / A_SECOND)
    async with Phone("listening", server=server) as phone:
        call = await phone.call(number, from_number="+46701740699")
        call.mute()
        await asyncio.sleep(1)
        first = len(call.heard.packets)
        before = side.cpu("asterisk")
        await asyncio.sleep(seconds)
        cpu = (side.cpu("asterisk") - before) * 1000 / seconds / (WAITING + 1)
        came = [at for at, *_ in call.heard.packets[first:]]
        gaps = sum(later - earlier > 0.060 for earlier, later in pairwise(came))
    await side.quiet()
    return Music(cpu, gaps)


async def crowd_waits(side: Side, callers: int) -> None:
    """So many wait where nobody answers."""
    for _ in range(callers):
        side.call(line(NOBODY).number)
        await asyncio.sleep(1 / A_SECOND)
    await asyncio.sleep(2)
