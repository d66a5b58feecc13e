"""The audit log: who changed what and when."""

import re
from typing import Literal

import msgspec
from pydantic import JsonValue
from sqlalchemy import ColumnElement, Text, and_, cast, not_, or_, select
from sqlalchemy.dialects.postgresql import insert

from svarhus.domains.audit.tables import audit
from svarhus.kit.clock import Instant, instant
from svarhus.kit.database import Database, Page, Session, page
from svarhus.kit.ids import OrganisationId


class Audited(msgspec.Struct, frozen=True):
    """A line of the audit log."""

    id: int
    at: Instant
    who: str
    action: str
    subject: str
    before: JsonValue
    after: JsonValue


_WRITE = insert(audit)
"""Made once: to make it costs as much as to write."""


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
        await session.execute(_WRITE, {"organisation_id": organisation, **values})

    async def last(
        self, session: Session, organisation: OrganisationId, who: str, action: str, subject: str, since: Instant
    ) -> Instant | None:
        """When the same was noted last; None when it was not after `since`."""
        row = audit.c
        query = select(row.at).where(
            row.organisation_id == organisation,
            row.at > since,
            row.who == who,
            row.action == action,
            row.subject == subject,
        )
        found = (await session.execute(query.order_by(row.at.desc()).limit(1))).scalar_one_or_none()
        return None if found is None else instant(found)

    async def read(
        self, organisation: OrganisationId, cursor: str | None, limit: int, wanted: "AuditFilter | None" = None
    ) -> Page[Audited]:
        """The newest first."""
        query = select(audit).where(audit.c.organisation_id == organisation, *_conditions(wanted or AuditFilter()))
        async with self._database.begin() as session:
            found = await page(session, query, [audit.c.at, audit.c.id], cursor, limit, newest_first=True)
        return found.map(
            lambda row: Audited(row.id, instant(row.at), row.who, row.action, row.subject, row.before, row.after)
        )

    async def names(self, organisation: OrganisationId) -> "AuditNames":
        """Who and which actions are in the log, to choose from."""
        async with self._database.begin() as session:
            who = select(audit.c.who).where(audit.c.organisation_id == organisation).distinct()
            actions = select(audit.c.action).where(audit.c.organisation_id == organisation).distinct()
            return AuditNames(
                tuple(sorted((await session.execute(who)).scalars())),
                tuple(sorted((await session.execute(actions)).scalars())),
            )


class AuditNames(msgspec.Struct, frozen=True):
    """What lines of the log can be chosen by."""

    who: tuple[str, ...]
    actions: tuple[str, ...]


AuditKind = Literal["change", "look", "sign_in"]
"""A change of settings or of what is kept; a look at personal data; how people sign in."""

_LOOKS = "-(listened|opened|read|seen|searched|exported|downloaded|looked-at)$"
_SIGN_IN = "^(signed-|sign-in-|session|password-|second-factor-|recovery-code|invitation-|token-|phone-password-)"


class AuditFilter(msgspec.Struct, frozen=True):
    """Which lines are wanted; None: any."""

    who: str | None = None
    action: str | None = None
    subject: str | None = None
    kind: AuditKind | None = None
    at_from: Instant | None = None
    at_before: Instant | None = None
    text: str | None = None
    """Anywhere in the line, in any case."""


def kind_of(action: str) -> AuditKind:
    """Of which kind a line with this action is."""
    if re.search(_LOOKS, action):
        return "look"
    return "sign_in" if re.search(_SIGN_IN, action) else "change"


def _conditions(wanted: AuditFilter) -> list[ColumnElement[bool]]:
    columns = audit.c
    exact = ((columns.who, wanted.who), (columns.action, wanted.action), (columns.subject, wanted.subject))
    found = [column == value for column, value in exact if value is not None]
    if wanted.at_from is not None:
        found.append(columns.at >= wanted.at_from)
    if wanted.at_before is not None:
        found.append(columns.at < wanted.at_before)
    if wanted.kind is not None:
        found.append(_of_kind(wanted.kind))
    if wanted.text:
        written = (columns.who, columns.action, columns.subject, cast(columns.before, Text), cast(columns.after, Text))
        found.append(or_(*(column.icontains(wanted.text, autoescape=True) for column in written)))
    return found


def _of_kind(kind: AuditKind) -> ColumnElement[bool]:
    looks, sign_in = audit.c.action.regexp_match(_LOOKS), audit.c.action.regexp_match(_SIGN_IN)
    match kind:
        case "look":
            return looks
        case "sign_in":
            return and_(sign_in, not_(looks))
        case _:
            return not_(or_(looks, sign_in))
