"""What is done with recordings later: they are sealed as soon as they are over, and deleted when their time is."""

import asyncio
from datetime import timedelta

import msgspec
import structlog

from svarhus.domains.audit.log import AuditLog
from svarhus.domains.organisation.repository import OrganisationRepository
from svarhus.domains.recordings import repository
from svarhus.domains.recordings.files import RecordingFiles
from svarhus.domains.recordings.keeping import kept_until
from svarhus.kit.clock import Clock, after
from svarhus.kit.database import Database
from svarhus.kit.ids import OrganisationId, RecordingId
from svarhus.kit.jobs.model import Attempt, JobKind, Jobs, Retries, Schedule, Work
from svarhus.kit.jobs.telling import tell

log = structlog.get_logger()


class SealRecording(msgspec.Struct, frozen=True):
    """Put the two files of a recording together, seal them, and delete them."""

    organisation: OrganisationId
    recording: RecordingId


class TendRecordings(msgspec.Struct, frozen=True):
    """Delete recordings whose time is over, and seal those that were not."""


SEAL_RECORDING = JobKind(
    "recordings.seal",
    SealRecording,
    # A full disk is noticed and made room on within hours.
    retries=Retries(times=24, first=timedelta(seconds=10), longest=timedelta(minutes=30)),
    limit=timedelta(minutes=15),
    lock=lambda wanted: f"recording:{wanted.recording}",
)
TEND_RECORDINGS = JobKind("recordings.tend", TendRecordings, limit=timedelta(minutes=15))

SETTLED = timedelta(seconds=3)
"""After which the engine has written the last of a recording that is over."""
OVERDUE = timedelta(minutes=30)
AT_ONCE = 200

WHO = "retention"
"""By whom the audit log says that they were deleted."""


def recording_jobs(
    database: Database, clock: Clock, organisations: OrganisationRepository, audit: AuditLog, files: RecordingFiles
) -> Jobs:
    async def seal(wanted: SealRecording, _: Attempt) -> None:
        organisation, id = wanted.organisation, wanted.recording
        async with database.begin() as session:
            found = await repository.find_recording(session, organisation, id)
        if found is None:
            await asyncio.to_thread(files.delete, organisation, id)
            return
        # What was to be there and is not is a failure; where nothing was said there is nothing to seal.
        if found.sealed_at is None and (found.seconds or files.has_sound(id)):
            seconds, peaks = await asyncio.to_thread(files.seal, organisation, id)
            async with database.begin() as session:
                there = await repository.mark_sealed(session, organisation, id, clock.now(), seconds, peaks)
            if not there:
                # Deleted meanwhile.
                await asyncio.to_thread(files.delete, organisation, id)
        await asyncio.to_thread(files.forget_raw, id)

    async def tend(_: TendRecordings, __: Attempt) -> None:
        for organisation in await organisations.organisations():
            await _delete_old(organisation)
            await _seal_forgotten(organisation)

    async def _delete_old(organisation: OrganisationId) -> None:
        now, last, deleted, configuration = clock.now(), None, 0, None
        while True:
            async with database.begin() as session:
                page = await repository.ended_before(session, organisation, now, last, AT_ONCE)
            if not page:
                break
            if configuration is None:
                _, configuration = await organisations.load(organisation)
            last = page[-1].id
            old = [each.id for each in page if kept_until(each, configuration) <= now]
            for id in old:
                # The sound first: the other way round it could stay behind with nothing that leads to it.
                await asyncio.to_thread(files.delete, organisation, id)
            async with database.begin() as session:
                await repository.forget(session, organisation, old)
            deleted += len(old)
        if deleted:
            async with database.begin() as session:
                await audit.write(session, organisation, now, WHO, "call-recordings-expired", str(deleted))
            log.info("recordings_deleted", organisation=organisation, count=deleted)

    async def _seal_forgotten(organisation: OrganisationId) -> None:
        """Those whose job was given up."""
        async with database.begin() as session:
            moment = after(clock.now(), -OVERDUE)
            forgotten = await repository.unsealed_since_before(session, organisation, moment, AT_ONCE)
            jobs = [SEAL_RECORDING.job(SealRecording(organisation, id), key=id) for id in forgotten]
            await tell(session, *jobs)
        if forgotten:
            log.warning("recordings_not_sealed", organisation=organisation, count=len(forgotten))

    return Jobs(
        (Work(SEAL_RECORDING, seal), Work(TEND_RECORDINGS, tend)),
        (Schedule.of("19 * * * *", TEND_RECORDINGS, TendRecordings()),),
    )
