"""The running organisation: one actor that owns its live state.

Inputs wait in an inbox. All that wait are decided one after the other, their facts are committed
together, then the commands go out, and then whoever is watching is told. What is beside that loop has a file each:
`committing.py` (and outages of the database), `configuring.py`, `listing.py`, `listening.py` (to the engine),
`upkeep.py`.
"""

from pathlib import Path

import structlog

from svarhus.domains.cases.repository import open_episodes
from svarhus.domains.cases.requests import TakeOverCases
from svarhus.exchange.core.core import Core, Decided
from svarhus.exchange.core.decide import Input
from svarhus.exchange.core.errors import ExchangeUnavailable
from svarhus.exchange.core.requests import HearBrowser, Request, TakeConfiguration, TimePassed
from svarhus.exchange.running.acting import Acting, PinsFit, SoundOf, no_pin_fits
from svarhus.exchange.running.browsers import Browsers
from svarhus.exchange.running.committing import Committed, Committing
from svarhus.exchange.running.configuring import Configuring, Revisions
from svarhus.exchange.running.inbox import Inbox, answer
from svarhus.exchange.running.journal import Journal
from svarhus.exchange.running.listening import Listening
from svarhus.exchange.running.listing import Listing
from svarhus.exchange.running.owning import Connections
from svarhus.exchange.running.provision import Phones
from svarhus.exchange.running.recordings import on_disk
from svarhus.exchange.running.secret_keys import SecretKeys
from svarhus.exchange.running.tasks import Tasks
from svarhus.exchange.running.upkeep import MAINTENANCE, Upkeep
from svarhus.exchange.showing.desk import LiveDesk
from svarhus.exchange.showing.feed import LiveFeed
from svarhus.kit.clock import Clock, seconds_between
from svarhus.kit.database import Database
from svarhus.kit.errors import SvarhusError
from svarhus.kit.ids import OrganisationId, PersonKey
from svarhus.ports.speech import TemplatePhrase
from svarhus.ports.telephony import Telephony, TelephonyEvent

log = structlog.get_logger()

MOST_AT_ONCE = 200
"""Inputs that share one commit."""


