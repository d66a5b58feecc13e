"""A phone that answers and is gone at once has not answered.

A 200 without a description of sound, a codec that nobody offered, a program that crashes as it picks up: the
leg is up and ends in the same breath. Until sound could flow, what it was dialled for goes on as if it had failed.
"""

from svarhus.domains.calls.facts import AnsweredInVain
from svarhus.domains.calls.model import PROVEN, Call, Leg
from svarhus.exchange.core.conversations import company_of
from svarhus.exchange.core.decisions.calls import legs, talking
from svarhus.exchange.core.decisions.queues import waiting
from svarhus.exchange.core.turn import Turn
from svarhus.kit.clock import seconds_between


def is_open(turn: Turn, call: Call) -> bool:
    """Whether a leg was joined just now, so that it may yet turn out that nobody was there."""
    return call.tried is not None and seconds_between(call.tried.at, turn.now) < PROVEN


def in_vain(turn: Turn, leg: Leg) -> bool:
    """Whether the leg, which is gone, was joined and no sound can have flown."""
    call = turn.state.calls[leg.call]
    tried = call.tried is not None and call.tried.leg == leg.id and leg.conversation is not None
    over = leg.released or call.ending or call.consult is not None or call.missing is not None
    return tried and not over and is_open(turn, call)


def undo(turn: Turn, leg: Leg) -> Leg:
    """The call is where it was before the answer; the leg, as one that was not answered. Told before its end is."""
    others = company_of(turn.state, leg.id)
    talking.part(turn, leg.id)
    for other in others:
        legs.music_off(turn, other.id)
    turn.record(AnsweredInVain(call=leg.call, leg=leg.id))
    call = turn.state.calls[leg.call]
    place = turn.state.place_of(call.id)
    if place and not place.kept_for:
        waiting.wait_on(turn, call.id)
    elif call.transfer:
        legs.music(turn, call.first_leg, legs.music_of(turn, call.id))
    return turn.state.legs[leg.id]
