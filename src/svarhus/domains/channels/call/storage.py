"""Calls in the call log, as cases and as earlier contacts."""

from sqlalchemy import and_, exists, literal, or_, select

from svarhus.domains.callbacks.tables import bookings
from svarhus.domains.calls.repository import find_call
from svarhus.domains.calls.tables import calls
from svarhus.domains.cases.model import CaseRef
from svarhus.domains.channels.channel import Rows
from svarhus.domains.channels.model import Subject
from svarhus.domains.channels.names import CALLBACK
from svarhus.domains.voicemails.tables import voicemails
from svarhus.kit.clock import Instant, instant
from svarhus.kit.database import Session
from svarhus.kit.ids import CallId, OrganisationId, PersonKey


async def find_subject(session: Session, organisation: OrganisationId, case: CaseRef) -> Subject | None:
    call = await find_call(session, organisation, CallId(case.id))
    if call is None:
        return None
    return Subject(
        ref=case,
        queue=call.queue,
        number=call.caller or (call.dialled if call.kind == "outgoing" else None),
        name=call.caller_name,
        at=call.began_at,
        call=call.call,
        open=False,
        language=call.language,
        dialled=call.dialled,
        goes_with=CaseRef(CALLBACK, call.booking) if call.booking else None,
        category=call.category,
    )


async def as_told_in(session: Session, organisation: OrganisationId, call: CallId | None) -> tuple[str, str | None]:
    """The caller's name as it was shown in this call, and the number that was dialled."""
    if call is None:
        return "", None
    row = calls.c
    query = select(row.caller_name, row.dialled).where(row.organisation_id == organisation, row.call_id == call)
    found = (await session.execute(query)).one_or_none()
    return (found.caller_name, found.dialled) if found else ("", None)


def earlier(organisation: OrganisationId, number: str) -> Rows:
    """A call that came to a callback or a message is shown as that."""
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


async def last_of(
    session: Session, organisation: OrganisationId, person: PersonKey, since: Instant
) -> tuple[Instant, str] | None:
    """The last call in which the person spoke, without attempts at callbacks, and when it ended."""
    row = calls.c
    query = (
        select(row.ended_at, row.call_id)
        .where(row.organisation_id == organisation, row.person == person, row.ended_at >= since)
        .where(row.record["booking"].astext.is_(None))
        .order_by(row.ended_at.desc())
        .limit(1)
    )
    found = (await session.execute(query)).one_or_none()
    return (instant(found.ended_at), found.call_id) if found else None
