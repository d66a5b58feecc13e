"""Finds what a case is about, whatever its kind."""

from collections.abc import Callable

from sqlalchemy import select

from svarhus.domains.callbacks.repository import find_booking
from svarhus.domains.calls.repository import find_call
from svarhus.domains.calls.tables import calls
from svarhus.domains.desk.errors import CaseNotFound
from svarhus.domains.desk.model import CaseKind, CaseRef, Subject
from svarhus.domains.voicemails.repository import find_voicemail
from svarhus.kit.clock import Instant
from svarhus.kit.database import Session
from svarhus.kit.ids import BookingId, CallId, OrganisationId, PersonKey, RecordingId

CallsInProgress = Callable[[OrganisationId, CallId], Subject | None]
"""A call that is going on; None when there is none of this id."""


async def find_subject(
    session: Session, organisation: OrganisationId, case: CaseRef, in_progress: CallsInProgress
) -> Subject:
    """CaseNotFound."""
    match case.kind:
        case CaseKind.CALL:
            found = in_progress(organisation, CallId(case.id)) or await _call(session, organisation, case)
        case CaseKind.CALLBACK:
            found = await _callback(session, organisation, case)
        case CaseKind.VOICEMAIL:
            found = await _voicemail(session, organisation, case)
    if found is None:
        raise CaseNotFound(f"There is no {case.kind.value} `{case.id}`.")
    return found


async def _call(session: Session, organisation: OrganisationId, case: CaseRef) -> Subject | None:
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
    )


async def _callback(session: Session, organisation: OrganisationId, case: CaseRef) -> Subject | None:
    booking = await find_booking(session, organisation, BookingId(case.id))
    if booking is None:
        return None
    name, dialled = await _name_in(session, organisation, booking.call)
    return Subject(
        ref=case,
        queue=booking.queue,
        number=booking.number,
        name=name,
        at=booking.booked_at,
        call=booking.call,
        open=booking.status.live,
        language=booking.language,
        dialled=dialled,
    )


async def _voicemail(session: Session, organisation: OrganisationId, case: CaseRef) -> Subject | None:
    voicemail = await find_voicemail(session, organisation, RecordingId(case.id))
    if voicemail is None:
        return None
    name, dialled = await _name_in(session, organisation, voicemail.call)
    return Subject(
        ref=case,
        queue=voicemail.queue,
        number=voicemail.caller,
        name=name,
        at=voicemail.at,
        call=voicemail.call,
        open=voicemail.handled_at is None,
        language="",
        dialled=dialled,
    )


async def _name_in(session: Session, organisation: OrganisationId, call: CallId | None) -> tuple[str, str | None]:
    """The caller's name as it was shown in this call, and the number that was dialled."""
    if call is None:
        return "", None
    row = calls.c
    query = select(row.caller_name, row.dialled).where(row.organisation_id == organisation, row.call_id == call)
    found = (await session.execute(query)).one_or_none()
    return (found.caller_name, found.dialled) if found else ("", None)


async def last_call_of(
    session: Session, organisation: OrganisationId, person: PersonKey, since: Instant
) -> CaseRef | None:
    """What the person spoke about last: the call, or the callback that it carried out."""
    row = calls.c
    query = (
        select(row.call_id, row.record["booking"].astext.label("booking"))
        .where(row.organisation_id == organisation, row.person == person, row.ended_at >= since)
        .order_by(row.ended_at.desc())
        .limit(1)
    )
    found = (await session.execute(query)).one_or_none()
    if found is None:
        return None
    if found.booking:
        return CaseRef(CaseKind.CALLBACK, found.booking)
    return CaseRef(CaseKind.CALL, found.call_id)
