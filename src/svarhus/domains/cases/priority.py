"""How urgent a case is: the one place where that is decided.

1. A case begins at the priority of its category, without one at that of its queue (`desk.priority`), or at the one that
   somebody has given it by hand.
2. At the moment when it is due it rises by one level, and by one more when it is late by as much as is allowed
   for its kind: a waiting caller by the queue's service level, a callback by the time within which a promise
   counts as kept, a message by the time within which it is to be answered.
3. It never falls by itself, and never rises above the highest.
"""

from datetime import timedelta
from enum import StrEnum

import msgspec

from svarhus.kit.clock import Instant, after


class Priority(StrEnum):
    """From the least to the most urgent."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    VERY_HIGH = "very_high"


class Rise(msgspec.Struct, frozen=True):
    """From this moment on the case has this priority, unless it is changed before."""

    at: Instant
    priority: Priority


_LEVELS = tuple(Priority)


def raised(priority: Priority, levels: int = 1) -> Priority:
    """So many levels higher, at most the highest."""
    return _LEVELS[min(_LEVELS.index(priority) + levels, len(_LEVELS) - 1)]


def rises(begins_as: Priority, due_at: Instant, allowance: timedelta) -> tuple[Rise, ...]:
    """When the priority rises by itself, the earliest first."""
    steps = (Rise(due_at, raised(begins_as)), Rise(after(due_at, allowance), raised(begins_as, 2)))
    lower, found = begins_as, []
    for step in steps:
        if step.priority is not lower:
            found.append(step)
            lower = step.priority
    return tuple(found)


def priority_at(begins_as: Priority, later: tuple[Rise, ...], now: Instant) -> Priority:
    """What it is at this moment."""
    return next((rise.priority for rise in reversed(later) if rise.at <= now), begins_as)
