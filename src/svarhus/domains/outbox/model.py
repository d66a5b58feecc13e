"""A message, from when it is written to what became of it."""

from enum import StrEnum

import msgspec

from svarhus.kit.clock import Instant
from svarhus.kit.ids import BookingId, OrganisationId, PersonKey


class Channel(StrEnum):
    MAIL = "mail"
    TEXT = "text"
    """To a mobile phone (SMS)."""


class Purpose(StrEnum):
    """Why it was written."""

    INVITATION = "invitation"
    TEST = "test"
    ALERT = "alert"
    """A queue is not as it should be, or is so again."""
    NEW_ENTRY = "new_entry"
    """Somebody is to be called back."""
    CONFIRMATION = "confirmation"
    """To a customer, of a callback; and so those below."""
    REMINDER = "reminder"
    LATE = "late"
    UNANSWERED = "unanswered"
    NOT_REACHED = "not_reached"
    MOVED = "moved"
    CANCELLED = "cancelled"
    RECEIPT = "receipt"
    """To a customer, by hand."""
    ANSWER = "answer"
    """To a text that came in."""


TO_CUSTOMERS = frozenset(Purpose) - {Purpose.INVITATION, Purpose.TEST, Purpose.ALERT, Purpose.NEW_ENTRY}


class Status(StrEnum):
    WAITING = "waiting"
    """To be sent: now, or again when the provider takes messages."""
    SENDING = "sending"
    """It is being handed over, or was when something broke: it is not known whether it was taken."""
    SENT = "sent"
    """The provider has taken it."""
    DELIVERED = "delivered"
    """The provider has told that it has arrived."""
    FAILED = "failed"
    KEPT = "kept"
    """There was no provider: it is shown here and never sent."""
    DROPPED = "dropped"
    """It was not sent in time, and nobody has use for it any more."""


OPEN = frozenset({Status.WAITING, Status.SENDING})


class Reason(StrEnum):
    """Why it is not sent, besides what a provider can say (`ports.sending.Why`)."""

    NO_PROVIDER = "no_provider"
    TOO_OLD = "too_old"
    """It could not be sent for so long that nobody waits for it."""
    OVERTAKEN = "overtaken"
    """Something has happened that makes it untrue: what it tells of was moved, cancelled or done."""
    NOT_DELIVERED = "not_delivered"
    """The provider took it, and told later that it did not arrive."""
    FAULT = "fault"
    """Of ours: the log of the worker says more."""


class NewMessage(msgspec.Struct, frozen=True):
    """A message to be sent."""

    channel: Channel
    purpose: Purpose
    receiver: str
    """An address, or E.164."""
    text: str
    subject: str = ""
    """Of mail."""
    person: PersonKey | None = None
    """Of the organisation, to whom it goes."""
    lets_in: bool = False
    """It holds what lets the person in: it is sealed, forgotten when it is sent, and shown to no one who may not do
    that."""
    booking: BookingId | None = None
    """Of which it tells."""
    useful_until: Instant | None = None
    """If it could not be sent by then, it is not sent."""
    calendar: str = ""
    """Of mail: a calendar file (RFC 5545) that goes with it."""


class Message(msgspec.Struct, frozen=True):
    """A message and how it stands with it."""

    organisation: OrganisationId
    id: str
    channel: Channel
    purpose: Purpose
    receiver: str
    subject: str
    text: str | None
    """None when it was forgotten. Sealed if it lets somebody in."""
    person: PersonKey | None
    lets_in: bool
    status: Status
    reason: str
    """Of the last attempt; `Reason` or `Why`, empty when all is well."""
    detail: str
    """What the provider said."""
    attempts: int
    provider_id: str
    report_key: str
    """Whoever tells what became of the message has to know it."""
    parts: int
    made_by: str
    made_at: Instant
    tried_at: Instant | None
    sent_at: Instant | None
    ended_at: Instant | None
    """When it was delivered, failed, or was dropped."""
    booking: BookingId | None = None
    useful_until: Instant | None = None
    calendar: str = ""


class Wanted(msgspec.Struct, frozen=True):
    """Which messages are wanted; None: any."""

    channel: Channel | None = None
    statuses: tuple[Status, ...] = ()
    """Any when none is named."""
    text: str = ""
    """In the receiver or the subject, in any case."""
