"""Transfers by the phone's own key (SIP REFER; RFC 3515, RFC 5589): the phone asks, we carry it out."""

from svarhus.domains.calls.facts import (
    LegMoved,
    NowServing,
    TransferBegan,
    TransferRinging,
)
from svarhus.domains.calls.model import Call, Leg, LegRole, Outcome
from svarhus.domains.calls.reasons import EndReason
from svarhus.domains.calls.talk import Destination
from svarhus.exchange.core.conversations import in_conference
from svarhus.exchange.core.decisions.calls import legs, talking, transferring
from svarhus.exchange.core.decisions.calls.closing import end_call
from svarhus.exchange.core.requests import TransferCall
from svarhus.exchange.core.turn import Turn
from svarhus.kit.errors import SvarhusError
from svarhus.ports.telephony import TransferProgress, TransferRequested


def requested(turn: Turn, event: TransferRequested) -> None:
    """Only people of ours may: a carrier that could send calls on would call at our cost."""
    leg = turn.state.legs.get(event.leg)
    try:
        done = leg is not None and leg.person is not None and _carry_out(turn, leg, event)
    except SvarhusError:
        done = False
    if not done:
        turn.order(TransferProgress(event.leg, succeeded=False))


def _carry_out(turn: Turn, leg: Leg, event: TransferRequested) -> bool:
    """Whether it could be done. The phone is told that it was before it is hung up."""
    assert leg.person is not None
    if event.other is None:
        request = TransferCall(leg.call, leg.person, Destination(number=event.target), transferring.RETURN_AFTER)
        found = transferring.way_for(turn, request)
        turn.order(TransferProgress(leg.id, succeeded=True))
        transferring.hand_over(turn, found, request)
        return True
    other = turn.state.legs.get(event.other)
    if other is None or other.person != leg.person or other.call == leg.call:
        return False
    return _connect_calls(turn, leg, other)


def _connect_calls(turn: Turn, leg: Leg, other: Leg) -> bool:
    """The person has two calls and leaves both: those at their far ends have each other."""
    call, origin = turn.state.calls[leg.call], turn.state.calls[other.call]
    kept, wanted = talking.partner(turn, leg.id), _far_end(turn, origin, other)
    if any(in_conference(turn.state, each.id) for each in (leg, other)):
        return False
    if kept is None or wanted is None or any(each.consult or each.transfer or each.ending for each in (call, origin)):
        return False
    turn.order(TransferProgress(leg.id, succeeded=True))
    talking.part(turn, leg.id)
    talking.part(turn, other.id)
    turn.record(NowServing(call=call.id, leg=kept.id))
    answered = wanted.answered_at is not None
    turn.record(LegMoved(call=call.id, leg=wanted.id, origin=origin.id))
    if answered:
        talking.join(turn, call.id, kept.id, wanted.id, Outcome.ANSWERED)
    else:
        _let_ring_on(turn, call, leg, kept, wanted, Destination(number=origin.dialled))
    legs.release(turn, leg.id)
    end_call(turn, origin.id, EndReason.TRANSFERRED)
    return True


def _let_ring_on(turn: Turn, call: Call, leg: Leg, kept: Leg, wanted: Leg, to: Destination) -> None:
    """The one who is called has not answered yet."""
    return_after = transferring.RETURN_AFTER
    turn.record(TransferBegan(call=call.id, by=leg.person, to=to, return_after=return_after))
    turn.record(TransferRinging(call=call.id, leg=wanted.id))
    if not kept.music:
        legs.music(turn, kept.id, legs.music_of(turn, call.id))


def _far_end(turn: Turn, call: Call, leg: Leg) -> Leg | None:
    """With whom the person talks in the other call, or whom the person is ringing there."""
    partner = talking.partner(turn, leg.id)
    if partner or call.position is not None or turn.state.place_of(call.id):
        return partner
    ringing = [turn.state.legs[each] for each in call.legs if turn.state.legs[each].role is LegRole.TARGET]
    return ringing[0] if len(ringing) == 1 and call.first_leg == leg.id else None
