"""What is looked at all the while of a soak: memory, snapshots of the live state, and how it goes on."""

import asyncio
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from statistics import median

from bench.load.contact_centre import KEY
from bench.load.processes import cost_of
from bench.soaking.kept import Snapshot, newest_snapshot

EVERY = 5.0
SETTLED = 0.5
"""The share of the run in which memory still grows to what the work needs."""


@dataclass
class Watched:
    """`tell`: what is going on, for whoever waits for the end."""

    pids: Mapping[str, int]
    url: str
    tell: Callable[[], str]
    snapshots: dict[int, Snapshot] = field(default_factory=dict)
    memory: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    """MB by seconds, of each process."""

    async def go_on(self) -> None:
        began = time.monotonic()
        while True:
            after = time.monotonic() - began
            for part, pid in self.pids.items():
                self.memory.setdefault(part, []).append((after, cost_of(pid).memory))
            await self.look()
            sizes = ", ".join(f"{part} {samples[-1][1]:.0f} MB" for part, samples in self.memory.items())
            print(f"{after:5.0f} s  {self.tell()}  {sizes}", file=sys.stderr, flush=True)
            await asyncio.sleep(EVERY)

    async def look(self) -> None:
        """Keep the newest snapshot."""
        if found := await newest_snapshot(self.url, KEY):
            self.snapshots[found.seq] = found

    @property
    def seconds(self) -> float:
        """For how long memory was looked at."""
        return max((samples[-1][0] for samples in self.memory.values()), default=0.0)

    def peak(self, part: str) -> float:
        return max(size for _, size in self.memory[part])

    def slope(self, part: str) -> float:
        """MB a minute: the median of the slopes between what was measured once it had settled and what was measured
        half of that later, which a single step does not change."""
        samples = self.memory[part]
        settled = samples[int(len(samples) * SETTLED) :]
        later = settled[len(settled) // 2 :]
        slopes = [
            60 * (size - before) / (when - at) for (at, before), (when, size) in zip(settled, later, strict=False)
        ]
        return median(slopes) if slopes and later[0] != settled[0] else 0.0
