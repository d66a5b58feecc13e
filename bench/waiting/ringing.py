"""Ringing many phones for one caller, and silencing them when one answers."""

import asyncio
from dataclasses import dataclass
from statistics import median

from bench.load.crowd import Spoken
from bench.load.queues import RING_ALL, RUNG, line
from bench.waiting.side import Side

RINGS = 0.5
"""Seconds until one answers."""
SILENT = 3.0


@dataclass(frozen=True)
class RingAll:
    spread: float
    silent: float
    """Milliseconds from the first phone's ringing to the last's, and from the answer until the last other is silent."""
    rung: int
    """The fewest phones that rang for one call."""
    elsewhere: int
    """The fewest of the others that were told that it was answered elsewhere."""


async def ring_all(side: Side, calls: int) -> RingAll:
    """Medians of several calls."""
    spreads, silents, rung, elsewhere = [], [], [], []
    for _ in range(calls):
        heard: list[Spoken] = []
        side.agents.answers, side.agents.rang = lambda spoken: False, heard.append
        side.call(line(RING_ALL).number)
        await asyncio.sleep(RINGS + 0.5)
        if heard:
            taken, *others = sorted(heard, key=lambda each: each.began)
            side.agents.answer(taken)
            await asyncio.sleep(SILENT if len(heard) < RUNG else RINGS)
            spreads.append((heard[-1].began - taken.began) * 1000)
            silents.append(
                max((((each.ended or float("inf")) - taken.answered) * 1000 for each in others), default=0.0)
            )
            elsewhere.append(sum("elsewhere" in each.reason for each in others))
        rung.append(len(heard))
        await side.quiet()
    return RingAll(median(spreads or [0.0]), median(silents or [0.0]), min(rung), min(elsewhere or [0]))
