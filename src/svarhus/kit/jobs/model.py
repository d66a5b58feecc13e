"""What a job is, how often it is tried, and when it comes by itself."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Generic, TypeVar

import msgspec

P = TypeVar("P", bound=msgspec.Struct)

DEATHS = 3
"""So many workers may end while they do a job before it is given up: it is the job that ends them."""


@dataclass(frozen=True)
class Retries:
    """How a job that fails is tried again: with pauses that double."""

    times: int = 8
    """After the first attempt; with the pauses below, within an hour and a half."""
    first: timedelta = timedelta(seconds=5)
    longest: timedelta = timedelta(minutes=30)

    def pause(self, failures: int) -> timedelta | None:
        """Until the next attempt, after so many that failed (one at least); None when it is given up."""
        if failures > self.times:
            return None
        # Beyond some dozens it is more than a timedelta holds.
        return min(self.first * (1 << min(failures - 1, 30)), self.longest)


@dataclass(frozen=True)
class Job:
    """One thing to be done, as it is written down."""

    kind: str
    payload: bytes
    after: timedelta = timedelta()
    """From the commit on."""
    key: str | None = None
    """Of several with the same key that are to be done, one is kept."""


@dataclass(frozen=True)
class JobKind(Generic[P]):
    """Jobs of one kind."""

    name: str
    """`domain.what-is-done`. It stands in the database: what is waiting keeps it."""
    payload: type[P]
    """What a job needs to know. New fields have defaults: jobs of the version before are read as well."""
    retries: Retries = Retries()
    limit: timedelta = timedelta(minutes=5)
    """An attempt that takes longer is given up and has failed."""
    lock: Callable[[P], str] | None = None
    """Of those with the same lock one is done at a time, whatever their kind, in all workers."""

    def job(self, payload: P, *, after: timedelta = timedelta(), key: str | None = None) -> Job:
        """One to be told. `key`: nothing is added while one of this kind and key waits or is being done."""
        return Job(self.name, msgspec.json.encode(payload), after, key and f"{self.name}:{key}")


@dataclass(frozen=True)
class Attempt:
    """One attempt at a job, as whoever does it is told."""

    job: int
    """The same in all attempts."""
    failures: int
    """Attempts before this one that failed."""
    last: bool
    """If this one fails, the job is given up."""


@dataclass(frozen=True)
class Work(Generic[P]):
    """How jobs of a kind are done.

    `do` may be called again for a job that it has done: a worker can die between the deed and the note of it. What it
    changes in the database it does in one unit of work together with `once` (see `telling.py`); what it does outside
    it does under a key by which the other side knows it again, where there is one.

    It raises GiveUp when it is of no use to try again, Again when it is too early, and anything else when it failed.
    """

    kind: JobKind[P]
    do: Callable[[P, Attempt], Awaitable[None]]


AnyWork = Work[Any]


@dataclass(frozen=True)
class Schedule:
    """A job that comes by itself. What a worker was not there for is made up for once."""

    when: str
    """As in crontab(5), in UTC: minute, hour, day of the month, month, day of the week."""
    job: Job

    @classmethod
    def of(cls, when: str, kind: JobKind[P], payload: P) -> "Schedule":
        """One job of this kind at a time."""
        return cls(when, kind.job(payload, key="schedule"))


@dataclass(frozen=True)
class Jobs:
    """What a part of the product has to do."""

    works: tuple[AnyWork, ...]
    schedules: tuple[Schedule, ...] = ()

    def __add__(self, other: "Jobs") -> "Jobs":
        return Jobs(self.works + other.works, self.schedules + other.schedules)


class GiveUp(Exception):
    """It will never succeed: the job has failed for good. The text says why."""


class Again(Exception):
    """Not now: the attempt does not count as failed. The text says why."""

    def __init__(self, pause: timedelta, why: str) -> None:
        super().__init__(why)
        self.pause = pause
