"""The audit log: who changed what and when."""

from dataclasses import dataclass

from pydantic import JsonValue
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from svarhus.domains.organisation.tables import audit
from svarhus.kit.clock import Instant, instant
from svarhus.kit.database import Database, Page, Session, page
from svarhus.kit.ids import OrganisationId


@dataclass(frozen=True)
class Audited:
    """A line of the audit log."""

    id: int
    at: Instant
    who: str
    action: str
    subject: str
    before: JsonValue
    after: JsonValue


class AuditLog:
    """Who changed what and when."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def write(
        self,
        session: Session,
        organisation: OrganisationId,
        at: Instant,
        who: str,
        action: str,
        subject: str,
        before: JsonValue = None,
        after: JsonValue = None,
    ) -> None:
        """Note it, if and when the unit of work is committed."""
        values = {"at": at, "who": who, "action": action, "subject": subject, "before": before, "after": after}
        await session.execute(insert(audit).values(organisation_id=organisation, **values))

    async def read(self, organisation: OrganisationId, cursor: str | None, limit: int) -> Page[Audited]:
        """The newest first."""
        query = select(audit).where(audit.c.organisation_id == organisation)
        async with self._database.begin() as session:
            found = await page(session, query, [audit.c.at, audit.c.id], cursor, limit, newest_first=True)
        return found.map(
            lambda row: Audited(row.id, instant(row.at), row.who, row.action, row.subject, row.before, row.after)
        )
