"""Rounds: everybody who may be rung for a caller is asked once before anybody is asked again."""

from svarhus.domains.callflows import steps
from svarhus.domains.queues.place import Place
from svarhus.domains.queues.state import RoundEnded
from svarhus.exchange.core.decisions.calls import flow
from svarhus.exchange.core.decisions.queues import fitting
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import PlaceId


def after_offer(turn: Turn, id: PlaceId) -> None:
    """Somebody did not take the caller: when nobody rings and nobody is left to be asked, the round is over."""
    place = turn.state.places.get(id)
    if place and not place.offers and place.asked and fitting.able(turn, place) <= place.asked:
        end(turn, place)


def end(turn: Turn, place: Place) -> None:
    """The flow may lead the caller on from here."""
    turn.record(RoundEnded(call=place.call, queue=place.queue))
    rounds = turn.state.places[place.id].rounds
    if turn.state.calls[place.call].position:
        flow.run(turn, place.call, steps.RoundOver(rounds))
