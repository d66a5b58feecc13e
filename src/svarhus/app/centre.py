"""Puts together the contact centre at work: calls, callbacks, voicemails, cases, and what happens now."""

import contextlib
from dataclasses import dataclass
from pathlib import Path

from svarhus.app.desk import asking, cases
from svarhus.app.directory import Switchboard, switchboard
from svarhus.app.organisations import Organisations
from svarhus.app.remains import QueueRemains
from svarhus.app.wallboard import Screens
from svarhus.domains.alerts.past import PastAlerts
from svarhus.domains.boards.estimates import EstimateErrors
from svarhus.domains.boards.service import TodaysFigures, Wallboards
from svarhus.domains.callbacks.service import Callbacks
from svarhus.domains.calls.service import CallLog
from svarhus.domains.contacts.repository import numbers_named
from svarhus.domains.desk.service import Cases
from svarhus.domains.noticeboard.service import Noticeboard
from svarhus.domains.recordings.files import RecordingFiles
from svarhus.domains.recordings.sealed import SealedFiles
from svarhus.domains.recordings.service import Recordings
from svarhus.domains.telling.service import CustomerMessages
from svarhus.domains.voicemails.service import Voicemails
from svarhus.exchange.absences import Absences
from svarhus.exchange.core.errors import ExchangeUnavailable
from svarhus.exchange.pauses import Pauses
from svarhus.exchange.phone import PhoneService
from svarhus.exchange.running.exchange import Exchange
from svarhus.exchange.service import RunningOrganisations, RunningService
from svarhus.exchange.showing.views import LiveTopic
from svarhus.kit.clock import Clock
from svarhus.kit.database import Database
from svarhus.kit.ids import OrganisationId


@dataclass(frozen=True)
class Centre:
    """The services of what comes in, and of those who take care of it."""

    calls: CallLog
    callbacks: Callbacks
    voicemails: Voicemails
    recordings: Recordings
    cases: Cases
    running: RunningService
    absences: Absences
    pauses: Pauses
    phones: PhoneService
    noticeboard: Noticeboard
    figures: TodaysFigures
    estimate_errors: EstimateErrors
    past_alerts: PastAlerts
    remains: QueueRemains
    screens: Screens
    switchboard: Switchboard
    customer_messages: CustomerMessages


class NothingRuns:
    """No organisation runs here: for a process that takes no calls."""

    def of(self, organisation: OrganisationId) -> Exchange:
        raise ExchangeUnavailable("No organisation runs in this process.")


def centre(
    database: Database,
    clock: Clock,
    organisations: Organisations,
    running: RunningOrganisations,
    recordings: Path,
    sealing_key: str,
) -> Centre:
    """Put them together. `recordings`: the folder of what was recorded; `sealing_key`: the installation's."""

    def notice_changed(organisation: OrganisationId, id: int) -> None:
        with contextlib.suppress(ExchangeUnavailable):
            running.of(organisation).live.tell_of(LiveTopic.NOTICES, str(id))

    repository, audit = organisations.repository, organisations.audit
    figures = TodaysFigures(database, clock, repository)
    links = Wallboards(database, clock, repository, audit)
    messages = Voicemails(database, clock, audit, organisations.looks, recordings, asking(running))
    files = RecordingFiles(recordings, SealedFiles(sealing_key))
    desk = cases(database, clock, organisations, running)
    talks = Recordings(database, clock, audit, organisations.looks, files)
    return Centre(
        calls=CallLog(database, clock, repository, audit, organisations.looks, numbers_named),
        callbacks=Callbacks(database, organisations.repository, organisations.looks),
        voicemails=messages,
        recordings=talks,
        cases=desk,
        running=RunningService(running, clock),
        absences=Absences(running, database, clock, audit),
        pauses=Pauses(running, database, clock, audit),
        phones=PhoneService(running, repository.phone_secret),
        noticeboard=Noticeboard(database, clock, repository, audit, notice_changed),
        figures=figures,
        estimate_errors=EstimateErrors(database, clock),
        past_alerts=PastAlerts(database),
        remains=QueueRemains(database, repository, messages, talks),
        screens=Screens(links, figures, repository, running, clock),
        switchboard=switchboard(database, clock, organisations, running),
        customer_messages=CustomerMessages(database, clock, repository, desk, organisations.outbox),
    )
