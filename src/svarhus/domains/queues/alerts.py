"""Alerts: when a queue is not as it should be, whom it is told, and what of it is kept."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated

import msgspec
from pydantic import Field

from svarhus.kit.clock import Instant
from svarhus.kit.document import E164, DocumentPart, Key
from svarhus.kit.ids import AlertId, QueueKey

MailAddress = Annotated[str, Field(pattern=r"^[^@\s<>,;]+@[^@\s<>,;]+$", max_length=254)]


class AlertOn(StrEnum):
    """What must not be."""

    WAIT = "wait"
    """Whoever waits longest has waited more than so many seconds."""
    WAITING = "waiting"
    """More than so many wait."""
    MEMBERS = "members"
    """Fewer than so many members are logged in."""


class AlertRule(DocumentPart):
    """When those who look after the queue are told, and where."""

    on: AlertOn = AlertOn.WAIT
    limit: int = Field(
        default=300,
        ge=1,
        le=86_400,
        description="Seconds of the longest wait, or callers: told when there are more. Members: when there are fewer.",
    )
    minutes: int = Field(default=0, ge=0, le=240, description="For so long it must last; 0: it is told at once.")
    hours: Key | None = Field(default=None, description="Only while these opening hours are open; None: always.")
    mail: tuple[MailAddress, ...] = Field(default=(), max_length=20, description="Addresses that get a mail.")
    text: tuple[E164, ...] = Field(default=(), max_length=20, description="Mobile phones that get a text.")

    @property
    def id(self) -> str:
        """What it watches: a rule that watches something else is another one."""
        return f"{self.on.value}:{self.limit}:{self.minutes}:{self.hours or ''}"


class Standing(msgspec.Struct, frozen=True):
    """How it stands with a queue."""

    waiting: int
    oldest: Instant | None
    """When the one came who has waited longest."""
    members: int
    """Logged in."""


def is_met(rule: AlertRule, standing: Standing, now: Instant) -> bool:
    """Whether it is as it must not be."""
    match rule.on:
        case AlertOn.WAIT:
            return waited(standing, now) > rule.limit
        case AlertOn.WAITING:
            return standing.waiting > rule.limit
        case AlertOn.MEMBERS:
            return standing.members < rule.limit


def seen(rule: AlertRule, standing: Standing, now: Instant) -> int:
    """What is told of it: seconds, callers or members."""
    match rule.on:
        case AlertOn.WAIT:
            return int(waited(standing, now))
        case AlertOn.WAITING:
            return standing.waiting
        case AlertOn.MEMBERS:
            return standing.members


def waited(standing: Standing, now: Instant) -> float:
    """Seconds of the longest wait."""
    return (now - standing.oldest).total_seconds() if standing.oldest else 0.0


def twice(rules: Iterable[AlertRule]) -> int | None:
    """The place of the first rule that watches what one before it does."""
    ids = [rule.id for rule in rules]
    return next((place for place, id in enumerate(ids) if id in ids[:place]), None)


class AlertEnd(StrEnum):
    """Why an alert is over."""

    MENDED = "mended"
    CLOSED = "closed"
    """The opening hours of the rule have ended."""
    RULE_GONE = "rule_gone"
    """Nobody watches for it any more."""


class Alert(msgspec.Struct, frozen=True):
    """One that was told, and is not over."""

    id: AlertId
    queue: QueueKey
    rule: str
    on: AlertOn
    limit: int
    since: Instant


class AlertRaised(msgspec.Struct, frozen=True, kw_only=True, tag="alert_raised"):
    alert: AlertId
    queue: QueueKey
    rule: str
    """Which of the queue's rules: see `AlertRule.id`."""
    on: AlertOn
    limit: int
    minutes: int
    seen: int
    """Seconds, callers or members at that moment."""


class AlertOver(msgspec.Struct, frozen=True, kw_only=True, tag="alert_over"):
    alert: AlertId
    queue: QueueKey
    rule: str
    why: AlertEnd
    lasted: float
    """Seconds since it was raised."""


AlertFact = AlertRaised | AlertOver
