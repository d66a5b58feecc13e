"""Promises to ring back, and how far each has come."""

from svarhus.domains.callbacks.state import (
    AttemptBegan,
    AttemptEnded,
    AttemptMarked,
    Booked,
    BookingCancelled,
    BookingDue,
    BookingKept,
    BookingKind,
    BookingMoved,
    BookingPostponed,
    BookingStatus,
    CustomerDialled,
)
from svarhus.domains.queues.state import QueueEntered
from svarhus.exchange.followers.follower import Follower, Write
from svarhus.kit.clock import Instant
from svarhus.kit.ids import OrganisationId


def _booked(organisation: OrganisationId, fact: Booked, at: Instant) -> Write:
    return Write(
        """insert into bookings (organisation_id, id, queue, schedule, number, promised_at, due_at, booked_at,
        call_id, booked_by, language, status, attempts, kind, email, category)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, $13, $14, $15)""",
        (
            organisation,
            fact.booking,
            fact.queue,
            fact.schedule,
            fact.number,
            fact.at if fact.kind is BookingKind.TIMED else None,
            fact.at,
            at,
            fact.call,
            fact.by,
            fact.language,
            BookingStatus.BOOKED.value,
            fact.kind.value,
            fact.email,
            fact.category,
        ),
    )


_SET = "update bookings set {} where organisation_id = $1 and id = $2"


def _due(organisation: OrganisationId, fact: BookingDue, at: Instant) -> Write:
    values = (organisation, fact.booking, BookingStatus.DUE.value, fact.early)
    return Write(_SET.format("status = $3, due_at = coalesce($4, due_at)"), values)


def _moved(organisation: OrganisationId, fact: BookingMoved, at: Instant) -> Write:
    values = (organisation, fact.booking, BookingStatus.BOOKED.value, fact.at, fact.schedule, fact.queue)
    stays = f"case status when '{BookingStatus.IN_ATTEMPT.value}' then status else $3 end"
    sets = f"status = {stays}, promised_at = $4, due_at = $4, schedule = $5, queue = coalesce($6, queue)"
    return Write(_SET.format(f"{sets}, kind = $7, above_capacity = false"), (*values, BookingKind.TIMED.value))


def _kept(organisation: OrganisationId, fact: BookingKept, at: Instant) -> Write:
    return Write(_SET.format("above_capacity = true"), (organisation, fact.booking))


def _stands(organisation: OrganisationId, fact: QueueEntered, at: Instant) -> Write | None:
    """Of a kept place: from here it waits for its turn."""
    if fact.kept_for is None:
        return None
    return Write(_SET.format("status = $3"), (organisation, fact.kept_for, BookingStatus.BOOKED.value))


def _postponed(organisation: OrganisationId, fact: BookingPostponed, at: Instant) -> Write:
    return Write(_SET.format("status = $3"), (organisation, fact.booking, BookingStatus.BOOKED.value))


def _cancelled(organisation: OrganisationId, fact: BookingCancelled, at: Instant) -> Write:
    values = (organisation, fact.booking, BookingStatus.CANCELLED.value, at, fact.by, fact.call)
    return Write(_SET.format("status = $3, closed_at = $4, closed_by = $5, closed_in = $6"), values)


def _attempt_began(organisation: OrganisationId, fact: AttemptBegan, at: Instant) -> Write:
    values = (organisation, fact.booking, BookingStatus.IN_ATTEMPT.value, fact.person)
    return Write(_SET.format("status = $3, person = $4"), values)


def _customer_dialled(organisation: OrganisationId, fact: CustomerDialled, at: Instant) -> Write:
    sets = "attempts = attempts + 1, first_attempt_at = coalesce(first_attempt_at, $3)"
    return Write(_SET.format(sets), (organisation, fact.booking, at))


_PUT_OFF = _SET.format("connected = connected or $3, status = case when due_at > $4 then $5 else $6 end")
"""Another time was promised meanwhile, which may have come by now."""


def _attempt_ended(organisation: OrganisationId, fact: AttemptEnded, at: Instant) -> Write:
    if fact.put_off:
        by_then = (BookingStatus.BOOKED.value, BookingStatus.DUE.value)
        return Write(_PUT_OFF, (organisation, fact.booking, fact.connected, at, *by_then))
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


FOLLOWER: Follower = {
    Booked: _booked,
    BookingDue: _due,
    BookingMoved: _moved,
    BookingKept: _kept,
    QueueEntered: _stands,
    BookingPostponed: _postponed,
    BookingCancelled: _cancelled,
    AttemptBegan: _attempt_began,
    CustomerDialled: _customer_dialled,
    AttemptEnded: _attempt_ended,
    AttemptMarked: _attempt_marked,
}
