"""Keeps a line to the provider of each organisation that sends its texts over SMPP: receipts and texts come in on
it."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from svarhus.adapters.smpp.line import SmppLine, SmppPace
from svarhus.domains.outbox.model import Channel
from svarhus.domains.outbox.providers import Providers
from svarhus.domains.outbox.sending import smpp_provider
from svarhus.domains.outbox.settings import SmppSettings
from svarhus.kit.database import Database
from svarhus.kit.errors import SvarhusError
from svarhus.kit.ids import OrganisationId
from svarhus.ports.sms import IncomingSms, Report, SmppProvider

LOOK_EVERY = 10.0
"""Seconds until it is seen that an organisation has another provider, if it sends nothing."""


@dataclass(frozen=True)
class _Kept:
    provider: SmppProvider
    line: SmppLine
    running: "asyncio.Task[None]"


class SmppLines:
    """One for each organisation."""

    def __init__(
        self,
        database: Database,
        providers: Providers,
        reported: Callable[[OrganisationId, Report], Awaitable[None]],
        heard: Callable[[OrganisationId, IncomingSms], Awaitable[None]],
        pace: SmppPace | None = None,
        look_every: float = LOOK_EVERY,
    ) -> None:
        self._database = database
        self._providers = providers
        self._reported = reported
        self._heard = heard
        self._pace = pace
        self._look_every = look_every
        self._kept: dict[OrganisationId, _Kept] = {}

    def of(self, organisation: OrganisationId, provider: SmppProvider) -> SmppLine:
        """The organisation's line; a new one when it has another provider now."""
        kept = self._kept.get(organisation)
        if kept is None or kept.provider != provider or kept.running.done():
            self._end(organisation)

            async def told(what: Report | IncomingSms) -> None:
                if isinstance(what, Report):
                    await self._reported(organisation, what)
                else:
                    await self._heard(organisation, what)

            line = SmppLine(provider, told, self._pace)
            kept = self._kept[organisation] = _Kept(provider, line, asyncio.create_task(line.run()))
        return kept.line

    async def run(self) -> None:
        """Keep them until cancelled."""
        try:
            while True:
                with contextlib.suppress(SvarhusError):
                    await self._keep()
                await asyncio.sleep(self._look_every)
        finally:
            for organisation in list(self._kept):
                self._end(organisation)

    async def _keep(self) -> None:
        wanted: dict[OrganisationId, SmppProvider] = {}
        async with self._database.begin() as session:
            for organisation in await self._providers.organisations_with(session, Channel.TEXT, "smpp"):
                with contextlib.suppress(SvarhusError):
                    found = await self._providers.of(session, organisation, Channel.TEXT)
                    if found is not None and isinstance(found.settings, SmppSettings):
                        wanted[organisation] = smpp_provider(found.settings, found.password)
        for organisation in self._kept.keys() - wanted.keys():
            self._end(organisation)
        for organisation, provider in wanted.items():
            self.of(organisation, provider)

    def _end(self, organisation: OrganisationId) -> None:
        if kept := self._kept.pop(organisation, None):
            kept.running.cancel()
