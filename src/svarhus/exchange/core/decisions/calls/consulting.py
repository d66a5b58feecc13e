"""Asking a third party while the other one waits: then the two are connected, or one goes back."""

from svarhus.domains.calls.errors import NotPossibleNow
from svarhus.domains.calls.facts import ConsultBegan, ConsultEnded, LegPutOnHold, NowServing
from svarhus.domains.calls.model import Call, Leg, Outcome
from svarhus.domains.calls.purpose import Asked
from svarhus.domains.calls.reasons import EndReason
from svarhus.domains.calls.talk import Consult
from svarhus.exchange.core.conversations import join_of
from svarhus.exchange.core.decisions.calls import conferring, confirming, legs, talking, transferring
from svarhus.exchange.core.decisions.calls.closing import end_call
from svarhus.exchange.core.decisions.calls.dialling import Way
from svarhus.exchange.core.decisions.calls.own import own_leg, talking_leg
from svarhus.exchange.core.decisions.calls.routes import usable_route
from svarhus.exchange.core.requests import BeginConsult, CancelConsult, CompleteConsult, Confer, SwapConsult
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import CallId, LegId, PersonKey

RING_SECONDS = 30


def begin(turn: Turn, request: BeginConsult) -> str:
    """Put the other one on hold and ring the third. NotPossibleNow and all that routes raise."""
    call, leg, waiting = talking_leg(turn, request.call, request.person)
    if call.consult:
        raise NotPossibleNow("you are asking somebody already", "Complete or cancel that first.")
    conferring.refuse_in_conference(turn, leg.id)
    way = usable_route(turn, turn.rules, request.to, request.person)
    if not isinstance(way, Way):
        raise NotPossibleNow("a queue cannot be asked", "Ask a person, or transfer the call to the queue.")
    talking.hold(turn, leg.id)
    presented, name = transferring.shown_to(turn, way, call, leg)
    other = legs.dial(turn, call.id, Asked(), way.target, presented, name, RING_SECONDS, way.person)
    turn.record(ConsultBegan(call=call.id, by=leg.id, waiting=waiting.id, other=other, to=request.to))
    legs.ring_tone(turn, leg.id)
    return call.id


def complete(turn: Turn, request: CompleteConsult) -> str:
    """Connect the two others; who asked is free. While it still rings, the waiting one waits for the answer."""
    call, _, consult = _consult(turn, request.call, request.person)
    connect_others(turn, call, consult)
    legs.release(turn, consult.by)
    return call.id


def cancel(turn: Turn, request: CancelConsult) -> str:
    """Let the third one go, and talk with the one who waits."""
    call, _, consult = _consult(turn, request.call, request.person)
    legs.release(turn, consult.other)
    _back(turn, call, consult)
    return call.id


def swap(turn: Turn, request: SwapConsult) -> str:
    """Talk with the other one of the two, while the first waits."""
    call, leg, consult = _consult(turn, request.call, request.person)
    if not turn.state.legs[consult.other].talked:
        raise NotPossibleNow("the one who is asked has not answered yet")
    with_other = leg.conversation == turn.state.legs[consult.other].conversation
    to = consult.waiting if with_other else consult.other
    talking.hold(turn, leg.id)
    talking.bring_together(turn, leg.id, to)
    return call.id


def confer(turn: Turn, request: Confer) -> str:
    """All three talk with each other. NotPossibleNow before the third one has answered."""
    call, _, consult = _consult(turn, request.call, request.person)
    if not turn.state.legs[consult.other].talked:
        raise NotPossibleNow("the one who is asked has not answered yet")
    turn.record(ConsultEnded(call=call.id, completed=False, together=True))
    talking.bring_together(turn, consult.by, consult.waiting, consult.other)
    return call.id


def answered(turn: Turn, call: Call, leg: Leg) -> None:
    """The one who is asked has picked up. While the page of who asks is waited for, there is music."""
    consult = call.consult
    assert consult is not None
    if consult.by not in turn.state.legs:
        legs.music(turn, consult.other, legs.music_of(turn, call.id))
        return
    if join_of(turn.state, consult.by):
        talking.hold(turn, consult.by)
    talking.bring_together(turn, consult.by, consult.other)


def is_part(call: Call, leg: LegId) -> bool:
    consult = call.consult
    return consult is not None and leg in (consult.by, consult.waiting, consult.other)


def left(turn: Turn, call: Call, leg: Leg) -> None:
    """One of the three has hung up, or did not answer; its leg is gone already."""
    consult = call.consult
    assert consult is not None
    if leg.id == consult.other:
        _back(turn, call, consult)
    elif leg.id == consult.by:
        connect_others(turn, call, consult, leg.person)
    elif turn.state.legs[consult.other].talked:
        turn.record(ConsultEnded(call=call.id, completed=False))
        there = consult.by in turn.state.legs
        turn.record(NowServing(call=call.id, leg=consult.by if there else consult.other))
        _talk_with(turn, consult.by, consult.other)
    else:
        end_call(turn, call.id, EndReason.LEFT)


def connect_others(turn: Turn, call: Call, consult: Consult, person: PersonKey | None = None) -> None:
    """Who asked leaves: the two others have each other, or will when the third one answers."""
    by = turn.state.legs.get(consult.by)
    turn.record(ConsultEnded(call=call.id, completed=True))
    turn.record(NowServing(call=call.id, leg=consult.waiting))
    other = turn.state.legs[consult.other]
    if other.talked:
        talking.join(turn, call.id, consult.waiting, other.id, Outcome.ANSWERED)
        return
    transferring.ringing_already(turn, call.id, consult, by.person if by else person)
    if other.answered_at and not confirming.asked(turn.state, other.id):
        transferring.answered(turn, turn.state.calls[call.id], other)


def _back(turn: Turn, call: Call, consult: Consult) -> None:
    turn.record(ConsultEnded(call=call.id, completed=False))
    _talk_with(turn, consult.by, consult.waiting)


def _talk_with(turn: Turn, by: LegId, other: LegId) -> None:
    """Who asked has this one again; as soon as the page is back, when that is waited for."""
    leg = turn.state.legs.get(by)
    if leg is None:
        turn.record(LegPutOnHold(call=turn.state.legs[other].call, leg=other, held=False, by=by))
    elif join_of(turn.state, by) is None or leg.conversation != turn.state.legs[other].conversation:
        talking.bring_together(turn, by, other)


def _consult(turn: Turn, call_id: CallId, person: PersonKey) -> tuple[Call, Leg, Consult]:
    call, leg = own_leg(turn, call_id, person)
    if call.consult is None or call.consult.by != leg.id:
        raise NotPossibleNow("you are not asking anybody in this call")
    return call, leg, call.consult
