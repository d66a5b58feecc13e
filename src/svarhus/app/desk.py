"""Puts together the work on cases with the running organisations that tell of it."""

import contextlib

from svarhus.app.organisations import Organisations
from svarhus.domains.desk.model import CaseKind, CaseRef, Marks, Subject
from svarhus.domains.desk.service import Cases
from svarhus.domains.voicemails.model import Voicemail
from svarhus.exchange.core.errors import ExchangeUnavailable
from svarhus.exchange.service import RunningOrganisations
from svarhus.exchange.showing.desk import call_in_progress
from svarhus.exchange.showing.live import LiveTopic
from svarhus.kit.clock import Clock
from svarhus.kit.database import Database
from svarhus.kit.ids import CallId, OrganisationId, RecordingId


def cases(database: Database, clock: Clock, organisations: Organisations, running: RunningOrganisations) -> Cases:
    def in_progress(organisation: OrganisationId, call: CallId) -> Subject | None:
        try:
            return call_in_progress(running.of(organisation).core, call)
        except ExchangeUnavailable:
            return None

    def changed(organisation: OrganisationId, case: CaseRef, marks: Marks, voicemail: Voicemail | None) -> None:
        with contextlib.suppress(ExchangeUnavailable):
            feed = running.of(organisation).live
            feed.desk.marked(case, marks)
            if case.kind is CaseKind.VOICEMAIL:
                tell_voicemail(running, organisation, RecordingId(case.id), voicemail)
            else:
                feed.tell_case(case)

    repository, audit, looks = organisations.repository, organisations.audit, organisations.looks
    return Cases(database, clock, repository, audit, looks, in_progress, changed)


def tell_voicemail(
    running: RunningOrganisations, organisation: OrganisationId, id: RecordingId, voicemail: Voicemail | None
) -> None:
    """Tell who is watching how a voicemail stands now; None: it is deleted."""
    with contextlib.suppress(ExchangeUnavailable):
        feed = running.of(organisation).live
        feed.desk.voicemail_changed(id, voicemail)
        feed.tell_of(LiveTopic.VOICEMAILS, id)
        feed.tell_case(CaseRef(CaseKind.VOICEMAIL, id))
