"""The running organisation: one actor that owns its live state.

Inputs wait in an inbox. All that wait are decided one after the other, their facts are committed
together, then the commands go out, and then whoever is watching is told.
"""

import asyncio
import contextlib
from collections.abc import Callable, Coroutine, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

import structlog

from svarhus.domains.calls.facts import CallBegan
from svarhus.domains.cases.repository import open_episodes
from svarhus.domains.cases.requests import TakeOverCases
from svarhus.domains.organisation.model import Configuration
from svarhus.exchange.core.core import Core, Numbered, Outcome
from svarhus.exchange.core.decide import Input
from svarhus.exchange.core.errors import ExchangeUnavailable
from svarhus.exchange.core.requests import (
    HearBrowser,
    InventoryTaken,
    Request,
    TakeConfiguration,
    TimePassed,
    TurnedAway,
)
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.snapshots import freeze
from svarhus.exchange.running.acting import Acting, Sounds
from svarhus.exchange.running.browsers import Browsers
from svarhus.exchange.running.journal import Journal
from svarhus.exchange.running.meanwhile import Meanwhile
from svarhus.exchange.running.outage import Outage
from svarhus.exchange.running.owning import Connections, JournalUnavailable
from svarhus.exchange.running.provision import Phones, Secrets
from svarhus.exchange.running.recordings import on_disk
from svarhus.exchange.showing.desk import LiveDesk
from svarhus.exchange.showing.feed import LiveFeed
from svarhus.kit.clock import Clock, Instant, seconds_between
from svarhus.kit.database import Database
from svarhus.kit.errors import SvarhusError
from svarhus.kit.ids import OrganisationId, PersonKey, PromptId
from svarhus.ports.speech import Spoken
from svarhus.ports.telephony import (
    EngineLost,
    EngineReady,
    Inventory,
    RecordingFinished,
    Telephony,
    TelephonyEvent,
)

log = structlog.get_logger()

MOST_AT_ONCE = 200
"""Inputs that share one commit."""
SNAPSHOT_EVERY = 5_000
"""Facts between snapshots: recovery folds at most about so many."""
RETRY = 0.1
"""Seconds between attempts to reach a database that is gone."""
MAINTENANCE = timedelta(hours=6)
"""Between snapshots and looks for missing partitions when little happens."""

Committed = Callable[[int, float], None]
"""Told after each commit: how many facts, and the seconds that it took."""


class Revisions(Secrets, Protocol):
    """Where configurations are kept."""

    async def load(self, organisation: OrganisationId) -> tuple[int, Configuration]:
        """The newest revision."""
        ...

    async def load_revision(self, organisation: OrganisationId, revision: int) -> Configuration: ...


