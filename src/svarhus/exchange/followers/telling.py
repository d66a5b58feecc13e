"""Customers are told of their callbacks, and not of what is not so any more."""

from svarhus.domains.callbacks.state import AttemptBegan, BookingCancelled, BookingMoved, TellingDue, TextRead
from svarhus.domains.outbox.model import Purpose, Reason, Status
from svarhus.domains.queues.texting import ANSWERED
from svarhus.domains.telling.answers import ANSWER_TEXT, AnswerText
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


_READ = """
update texts_received set outcome = $3, booking = $4, read_at = $5
where organisation_id = $1 and id = $2 and outcome is null
"""


def _text_read(organisation: OrganisationId, fact: TextRead, at: Instant) -> Write:
    return Write(_READ, (organisation, fact.text, fact.outcome.value, fact.booking, at))


def _text_answered(organisation: OrganisationId, fact: TextRead, at: Instant) -> Write | None:
    if fact.outcome not in ANSWERED:
        return None
    answer = AnswerText(
        organisation, fact.text, fact.sender, fact.outcome, fact.language, fact.booking, fact.at, told_at=at
    )
    return Write(TELL, values(ANSWER_TEXT.job(answer)))


ANSWERS: Follower = {TextRead: _text_answered}

FOLLOWER: Follower = {
    TextRead: _text_read,
    TellingDue: _due,
    BookingMoved: _overtaken,
    BookingCancelled: _overtaken,
    AttemptBegan: _overtaken,
}
