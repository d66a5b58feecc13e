"""The wait that a caller is told, from waits that were seen.

A caller at position p with s members logged in waits about as many answers as there are places
before. From each real wait seen (its place and staff at entry) follows the time from one answer to
the next for one member, `seconds * staff / position`; the estimate is the median of these, times
p / s. The median because one long conversation says little about the next. Callers for whom a member was free as they
came are not among those seen.
"""

from collections.abc import Sequence
from statistics import median

from svarhus.domains.queues.state import Wait

FEWEST_SEEN = 3
"""With fewer real waits than this nothing is said: a guess is not the truth."""


def estimated_wait(seen: Sequence[Wait], position: int, staff: int) -> float | None:
    """Seconds that a caller at this position (from 1) will wait; None when it cannot be known."""
    paces = [wait.seconds * wait.staff / wait.position for wait in seen if wait.staff > 0]
    if len(paces) < FEWEST_SEEN or staff < 1:
        return None
    return median(paces) * position / staff
