"""Puts together the directory, external contacts and the queue log."""

import contextlib
from dataclasses import dataclass

from svarhus.app.organisations import Organisations
from svarhus.domains.contacts.book import ContactBook
from svarhus.domains.contacts.directory import Directory
from svarhus.domains.queuelog.service import QueueLog
from svarhus.exchange.core.errors import ExchangeUnavailable
from svarhus.exchange.service import RunningOrganisations
from svarhus.exchange.showing.views import LiveTopic
from svarhus.kit.clock import Clock
from svarhus.kit.database import Database
from svarhus.kit.ids import OrganisationId
from svarhus.kit.workshop import Workshop


@dataclass(frozen=True)
class Switchboard:
    """The services of those who look people up and connect calls."""

    directory: Directory
    book: ContactBook
    queue_log: QueueLog


def switchboard(
    database: Database, clock: Clock, organisations: Organisations, running: RunningOrganisations
) -> Switchboard:
    """Put them together."""

    def contact_changed(organisation: OrganisationId, key: str) -> None:
        _tell(running, organisation, LiveTopic.CONTACTS, key)

    def unanswered_changed(organisation: OrganisationId, key: str) -> None:
        _tell(running, organisation, LiveTopic.UNANSWERED, key)

    return Switchboard(
        directory=Directory(database, organisations.repository, organisations.looks),
        book=ContactBook(
            database, clock, organisations.repository, organisations.audit, contact_changed, Workshop("contacts")
        ),
        queue_log=QueueLog(
            database, clock, organisations.repository, organisations.audit, organisations.looks, unanswered_changed
        ),
    )


def _tell(running: RunningOrganisations, organisation: OrganisationId, topic: LiveTopic, key: str) -> None:
    with contextlib.suppress(ExchangeUnavailable):
        running.of(organisation).live.tell_of(topic, key)
