"""Keeps recovery short, and the journal ready for the days to come."""

from datetime import timedelta

import structlog

from svarhus.exchange.core.core import Core
from svarhus.exchange.core.snapshots import freeze
from svarhus.exchange.running.committing import Committing
from svarhus.exchange.running.journal import Journal
from svarhus.exchange.running.tasks import Tasks
from svarhus.kit.clock import Instant
from svarhus.kit.errors import SvarhusError

log = structlog.get_logger()

SNAPSHOT_EVERY = 5_000
"""Facts between snapshots: recovery folds at most about so many."""
MAINTENANCE = timedelta(hours=6)
"""Between snapshots and looks for missing partitions when little happens."""


class Upkeep:
    """Snapshots and partitions of one organisation."""

    def __init__(self, core: Core, journal: Journal, committing: Committing, tasks: Tasks) -> None:
        self._core = core
        self._journal = journal
        self._committing = committing
        self._tasks = tasks
        self._kept = 0
        """The number of the last fact that is in a snapshot."""
        self._looked_at: Instant | None = None

    async def begin(self, kept: int, now: Instant) -> None:
        self._kept, self._looked_at = kept, now
        await self._make_partitions(now)

    async def look(self, now: Instant) -> None:
        """Do what it is time for."""
        if self._core.state.stored.seq - self._kept >= SNAPSHOT_EVERY or self._is_time(now):
            await self._maintain(now)

    async def save_snapshot(self, now: Instant) -> None:
        """Only of what is committed: a fact in the snapshot alone would never reach the journal. JournalUnavailable."""
        stored = self._core.state.stored
        if self._kept < stored.seq == self._committing.seq:
            await self._journal.save_snapshot(*freeze(stored), stored.seq, now)
            self._kept = stored.seq
        self._core.forget_revisions()

    def _is_time(self, now: Instant) -> bool:
        return self._looked_at is not None and now - self._looked_at > MAINTENANCE

    async def _maintain(self, now: Instant) -> None:
        if self._is_time(now):
            self._looked_at = now
            self._tasks.spawn(self._make_partitions(now))
        try:
            await self.save_snapshot(now)
        except SvarhusError as error:
            # Tried again when a good deal more has happened.
            self._kept += SNAPSHOT_EVERY // 10
            log.warning("snapshot_not_saved", organisation=self._core.state.organisation, error=error.detail)

    async def _make_partitions(self, now: Instant) -> None:
        try:
            await self._journal.make_partitions(now.date())
        except Exception as error:
            log.warning("partitions_not_made", organisation=self._core.state.organisation, error=repr(error))
