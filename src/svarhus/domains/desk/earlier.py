"""What the same number had to do with us before: calls, callbacks and voicemails in one list."""

import msgspec
from sqlalchemy import (
    Boolean,
    Double,
    Row,
    Select,
    and_,
    case,
    cast,
    exists,
    false,
    literal,
    null,
    or_,
    select,
    union_all,
)

from svarhus.domains.callbacks.tables import bookings
from svarhus.domains.calls.tables import calls
from svarhus.domains.desk import repository
from svarhus.domains.desk.model import CaseKind, CaseRef, EarlierContact
from svarhus.domains.voicemails.tables import voicemails
from svarhus.kit.clock import instant
from svarhus.kit.database import Page, Session, page
from svarhus.kit.ids import OrganisationId

LONGEST_EXCERPT = 300
"""Characters of a note that is shown in the list."""


async def earlier_contacts(
    session: Session, organisation: OrganisationId, number: str, cursor: str | None, limit: int
) -> Page[EarlierContact]:
    """The newest first. A call that came to a callback or a message is shown as that."""
    found = union_all(
        _calls(organisation, number), _callbacks(organisation, number), _voicemails(organisation, number)
    ).subquery()
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


def _calls(organisation: OrganisationId, number: str) -> Select[*tuple[object, ...]]:
    row = calls.c
    same = or_(row.caller == number, row.dialled == number)
    shown_otherwise = or_(
        and_(
            row.outcome == "voicemail",
            exists().where(voicemails.c.organisation_id == organisation, voicemails.c.call_id == row.call_id),
        ),
        and_(
            row.outcome == "callback_booked",
            exists().where(bookings.c.organisation_id == organisation, bookings.c.call_id == row.call_id),
        ),
    )
    return select(
        row.organisation_id,
        literal("call").label("kind"),
        row.call_id.label("id"),
        row.began_at.label("at"),
        row.queue.label("queue"),
        row.person.label("person"),
        row.outcome.label("outcome"),
        row.talk.label("seconds"),
        (row.kind == "outgoing").label("outgoing"),
    ).where(row.organisation_id == organisation, same, row.kind != "callback", ~shown_otherwise)


def _callbacks(organisation: OrganisationId, number: str) -> Select[*tuple[object, ...]]:
    row = bookings.c
    return select(
        row.organisation_id,
        literal("callback").label("kind"),
        row.id.label("id"),
        row.booked_at.label("at"),
        row.queue.label("queue"),
        case((row.closed_at.is_not(None), row.closed_by), else_=row.person).label("person"),
        row.status.label("outcome"),
        cast(null(), Double).label("seconds"),
        cast(false(), Boolean).label("outgoing"),
    ).where(row.organisation_id == organisation, row.number == number)


def _voicemails(organisation: OrganisationId, number: str) -> Select[*tuple[object, ...]]:
    row = voicemails.c
    return select(
        row.organisation_id,
        literal("voicemail").label("kind"),
        row.id.label("id"),
        row.at.label("at"),
        row.queue.label("queue"),
        row.handled_by.label("person"),
        case((row.handled_at.is_(None), "new"), else_="handled").label("outcome"),
        row.seconds.label("seconds"),
        cast(false(), Boolean).label("outgoing"),
    ).where(row.organisation_id == organisation, row.caller == number)


def _contact(row: Row[*tuple[object, ...]]) -> EarlierContact:
    columns = row._mapping
    return EarlierContact(
        kind=CaseKind(columns["kind"]),
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
