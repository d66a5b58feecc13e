"""Tells a customer of a callback: each thing once, and nothing that is not so any more."""

from datetime import timedelta

import msgspec

from svarhus.domains.callbacks.repository import KeptBooking, find_booking
from svarhus.domains.callbacks.state import BookingKind, BookingStatus
from svarhus.domains.numbers.parse import takes_texts
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.repository import OrganisationRepository
from svarhus.domains.outbox import repository
from svarhus.domains.outbox.model import Channel, NewMessage, Purpose
from svarhus.domains.outbox.writing import Outbox
from svarhus.domains.people.rights import OPERATOR
from svarhus.domains.queues.telling import Telling
from svarhus.domains.telling.calendar import calendar_file
from svarhus.domains.telling.words import About, template_of, words
from svarhus.kit.clock import Instant, after
from svarhus.kit.database import Database
from svarhus.kit.ids import BookingId, OrganisationId
from svarhus.kit.jobs.model import Attempt, JobKind, Jobs, Work
from svarhus.kit.jobs.telling import once

LATE_IS_USEFUL = timedelta(hours=1)
"""After the promised time nobody has use any more for the news that we are late."""

OF_ONE_TIME = (Purpose.CONFIRMATION, Purpose.MOVED, Purpose.REMINDER, Purpose.LATE, Purpose.UNANSWERED)
"""They tell of a time: another one overtakes them."""

_IN_CALENDAR = frozenset({Telling.CONFIRMATION, Telling.MOVED, Telling.CANCELLED})


class TellCustomer(msgspec.Struct, frozen=True):
    """Tell a customer something of a callback."""

    organisation: OrganisationId
    booking: BookingId
    what: Telling
    told_at: Instant
    """When it was seen that it is to be told."""
    at: Instant | None = None
    """The time that it is about."""


TELL_CUSTOMER = JobKind(
    "telling.customer",
    TellCustomer,
    # Of two times the later word counts.
    lock=lambda telling: f"telling:{telling.organisation}:{telling.booking}",
)


def telling_jobs(database: Database, organisations: OrganisationRepository, outbox: Outbox) -> Jobs:
    async def tell_customer(telling: TellCustomer, attempt: Attempt) -> None:
        async with database.begin() as session:
            # Held until this is committed: what overtakes it finds it in the outbox.
            booking = await find_booking(session, telling.organisation, telling.booking, hold=True)
            if booking is None or not still_so(telling, booking):
                return
            _, configuration = await organisations.current(session, telling.organisation)
            messages = messages_of(configuration, telling, booking)
            if not messages or not await once(session, attempt):
                return
            if telling.what in (Telling.MOVED, Telling.CANCELLED):
                await repository.overtaken(session, telling.organisation, booking.id, OF_ONE_TIME, telling.told_at)
            for message in messages:
                await outbox.put(session, telling.organisation, message, OPERATOR)

    return Jobs((Work(TELL_CUSTOMER, tell_customer),))


def still_so(telling: TellCustomer, booking: KeptBooking) -> bool:
    """Whether it holds by now what is to be told."""
    match telling.what:
        case Telling.CANCELLED:
            return booking.kind is not BookingKind.ABANDONED  # Nothing was promised.
        case Telling.NOT_REACHED:
            return True
        case Telling.UNANSWERED:
            return booking.status.live and booking.due_at == telling.at
        case Telling.REMINDER | Telling.LATE:
            begun = booking.status not in (BookingStatus.BOOKED, BookingStatus.DUE)
            return not begun and booking.due_at == booking.promised_at == telling.at
        case _:
            return booking.status.live and booking.promised_at == telling.at


def messages_of(configuration: Configuration, telling: TellCustomer, booking: KeptBooking) -> tuple[NewMessage, ...]:
    """An SMS where it can arrive, else a mail; what belongs into a calendar goes by mail in any case. None when the
    queue does not tell it (any more)."""
    queue = next((each for each in configuration.queues if each.key == booking.queue), None)
    if queue is None or queue.callbacks is None or not queue.callbacks.tells.tells(telling.what):
        return ()
    about = About(booking.queue, telling.at)
    subject, text = words(configuration, template_of(telling.what, telling.at), booking.language, about)
    purpose, until = Purpose(telling.what.value), useful_until(telling)
    found = []
    if takes_texts(booking.number):
        found.append(NewMessage(Channel.TEXT, purpose, booking.number, text, booking=booking.id, useful_until=until))
    if booking.email and (not found or telling.what in _IN_CALENDAR):
        found.append(
            NewMessage(
                Channel.MAIL,
                purpose,
                booking.email,
                text,
                subject,
                booking=booking.id,
                useful_until=until,
                calendar=_calendar(configuration, telling, booking),
            )
        )
    return tuple(found)


def useful_until(telling: TellCustomer) -> Instant | None:
    """After that it is better not sent. None: it is sent whenever it can be."""
    match telling.what:
        case Telling.REMINDER | Telling.UNANSWERED:
            return telling.at
        case Telling.LATE:
            return after(telling.at, LATE_IS_USEFUL) if telling.at else None
        case _:
            return None


def _calendar(configuration: Configuration, telling: TellCustomer, booking: KeptBooking) -> str:
    at = telling.at or booking.promised_at
    if telling.what not in _IN_CALENDAR or at is None:
        return ""
    cancelled = telling.what is Telling.CANCELLED
    return calendar_file(booking, configuration.organisation.name, at, telling.told_at, cancelled=cancelled)
