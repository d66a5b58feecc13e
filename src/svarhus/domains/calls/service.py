"""The call log: what calls there were, and what happened in each."""

import msgspec

from svarhus.domains.calls import repository
from svarhus.domains.calls.errors import CallNotFound
from svarhus.domains.calls.model import CallRecord
from svarhus.domains.calls.repository import CallFilter, CallLine, JournalLine
from svarhus.domains.numbers.parse import to_e164
from svarhus.domains.organisation.audit import AuditLog
from svarhus.domains.organisation.repository import OrganisationRepository
from svarhus.domains.people.rights import Actor, Right, require
from svarhus.kit.clock import Clock
from svarhus.kit.database import Database, Page
from svarhus.kit.ids import CallId


class CallLog:
    """Calls that are over."""

    def __init__(
        self, database: Database, clock: Clock, organisations: OrganisationRepository, audit: AuditLog
    ) -> None:
        self._database = database
        self._clock = clock
        self._organisations = organisations
        self._audit = audit

    async def calls(self, actor: Actor, wanted: CallFilter, cursor: str | None, limit: int) -> Page[CallLine]:
        """The newest first. A number may be typed in any form."""
        require(actor, Right.SEE_CALLS)
        if wanted.number is not None:
            _, configuration = await self._organisations.load(actor.organisation)
            number = to_e164(wanted.number, configuration.organisation.country) or wanted.number
            wanted = msgspec.structs.replace(wanted, number=number)
        async with self._database.begin() as session:
            return await repository.find_calls(session, actor.organisation, wanted, cursor, limit)

    async def call(self, actor: Actor, call: CallId) -> CallRecord:
        """A call with its parts and legs. CallNotFound, also while it is in progress."""
        require(actor, Right.SEE_CALLS)
        async with self._database.begin() as session:
            found = await repository.find_call(session, actor.organisation, call)
        if found is None:
            raise CallNotFound(f"There is no call `{call}` in the log.")
        return found

    async def journal(self, actor: Actor, call: CallId, cursor: str | None, limit: int) -> Page[JournalLine]:
        """What happened in a call, in order. Who reads it is noted in the audit log. CallNotFound."""
        require(actor, Right.SEE_CALLS)
        async with self._database.begin() as session:
            found = await repository.find_journal(session, actor.organisation, call, cursor, limit)
            if not found.items and cursor is None:
                raise CallNotFound(f"There is no call `{call}`.")
            if cursor is None:
                now = self._clock.now()
                await self._audit.write(session, actor.organisation, now, actor.name, "call-journal-read", call)
        return found
