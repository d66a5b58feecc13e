"""The queue log: callers whom nobody answered, and what took care of them since. Follows the call log and bookings."""

from svarhus.domains.callbacks.state import Booked, BookingCancelled
from svarhus.domains.calls.facts import CallClosed
from svarhus.domains.queuelog import lines
from svarhus.exchange.followers.follower import Follower, Write
from svarhus.kit.clock import Instant
from svarhus.kit.ids import OrganisationId


def _call_closed(organisation: OrganisationId, fact: CallClosed, at: Instant) -> Write:
    # Most calls had somebody and can be no line, and what looks for one costs more than all else that is written.
    sql = lines.CALL_ANSWERED if fact.record.person else lines.CALL_CLOSED
    return Write(sql, (organisation, fact.record.call))


def _booked(organisation: OrganisationId, fact: Booked, at: Instant) -> Write:
    return Write(lines.BOOKED, (organisation, fact.number, at, fact.by, fact.booking))


def _cancelled(organisation: OrganisationId, fact: BookingCancelled, at: Instant) -> Write:
    return Write(lines.BOOKING_CANCELLED, (organisation, fact.booking))


FOLLOWER: Follower = {CallClosed: _call_closed, Booked: _booked, BookingCancelled: _cancelled}
