"""Who is rung for whom: those who wait and those who may be asked, brought together."""

from svarhus.exchange.core.decisions.queues import asking, fitting, pacing, readiness
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import QueueKey


def distribute(turn: Turn) -> None:
    """Ring free members for those who wait: by priority, then arrival, over all queues."""
    if not turn.state.stored.revision:
        return
    readiness.follow(turn.state, turn.rules)
    _for_those_who_wait(turn)
    _for_those_who_ring(turn)


def _for_those_who_wait(turn: Turn) -> None:
    matching, passed_over = turn.state.matching, set[QueueKey]()
    try:
        while (id := matching.next(turn.now, turn.rules.precedence)) is not None:
            place = turn.state.places[id]
            turn.serving = place.call
            if place.offers:
                if not asking.ask_instead(turn, place):
                    matching.unfit(place)
            elif not fitting.able(turn, place):
                matching.unfit(place)
                fitting.widen_later(turn, place)
            elif not (pacing.lets_through(turn, place) and asking.ask(turn, turn.state.places[id])):
                matching.pass_over(place.queue)
                passed_over.add(place.queue)
            readiness.follow(turn.state, turn.rules)
    finally:
        matching.look_again(passed_over)


def _for_those_who_ring(turn: Turn) -> None:
    """Who is still free is rung as well for those for whom phones ring already, where the queue's strategy says so."""
    for id in turn.state.matching.ringing(turn.rules.rings_more):
        place = turn.state.places[id]
        turn.serving = place.call
        asking.ask_more(turn, place)
        readiness.follow(turn.state, turn.rules)
