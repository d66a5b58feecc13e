"""Puts together the work on cases with the running organisations that tell of it."""

import contextlib

from svarhus.app.organisations import Organisations
from svarhus.domains.cases.model import CaseRef, Marks
from svarhus.domains.channels.model import Kept, Subject
from svarhus.domains.channels.registry import CHANNELS
from svarhus.domains.channels.voicemail.channel import VOICEMAIL
from svarhus.domains.desk.service import Cases
from svarhus.exchange.core.errors import ExchangeUnavailable
from svarhus.exchange.service import RunningOrganisations
from svarhus.kit.clock import Clock
from svarhus.kit.database import Database
from svarhus.kit.ids import OrganisationId, RecordingId


def cases(database: Database, clock: Clock, organisations: Organisations, running: RunningOrganisations) -> Cases:
    def in_progress(organisation: OrganisationId, case: CaseRef) -> Subject | None:
        try:
            exchange = running.of(organisation)
        except ExchangeUnavailable:
            return None
        return exchange.live.desk.in_progress(exchange.core, case)

    def changed(organisation: OrganisationId, case: CaseRef, marks: Marks, kept: Kept | None) -> None:
        with contextlib.suppress(ExchangeUnavailable):
            feed = running.of(organisation).live
            feed.desk.marked(case, marks)
            feed.desk.keep(case, kept)
            feed.tell_case(case)

    repository, audit, looks = organisations.repository, organisations.audit, organisations.looks
    return Cases(database, clock, CHANNELS, repository, audit, looks, in_progress, changed)


def tell_deleted(running: RunningOrganisations, organisation: OrganisationId, id: RecordingId) -> None:
    """Tell who is watching that a voicemail is not there any more."""
    case = CaseRef(VOICEMAIL, id)
    with contextlib.suppress(ExchangeUnavailable):
        feed = running.of(organisation).live
        feed.desk.keep(case, None)
        feed.tell_case(case)
