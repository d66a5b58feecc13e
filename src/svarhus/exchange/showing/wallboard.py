"""What a wallboard shows of now. Nothing in it tells who a caller is."""

from collections.abc import Collection

import msgspec

from svarhus.domains.callbacks.state import Booking, BookingStatus
from svarhus.exchange.core.core import Core
from svarhus.exchange.showing import live
from svarhus.exchange.showing.views import AgentState, LiveAlert
from svarhus.kit.clock import Instant, seconds_between
from svarhus.kit.ids import QueueKey


class BoardQueue(msgspec.Struct, frozen=True):
    """A queue at this moment."""

    key: str
    name: str
    unit: str | None
    waiting: int
    longest_since: Instant | None
    estimated_wait: float | None
    """Seconds for a caller who came now; None when it cannot be known."""
    logged_in: int
    free: int
    callbacks_due: int
    """Promises whose time has come and that nobody has begun."""
    callbacks_overdue: int
    """Those of them that can no longer be kept."""
    closed: bool = False
    """For now: nobody new is let in."""
    alerts: tuple[LiveAlert, ...] = ()
    """What is not as it should be."""
    kept: int = 0
    """Of those who wait: who has hung up, and is called at the turn."""


class BoardAgent(msgspec.Struct, frozen=True):
    """One of the staff at this moment."""

    name: str
    state: AgentState
    since: Instant | None
    queues: tuple[str, ...]


def board_queues(core: Core, keys: Collection[str], now: Instant) -> tuple[BoardQueue, ...]:
    """These queues, in the order of the configuration."""
    due = [booking for booking in core.state.bookings.values() if booking.status is BookingStatus.DUE]
    return tuple(
        BoardQueue(
            key=queue.key,
            name=queue.name,
            unit=core.rules.queues[QueueKey(queue.key)].unit,
            waiting=len(queue.waiting),
            longest_since=queue.longest_since,
            estimated_wait=queue.estimated_wait,
            logged_in=queue.logged_in,
            free=queue.free,
            callbacks_due=sum(booking.queue == queue.key for booking in due),
            callbacks_overdue=sum(booking.queue == queue.key and _overdue(core, booking, now) for booking in due),
            closed=queue.closed is not None,
            alerts=queue.alerts,
            kept=queue.kept,
        )
        for queue in live.queues(core)
        if queue.key in keys
    )


def board_agents(core: Core, keys: Collection[str]) -> tuple[BoardAgent, ...]:
    """The members of these queues, by name. Hidden people are in the figures of the queues alone: anybody who has the
    link reads the names."""
    members = {person for queue, roster in core.rules.rosters.items() if queue in keys for person in roster}
    found = [
        BoardAgent(agent.name, agent.state, agent.since, tuple(queue for queue in agent.queues if queue in keys))
        for agent in live.agents(core)
        if agent.key in members - core.rules.hidden
    ]
    return tuple(sorted(found, key=lambda agent: agent.name))


def _overdue(core: Core, booking: Booking, now: Instant) -> bool:
    queue = core.rules.queues.get(booking.queue)
    if queue is None or queue.callbacks is None:
        return False
    return seconds_between(booking.due_at, now) > queue.callbacks.kept_within_minutes * 60
