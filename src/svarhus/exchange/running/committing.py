"""Brings facts into the journal, however long the database is away.

Nothing is acted upon before it is committed. While the database is away, `outage.py` stands in for the decisions.
"""

import asyncio
from collections.abc import Callable, Sequence

import structlog

from svarhus.domains.calls.facts import CallBegan
from svarhus.exchange.core.core import Core, NumberedFact
from svarhus.exchange.core.requests import TurnedAway
from svarhus.exchange.running.inbox import Inbox
from svarhus.exchange.running.journal import Journal
from svarhus.exchange.running.outage import Outage
from svarhus.exchange.running.owning import JournalUnavailable
from svarhus.exchange.running.tasks import Tasks
from svarhus.ports.telephony import Telephony, TelephonyEvent

log = structlog.get_logger()

RETRY = 0.1
"""Seconds between attempts to reach a database that is gone."""

Committed = Callable[[int, float], None]
"""Told after each commit: how many facts, and the seconds that it took."""


class Committing:
    """What of an organisation is surely kept."""

    def __init__(self, core: Core, telephony: Telephony, inbox: Inbox, tasks: Tasks, committed: Committed) -> None:
        self._core = core
        self._telephony = telephony
        self._inbox = inbox
        self._tasks = tasks
        self._told = committed
        self._outage: Outage | None = None
        self._ended = False
        self.seq = 0
        """The number of the last fact that is surely in the journal."""
        self.technical: tuple[str, ...] = ()
        """The sound of what callers are told in an outage."""

    @property
    def out(self) -> bool:
        """The database is away: nothing can be decided."""
        return self._outage is not None

    @property
    def all(self) -> bool:
        """All that is decided is in the journal."""
        return self.seq == self._core.state.stored.seq

    async def commit(self, journal: Journal, facts: Sequence[NumberedFact]) -> None:
        """Commit, however long it takes. NotOwner."""
        while facts:
            begun = asyncio.get_running_loop().time()
            try:
                await journal.append(facts)
            except JournalUnavailable as error:
                self._begin_outage(error.detail)
                self._tell_new_callers(facts)
                await asyncio.sleep(RETRY)
            else:
                self.seq = facts[-1].seq
                self._told(len(facts), asyncio.get_running_loop().time() - begun)
                self._end_outage()
                return

    def lost(self, journal: Journal) -> None:
        """The journal's connection broke: new callers are told from now on, until it is back."""
        if not self._ended:
            self._begin_outage("connection lost")
            self._tasks.spawn(self._probe(journal))

    def deals_with(self, event: TelephonyEvent) -> bool:
        """Whether the event is dealt with here, since nothing can be decided."""
        return self._outage is not None and self._outage.take(event)

    def end(self) -> None:
        """No connection that breaks means anything any more."""
        self._ended = True

    async def _probe(self, journal: Journal) -> None:
        """NotOwner when another process has taken over meanwhile: this one has to begin anew."""
        while self._outage is not None:
            try:
                await journal.open()
            except JournalUnavailable:
                await asyncio.sleep(RETRY)
            else:
                self._end_outage()

    def _tell_new_callers(self, facts: Sequence[NumberedFact]) -> None:
        """Those whose call is decided, but not committed, wait without a sound: they are told as well."""
        for numbered in facts:
            if self._outage is not None and isinstance(numbered.fact, CallBegan):
                self._outage.tell(numbered.fact.first_leg)

    def _begin_outage(self, why: str) -> None:
        if self._outage is None:
            log.error("database_lost", organisation=self._core.state.organisation, why=why)
            outage = Outage(self._telephony, self._core.state, lambda: self.technical, self._tasks.spawn)
            self._outage = outage
            self._inbox.hand(lambda input: outage.take(input))  # type: ignore[arg-type]  # it knows its own events

    def _end_outage(self) -> None:
        outage, self._outage = self._outage, None
        if outage is not None:
            log.warning("database_back", organisation=self._core.state.organisation)
            for offered in outage.turned_away:
                self._inbox.put(TurnedAway(offered))
            for offered in outage.end():
                self._inbox.put(offered)