class Exchange:
    """One organisation, running."""

    def __init__(
        self,
        organisation: OrganisationId,
        database: Database,
        telephony: Telephony,
        revisions: Revisions,
        sounds: SoundOf,
        clock: Clock,
        recordings: Path,
        committed: Committed = lambda facts, seconds: None,
        connections: Connections | None = None,
        pins: PinsFit = no_pin_fits,
    ) -> None:
        """`connections`: those that it shares with others; one of its own without. `pins`: who looks at them."""
        self.organisation = organisation
        self._database = database
        self._telephony = telephony
        self._sounds = sounds
        self._clock = clock
        self._core = Core(organisation)
        self._live = LiveFeed(self._core, LiveDesk())
        self._inbox, self._tasks = Inbox(), Tasks(organisation)
        self._secrets = SecretKeys(self._core)
        self._acting = Acting(
            telephony,
            sounds,
            lambda recording: on_disk(recordings, recording),
            self._inbox.put,
            self._secrets,
            pins,
        )
        self._committing = Committing(self._core, telephony, self._inbox, self._tasks, committed)
        shared = (connections or Connections(database, most=1)).of(organisation)
        self._journal = Journal(database, shared, organisation, lambda: self._committing.lost(self._journal))
        self._upkeep = Upkeep(self._core, self._journal, self._committing, self._tasks)
        phones = Phones(organisation, telephony, revisions)
        self._configuring = Configuring(self._core, revisions, phones, self._inbox)
        self._lists = Listing(self._core, database)
        self._listening = Listening(
            self._core, telephony, phones, recordings, self._inbox, self._committing, self._tasks
        )
        self.browsers = Browsers(self._page_silent)
        self.failed = self._tasks.failed
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
        return self._listening.ready and not self.out and self._tasks.go_on

    @property
    def out(self) -> bool:
        """The database is away: nothing can be decided."""
        return self._committing.out

    @property
    def committed(self) -> bool:
        """All that is decided is in the journal."""
        return self._committing.all

    async def start(self) -> None:
        """Recover the state and begin to decide. JournalUnavailable, NotOwner."""
        await self._recover()
        await self._lists.load()
        begun = [await self._take_newest(), await self._take_over_cases()]
        self._committing.technical = await self._sounds(
            self.organisation,
            (TemplatePhrase("technical_problem", self._core.rules.organisation.language),),
            self._core.rules.messages,
        )
        self._telephony.listen(self.organisation, self.receive)
        self._acting.carry_out([command for each in begun for command in each.commands], self._core.revisions)
        self._listen_for_pages()
        self._tasks.spawn(self._run())

    async def stop(self) -> None:
        """Stop deciding, with the state kept. Calls go on in the engine."""
        self._committing.end()
        self.browsers.forget_all()
        await self._tasks.end()
        self._inbox.close()
        self._live.end()
        await self._acting.settle()
        try:
            await self._upkeep.save_snapshot(self._clock.now())
        except SvarhusError as error:
            log.warning("snapshot_not_saved", organisation=self.organisation, error=error.detail)
        await self._journal.close()

    async def ask(self, request: Request) -> str:
        """Have a request decided. Raises the refusal as a SvarhusError; ExchangeUnavailable in an outage."""
        if self.out or not self._tasks.go_on:
            raise ExchangeUnavailable("The database does not answer just now.")
        return await self._inbox.ask(request)

    def configuration_changed(self) -> None:
        """A new revision may be there: take it up."""
        self._tasks.spawn(self._configuring.follow())

    def lists_changed(self) -> None:
        """A list may have another version: take it up."""
        self._tasks.spawn(self._lists.follow())

    def receive(self, event: TelephonyEvent) -> None:
        """An event of the engine."""
        self._listening.hear(event)

    # ---- the loop

    async def _run(self) -> None:
        while True:
            await self._inbox.wait(self._until_due())
            waiting = self._inbox.take(MOST_AT_ONCE)
            now = self._clock.now()
            inputs = self._secrets.hiding((*(each.input for each in waiting), TimePassed()))
            decided = self._core.decide(inputs, now)
            await self._committing.commit(self._journal, decided.facts)
            self._acting.carry_out(decided.commands, self._core.revisions)
            self._live.tell()
            answer(waiting, decided.answers)
            await self._upkeep.look(now)

    def _until_due(self) -> float:
        """Seconds until time itself is something to be decided about."""
        due = self._core.state.next_due()
        longest = MAINTENANCE.total_seconds()
        return min(max(0.0, seconds_between(self._clock.now(), due)), longest) if due else longest

    # ---- beginning

    async def _recover(self) -> None:
        """The last snapshot, and the facts after it."""
        await self._journal.open()
        stored = await self._journal.last_snapshot()
        if stored is not None:
            self._core.restore(stored)
        for revision in self._core.needed_revisions() - {0}:
            await self._configuring.load(revision)
        async for numbered in self._journal.after(self._core.state.stored.seq):
            named = getattr(numbered.fact, "revision", None)
            if isinstance(named, int) and named not in self._core.revisions:
                await self._configuring.load(named)
            self._core.replay(numbered)
        self._core.caught_up()
        self._committing.seq = self._core.state.stored.seq
        await self._upkeep.begin(stored.seq if stored else 0, self._clock.now())

    async def _take_newest(self) -> Decided:
        revision = (await self._configuring.newest()).revision
        if revision <= self._core.state.stored.revision:
            return Decided()
        return await self._decided(TakeConfiguration(revision))

    async def _take_over_cases(self) -> Decided:
        """What was kept of cases beside the journal, in the version before; once."""
        if self._core.state.stored.cases_taken_over:
            return Decided()
        async with self._database.begin() as session:
            episodes = await open_episodes(session, self.organisation)
        return await self._decided(TakeOverCases(episodes))

    async def _decided(self, input: Input) -> Decided:
        """Decided and committed before the loop begins. JournalUnavailable, NotOwner."""
        decided = self._core.decide([input], self._clock.now())
        await self._journal.append(decided.facts)
        self._committing.seq = decided.facts[-1].seq
        return decided

    def _listen_for_pages(self) -> None:
        """Pages that could be rung before have some seconds to say that they still can."""
        for agent in self._core.state.agents.values():
            if agent.browser and agent.browser.registered:
                self.browsers.heard(agent.person, agent.browser.id)

    def _page_silent(self, person: PersonKey, session: str) -> None:
        self._inbox.put(HearBrowser(person, session, registered=False))
