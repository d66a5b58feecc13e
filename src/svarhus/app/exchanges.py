"""The running organisations of this process: each is started, kept informed, and begun anew when it fails."""

import asyncio
import contextlib
import gc
from collections.abc import Mapping
from functools import partial

import structlog

from svarhus.app.starting import StartingOrder
from svarhus.domains.audio.repository import CHANGED as AUDIO_CHANGED
from svarhus.domains.audio.service import Prompts
from svarhus.domains.numbers.tables import LISTS_CHANGED
from svarhus.domains.organisation.difference import difference
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.repository import CHANGED, OrganisationRepository
from svarhus.domains.people.model import Person
from svarhus.domains.signin.pins import Pins
from svarhus.exchange.core.errors import ExchangeUnavailable
from svarhus.exchange.running.acting import no_pin_fits
from svarhus.exchange.running.committing import Committed
from svarhus.exchange.running.exchange import Exchange
from svarhus.exchange.running.owning import Connections
from svarhus.kit.clock import Clock
from svarhus.kit.database import Database, Notice
from svarhus.kit.errors import SvarhusError
from svarhus.kit.ids import OrganisationId
from svarhus.ports.telephony import Playlist, TelephonyEngine

log = structlog.get_logger()

PAUSE = 0.5
"""Seconds before an organisation that could not be started is tried again."""

STARTED_AT_ONCE = 4
"""Organisations: those that begin first, and have calls, decide again while the others are still read."""


