"""Time that passes only when it is told to."""

import heapq
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from svarhus.kit.clock import Instant

START = Instant(datetime(2026, 11, 2, 7, 0, tzinfo=UTC))
"""A Monday at eight in the morning, Swedish time."""


class VirtualTime:
    """A clock, and actions that are due at moments of it. Things due at once happen in the order given."""

    def __init__(self, start: Instant = START) -> None:
        self._now = start
        self._due: list[tuple[Instant, int, Callable[[], None]]] = []
        self._count = 0
        self._cancelled: set[int] = set()

    def now(self) -> Instant:
        return self._now

    def after(self, seconds: float, action: Callable[[], None]) -> int:
        """Do this later. Gives a number with which it can be cancelled."""
        self._count += 1
        heapq.heappush(self._due, (Instant(self._now + timedelta(seconds=seconds)), self._count, action))
        return self._count

    def cancel(self, number: int) -> None:
        self._cancelled.add(number)

    @property
    def next_due(self) -> Instant | None:
        """When the next action is due; None when there is none."""
        while self._due and self._due[0][1] in self._cancelled:
            self._cancelled.discard(heapq.heappop(self._due)[1])
        return self._due[0][0] if self._due else None

    def advance(self, seconds: float) -> None:
        """Let time pass, doing all that falls due, in order."""
        self.advance_to(Instant(self._now + timedelta(seconds=seconds)))

    def advance_to(self, moment: Instant) -> None:
        while (due := self.next_due) is not None and due <= moment:
            _, _, action = heapq.heappop(self._due)
            self._now = max(self._now, due)
            action()
        self._now = max(self._now, moment)
