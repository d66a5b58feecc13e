"""Who takes the calls of a queue."""

from collections.abc import Mapping

import msgspec

from svarhus.domains.queues.model import Queue
from svarhus.kit.ids import PersonKey


class Seat(msgspec.Struct, frozen=True):
    """A member's standing in a queue."""

    priority: int
    """0 is asked first, 9 last."""
    order: int
    """Place in the queue's list, from 0."""
    starts_logged_in: bool = False


Roster = Mapping[PersonKey, Seat]


def roster(queue: Queue) -> Roster:
    """The members of the queue, in the order of its list."""
    return {
        PersonKey(member.person): Seat(member.priority, order, member.starts_logged_in)
        for order, member in enumerate(queue.members)
    }