class Exchanges:
    """All organisations that run here."""

    def __init__(
        self,
        database: Database,
        engine: TelephonyEngine,
        repository: OrganisationRepository,
        prompts: Prompts,
        clock: Clock,
        committed: Committed = lambda facts, seconds: None,
        pins: Pins | None = None,
    ) -> None:
        """`pins`: who looks at those that are keyed; without, none fits."""
        self._database = database
        self._engine = engine
        self._repository = repository
        self._prompts = prompts
        self._clock = clock
        self._committed = committed
        self._pins = pins
        self._connections = Connections(database)
        self._running: dict[OrganisationId, Exchange] = {}
        self._keepers: dict[OrganisationId, asyncio.Task[None]] = {}
        self._following: asyncio.Task[None] | None = None
        self._changed_meanwhile: set[OrganisationId] = set()
        """Those whose configuration was changed while they were starting: they may have read the one before."""
        self._starting = StartingOrder(STARTED_AT_ONCE, lambda: engine.in_calls)
        self._warming: set[asyncio.Task[None]] = set()
        self._warm_turn = asyncio.Lock()
        self._sounds_made: dict[OrganisationId, Configuration] = {}
        """Of each, the configuration of which all sounds are there."""
        self._looked = False

    @property
    def running(self) -> Mapping[OrganisationId, Exchange]:
        return self._running

    def of(self, organisation: OrganisationId) -> Exchange:
        """The organisation's exchange. ExchangeUnavailable when it does not run (yet)."""
        exchange = self._running.get(organisation)
        if exchange is None:
            raise ExchangeUnavailable("The organisation is just starting, or its database is away.")
        return exchange

    async def ready(self) -> bool:
        """Every organisation runs, and its engine and database are there."""
        return self._looked and all(key in self._running and self._running[key].ready for key in self._keepers)

    async def start(self) -> None:
        await self._engine.start()
        self._following = asyncio.create_task(self._follow())

    async def stop(self) -> None:
        """Stop deciding; calls go on in the engine."""
        tasks = [task for task in (self._following, *self._keepers.values(), *self._warming) if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for exchange in self._running.values():
            await exchange.stop()
        await self._prompts.close()
        await self._engine.stop()

    async def _follow(self) -> None:
        """Take up organisations and their changes as they are told of."""
        async with contextlib.aclosing(self._database.notices(CHANGED, AUDIO_CHANGED, LISTS_CHANGED)) as notices:
            async for notice in notices:
                await self._take_note(notice)

    async def _take_note(self, notice: Notice) -> None:
        organisation = OrganisationId(notice.payload)
        if notice.channel == AUDIO_CHANGED:
            await (self._prompts.refresh(organisation) if organisation else self._prompts.refresh_all())
            for key in (organisation,) if organisation else tuple(self._running):
                self._let_play(key)
        elif notice.channel == LISTS_CHANGED:
            self._take_up_lists(organisation)
        elif organisation:
            self._take_up(organisation)
            if organisation in self._running:
                self._warm(organisation)
        else:
            await self._take_up_all()

    def _take_up_lists(self, organisation: OrganisationId) -> None:
        """Empty: something may have been missed, of any. One that is just starting looks once more when it runs."""
        for key, exchange in self._running.items():
            if not organisation or key == organisation:
                exchange.lists_changed()

    async def _take_up_all(self) -> None:
        try:
            known = await self._repository.organisations()
        except SvarhusError as error:
            log.warning("organisations_not_read", error=error.detail)
            return
        for organisation in known:
            self._take_up(organisation)
        self._looked = True

    def _take_up(self, organisation: OrganisationId) -> None:
        """Let a new organisation begin, and one that runs look at what was changed; others have no part in it."""
        if organisation not in self._keepers:
            self._keepers[organisation] = asyncio.create_task(self._keep(organisation))
        elif organisation in self._running:
            self._running[organisation].configuration_changed()
        else:
            self._changed_meanwhile.add(organisation)

    async def _keep(self, organisation: OrganisationId) -> None:
        """Start an organisation, and start it anew from its journal whenever it fails."""
        while True:
            exchange = Exchange(
                organisation,
                self._database,
                self._engine.of(organisation),
                self._repository,
                self._prompts.files,
                self._clock,
                self._engine.recordings_folder,
                self._committed,
                self._connections,
                partial(self._pins.check, organisation) if self._pins else no_pin_fits,
            )
            try:
                async with self._starting.turn(organisation):
                    self._changed_meanwhile.discard(organisation)
                    await exchange.start()
            except Exception as error:
                log.warning("organisation_not_started", organisation=organisation, error=repr(error))
                with contextlib.suppress(Exception):
                    await exchange.stop()
                await asyncio.sleep(PAUSE)
                continue
            # What was read stays. To look through it for garbage, some ten times a day, would take a third of a second
            # in a large organisation, in which no call is decided.
            gc.freeze()
            self._running[organisation] = exchange
            if organisation in self._changed_meanwhile:
                exchange.configuration_changed()
            exchange.lists_changed()
            self._warm(organisation)
            self._let_play(organisation)
            log.info("organisation_runs", organisation=organisation)
            await exchange.failed.wait()
            log.error("organisation_failed", organisation=organisation)
            del self._running[organisation]
            with contextlib.suppress(Exception):
                await exchange.stop()

    def _let_play(self, organisation: OrganisationId) -> None:
        task = asyncio.create_task(self._play_lists(organisation))
        self._warming.add(task)
        task.add_done_callback(self._warming.discard)

    async def _play_lists(self, organisation: OrganisationId) -> None:
        """Let the engine have the organisation's music."""
        found = await self._prompts.playlists(organisation)
        playlists = [Playlist(key, files) for key, files in found.items()]
        try:
            await self._engine.of(organisation).let_play(playlists)
        except (SvarhusError, OSError) as error:
            log.warning("playlists_not_set_up", organisation=organisation, error=str(error))

    def _warm(self, organisation: OrganisationId) -> None:
        task = asyncio.create_task(self._make_sounds(organisation))
        self._warming.add(task)
        task.add_done_callback(self._warming.discard)

    async def _make_sounds(self, organisation: OrganisationId) -> None:
        """Make what is said to callers before the first one waits for it."""
        try:
            async with self._warm_turn:
                _, document = await self._repository.load(organisation)
                before = self._sounds_made.get(organisation)
                if before is None or await asyncio.to_thread(_says_otherwise, before, document):
                    languages = await asyncio.to_thread(_languages, document)
                    if not await self._prompts.warm(organisation, document.messages, sorted(languages)):
                        return
                self._sounds_made[organisation] = document
        except SvarhusError as error:
            log.warning("sounds_not_made", organisation=organisation, error=error.detail)


def _says_otherwise(before: Configuration, now: Configuration) -> bool:
    """Whether calls may need sounds that they did not need before."""
    found = difference(before, now)
    if found.organisation or "messages" in found.lists:
        return True
    people = found.of("people")
    known = {person.language for person in people.before.values() if isinstance(person, Person)}
    return any(isinstance(person, Person) and person.language not in known for person in people.new.values())


def _languages(document: Configuration) -> set[str]:
    return {document.organisation.language, *(person.language for person in document.people)}
