"""One of the two who are measured: its address, its processes, and the crowds that call and answer there."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bench.load.crowd import Crowd, Spoken
from bench.load.processes import cost_of

_FIRST_CALLER = 46_70_000_0000


@dataclass
class Side:
    """Ours or the peer's. What each measurement sets, `quiet` takes back."""

    pids: Mapping[str, int]
    agents: Crowd
    callers: Crowd
    placed: int = 0

    def call(self, number: str) -> Spoken:
        """Another caller, who has not called before."""
        self.placed += 1
        return self.callers.call(f"+{_FIRST_CALLER + self.placed}", number)

    def cpu(self, *parts: str) -> float:
        """Seconds so far; of all parts when none is named."""
        return sum(cost_of(self.pids[part]).cpu for part in parts or self.pids)

    async def quiet(self) -> None:
        """All hang up, and everything is as in the beginning."""
        nobody = Crowd(0, ("", 0))
        for crowd in (self.callers, self.agents):
            crowd.answers, crowd.talk, crowd.rang, crowd.over = nobody.answers, nobody.talk, nobody.rang, nobody.over
        for spoken in [*self.callers.alive, *self.agents.alive]:
            self.callers.hang_up(spoken) if spoken.call_id in self.callers.spoken else self.agents.hang_up(spoken)
            await asyncio.sleep(0.002)
        await asyncio.sleep(1)
        self.callers.spoken.clear()
        self.agents.spoken.clear()


@asynccontextmanager
async def crowds(server: tuple[str, int], pids: Mapping[str, int], answering: int, calling: int) -> AsyncIterator[Side]:
    """`answering`, `calling`: their ports."""
    side = Side(pids, Crowd(answering, server), Crowd(calling, server))
    await side.agents.start()
    await side.callers.start()
    try:
        yield side
    finally:
        await side.quiet()
        side.agents.stop()
        side.callers.stop()
