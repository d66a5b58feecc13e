"""Has texts of customers read by their organisations: those that come in, and those that came while nothing ran."""

import asyncio
import contextlib

import structlog

from svarhus.domains.telling import received
from svarhus.domains.telling.tables import TEXTS_RECEIVED
from svarhus.exchange.core.errors import ExchangeUnavailable
from svarhus.exchange.core.requests import ReadText
from svarhus.exchange.service import RunningOrganisations
from svarhus.kit.database import Database
from svarhus.kit.errors import SvarhusError
from svarhus.kit.ids import OrganisationId

log = structlog.get_logger()

AGAIN = 2.0
"""Seconds until it is tried again where an organisation does not run just now."""


class TextReading:
    """What is decided of a text marks it as read in the same transaction: so it is asked for until it is."""

    def __init__(self, database: Database, running: RunningOrganisations, again: float = AGAIN) -> None:
        self._database = database
        self._running = running
        self._again = again
        self._wanted = asyncio.Event()

    async def run(self) -> None:
        """Until cancelled."""
        listening = asyncio.create_task(self._listen())
        try:
            while True:
                await self._wanted.wait()
                self._wanted.clear()
                if not await self._read_all():
                    asyncio.get_running_loop().call_later(self._again, self._wanted.set)
        finally:
            listening.cancel()

    async def _listen(self) -> None:
        async with contextlib.aclosing(self._database.notices(TEXTS_RECEIVED)) as notices:
            async for _ in notices:
                self._wanted.set()

    async def _read_all(self) -> bool:
        """False: some are left, of an organisation that cannot decide just now."""
        try:
            async with self._database.begin() as session:
                organisations = await received.unread(session)
            return all([await self._read_of(organisation) for organisation in organisations])
        except SvarhusError as error:
            log.warning("texts_not_read", error=error.detail)
            return False

    async def _read_of(self, organisation: OrganisationId) -> bool:
        """One after the other, in the order in which they came."""
        while True:
            async with self._database.begin() as session:
                text = await received.next_unread(session, organisation)
            if text is None:
                return True
            try:
                exchange = self._running.of(organisation)
                await exchange.ask(ReadText(text.id, text.sender, text.receiver, text.text))
            except ExchangeUnavailable:
                return False
            except SvarhusError as error:
                # It would be refused again, and those behind it would wait.
                log.error("text_not_read", organisation=organisation, text=text.id, error=error.detail)
                async with self._database.begin() as session:
                    await received.given_up(session, organisation, text)
