"""A member takes one certain caller out of a queue, whoever's turn it is."""

from svarhus.domains.calls.errors import NotPossibleNow
from svarhus.domains.presence.errors import NotAMember
from svarhus.domains.queues.offer import How
from svarhus.exchange.core.decisions.calls import legs
from svarhus.exchange.core.decisions.calls.dialling import idle_way
from svarhus.exchange.core.decisions.people import after_call
from svarhus.exchange.core.decisions.queues import offering
from svarhus.exchange.core.decisions.queues.here import queue_here
from svarhus.exchange.core.decisions.queues.steering import queue_of, waiting_place
from svarhus.exchange.core.requests import PickCall
from svarhus.exchange.core.turn import Turn


def pick(turn: Turn, request: PickCall) -> str:
    """Ring the person's phone for the caller: a browser picks up by itself."""
    place = waiting_place(turn, request.call)
    queue = queue_of(turn, place)
    if not request.leads and request.person not in turn.rules.rosters.get(place.queue, {}):
        raise NotAMember(f"you are not a member of {queue.name}")
    rung = [turn.state.offers[offer].person for offer in place.offers]
    if request.person in rung:
        return request.call
    if rung:
        raise NotPossibleNow(f"it rings at {turn.rules.told_name(rung[0])} just now")
    way = idle_way(turn, request.person)
    after_call.over(turn, request.person)
    queue = queue_here(turn, place.call, queue)
    offering.offer(turn, place, queue, request.person, way, How.PICKED, headers=legs.AUTO_ANSWER)
    return request.call
