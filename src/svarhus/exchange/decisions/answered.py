"""A leg that we dialled has been answered."""

from svarhus.domains.calls.facts import LegUp
from svarhus.domains.calls.model import LegRole, Outcome
from svarhus.exchange.decisions import promises, queueing
from svarhus.exchange.decisions.talking import join
from svarhus.exchange.turn import Turn
from svarhus.kit.ids import LegId
from svarhus.ports.telephony import HangUp


def leg_answered(turn: Turn, leg_id: LegId) -> None:
    leg = turn.state.legs.get(leg_id)
    if leg is None or leg.answered_at is not None:
        return
    turn.record(LegUp(call=leg.call, leg=leg_id))
    call = turn.state.calls[leg.call]
    offer = turn.state.offers.get(leg_id)
    if call.ending:
        turn.order(HangUp(leg_id))
    elif offer:
        queueing.member_answered(turn, offer)
    elif leg.role is LegRole.MEMBER and call.booking:
        promises.agent_answered(turn, call.id)
    elif leg.role is LegRole.CUSTOMER:
        promises.customer_answered(turn, call.id, leg_id)
    elif leg.role is LegRole.TARGET:
        join(turn, call.id, call.first_leg, leg_id, Outcome.TRANSFERRED)
    else:
        turn.order(HangUp(leg_id))
