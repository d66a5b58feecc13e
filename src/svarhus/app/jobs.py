"""All that the worker does. A new job goes into the `jobs.py` of its domain, whose jobs are named here."""

from svarhus.app.organisations import Organisations
from svarhus.domains.alerts.entries import entry_jobs
from svarhus.domains.alerts.jobs import alert_jobs
from svarhus.domains.organisation.jobs import organisation_jobs
from svarhus.domains.outbox.jobs import outbox_jobs
from svarhus.domains.outbox.reports import Reports
from svarhus.domains.outbox.sending import Sending
from svarhus.domains.recordings.files import RecordingFiles
from svarhus.domains.recordings.jobs import recording_jobs
from svarhus.domains.signin.jobs import people_jobs
from svarhus.domains.telling.answers import answer_jobs
from svarhus.domains.telling.jobs import telling_jobs
from svarhus.kit.clock import Clock
from svarhus.kit.database import Database
from svarhus.kit.jobs.housekeeping import housekeeping
from svarhus.kit.jobs.model import Jobs


def all_jobs(
    database: Database,
    clock: Clock,
    wired: Organisations,
    sending: Sending,
    reports: Reports,
    recordings: RecordingFiles,
) -> Jobs:
    return (
        housekeeping(database)
        + people_jobs(wired.sign_in)
        + organisation_jobs(wired.service)
        + outbox_jobs(database, clock, sending, reports)
        + alert_jobs(database, wired.repository, wired.outbox)
        + entry_jobs(database, wired.repository, wired.outbox)
        + telling_jobs(database, wired.repository, wired.outbox)
        + answer_jobs(database, clock, wired.repository, wired.outbox)
        + recording_jobs(database, clock, wired.repository, wired.audit, recordings)
    )
