"""Why calls and legs end, how handing over ends, and why a call is not let in: closed types, since figures count by
them. Their words are in journals and in the call log, and are never taken back."""

from enum import StrEnum

from svarhus.domains.numbers.outgoing import OutgoingRefusal
from svarhus.ports.telephony import EndCause


class EndReason(StrEnum):
    """Why a call was taken down."""

    ABANDONED = "abandoned"
    """The caller hung up, or the one for whom the call was made."""
    LEFT = "left"
    """One of those who were in conversation hung up, and it was not the caller."""
    FLOW_ENDED = "flow_ended"
    """The call flow came to its end."""
    FLOW_GOES_IN_CIRCLES = "flow_goes_in_circles"
    SAID = "said"
    """What there was to say has been said, and nothing follows."""
    UNANSWERED = "unanswered"
    """The one whom we rang did not answer."""
    NOT_TAKEN = "not_taken"
    """Nobody took a caller who was handed over."""
    TRANSFERRED = "transferred"
    """Its party goes on in another call."""
    ENGAGED = "engaged"
    """The colleague is in another call."""
    NOBODY = "nobody"
    """Nobody is logged in to the queue that one of us dialled."""
    NOT_A_MEMBER = "not_a_member"
    """The code to log in was dialled by somebody who takes no calls."""
    CANCELLED = "cancelled"
    """The promise that it was to keep was taken back."""
    ENDED_BY_REQUEST = "ended_by_request"
    """Somebody took it down."""
    DECISION_FAILED = "decision_failed"
    """A fault of ours."""
    REFUSED_NO_TRUNK = "refused_no_trunk"
    """Here and below: the number may not be called, see `OutgoingRefusal`."""
    REFUSED_NOT_A_NUMBER = "refused_not_a_number"
    REFUSED_COUNTRY = "refused_country"
    REFUSED_PREMIUM_RATE = "refused_premium_rate"
    REFUSED_OWN_NUMBER = "refused_own_number"
    REFUSED_SIMULTANEOUS = "refused_simultaneous"
    REFUSED_DAILY = "refused_daily"

    @classmethod
    def refused(cls, why: OutgoingRefusal) -> "EndReason":
        return cls(f"refused_{why.value}")


class CallRefusal(StrEnum):
    """Why a call was not let in."""

    UNKNOWN_NUMBER = "unknown_number"
    """No number of ours was dialled, or it came by a trunk that the number does not belong to."""
    UNKNOWN_PHONE = "unknown_phone"
    TECHNICAL_PROBLEM = "technical_problem"
    """It came while nothing could be decided, and left before that was over."""
    OUTGOING_NO_TRUNK = "outgoing_no_trunk"
    """Here and below: what one of us dialled may not be called, see `OutgoingRefusal`."""
    OUTGOING_NOT_A_NUMBER = "outgoing_not_a_number"
    OUTGOING_COUNTRY = "outgoing_country"
    OUTGOING_PREMIUM_RATE = "outgoing_premium_rate"
    OUTGOING_OWN_NUMBER = "outgoing_own_number"
    OUTGOING_SIMULTANEOUS = "outgoing_simultaneous"
    OUTGOING_DAILY = "outgoing_daily"

    @classmethod
    def outgoing(cls, why: OutgoingRefusal) -> "CallRefusal":
        return cls(f"outgoing_{why.value}")


class TransferOutcome(StrEnum):
    """How handing somebody over ended."""

    TAKEN = "taken"
    RETURNED = "returned"
    """Nobody took the call, and who handed it over has it again."""
    QUEUED = "queued"
    """It waits in the queue to which it was handed."""
    FLOW = "flow"
    """It goes on in a call flow."""
    NOT_TAKEN = "not_taken"
    """Neither was it taken, nor taken back."""


class LegCause(StrEnum):
    """Why a party's connection to a call ended."""

    # As the engine tells: see `EndCause`.
    HUNG_UP = "hung_up"
    WE_HUNG_UP = "we_hung_up"
    BUSY = "busy"
    DECLINED = "declined"
    NO_ANSWER = "no_answer"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    MEDIA_LOST = "media_lost"
    ENGINE_FAILED = "engine_failed"
    FAILED = "failed"
    ANSWERED_ELSEWHERE = "answered_elsewhere"
    """It rang for a caller whom another member took."""
    MOVED = "moved"
    """To another call, in which it has a record of its own."""

    @classmethod
    def told(cls, cause: EndCause) -> "LegCause":
        return cls(cause.value)
