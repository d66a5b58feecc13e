"""The queue log: who was not answered, and who takes care of them."""

from collections.abc import Callable
from datetime import timedelta

from svarhus.domains.audit.log import AuditLog
from svarhus.domains.audit.looks import Looks
from svarhus.domains.organisation.repository import OrganisationRepository
from svarhus.domains.people.rights import Actor, Right, require
from svarhus.domains.queuelog import repository
from svarhus.domains.queuelog.errors import NotUnanswered
from svarhus.domains.queuelog.model import Unanswered, Wanted
from svarhus.kit.clock import Clock, Instant, after
from svarhus.kit.database import Database, Page
from svarhus.kit.ids import CallId, OrganisationId, QueueKey

LOOK_BACK = timedelta(days=14)
"""When nothing else is wanted: who has waited longer for an answer does not wait any more."""

Changed = Callable[[OrganisationId, CallId], None]
"""Told after a call was handled or taken up anew, for those who are watching."""


class QueueLog:
    """All raise Refused without the right."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        organisations: OrganisationRepository,
        audit: AuditLog,
        looks: Looks,
        changed: Changed,
    ) -> None:
        self._database = database
        self._organisations = organisations
        self._clock = clock
        self._audit = audit
        self._looks = looks
        self._changed = changed

    async def unanswered(
        self,
        actor: Actor,
        cursor: str | None,
        limit: int,
        *,
        queues: tuple[QueueKey, ...] = (),
        since: Instant | None = None,
        open_only: bool = True,
    ) -> Page[Unanswered]:
        """The newest first; each caller once for each queue, but for queues that do not stand in it. `open_only`: those
        who are to be called back.

        Who looks is noted in the audit log.
        """
        require(actor, Right.HANDLE_UNANSWERED)
        _, configuration = await self._organisations.load(actor.organisation)
        off = tuple(QueueKey(queue.key) for queue in configuration.queues if not queue.in_queue_log)
        wanted = Wanted(since or after(self._clock.now(), -LOOK_BACK), queues, open_only, off)
        async with self._database.begin() as session:
            found = await repository.find(session, actor.organisation, wanted, cursor, limit)
        if found.items:
            await self._looks.note(actor, "queue-log-opened")
        return found

    async def handle(self, actor: Actor, call: CallId) -> None:
        """Mark as taken care of. NotUnanswered."""
        require(actor, Right.HANDLE_UNANSWERED)
        async with self._database.begin() as session:
            now = self._clock.now()
            if not await repository.handle(session, actor.organisation, call, now, actor.name):
                raise NotUnanswered(f"There is no unanswered call `{call}`.")
            await self._audit.write(session, actor.organisation, now, actor.name, "unanswered-handled", call)
        self._changed(actor.organisation, call)

    async def take_up(self, actor: Actor, call: CallId) -> None:
        """Take the mark back: the caller is to be called again. NotUnanswered."""
        require(actor, Right.HANDLE_UNANSWERED)
        async with self._database.begin() as session:
            if not await repository.take_up(session, actor.organisation, call):
                raise NotUnanswered(f"The call `{call}` is not marked as handled.")
            now = self._clock.now()
            await self._audit.write(session, actor.organisation, now, actor.name, "unanswered-taken-up", call)
        self._changed(actor.organisation, call)
