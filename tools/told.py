"""What a process of a lane has told of its tests so far."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypedDict, cast

Outcome = Literal["passed", "failed", "skipped"]


class _Line(TypedDict, total=False):
    tests: int
    ended: bool
    test: str
    outcome: Outcome
    seconds: float
    told: str
    first_attempt: str


@dataclass(frozen=True)
class Told:
    """One test, as it went."""

    test: str
    outcome: Outcome
    seconds: float
    told: str
    """Why it failed."""
    first_attempt: str
    """Why its first attempt failed, when it was acted twice."""


@dataclass
class Outcomes:
    """Reads a file to which outcomes are added meanwhile."""

    file: Path
    collected: int = 0
    ended: bool = False
    tests: list[Told] = field(default_factory=list)
    _read: int = 0

    def read_on(self) -> list[Told]:
        """What has come since the last time."""
        new: list[Told] = []
        for line in self._new_lines():
            self.collected = line.get("tests", self.collected)
            self.ended = line.get("ended", self.ended)
            if "test" in line:
                new.append(Told(line["test"], line["outcome"], line["seconds"], line["told"], line["first_attempt"]))
        self.tests += new
        return new

    def _new_lines(self) -> list[_Line]:
        if not self.file.exists():
            return []
        with open(self.file, "rb") as file:
            file.seek(self._read)
            whole, newline, _ = file.read().rpartition(b"\n")
        self._read += len(whole) + len(newline)
        return [cast(_Line, json.loads(line)) for line in whole.splitlines()]
