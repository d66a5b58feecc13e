"""Who cannot be connected because it is busy there hears so: by the tone of their own exchange, or in words."""

from svarhus.domains.calls.model import Outcome
from svarhus.domains.calls.reasons import EndReason
from svarhus.exchange.core.decisions.calls import legs
from svarhus.exchange.core.decisions.calls.closing import end_call, reach
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import CallId
from svarhus.ports.speech import TemplatePhrase
from svarhus.ports.telephony import EndCause

BUSY = "call.busy"


def turn_away(turn: Turn, call_id: CallId, reason: EndReason, cause: EndCause) -> None:
    """The call ends: at once, or when it has been said why."""
    call = turn.state.calls[call_id]
    first = turn.state.legs.get(call.first_leg)
    if cause is EndCause.BUSY and first is not None and first.answered_at is not None:
        reach(turn, call_id, Outcome.UNANSWERED)
        legs.say(turn, first.id, (TemplatePhrase(BUSY, call.language),))
    else:
        end_call(turn, call_id, reason, cause)
