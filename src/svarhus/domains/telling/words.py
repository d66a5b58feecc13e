"""The words that customers get: the organisation's own where it has some, else those that are shipped."""

from enum import StrEnum
from zoneinfo import ZoneInfo

import msgspec

from svarhus.domains.organisation.model import Configuration
from svarhus.domains.outbox.wording import phrase, unfilled
from svarhus.domains.queues.model import Queue
from svarhus.domains.queues.telling import Telling, filled
from svarhus.kit.clock import Instant, to_local
from svarhus.kit.ids import QueueKey


class Template(StrEnum):
    """What there are words for: what is told of callbacks, and what somebody sends by hand."""

    CONFIRMATION = Telling.CONFIRMATION.value
    UNTIMED = "untimed"
    """The confirmation where no time is stated."""
    REMINDER = Telling.REMINDER.value
    LATE = Telling.LATE.value
    UNANSWERED = Telling.UNANSWERED.value
    NOT_REACHED = Telling.NOT_REACHED.value
    MOVED = Telling.MOVED.value
    CANCELLED = Telling.CANCELLED.value
    RECEIPT = "receipt"


class About(msgspec.Struct, frozen=True):
    """What is filled in."""

    queue: QueueKey | None
    at: Instant | None
    """When the customer is called; None: nothing is said of it."""


def template_of(what: Telling, at: Instant | None) -> Template:
    """By which a customer is told it."""
    return Template.UNTIMED if what is Telling.CONFIRMATION and at is None else Template(what.value)


def words(configuration: Configuration, template: Template, language: str, about: About) -> tuple[str, str]:
    """Subject and text."""
    subject, shipped = unfilled(f"customer-{template.value.replace('_', '-')}", language)
    text = configuration.organisation.texts.of(template.value, language) or shipped
    values = fillings(configuration, language, about)
    return filled(subject, values), filled(text, values)


def fillings(configuration: Configuration, language: str, about: About) -> dict[str, str]:
    """What stands in place of each placeholder."""
    own = configuration.organisation
    queue = _queue(configuration, about.queue)
    presented = (queue.presented if queue else None) or own.outgoing.presented
    local = to_local(about.at, ZoneInfo(own.timezone)) if about.at else None
    return {
        "time": f"{local:%H:%M}" if local else "",
        "day": day_in_words(about.at, own.timezone, language) if about.at else "",
        "organisation": own.name,
        "queue": queue.name if queue else "",
        "number": presented or "",
    }


def day_in_words(at: Instant, timezone: str, language: str) -> str:
    """Such as `Monday 30 November`: it stays true however long the message is on its way."""
    local = to_local(at, ZoneInfo(timezone))
    weekday = phrase("customer-times", "weekdays", language).split()[local.weekday()]
    month = phrase("customer-times", "months", language).split()[local.month - 1]
    return phrase("customer-times", "day", language, weekday=weekday, day=str(local.day), month=month)


def _queue(configuration: Configuration, key: QueueKey | None) -> Queue | None:
    return next((queue for queue in configuration.queues if queue.key == key), None)
