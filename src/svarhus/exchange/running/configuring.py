"""Takes up what administrators have changed. A call finishes on the revision that it began on."""

import asyncio
from typing import Protocol

import structlog

from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.repository import Newest
from svarhus.exchange.core.core import Core
from svarhus.exchange.core.requests import TakeConfiguration
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.running.inbox import Inbox
from svarhus.exchange.running.provision import Phones, Secrets
from svarhus.kit.errors import SvarhusError
from svarhus.kit.ids import OrganisationId

log = structlog.get_logger()


class Revisions(Secrets, Protocol):
    """Where configurations are kept."""

    async def newest(self, organisation: OrganisationId) -> Newest: ...

    async def load_revision(self, organisation: OrganisationId, revision: int) -> Configuration: ...


class Configuring:
    """The configurations by which one organisation decides."""

    def __init__(self, core: Core, revisions: Revisions, phones: Phones, inbox: Inbox) -> None:
        self._core = core
        self._revisions = revisions
        self._phones = phones
        self._inbox = inbox
        self._one_at_a_time = asyncio.Lock()
        """Configurations are taken up in order."""

    @property
    def _organisation(self) -> OrganisationId:
        return self._core.state.organisation

    async def load(self, revision: int) -> None:
        """One that calls in progress go by."""
        document = await self._revisions.load_revision(self._organisation, revision)
        self._core.revisions[revision] = Rules(revision, document)

    async def newest(self) -> Rules:
        """The newest, made ready beside the calls."""
        return (await self._newest())[0]

    async def _newest(self) -> tuple[Rules, int]:
        """And the version of the phones' secrets."""
        async with self._one_at_a_time:
            self._core.forget_revisions()
            revision, document, secrets = await self._revisions.newest(self._organisation)
            known = self._core.revisions.get(revision)
            # Another one of the same revision when somebody has chosen another language.
            if known is None or known.document is not document:
                before = self._core.revisions.get(self._core.state.stored.revision)
                known = await asyncio.to_thread(Rules(revision, document).made_ready, before)
                self._core.revisions[revision] = known
            return known, secrets

    async def follow(self) -> None:
        """A new revision may be there: decide by it, and let the engine's phones be as it says."""
        try:
            newest, secrets = await self._newest()
            self._inbox.put(TakeConfiguration(newest.revision))
            await self._phones.follow(newest, secrets)
        except SvarhusError as error:
            log.error("configuration_not_taken", organisation=self._organisation, error=error.detail)
