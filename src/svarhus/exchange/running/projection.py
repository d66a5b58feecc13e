"""What the journal's facts mean for the tables that people read: call log, bookings, voicemails.

Written in the transaction of the facts themselves, so that the tables never say anything else.
"""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from svarhus.domains.callbacks.state import (
    AttemptBegan,
    AttemptEnded,
    AttemptMarked,
    Booked,
    BookingCancelled,
    BookingDue,
    BookingMoved,
    BookingStatus,
    CustomerDialled,
)
from svarhus.domains.calls.facts import CallClosed, VoicemailLeft
from svarhus.domains.queuelog import lines as queue_log
from svarhus.exchange.core.core import Numbered
from svarhus.kit.clock import Instant
from svarhus.kit.ids import OrganisationId


class Write(msgspec.Struct, frozen=True):
    sql: str
    values: tuple[Any, ...]


def writes(organisation: OrganisationId, facts: Sequence[Numbered]) -> list[Write]:
    """What to write for these facts, in order."""
    return [
        projector(organisation, numbered.fact, numbered.at)
        for numbered in facts
        for projector in _PROJECTORS.get(type(numbered.fact), ())
    ]


def _call_closed(organisation: OrganisationId, fact: CallClosed, at: Instant) -> Write:
    record = fact.record
    return Write(
        """insert into calls (organisation_id, call_id, kind, began_at, answered_at, ended_at, caller,
        caller_name, dialled, queue, person, outcome, wait, talk, record)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)""",
        (
            organisation,
            record.call,
            record.kind.value,
            record.began_at,
            record.answered_at,
            record.ended_at,
            record.caller,
            record.caller_name,
            record.dialled,
            record.queue,
            record.person,
            record.outcome.value,
            record.wait,
            record.talk,
            msgspec.json.encode(record).decode(),
        ),
    )


def _queue_log_of_call(organisation: OrganisationId, fact: CallClosed, at: Instant) -> Write:
    # Most calls had somebody and can be no line, and what looks for one costs more than all else that is written.
    sql = queue_log.CALL_ANSWERED if fact.record.person else queue_log.CALL_CLOSED
    return Write(sql, (organisation, fact.record.call))


def _voicemail_left(organisation: OrganisationId, fact: VoicemailLeft, at: Instant) -> Write:
    return Write(
        """insert into voicemails (organisation_id, id, call_id, queue, caller, at, seconds, file)
        values ($1, $2, $3, $4, $5, $6, $7, $8)""",
        (organisation, fact.recording, fact.call, fact.queue, fact.caller, at, fact.seconds, fact.file),
    )


def _booked(organisation: OrganisationId, fact: Booked, at: Instant) -> Write:
    return Write(
        """insert into bookings (organisation_id, id, queue, schedule, number, promised_at, due_at, booked_at,
        call_id, booked_by, language, status, attempts)
        values ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9, $10, $11, 0)""",
        (
            organisation,
            fact.booking,
            fact.queue,
            fact.schedule,
            fact.number,
            fact.at,
            at,
            fact.call,
            fact.by,
            fact.language,
            BookingStatus.BOOKED.value,
        ),
    )


def _queue_log_of_booking(organisation: OrganisationId, fact: Booked, at: Instant) -> Write:
    return Write(queue_log.BOOKED, (organisation, fact.number, at, fact.by, fact.booking))


_SET = "update bookings set {} where organisation_id = $1 and id = $2"


def _booking_due(organisation: OrganisationId, fact: BookingDue, at: Instant) -> Write:
    return Write(_SET.format("status = $3"), (organisation, fact.booking, BookingStatus.DUE.value))


def _booking_moved(organisation: OrganisationId, fact: BookingMoved, at: Instant) -> Write:
    values = (organisation, fact.booking, BookingStatus.BOOKED.value, fact.at, fact.schedule)
    return Write(_SET.format("status = $3, promised_at = $4, due_at = $4, schedule = $5"), values)


def _booking_cancelled(organisation: OrganisationId, fact: BookingCancelled, at: Instant) -> Write:
    values = (organisation, fact.booking, BookingStatus.CANCELLED.value, at, fact.by, fact.call)
    return Write(_SET.format("status = $3, closed_at = $4, closed_by = $5, closed_in = $6"), values)


def _queue_log_of_cancelling(organisation: OrganisationId, fact: BookingCancelled, at: Instant) -> Write:
    return Write(queue_log.BOOKING_CANCELLED, (organisation, fact.booking))


def _attempt_began(organisation: OrganisationId, fact: AttemptBegan, at: Instant) -> Write:
    values = (organisation, fact.booking, BookingStatus.IN_ATTEMPT.value, fact.person)
    return Write(_SET.format("status = $3, person = $4"), values)


def _customer_dialled(organisation: OrganisationId, fact: CustomerDialled, at: Instant) -> Write:
    sets = "attempts = attempts + 1, first_attempt_at = coalesce(first_attempt_at, $3)"
    return Write(_SET.format(sets), (organisation, fact.booking, at))


def _attempt_ended(organisation: OrganisationId, fact: AttemptEnded, at: Instant) -> Write:
    status = BookingStatus.TO_MARK if fact.dialled else BookingStatus.DUE
    sets = "status = $3, connected = connected or $4"
    if fact.taken_back:
        sets += ", attempts = attempts - 1, first_attempt_at = case when attempts > 1 then first_attempt_at end"
    return Write(_SET.format(sets), (organisation, fact.booking, status.value, fact.connected))


def _attempt_marked(organisation: OrganisationId, fact: AttemptMarked, at: Instant) -> Write:
    if fact.next_at:
        sets = "status = $3, due_at = $4"
        return Write(_SET.format(sets), (organisation, fact.booking, BookingStatus.BOOKED.value, fact.next_at))
    status = BookingStatus.REACHED if fact.answered else BookingStatus.NOT_REACHED
    values = (organisation, fact.booking, status.value, at, fact.by)
    return Write(_SET.format("status = $3, closed_at = $4, closed_by = $5"), values)


_PROJECTORS: dict[type, tuple[Callable[[OrganisationId, Any, Instant], Write], ...]] = {
    CallClosed: (_call_closed, _queue_log_of_call),
    VoicemailLeft: (_voicemail_left,),
    Booked: (_booked, _queue_log_of_booking),
    BookingDue: (_booking_due,),
    BookingMoved: (_booking_moved,),
    BookingCancelled: (_booking_cancelled, _queue_log_of_cancelling),
    AttemptBegan: (_attempt_began,),
    CustomerDialled: (_customer_dialled,),
    AttemptEnded: (_attempt_ended,),
    AttemptMarked: (_attempt_marked,),
}
