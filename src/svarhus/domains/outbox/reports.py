"""What providers tell of messages by the line on which they take them."""

from datetime import timedelta

import msgspec
import structlog

from svarhus.domains.outbox import repository
from svarhus.domains.outbox.model import Channel
from svarhus.kit.clock import Clock
from svarhus.kit.database import Database
from svarhus.kit.ids import OrganisationId
from svarhus.kit.jobs.model import Attempt, JobKind, Retries
from svarhus.kit.jobs.telling import tell
from svarhus.ports.sms import Report, ReportState

log = structlog.get_logger()


class NotKnownYet(Exception):
    """The message that is told of has not got the provider's name yet: it is just being sent."""


class KeepReport(msgspec.Struct, frozen=True):
    """Keep what a provider has told."""

    organisation: OrganisationId
    provider_id: str
    delivered: bool
    reason: str = ""


KEEP_REPORT = JobKind("outbox.report", KeepReport, Retries(times=5, first=timedelta(seconds=1)))


class Reports:
    """Takes reports in, and finds their messages."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def told(self, organisation: OrganisationId, report: Report) -> None:
        """It is kept when this returns."""
        delivered = report.state is ReportState.DELIVERED
        async with self._database.begin() as session:
            await tell(session, KEEP_REPORT.job(KeepReport(organisation, report.id, delivered, report.reason)))

    async def keep(self, told: KeepReport, attempt: Attempt) -> None:
        """Does the jobs of KEEP_REPORT."""
        async with self._database.begin() as session:
            for spelling in spellings(told.provider_id):
                found = await repository.of_provider(session, told.organisation, Channel.TEXT, spelling)
                if found is not None:
                    break
            else:
                if not attempt.last:
                    raise NotKnownYet
                # The same account may be used by others too.
                log.info("report_of_unknown_message", organisation=told.organisation)
                return
            now = self._clock.now()
            await repository.reported(
                session, told.organisation, found, delivered=told.delivered, said=told.reason, now=now
            )


def spellings(provider_id: str) -> tuple[str, ...]:
    """Ways in which providers write one id: some answer in hexadecimal digits and report in decimal ones."""
    found = [provider_id, provider_id.lstrip("0")]
    if provider_id.isascii() and provider_id.isdigit():
        found += [
            f"{int(provider_id):x}",
            f"{int(provider_id):X}",
            f"{int(provider_id):08x}",
            f"{int(provider_id):08X}",
        ]
    return tuple(dict.fromkeys(spelling for spelling in found if spelling))
