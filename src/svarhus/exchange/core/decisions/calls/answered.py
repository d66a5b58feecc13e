"""A leg that we dialled has been answered."""

from svarhus.domains.calls.facts import LegUp
from svarhus.domains.calls.model import Leg, LegRole, Outcome
from svarhus.exchange.core.decisions.calls import calling, confirming, consulting, rejoining, transferring
from svarhus.exchange.core.decisions.calls.talking import join
from svarhus.exchange.core.decisions.promises import promises
from svarhus.exchange.core.decisions.queues import queueing
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import LegId
from svarhus.ports.telephony import HangUp

_OURS = (LegRole.MEMBER, LegRole.CALLER)


def leg_answered(turn: Turn, leg_id: LegId) -> None:
    leg = turn.state.legs.get(leg_id)
    if leg is None:
        turn.order(HangUp(leg_id))
    elif leg.answered_at is None:
        turn.record(LegUp(call=leg.call, leg=leg_id))
        if leg.outside and _shows_by_key(turn, leg) and _is_wanted(turn, leg):
            confirming.ask(turn, leg_id)
        else:
            connect(turn, leg)


def _shows_by_key(turn: Turn, leg: Leg) -> bool:
    """Of those at a number outside: whom a machine's answer must not stand in for, with nobody there to notice."""
    call = turn.state.calls[leg.call]
    handed_over = call.transfer is not None and call.transfer.leg == leg.id
    consult = call.consult
    nobody_hears = consult is not None and consult.other == leg.id and consult.by not in turn.state.legs
    return leg.role in _OURS or (leg.person is not None and (handed_over or nobody_hears))


def connect(turn: Turn, leg: Leg) -> None:
    """A person is on the line: with whom the conversation begins depends on what the leg was dialled for."""
    call = turn.state.calls[leg.call]
    offer = turn.state.offer_at(leg.id)
    if not _is_wanted(turn, leg):
        turn.order(HangUp(leg.id))
    elif leg.replaces:
        rejoining.answered(turn, call, leg)
    elif offer:
        queueing.take_call(turn, offer)
    elif call.consult and call.consult.other == leg.id:
        consulting.answered(turn, call, call.consult)
    elif call.transfer and call.transfer.leg == leg.id:
        transferring.answered(turn, call, call.transfer, leg)
    elif leg.role is LegRole.CALLER:
        calling.own_answered(turn, call)
    elif leg.role is LegRole.MEMBER:
        promises.agent_answered(turn, call.id)
    elif leg.role is LegRole.CUSTOMER:
        promises.customer_answered(turn, call.id, leg.id)
    else:
        outcome = Outcome.ANSWERED if call.position is None else Outcome.TRANSFERRED
        join(turn, call.id, call.first_leg, leg.id, outcome)


def _is_wanted(turn: Turn, leg: Leg) -> bool:
    """False for one that was let go in the moment of answering."""
    call = turn.state.calls[leg.call]
    if call.ending or leg.released:
        return False
    if leg.replaces:
        return True
    if leg.role is LegRole.CALLER:
        return call.wanted is not None and leg.id == call.first_leg
    return leg.role is not LegRole.MEMBER or turn.state.offer_at(leg.id) is not None or leg.id == call.first_leg
