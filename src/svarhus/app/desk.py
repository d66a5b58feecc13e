"""Puts together the work on cases with the running organisations that decide and tell of it."""

from svarhus.app.organisations import Organisations
from svarhus.domains.cases.model import CaseRef
from svarhus.domains.cases.requests import CaseRequest
from svarhus.domains.channels.model import Subject
from svarhus.domains.channels.registry import CHANNELS, Channels
from svarhus.domains.desk.service import Ask, Cases
from svarhus.exchange.core.errors import ExchangeUnavailable
from svarhus.exchange.service import RunningOrganisations
from svarhus.exchange.showing.desk import LiveDesk
from svarhus.kit.clock import Clock
from svarhus.kit.database import Database
from svarhus.kit.ids import OrganisationId


def asking(running: RunningOrganisations) -> Ask:
    """The way of requests about cases to the organisation that they are about."""

    async def ask(organisation: OrganisationId, request: CaseRequest) -> str:
        return await running.of(organisation).ask(request)

    return ask


def cases(
    database: Database,
    clock: Clock,
    organisations: Organisations,
    running: RunningOrganisations,
    channels: Channels = CHANNELS,
) -> Cases:
    desk = LiveDesk(channels)

    def in_progress(organisation: OrganisationId, case: CaseRef) -> Subject | None:
        try:
            return desk.in_progress(running.of(organisation).core, case)
        except ExchangeUnavailable:
            return None

    repository, audit, looks = organisations.repository, organisations.audit, organisations.looks
    return Cases(database, clock, channels, repository, audit, looks, in_progress, asking(running))
