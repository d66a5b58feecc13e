"""Tells those who look after a queue that somebody is to be called back."""

from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from svarhus.domains.alerts.receivers import person_at, receivers
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.repository import OrganisationRepository
from svarhus.domains.outbox.model import Channel, NewMessage, Purpose
from svarhus.domains.outbox.wording import worded
from svarhus.domains.outbox.writing import Outbox
from svarhus.domains.people.rights import OPERATOR
from svarhus.kit.clock import Instant, to_local
from svarhus.kit.database import Database
from svarhus.kit.ids import BookingId, OrganisationId, PersonKey, QueueKey
from svarhus.kit.jobs.model import Attempt, JobKind, Jobs, Work
from svarhus.kit.jobs.telling import once


class TellEntry(msgspec.Struct, frozen=True):
    """Tell that a callback has come into the list."""

    organisation: OrganisationId
    booking: BookingId
    queue: QueueKey
    due_at: Instant
    timed: bool
    """The customer was told that time."""


TELL_ENTRY = JobKind("alerts.tell_entry", TellEntry)


def entry_jobs(database: Database, organisations: OrganisationRepository, outbox: Outbox) -> Jobs:
    async def tell_entry(entry: TellEntry, attempt: Attempt) -> None:
        async with database.begin() as session:
            _, configuration = await organisations.current(session, entry.organisation)
            messages = messages_of(configuration, entry)
            if messages and await once(session, attempt):
                for message in messages:
                    await outbox.put(session, entry.organisation, message, OPERATOR)

    return Jobs((Work(TELL_ENTRY, tell_entry),))


def messages_of(configuration: Configuration, entry: TellEntry) -> tuple[NewMessage, ...]:
    """To those whom the queue names now, each in their own language. The customer's number is not in them: mail and
    texts are read by others."""
    queue = next((each for each in configuration.queues if each.key == entry.queue), None)
    if queue is None or queue.callbacks is None:
        return ()
    told = queue.callbacks.new_entries
    return tuple(
        _message(configuration, queue.name, entry, channel, receiver)
        for channel, receiver in receivers(told.mail, told.text)
    )


def _message(configuration: Configuration, queue: str, entry: TellEntry, channel: Channel, receiver: str) -> NewMessage:
    person = person_at(configuration, receiver)
    own = configuration.organisation
    language = person.language if person else own.language
    template = "new_entry" if entry.timed else "new_entry-untimed"
    time = _time(to_local(entry.due_at, ZoneInfo(own.timezone)))
    subject, text = worded(template, language, organisation=own.name, queue=queue, time=time)
    subject = subject if channel is Channel.MAIL else ""
    known = PersonKey(person.key) if person else None
    return NewMessage(channel, Purpose.NEW_ENTRY, receiver, text, subject, known)


def _time(wall: datetime) -> str:
    return f"{wall:%Y-%m-%d %H:%M}"
