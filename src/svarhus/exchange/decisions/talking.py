"""Joining parties into a conversation."""

from svarhus.domains.calls.facts import Joined
from svarhus.domains.calls.model import Outcome
from svarhus.exchange.decisions import legs
from svarhus.exchange.decisions.closing import reach
from svarhus.exchange.turn import Turn
from svarhus.kit.ids import CallId, JoinId, LegId
from svarhus.ports.telephony import Join


def join(turn: Turn, call: CallId, first: LegId, second: LegId, outcome: Outcome) -> None:
    """Let the two hear each other. What was said or played to them stops."""
    legs.answer(turn, first)
    reach(turn, call, outcome)
    joined = JoinId(f"{call}-join-{second.rsplit('-', 1)[-1]}")
    turn.record(Joined(call=call, join=joined, legs=(first, second)))
    turn.order(Join(joined, (first, second)))
