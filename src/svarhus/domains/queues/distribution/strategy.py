"""What a strategy is."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from svarhus.domains.queues.place import Place
from svarhus.kit.clock import Instant
from svarhus.kit.ids import PersonKey


class Candidate(NamedTuple):
    """A member of the queue."""

    person: PersonKey
    priority: int
    """0 is asked first, 9 last."""
    idle_since: Instant | None = None
    """None: for ever."""
    order: int = 0
    """Where the member stands in the queue's list, from 0."""


class Question(NamedTuple):
    """Who shall ring for this place now?"""

    place: Place
    free: Sequence[Candidate]
    """Those who may be rung: free, reachable, and not asked for this place in this round. At least one."""
    ringing: Sequence[Candidate] = ()
    """Those whose phones ring for it already."""
    last: int = -1
    """Of members who take turns: where in the list who had the last one stands; -1 when nobody had."""
    at_once: int = 10
    """So many phones ring for one place at the same time, at most."""

    @property
    def room(self) -> int:
        """How many more may be rung."""
        return max(0, self.at_once - len(self.ringing))


class Wave(NamedTuple):
    """Who is rung now, all of them at the same time."""

    members: Sequence[Candidate]
    ring_times: int = 1
    """For how many times the queue's ring time."""


class Strategy(NamedTuple):
    """A way to choose whom to ring."""

    choose: Callable[[Question], Wave]
    """Asked with nobody ringing, it chooses at least one. Asked again when the phones of all who were chosen cannot be
    rung, without those."""
    rings_more: bool = False
    """Asked again while phones ring: when another member is free, when one of them does not take the call, and when
    the place has been called out to more. Otherwise never."""
    escalates: bool = False
    """After each ring time the place is called out to more, see `Place.step`."""


def by_list(candidate: Candidate) -> tuple[int, int]:
    """Sorts by priority, and inside one by the order of the list: no two are equal."""
    return candidate.priority, candidate.order
