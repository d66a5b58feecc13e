"""What was done: cases of all channels that wait for nobody any more, in one list."""

import msgspec
from sqlalchemy import Row, select, union_all

from svarhus.domains.cases import repository
from svarhus.domains.cases.model import CaseRef, ChannelName
from svarhus.domains.channels.registry import Channels
from svarhus.kit.clock import Instant, instant
from svarhus.kit.database import Page, Session, page
from svarhus.kit.ids import OrganisationId


class DoneFilter(msgspec.Struct, frozen=True):
    """Which of them are wanted."""

    kinds: frozenset[str]
    """The names of channels."""
    since: Instant
    who: str | None = None
    """Done by this one; None: by anybody."""


class DoneCase(msgspec.Struct, frozen=True):
    """A case that waits for nobody any more."""

    kind: ChannelName
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
    session: Session,
    channels: Channels,
    organisation: OrganisationId,
    wanted: DoneFilter,
    cursor: str | None,
    limit: int,
) -> Page[DoneCase]:
    """The one that was done last first."""
    asked = (channel.done(organisation, wanted.since) for channel in channels if channel.name in wanted.kinds)
    queries = [query for query in asked if query is not None]
    if not queries:
        return Page((), None)
    found = union_all(*queries).subquery()
    query = select(found).where(found.c.organisation_id == organisation)
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


def _done(row: Row[*tuple[object, ...]]) -> DoneCase:
    columns = row._mapping
    return DoneCase(
        kind=ChannelName(columns["kind"]),
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
