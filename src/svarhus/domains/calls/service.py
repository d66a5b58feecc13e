"""The call log: what calls there were, and what happened in each."""

from collections.abc import Awaitable, Callable

import msgspec

from svarhus.domains.audit.log import AuditLog
from svarhus.domains.audit.looks import NUMBER_SEARCHED, Looks
from svarhus.domains.calls import repository
from svarhus.domains.calls.errors import CallNotFound
from svarhus.domains.calls.model import CallRecord
from svarhus.domains.calls.repository import CallFilter, CallLine, JournalLine, TextFilter
from svarhus.domains.numbers.parse import digits, to_e164
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.repository import OrganisationRepository
from svarhus.domains.people.projection import people_shown_to
from svarhus.domains.people.rights import Actor, Right, require
from svarhus.domains.people.unnamed import unnamed_to
from svarhus.kit.clock import Clock
from svarhus.kit.database import Database, Page, Session
from svarhus.kit.ids import CallId, OrganisationId

NumbersNamed = Callable[[Session, OrganisationId, str], Awaitable[tuple[str, ...]]]
"""The numbers (E.164) of contacts with such a name."""


class CallLog:
    """Calls that are over."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        organisations: OrganisationRepository,
        audit: AuditLog,
        looks: Looks,
        numbers_named: NumbersNamed,
    ) -> None:
        self._database = database
        self._clock = clock
        self._organisations = organisations
        self._audit = audit
        self._looks = looks
        self._numbers_named = numbers_named

    async def calls(self, actor: Actor, wanted: CallFilter, cursor: str | None, limit: int) -> Page[CallLine]:
        """The newest first. A number may be typed in any form. Everybody sees the calls that they took part in.

        Who looks at those of others is noted in the audit log.
        """
        own = wanted.took_part is not None and wanted.took_part == actor.person
        if not own:
            require(actor, Right.SEE_CALLS)
        _, configuration = await self._organisations.load(actor.organisation)
        if wanted.person is not None and unnamed_to(actor, configuration).hides(wanted.person):
            return Page((), None)
        if wanted.number is not None:
            number = to_e164(wanted.number, configuration.organisation.country) or wanted.number
            wanted = msgspec.structs.replace(wanted, number=number)
        async with self._database.begin() as session:
            if wanted.text is not None:
                text = await self._meant(session, actor, configuration, wanted.text.text.strip())
                wanted = msgspec.structs.replace(wanted, text=text)
            found = await repository.find_calls(session, actor.organisation, wanted, cursor, limit)
        if found.items and not own:
            await self._note_look(actor, wanted.number)
        return found

    async def call(self, actor: Actor, call: CallId) -> CallRecord:
        """A call with its parts and legs. CallNotFound, also while it is in progress.

        Who took part in it may see it. To others without the right it is Refused, whether there is such a call or not;
        when they may look, it is noted in the audit log.
        """
        async with self._database.begin() as session:
            found = await repository.find_call(session, actor.organisation, call)
            if actor.person is None or found is None or all(leg.person != actor.person for leg in found.legs):
                require(actor, Right.SEE_CALLS)
                if found is not None:
                    await self._audit.write(
                        session, actor.organisation, self._clock.now(), actor.name, "call-seen", call
                    )
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

    async def _note_look(self, actor: Actor, number: str | None) -> None:
        if number is None:
            await self._looks.note(actor, "call-log-opened")
        else:
            await self._looks.note(actor, NUMBER_SEARCHED, number)

    async def _meant(
        self, session: Session, actor: Actor, configuration: Configuration, text: str
    ) -> TextFilter | None:
        if not text:
            return None
        if found := digits(text):
            return TextFilter(text, digits=found.removeprefix("0"))
        typed = text.casefold()
        shown = people_shown_to(actor, configuration)
        people = tuple(person.key for person in shown if typed in person.name.casefold())
        queues = tuple(queue.key for queue in configuration.queues if typed in queue.name.casefold())
        return TextFilter(text, "", await self._numbers_named(session, actor.organisation, text), people, queues)
