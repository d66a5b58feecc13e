"""What processes cost: CPU time and memory, from proc(5)."""

import os
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Cost:
    """Of a process and all its descendants, so far."""

    cpu: float
    """Seconds, with those of children that have ended."""
    memory: float
    """Resident MB; shared pages count once for each process."""

    def since(self, before: "Cost") -> "Cost":
        return Cost(self.cpu - before.cpu, self.memory - before.memory)


def cost_of(pid: int) -> Cost:
    """ProcessLookupError when it is gone."""
    stats = _stats()
    if pid not in stats:
        raise ProcessLookupError(pid)
    family, found = {pid}, True
    while found:
        found = False
        for child, fields in stats.items():
            if child not in family and int(fields[1]) in family:
                family.add(child)
                found = True
    # proc(5): utime, stime, cutime, cstime are fields 14 to 17, rss is 24; field 3 is our first.
    ticks = sum(int(value) for member in family for value in stats[member][11:15])
    return Cost(ticks / TICKS, sum(int(stats[member][21]) for member in family) * PAGE / 1e6)


def _stats() -> dict[int, list[str]]:
    stats = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                stats[int(folder.name)] = (folder / "stat").read_text().rpartition(")")[2].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
    return stats
