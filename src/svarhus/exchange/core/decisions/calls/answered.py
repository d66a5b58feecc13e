"""A leg that we dialled has been answered."""

from collections.abc import Callable

from svarhus.domains.calls.facts import LegUp
from svarhus.domains.calls.model import Call, Leg, Outcome
from svarhus.domains.calls.purpose import (
    Asked,
    CalledBack,
    Calling,
    CallingBack,
    Handed,
    Offered,
    Placing,
    Purpose,
    Rejoining,
    Returned,
    Served,
    Supervising,
    Target,
)
from svarhus.exchange.core.decisions.calls import calling, confirming, consulting, rejoining, supervising, transferring
from svarhus.exchange.core.decisions.calls.talking import join
from svarhus.exchange.core.decisions.promises import attempts, carrying, turns
from svarhus.exchange.core.decisions.queues import offering
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import LegId, OfferId
from svarhus.ports.telephony import HangUp


def leg_answered(turn: Turn, leg_id: LegId) -> None:
    leg = turn.state.legs.get(leg_id)
    if leg is None:
        turn.order(HangUp(leg_id))
    elif leg.answered_at is None:
        turn.record(LegUp(call=leg.call, leg=leg_id))
        if leg.outside and _is_wanted(turn, leg) and _shows_by_key(turn, leg):
            confirming.ask(turn, leg_id)
        else:
            connect(turn, leg)


def connect(turn: Turn, leg: Leg) -> None:
    """A person is on the line: with whom the conversation begins depends on what the leg is there for."""
    if _is_wanted(turn, leg):
        _ANSWERED[type(leg.purpose)](turn, turn.state.calls[leg.call], leg)
    else:
        turn.order(HangUp(leg.id, elsewhere=leg.elsewhere))


def _is_wanted(turn: Turn, leg: Leg) -> bool:
    """False for one that was let go in the moment of answering."""
    return not (turn.state.calls[leg.call].ending or leg.released)


def _shows_by_key(turn: Turn, leg: Leg) -> bool:
    """Of those at a number outside: whom a machine's answer must not stand in for, with nobody there to notice."""
    match leg.purpose:
        case Offered():
            return _member_confirms(turn, leg)
        case CallingBack() | Placing() | Supervising():
            return True
        case Handed() | Returned():
            return leg.person is not None
        case Asked():
            consult = turn.state.calls[leg.call].consult
            return leg.person is not None and consult is not None and consult.by not in turn.state.legs
    return False


def _member_confirms(turn: Turn, leg: Leg) -> bool:
    """Unless a switchboard answers there, as the queue says of a telephone outside."""
    offer = turn.state.offer_at(leg.id)
    seat = turn.rules.rosters.get(offer.queue, {}).get(offer.person) if offer else None
    return seat is None or seat.confirms


# ------------------------------------------------------------------ what each is there for


def _offered(turn: Turn, call: Call, leg: Leg) -> None:
    offer = turn.state.offers[OfferId(leg.id)]
    place = turn.state.places[offer.place]
    if place.to_call_back:
        carrying.taken(turn, call, leg)
    elif place.kept_for:
        turns.member_took(turn, offer)
    else:
        offering.take_call(turn, offer)


def _target(turn: Turn, call: Call, leg: Leg) -> None:
    outcome = Outcome.ANSWERED if call.position is None else Outcome.TRANSFERRED
    join(turn, call.id, call.first_leg, leg.id, outcome)


def _in_the_call_already(turn: Turn, call: Call, leg: Leg) -> None:
    turn.order(HangUp(leg.id))


_ANSWERED: dict[type[Purpose], Callable[[Turn, Call, Leg], None]] = {
    Placing: calling.own_answered,
    Offered: _offered,
    CallingBack: attempts.agent_answered,
    CalledBack: attempts.customer_answered,
    Target: _target,
    Asked: consulting.answered,
    Handed: transferring.answered,
    Returned: transferring.answered,
    Rejoining: rejoining.answered,
    Supervising: supervising.answered,
    Calling: _in_the_call_already,
    Served: _in_the_call_already,
}
