"""What a benchmark measures: figures, each with its goal and the peer that it is held against.

A benchmark is a file `bench/NAME.py` with `def run(quick: bool) -> list[Figure]`. With `quick` it ends
within 60 seconds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Figure:
    """One measured value."""

    figure: str
    """What was measured."""
    unit: str
    ours: float
    peer: float | None = None
    """The same, measured on the same machine with the peer; None when there is none."""
    goal: float | None = None
    better: Literal["higher", "lower"] = "lower"

    @property
    def ratio(self) -> float | None:
        """Ours to the peer's."""
        return self.ours / self.peer if self.peer else None

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None when there is none."""
        if self.goal is None:
            return None
        return self.ours >= self.goal if self.better == "higher" else self.ours <= self.goal

    def row(self) -> dict[str, str | float | bool | None]:
        """As it is printed and written, with the same keys."""
        return {
            "figure": self.figure,
            "unit": self.unit,
            "ours": self.ours,
            "peer": self.peer,
            "ratio": self.ratio,
            "goal": self.goal,
            "met": self.met,
        }


def table(figures: Sequence[Figure]) -> str:
    """The rows as text, one figure a line."""
    rows = [figure.row() for figure in figures]
    names = ("figure", "unit", "ours", "peer", "ratio", "goal", "met")
    cells = [list(names), *([_shown(row[name]) for name in names] for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(names))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in cells
    )


def _shown(value: str | float | bool | None) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.4g}" if isinstance(value, float) else str(value)
