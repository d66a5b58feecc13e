"""What the same number had to do with us before, by whatever channel, in one list."""

import msgspec
from sqlalchemy import Row, select, union_all

from svarhus.domains.cases import repository
from svarhus.domains.cases.model import CaseRef, ChannelName
from svarhus.domains.channels.model import EarlierContact
from svarhus.domains.channels.registry import Channels
from svarhus.kit.clock import instant
from svarhus.kit.database import Page, Session, page
from svarhus.kit.ids import OrganisationId

LONGEST_EXCERPT = 300
"""Characters of a note that is shown in the list."""


async def earlier_contacts(
    session: Session, channels: Channels, organisation: OrganisationId, number: str, cursor: str | None, limit: int
) -> Page[EarlierContact]:
    """The newest first. A call that came to a callback or a message is shown as that."""
    found = union_all(*(channel.earlier(organisation, number) for channel in channels)).subquery()
    order = [found.c.at, found.c.kind, found.c.id]
    query = select(found).where(found.c.organisation_id == organisation)
    rows = await page(session, query, order, cursor, limit, newest_first=True)
    plain = rows.map(lambda row: _contact(row))
    refs = [CaseRef(each.kind, each.id) for each in plain.items]
    counts = await repository.note_counts(session, organisation, refs)
    texts = await repository.last_notes(session, organisation, refs)
    tags = await repository.tags_of(session, organisation, refs)

    def marked(contact: EarlierContact) -> EarlierContact:
        key = CaseRef(contact.kind, contact.id).key
        text = texts.get(key)
        return msgspec.structs.replace(
            contact,
            notes=counts.get(key, 0),
            last_note=text[:LONGEST_EXCERPT] if text else None,
            tags=tags.get(key, ()),
        )

    return plain.map(marked)


def _contact(row: Row[*tuple[object, ...]]) -> EarlierContact:
    columns = row._mapping
    return EarlierContact(
        kind=ChannelName(columns["kind"]),
        id=columns["id"],
        at=instant(columns["at"]),
        queue=columns["queue"],
        person=columns["person"],
        outcome=columns["outcome"],
        seconds=columns["seconds"],
        outgoing=columns["outgoing"],
        tags=(),
        notes=0,
        last_note=None,
    )
