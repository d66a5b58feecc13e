"""Tells of an alert, each receiver once when it begins and once when it is over."""

import msgspec

from svarhus.domains.alerts.past import note_told
from svarhus.domains.alerts.receivers import person_at, receivers
from svarhus.domains.alerts.words import Told, words
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.repository import OrganisationRepository
from svarhus.domains.outbox.model import Channel, NewMessage, Purpose
from svarhus.domains.outbox.writing import Outbox
from svarhus.domains.people.rights import OPERATOR
from svarhus.domains.queues.alerts import AlertEnd, AlertRule
from svarhus.domains.queues.model import Queue
from svarhus.kit.clock import Instant
from svarhus.kit.database import Database
from svarhus.kit.ids import AlertId, OrganisationId, PersonKey, QueueKey
from svarhus.kit.jobs.model import Attempt, JobKind, Jobs, Work
from svarhus.kit.jobs.telling import once


class TellAlert(msgspec.Struct, frozen=True):
    """Tell that an alert was raised, or that it is over."""

    organisation: OrganisationId
    alert: AlertId
    queue: QueueKey
    rule: str
    at: Instant
    seen: int = 0
    lasted: float = 0.0
    why: AlertEnd | None = None
    """Of one that is over."""


TELL_ALERT = JobKind(
    "alerts.tell",
    TellAlert,
    # The end is not told before the beginning.
    lock=lambda alert: f"alerts:{alert.organisation}:{alert.alert}",
)


def alert_jobs(database: Database, organisations: OrganisationRepository, outbox: Outbox) -> Jobs:
    async def tell_alert(alert: TellAlert, attempt: Attempt) -> None:
        async with database.begin() as session:
            _, configuration = await organisations.current(session, alert.organisation)
            messages = messages_of(configuration, alert)
            if messages and await once(session, attempt):
                for message in messages:
                    await outbox.put(session, alert.organisation, message, OPERATOR)
                if alert.why is None:
                    told = [message.receiver for message in messages]
                    await note_told(session, alert.organisation, alert.alert, told)

    return Jobs((Work(TELL_ALERT, tell_alert),))


def messages_of(configuration: Configuration, alert: TellAlert) -> tuple[NewMessage, ...]:
    """To those whom the rule names as it is now, each in their own language; none when it is gone."""
    queue = next((each for each in configuration.queues if each.key == alert.queue), None)
    rule = next((each for each in queue.alerts if each.id == alert.rule), None) if queue else None
    if queue is None or rule is None:
        return ()
    return tuple(
        _message(configuration, queue, rule, alert, channel, receiver)
        for channel, receiver in receivers(rule.mail, rule.text)
    )


def _message(
    configuration: Configuration, queue: Queue, rule: AlertRule, alert: TellAlert, channel: Channel, receiver: str
) -> NewMessage:
    person = person_at(configuration, receiver)
    language = person.language if person else configuration.organisation.language
    told = Told(alert.at, alert.seen, alert.lasted, alert.why)
    subject, text = words(configuration.organisation, queue.name, rule, told, language)
    known = PersonKey(person.key) if person else None
    subject = subject if channel is Channel.MAIL else ""
    return NewMessage(channel, Purpose.ALERT, receiver, text, subject, known)
