"""What a strategy is."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from svarhus.domains.queues.place import Place
from svarhus.kit.clock import Instant
from svarhus.kit.ids import PersonKey


class Candidate(NamedTuple):
    """A member of the queue who is free and can be reached."""

    person: PersonKey
    priority: int
    """1 is asked first."""
    idle_since: Instant | None
    """None: for ever."""


Strategy = Callable[[Place, Sequence[Candidate]], Sequence[Candidate]]
"""Chooses who is asked to take the place, all of them at the same time, among those who may be: there is at least one,
and at least one is chosen. Asked again when the phones of all who were chosen cannot be rung, without those."""
