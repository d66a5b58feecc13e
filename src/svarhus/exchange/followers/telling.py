"""Customers are told of their callbacks, and not of what is not so any more."""

from svarhus.domains.callbacks.state import AttemptBegan, BookingCancelled, BookingMoved, TellingDue
from svarhus.domains.outbox.model import Purpose, Reason, Status
from svarhus.domains.telling.jobs import TELL_CUSTOMER, TellCustomer
from svarhus.exchange.followers.follower import Follower, Write
from svarhus.kit.clock import Instant
from svarhus.kit.ids import OrganisationId
from svarhus.kit.jobs.telling import TELL, values

_OVERTAKEN = """
update outbox set status = $3, reason = $4, ended_at = $5
where organisation_id = $1 and booking = $2 and status = $6 and purpose = any($7)
"""

_BY_TIME = [Purpose.REMINDER.value, Purpose.LATE.value, Purpose.UNANSWERED.value]
"""They hold for as long as nobody has begun to call at the time that they tell of."""


_Overtaking = BookingMoved | BookingCancelled | AttemptBegan


def _due(organisation: OrganisationId, fact: TellingDue, at: Instant) -> Write:
    return Write(TELL, values(TELL_CUSTOMER.job(TellCustomer(organisation, fact.booking, fact.what, at, fact.at))))


def _overtaken(organisation: OrganisationId, fact: _Overtaking, at: Instant) -> Write:
    dropped, why = Status.DROPPED.value, Reason.OVERTAKEN.value
    return Write(_OVERTAKEN, (organisation, fact.booking, dropped, why, at, Status.WAITING.value, _BY_TIME))


FOLLOWER: Follower = {
    TellingDue: _due,
    BookingMoved: _overtaken,
    BookingCancelled: _overtaken,
    AttemptBegan: _overtaken,
}
