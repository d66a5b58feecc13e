"""Takes in texts that a provider hands over, each once, and keeps floods from those who read them."""

from datetime import timedelta
from hmac import compare_digest

import structlog

from svarhus.domains.numbers.parse import to_kept
from svarhus.domains.organisation.repository import OrganisationRepository
from svarhus.domains.outbox.model import Channel
from svarhus.domains.outbox.providers import Providers
from svarhus.domains.queues.texting import TextOutcome
from svarhus.domains.telling import received
from svarhus.domains.telling.errors import NotOurProvider
from svarhus.domains.telling.received import Received
from svarhus.kit.clock import Clock, Instant, after
from svarhus.kit.database import Database, Session
from svarhus.kit.ids import OrganisationId
from svarhus.kit.text import tidy
from svarhus.ports.sms import IncomingSms

log = structlog.get_logger()

MOST_OF_ONE = 20
"""Texts of a sender in an hour that are read."""
MOST_OF_ALL = 600
"""Of an organisation."""
LONGEST = 2000
"""Characters of a text that are kept: ten parts are 1530."""
THE_SAME = timedelta(minutes=2)
"""Where a provider has no name for a text, the same words of the same sender within this time are one that was handed
over twice."""


class IncomingTexts:
    def __init__(
        self, database: Database, clock: Clock, organisations: OrganisationRepository, providers: Providers
    ) -> None:
        self._database = database
        self._clock = clock
        self._organisations = organisations
        self._providers = providers

    async def told(self, organisation: OrganisationId, key: str, sms: IncomingSms) -> None:
        """By whoever knows the key of the organisation's provider. It is kept when this returns. NotOurProvider."""
        async with self._database.begin() as session:
            known = await self._providers.incoming_key(session, organisation, Channel.TEXT)
        # The same is compared whether there is one or not: how long it takes tells nothing.
        if not compare_digest((known or "none").encode(), key.encode()) or known is None:
            raise NotOurProvider("There is no such address for incoming texts.", "Look at the settings for SMS.")
        await self.keep(organisation, sms)

    async def keep(self, organisation: OrganisationId, sms: IncomingSms) -> None:
        """Keep it, once."""
        now = self._clock.now()
        async with self._database.begin() as session:
            _, configuration = await self._organisations.current(session, organisation)
            country = configuration.organisation.country
            sender = to_kept(sms.sender, country) or sms.sender.strip()
            words = tidy(sms.text)[:LONGEST]
            if not sms.id and await received.same_lately(session, organisation, sender, words, after(now, -THE_SAME)):
                return
            outcome = await self._unread(session, organisation, sender, now)
            text = Received(
                received.new_id(), sender, to_kept(sms.receiver, country) or sms.receiver, words, now, outcome
            )
            await received.keep(session, organisation, text, sms.id or text.id)
        if outcome is TextOutcome.TOO_MANY:
            log.warning("texts_flood", organisation=organisation)

    async def _unread(
        self, session: Session, organisation: OrganisationId, sender: str, now: Instant
    ) -> TextOutcome | None:
        """Why it is kept without being read. None: it is read."""
        if not sender.startswith("+"):
            return TextOutcome.OTHER  # A name, or a short number: nobody who could be called.
        if await received.came_lately(session, organisation, now, sender) >= MOST_OF_ONE:
            return TextOutcome.TOO_MANY
        if await received.came_lately(session, organisation, now) >= MOST_OF_ALL:
            return TextOutcome.TOO_MANY
        return None
