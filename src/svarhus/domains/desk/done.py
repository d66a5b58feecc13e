"""What was done: callbacks that are closed and voicemails that are handled, in one list."""

import msgspec
from sqlalchemy import Double, Row, Select, cast, false, literal, null, select, union_all

from svarhus.domains.callbacks.tables import bookings
from svarhus.domains.desk import repository
from svarhus.domains.desk.model import CaseKind, CaseRef
from svarhus.domains.voicemails.tables import voicemails
from svarhus.kit.clock import Instant, instant
from svarhus.kit.database import Page, Session, page
from svarhus.kit.ids import OrganisationId


class DoneFilter(msgspec.Struct, frozen=True):
    """Which of them are wanted."""

    kinds: frozenset[CaseKind]
    since: Instant
    who: str | None = None
    """Done by this one; None: by anybody."""


class DoneCase(msgspec.Struct, frozen=True):
    """A case that waits for nobody any more."""

    kind: CaseKind
    id: str
    done_at: Instant
    who: str | None
    """Who did it; None when the customer or a program cancelled a callback."""
    outcome: str
    """Of a callback its status, of a voicemail `handled`."""
    came_at: Instant
    queue: str
    number: str | None
    seconds: float | None
    """Of the message."""
    by_customer: bool = False
    """The customer has cancelled it, by phone."""
    tags: tuple[str, ...] = ()
    notes: int = 0


async def done_cases(
    session: Session, organisation: OrganisationId, wanted: DoneFilter, cursor: str | None, limit: int
) -> Page[DoneCase]:
    """The one that was done last first."""
    found = union_all(_callbacks(organisation, wanted), _voicemails(organisation, wanted)).subquery()
    query = select(found).where(
        found.c.organisation_id == organisation, found.c.kind.in_([kind.value for kind in wanted.kinds])
    )
    if wanted.who is not None:
        query = query.where(found.c.who == wanted.who)
    order = [found.c.done_at, found.c.kind, found.c.id]
    rows = await page(session, query, order, cursor, limit, newest_first=True)
    plain = rows.map(_done)
    refs = [CaseRef(each.kind, each.id) for each in plain.items]
    counts = await repository.note_counts(session, organisation, refs)
    tags = await repository.tags_of(session, organisation, refs)

    def marked(done: DoneCase) -> DoneCase:
        key = CaseRef(done.kind, done.id).key
        return msgspec.structs.replace(done, notes=counts.get(key, 0), tags=tags.get(key, ()))

    return plain.map(marked)


def _callbacks(organisation: OrganisationId, wanted: DoneFilter) -> Select[*tuple[object, ...]]:
    row = bookings.c
    return select(
        row.organisation_id,
        literal("callback").label("kind"),
        row.id.label("id"),
        row.closed_at.label("done_at"),
        row.closed_by.label("who"),
        row.status.label("outcome"),
        row.booked_at.label("came_at"),
        row.queue.label("queue"),
        row.number.label("number"),
        cast(null(), Double).label("seconds"),
        row.closed_in.is_not(None).label("by_customer"),
    ).where(row.organisation_id == organisation, row.closed_at >= wanted.since)


def _voicemails(organisation: OrganisationId, wanted: DoneFilter) -> Select[*tuple[object, ...]]:
    row = voicemails.c
    return select(
        row.organisation_id,
        literal("voicemail").label("kind"),
        row.id.label("id"),
        row.handled_at.label("done_at"),
        row.handled_by.label("who"),
        literal("handled").label("outcome"),
        row.at.label("came_at"),
        row.queue.label("queue"),
        row.caller.label("number"),
        row.seconds.label("seconds"),
        false().label("by_customer"),
    ).where(row.organisation_id == organisation, row.handled_at >= wanted.since)


def _done(row: Row[*tuple[object, ...]]) -> DoneCase:
    columns = row._mapping
    return DoneCase(
        kind=CaseKind(columns["kind"]),
        id=columns["id"],
        done_at=instant(columns["done_at"]),
        who=columns["who"],
        outcome=columns["outcome"],
        came_at=instant(columns["came_at"]),
        queue=columns["queue"],
        number=columns["number"],
        seconds=columns["seconds"],
        by_customer=columns["by_customer"],
    )
