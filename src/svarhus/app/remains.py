"""What is kept of a queue besides its settings, and goes with it when it is deleted.

Calls stay in the call log: they are the organisation's, and each says in which queue it stood.
"""

import msgspec
from sqlalchemy import Select, Table, delete, func, select

from svarhus.domains.boards.tables import queue_estimates
from svarhus.domains.organisation.parts import removed
from svarhus.domains.organisation.repository import OrganisationRepository
from svarhus.domains.people.rights import Actor, Right, require
from svarhus.domains.queuelog.tables import unanswered
from svarhus.domains.recordings.service import Recordings
from svarhus.domains.recordings.tables import call_recordings
from svarhus.domains.voicemails.service import Voicemails
from svarhus.domains.voicemails.tables import voicemails
from svarhus.kit.database import Database
from svarhus.kit.ids import QueueKey


class Remains(msgspec.Struct, frozen=True):
    """How much there is of each."""

    voicemails: int
    """Messages with their sound, handled or not."""
    recordings: int
    """Recorded conversations."""
    unanswered: int
    """Lines of the queue log."""
    estimates: int
    """Waits that were compared with what was expected."""


_TABLES = (voicemails, call_recordings, unanswered, queue_estimates)


class QueueRemains:
    def __init__(
        self, database: Database, organisations: OrganisationRepository, messages: Voicemails, recordings: Recordings
    ) -> None:
        self._database = database
        self._organisations = organisations
        self._messages = messages
        self._recordings = recordings

    async def of(self, actor: Actor, queue: QueueKey) -> Remains:
        """What goes with the queue."""
        require(actor, Right.SEE_CONFIGURATION)
        async with self._database.begin() as session:
            counts = [await session.scalar(_count(table, actor, queue)) for table in _TABLES]
        return Remains(*(count or 0 for count in counts))

    async def forget(self, actor: Actor, queue: QueueKey, expected: int | None = None) -> None:
        """Delete it for good, before the queue itself is deleted: what fails can be begun again. InUse, NoPart.

        `expected`: nothing is done when another revision is in force, for then the queue is not deleted either.
        """
        require(actor, Right.CHANGE_CONFIGURATION)
        revision, configuration = await self._organisations.load(actor.organisation)
        if expected not in (None, revision):
            return
        removed(configuration, "queues", queue)
        await self._recordings.delete_of_queue(actor, queue)
        await self._messages.delete_of_queue(actor, queue)
        async with self._database.begin() as session:
            for table in (unanswered, queue_estimates):
                columns = table.c
                await session.execute(
                    delete(table).where(columns.organisation_id == actor.organisation, columns.queue == queue)
                )


def _count(table: Table, actor: Actor, queue: QueueKey) -> Select[int]:
    return (
        select(func.count())
        .select_from(table)
        .where(table.c.organisation_id == actor.organisation, table.c.queue == queue)
    )
