"""Messages as they are kept: as cases, as earlier contacts, and those that are handled."""

from sqlalchemy import Boolean, case, cast, false, literal, select

from svarhus.domains.cases.model import CaseRef
from svarhus.domains.channels.call.storage import as_told_in
from svarhus.domains.channels.channel import Rows
from svarhus.domains.channels.model import Subject
from svarhus.domains.voicemails.repository import find_voicemail
from svarhus.domains.voicemails.tables import voicemails
from svarhus.kit.clock import Instant
from svarhus.kit.database import Session
from svarhus.kit.ids import OrganisationId, RecordingId


async def find_subject(session: Session, organisation: OrganisationId, case: CaseRef) -> Subject | None:
    voicemail = await find_voicemail(session, organisation, RecordingId(case.id))
    if voicemail is None:
        return None
    name, dialled = await as_told_in(session, organisation, voicemail.call)
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


def earlier(organisation: OrganisationId, number: str) -> Rows:
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


def done(organisation: OrganisationId, since: Instant) -> Rows:
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
    ).where(row.organisation_id == organisation, row.handled_at >= since)