class Exchange:
    """One organisation, running."""

    def __init__(
        self,
        organisation: OrganisationId,
        database: Database,
        telephony: Telephony,
        revisions: Revisions,
        sounds: Sounds,
        clock: Clock,
        recordings: Path,
        committed: Committed = lambda facts, seconds: None,
        connections: Connections | None = None,
    ) -> None:
        """`connections`: those that it shares with others; one of its own without."""
        self.organisation = organisation
        self._telephony = telephony
        self._revisions = revisions
        self._sounds = sounds
        self._clock = clock
        self._recordings = recordings
        self._committed = committed
        self._database = database
        shared = (connections or Connections(database, most=1)).of(organisation)
        self._journal = Journal(database, shared, organisation, self._database_lost)
        self._stopping = False
        self._inbox: list[tuple[Input, asyncio.Future[str | None] | None]] = []
        self._woken = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._core = Core(organisation)
        self._live = LiveFeed(self._core, LiveDesk())
        self._phones = Phones(organisation, telephony, revisions)
        self._taking = asyncio.Lock()
        """Configurations are taken up in order."""
        self._acting = Acting(telephony, sounds, lambda recording: on_disk(recordings, recording), self._put)
        self._outage: Outage | None = None
        self._technical: tuple[str, ...] = ()
        self._asked: set[asyncio.Future[str | None]] = set()
        self._committed_seq = 0
        """The number of the last fact that is surely in the journal."""
        self._snapshot_seq = 0
        self._maintained: Instant | None = None
        self._looks: list[Meanwhile] = []
        """For each inventory that is being taken, what is told meanwhile."""
        self._engine_ready = False
        self.browsers = Browsers(self._page_silent)
        self.failed = asyncio.Event()
        """Set when the loop ended by an error: the exchange must be started anew from its journal."""

    # ---- from outside

    @property
    def live(self) -> LiveFeed:
        return self._live

    @property
    def core(self) -> Core:
        """For reading only: the state as it is decided so far."""
        return self._core

    @property
    def ready(self) -> bool:
        """It decides, and the engine and the database are there."""
        return self._engine_ready and not self.out and self._decides

    @property
    def out(self) -> bool:
        """The database is away: nothing can be decided."""
        return self._outage is not None

    @property
    def committed(self) -> bool:
        """All that is decided is in the journal."""
        return self._committed_seq == self._core.state.stored.seq

    @property
    def _decides(self) -> bool:
        return bool(self._tasks) and not self.failed.is_set()

    async def start(self) -> None:
        """Recover the state and begin to decide. JournalUnavailable, NotOwner."""
        await self._recover()
        outcome = await self._take_newest()
        taken_over = await self._take_over_cases()
        self._technical = await self._sounds(
            self.organisation,
            (Spoken("technical_problem", self._core.rules.organisation.language),),
            self._core.rules.messages,
        )
        self._telephony.listen(self.organisation, self.receive)
        self._acting.carry_out([*outcome.commands, *taken_over.commands], self._core.revisions)
        self._listen_for_pages()
        self._spawn(self._run())

    async def stop(self) -> None:
        """Stop deciding, with the state kept. Calls go on in the engine."""
        self._stopping = True
        self.browsers.forget_all()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for answer in self._asked:
            if not answer.done():
                answer.set_exception(ExchangeUnavailable("The organisation was stopped before it could answer."))
        self._live.end()
        await self._acting.settle()
        try:
            await self._save_snapshot()
        except SvarhusError as error:
            log.warning("snapshot_not_saved", organisation=self.organisation, error=error.detail)
        await self._journal.close()

    async def ask(self, request: Request) -> str:
        """Have a request decided. Raises the refusal as a SvarhusError; ExchangeUnavailable in an outage."""
        if self.out or not self._decides:
            raise ExchangeUnavailable("The database does not answer just now.")
        answer: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        self._asked.add(answer)
        answer.add_done_callback(self._asked.discard)
        self._inbox.append((request, answer))
        self._woken.set()
        return await answer or ""

    def _listen_for_pages(self) -> None:
        """Pages that could be rung before have some seconds to say that they still can."""
        for agent in self._core.state.agents.values():
            if agent.browser and agent.browser.registered:
                self.browsers.heard(agent.person, agent.browser.id)

    def _page_silent(self, person: PersonKey, session: str) -> None:
        self._put(HearBrowser(person, session, registered=False))

    def configuration_changed(self) -> None:
        """A new revision may be there: take it up."""
        self._spawn(self._take_newest_quietly())

    def receive(self, event: TelephonyEvent) -> None:
        """An event of the engine."""
        for meanwhile in self._looks:
            meanwhile.hear(event)
        if self._outage is not None and self._outage.take(event):
            return
        match event:
            case EngineReady():
                self._spawn(self._engine_back())
            case EngineLost():
                self._engine_ready = False
            case _:
                self._put(event)

    def _put(self, input: Input) -> None:
        self._inbox.append((input, None))
        self._woken.set()

    # ---- the loop

    async def _run(self) -> None:
        while True:
            await self._wait_for_input()
            batch, self._inbox = self._inbox[:MOST_AT_ONCE], self._inbox[MOST_AT_ONCE:]
            now = self._clock.now()
            inputs: list[Input] = [input for input, _ in batch]
            outcome = self._core.decide([*inputs, TimePassed()], now)
            await self._commit(outcome.facts)
            self._acting.carry_out(outcome.commands, self._core.revisions)
            self._live.tell()
            self._answer(batch, outcome)
            if self._core.state.stored.seq - self._snapshot_seq >= SNAPSHOT_EVERY or self._maintenance_due(now):
                await self._maintain(now)

    async def _wait_for_input(self) -> None:
        if self._inbox:
            return
        self._woken.clear()
        due = self._core.state.next_due()
        wait = seconds_between(self._clock.now(), due) if due else MAINTENANCE.total_seconds()
        wait = min(max(0.0, wait), MAINTENANCE.total_seconds())
        # Not wait_for: in Python 3.11 it can swallow that the task is cancelled (python/cpython#86296).
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(wait):
                await self._woken.wait()

    def _answer(self, batch: Sequence[tuple[Input, "asyncio.Future[str | None] | None"]], outcome: Outcome) -> None:
        for (_, future), answer in zip(batch, outcome.answers, strict=False):
            if future is None or future.done():
                continue
            if isinstance(answer, SvarhusError):
                future.set_exception(answer)
            else:
                future.set_result(answer)

    # ---- the database

    async def _commit(self, facts: Sequence[Numbered]) -> None:
        """Commit, however long the database is away. Nothing is acted upon before. NotOwner."""
        while facts:
            begun = asyncio.get_running_loop().time()
            try:
                await self._journal.append(facts)
            except JournalUnavailable as error:
                self._begin_outage(error.detail)
                self._tell_new_callers(facts)
                await asyncio.sleep(RETRY)
            else:
                self._committed_seq = facts[-1].seq
                self._committed(len(facts), asyncio.get_running_loop().time() - begun)
                self._end_outage()
                return

    def _tell_new_callers(self, facts: Sequence[Numbered]) -> None:
        """Those whose call is decided, but not committed, wait without a sound: they are told as well."""
        for numbered in facts:
            if self._outage is not None and isinstance(numbered.fact, CallBegan):
                self._outage.tell(numbered.fact.first_leg)

    def _database_lost(self) -> None:
        """The journal's connection broke: new callers are told from now on, until it is back."""
        if self._stopping:
            return
        self._begin_outage("connection lost")
        self._spawn(self._probe())

    async def _probe(self) -> None:
        """NotOwner when another process has taken over meanwhile: this one has to begin anew."""
        while self._outage is not None:
            try:
                await self._journal.open()
            except JournalUnavailable:
                await asyncio.sleep(RETRY)
            else:
                self._end_outage()

    def _begin_outage(self, why: str) -> None:
        if self._outage is None:
            log.error("database_lost", organisation=self.organisation, why=why)
            self._outage = Outage(self._telephony, self._core.state, lambda: self._technical, self._spawn)
            waiting, self._inbox = self._inbox, []
            for input, answer in waiting:
                if answer is not None or not self._outage.take(input):  # type: ignore[arg-type]
                    self._inbox.append((input, answer))

    def _end_outage(self) -> None:
        outage, self._outage = self._outage, None
        if outage is not None:
            log.warning("database_back", organisation=self.organisation)
            for offered in outage.turned_away:
                self._put(TurnedAway(offered))
            for offered in outage.end():
                self._put(offered)

    async def _recover(self) -> None:
        """The last snapshot, and the facts after it."""
        await self._journal.open()
        stored = await self._journal.last_snapshot()
        if stored is not None:
            self._core = Core(self.organisation, stored)
            self._live = LiveFeed(self._core, LiveDesk())
        for revision in self._core.needed_revisions() - {0}:
            await self._load(revision)
        async for numbered in self._journal.after(self._core.state.stored.seq):
            named = getattr(numbered.fact, "revision", None)
            if isinstance(named, int) and named not in self._core.revisions:
                await self._load(named)
            self._core.replay(numbered)
        self._core.forget_revisions()
        if self._core.state.stored.revision:
            self._core.caught_up()
        self._core.state.touched.clear()
        self._committed_seq = self._core.state.stored.seq
        self._snapshot_seq = stored.seq if stored else 0
        self._maintained = self._clock.now()
        await self._make_partitions(self._maintained)

    def _maintenance_due(self, now: Instant) -> bool:
        return self._maintained is not None and now - self._maintained > MAINTENANCE

    async def _maintain(self, now: Instant) -> None:
        if self._maintenance_due(now):
            self._maintained = now
            self._spawn(self._make_partitions(now))
        try:
            await self._save_snapshot()
        except SvarhusError as error:
            # Tried again when a good deal more has happened.
            self._snapshot_seq += SNAPSHOT_EVERY // 10
            log.warning("snapshot_not_saved", organisation=self.organisation, error=error.detail)

    async def _make_partitions(self, now: Instant) -> None:
        try:
            await self._journal.make_partitions(now.date())
        except Exception as error:
            log.warning("partitions_not_made", organisation=self.organisation, error=repr(error))

    async def _save_snapshot(self) -> None:
        """Only of what is committed: a fact in the snapshot alone would never reach the journal."""
        stored = self._core.state.stored
        if self._snapshot_seq < stored.seq == self._committed_seq:
            await self._journal.save_snapshot(*freeze(stored), stored.seq, self._clock.now())
            self._snapshot_seq = stored.seq
        self._core.forget_revisions()

    # ---- the configuration

    async def _load(self, revision: int) -> None:
        document = await self._revisions.load_revision(self.organisation, revision)
        self._core.revisions[revision] = Rules(revision, document)

    async def _take_newest(self) -> Outcome:
        revision = (await self._newest()).revision
        if revision <= self._core.state.stored.revision:
            return Outcome()
        outcome = self._core.decide([TakeConfiguration(revision)], self._clock.now())
        await self._journal.append(outcome.facts)
        self._committed_seq = outcome.facts[-1].seq
        return outcome

    async def _take_over_cases(self) -> Outcome:
        """What was kept of cases beside the journal, in the version before; once."""
        if self._core.state.stored.cases_taken_over:
            return Outcome()
        async with self._database.begin() as session:
            episodes = await open_episodes(session, self.organisation)
        outcome = self._core.decide([TakeOverCases(episodes)], self._clock.now())
        await self._journal.append(outcome.facts)
        self._committed_seq = outcome.facts[-1].seq
        return outcome

    async def _newest(self) -> Rules:
        """The newest configuration, made ready beside the calls."""
        async with self._taking:
            revision, document = await self._revisions.load(self.organisation)
            known = self._core.revisions.get(revision)
            # Another one of the same revision when somebody has chosen another language.
            if known is None or known.document is not document:
                before = self._core.revisions.get(self._core.state.stored.revision)
                known = await asyncio.to_thread(Rules(revision, document).made_ready, before)
                self._core.revisions[revision] = known
            return known

    async def _take_newest_quietly(self) -> None:
        try:
            newest = await self._newest()
            self._put(TakeConfiguration(newest.revision))
            await self._phones.follow(newest)
        except SvarhusError as error:
            log.error("configuration_not_taken", organisation=self.organisation, error=error.detail)

    # ---- the engine

    async def _engine_back(self) -> None:
        """Compare what should be with what is, until it has worked once."""
        while True:
            try:
                await self._phones.set_up(self._core.rules)
                prompts = [leg.last_prompt for leg in self._core.state.legs.values() if leg.last_prompt]
                taken = await self._take_inventory(prompts)
            except SvarhusError as error:
                log.warning("inventory_failed", organisation=self.organisation, error=error.detail)
                await asyncio.sleep(RETRY)
            else:
                break
        self._finish_recordings(taken.inventory)
        self._put(taken)
        self._engine_ready = True

    def _finish_recordings(self, inventory: Inventory) -> None:
        """Recordings that ended while nobody listened. One that is not on disk has yet to begin."""
        live = {recording for leg in inventory.legs for recording in leg.recordings}
        running = (each for call in self._core.state.calls.values() for each in call.recordings if each.runs)
        for recording in running:
            if recording.id not in live:
                seconds, file = on_disk(self._recordings, recording.id)
                if file:
                    self._put(RecordingFinished(recording.leg, recording.id, seconds, file))

    async def _take_inventory(self, prompts: Sequence[PromptId]) -> InventoryTaken:
        """What is alive. What is decided or told while the engine answers is not undone by it."""
        known, meanwhile = frozenset(self._core.state.legs), Meanwhile()
        self._looks.append(meanwhile)
        try:
            inventory = await self._telephony.inventory(prompts)
        finally:
            self._looks.remove(meanwhile)
        return InventoryTaken(meanwhile.applied(inventory), known)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception():
            log.error("task_failed", organisation=self.organisation, exc_info=task.exception())
            self.failed.set()
