"""Links to wallboards, and how a day has gone so far. The definitions of the figures are the design's."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import msgspec

from svarhus.domains.queues.model import Queue
from svarhus.kit.clock import Instant
from svarhus.kit.ids import OrganisationId, PersonKey, QueueKey

Theme = Literal["dark", "light"]

ANSWERED = "answered"
ABANDONED = "abandoned"


class WallboardLink(msgspec.Struct, frozen=True):
    """A view for a screen on the wall, which anybody sees who has the link."""

    organisation: OrganisationId
    id: str
    name: str
    unit: str | None
    """Only the queues of this unit; None: of all."""
    queues: tuple[str, ...]
    """Only these; none named: all."""
    shows_agents: bool
    """Names of the staff and what they are doing."""
    theme: Theme
    language: str
    made_at: Instant
    made_by: str
    seen_at: Instant | None = None
    """When a screen last asked for it, to the minute."""

    def shows(self, queue: Queue) -> bool:
        return (self.unit is None or queue.unit == self.unit) and (not self.queues or queue.key in self.queues)


@dataclass
class Tally:
    """The parts of one queue that have ended since midnight."""

    answered: list[float] = field(default_factory=list)
    """Seconds of wait of each."""
    own: list[tuple[float, int]] = field(default_factory=list)
    """Of these, those whose list has a service level of its own: the wait, and the seconds that it says."""
    abandoned: list[float] = field(default_factory=list)
    flowed_out: int = 0

    def add(self, outcome: str, wait: float, service_level: int | None = None) -> None:
        """`service_level`: of the caller's list, where it has one of its own."""
        if outcome == ANSWERED:
            self.answered.append(wait)
            if service_level is not None:
                self.own.append((wait, service_level))
        elif outcome == ABANDONED:
            self.abandoned.append(wait)
        else:
            self.flowed_out += 1

    def answered_within(self, seconds: int) -> int:
        """How many were answered within so many seconds, or what their lists say in place of it."""
        by_queue = sum(wait <= seconds for wait in self.answered) - sum(wait <= seconds for wait, _ in self.own)
        return by_queue + sum(wait <= own for wait, own in self.own)


class QueueToday(msgspec.Struct, frozen=True):
    """The figures of a queue since midnight. Parts that still wait are in none of them."""

    queue: QueueKey
    offered: int
    answered: int
    abandoned: int
    short_abandons: int
    flowed_out: int
    service_level: float | None
    """Answered within the threshold (of the queue, or of the caller's list) ÷ (answered + abandoned − short abandons),
    from 0 to 1. None: nothing to count."""
    abandon_rate: float | None
    """Abandoned ÷ offered."""
    average_wait: float | None
    """Average speed of answer: the wait of answered ÷ answered, in seconds."""
    longest_wait: float | None
    """Of all that were answered or abandoned, in seconds."""
    service_level_seconds: int
    service_level_target: float | None
    """From 0 to 1; None: there is none."""
    red_after_seconds: int
    """A longer wait is shown in red."""
    short_abandon_seconds: int
    kept_within_minutes: int | None
    """A promise is kept when the first attempt begins at most this late. None: the queue takes no bookings."""


class Today(msgspec.Struct, frozen=True):
    """How the day has gone so far."""

    since: Instant
    """The organisation's midnight."""
    at: Instant
    queues: tuple[QueueToday, ...]
    answered_by: dict[PersonKey, int]


def queue_today(queue: Queue, tally: Tally) -> QueueToday:
    """The figures of one queue."""
    answered, abandoned = len(tally.answered), len(tally.abandoned)
    short = sum(wait < queue.short_abandon for wait in tally.abandoned)
    offered, counted = answered + abandoned + tally.flowed_out, answered + abandoned - short
    return QueueToday(
        queue=QueueKey(queue.key),
        offered=offered,
        answered=answered,
        abandoned=abandoned,
        short_abandons=short,
        flowed_out=tally.flowed_out,
        service_level=_share(tally.answered_within(queue.service_level), counted),
        abandon_rate=_share(abandoned, offered),
        average_wait=sum(tally.answered) / answered if answered else None,
        longest_wait=max([*tally.answered, *tally.abandoned], default=None),
        service_level_seconds=queue.service_level,
        service_level_target=queue.service_level_target / 100 if queue.service_level_target else None,
        red_after_seconds=queue.red_after,
        short_abandon_seconds=queue.short_abandon,
        kept_within_minutes=queue.callbacks.kept_within_minutes if queue.callbacks else None,
    )


def _share(some: int, of_all: int) -> float | None:
    return some / of_all if of_all else None


class PartFact(msgspec.Struct, frozen=True):
    """A caller entered or left a queue, as the journal has it."""

    seq: int
    at: Instant
    call: str
    queue: QueueKey
    outcome: str | None
    """None: entered."""
    person: PersonKey | None
    service_level: int | None = None
    """Of the caller's list, where it has one of its own: told on entering."""
    since: Instant | None = None
    """Of one who comes back to a place, or stands there again to be called: when the wait began."""


class DaySoFar:
    """Adds up the facts of a day as they come."""

    def __init__(self, since: Instant) -> None:
        self.since = since
        self.seq = 0
        """The last fact that was added."""
        self.queues: dict[QueueKey, Tally] = {}
        self.answered_by: dict[PersonKey, int] = {}
        self._entered: dict[tuple[str, QueueKey], PartFact] = {}

    def add(self, facts: Sequence[PartFact]) -> None:
        """In order. A caller who entered before midnight counts on the day of leaving, with the whole wait."""
        for fact in facts:
            self.seq = max(self.seq, fact.seq)
            if fact.outcome is None:
                self._enter(fact)
                continue
            entered = self._entered.pop((fact.call, fact.queue), fact)
            if fact.at >= self.since:
                wait = (fact.at - (entered.since or entered.at)).total_seconds()
                self.queues.setdefault(fact.queue, Tally()).add(fact.outcome, wait, entered.service_level)
                if fact.outcome == ANSWERED and fact.person:
                    self.answered_by[fact.person] = self.answered_by.get(fact.person, 0) + 1

    def _enter(self, fact: PartFact) -> None:
        """A stay that had flowed out and goes on has not."""
        self._entered[fact.call, fact.queue] = fact
        tally = self.queues.get(fact.queue)
        if fact.since and tally and tally.flowed_out:
            tally.flowed_out -= 1
