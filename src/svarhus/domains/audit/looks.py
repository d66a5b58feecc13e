"""Looks at personal data that would drown the audit log if it had each: lists that are opened, numbers looked up."""

import asyncio
from datetime import timedelta

from svarhus.domains.audit.log import AuditLog
from svarhus.domains.people.rights import Actor
from svarhus.kit.clock import Clock, Instant, after
from svarhus.kit.database import Database
from svarhus.kit.ids import OrganisationId

ONCE_IN = timedelta(hours=1)
"""A list is read again for each letter of a search and each page: that is one look."""

NUMBER_SEARCHED = "number-searched"
"""What is known of a number, or the calls with it."""

_REMEMBERED = 20_000
"""Looks of all organisations."""

_Look = tuple[OrganisationId, str, str, str]


class Looks:
    """Notes each once an hour for each person, action and subject.

    What was noted is remembered, so that a search asks the database for nothing more. After a restart the log is asked.
    """

    def __init__(self, database: Database, clock: Clock, audit: AuditLog) -> None:
        self._database = database
        self._clock = clock
        self._audit = audit
        self._noted: dict[_Look, Instant] = {}
        self._one_at_a_time = asyncio.Lock()

    async def note(self, actor: Actor, action: str, subject: str = "") -> None:
        """Somebody is about to be shown this."""
        look = (actor.organisation, actor.name, action, subject)
        now = self._clock.now()
        since = after(now, -ONCE_IN)
        if self._noted_after(since, look):
            return
        async with self._one_at_a_time:
            if self._noted_after(since, look):
                return
            async with self._database.begin() as session:
                last = await self._audit.last(session, *look, since)
                if last is None:
                    await self._audit.write(session, actor.organisation, now, actor.name, action, subject)
            self._remember(look, last or now)

    def _noted_after(self, since: Instant, look: _Look) -> bool:
        noted = self._noted.get(look)
        return noted is not None and noted > since

    def _remember(self, look: _Look, at: Instant) -> None:
        self._noted.pop(look, None)
        if len(self._noted) >= _REMEMBERED:
            self._noted.pop(next(iter(self._noted)))
        self._noted[look] = at
