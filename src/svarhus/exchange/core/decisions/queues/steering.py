"""Somebody who leads says who is served next, or by whom."""

from svarhus.domains.calls.errors import CallNotFound, NotPossibleNow
from svarhus.domains.queues.model import Queue
from svarhus.domains.queues.offer import How
from svarhus.domains.queues.place import Place
from svarhus.domains.queues.state import PlaceRaised
from svarhus.exchange.core.decisions.calls.dialling import Way, person_reachable, way_to_person
from svarhus.exchange.core.decisions.queues import offering
from svarhus.exchange.core.decisions.queues.here import queue_here
from svarhus.exchange.core.requests import AssignCall, RaiseCall
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import CallId, PersonKey

RAISED = 50
"""Above all with whom callers come into a queue, and below those whom nobody took (`transferring.FRONT`)."""


def raise_call(turn: Turn, request: RaiseCall) -> str:
    """Put the caller before all who just wait, or where it was before. CallNotFound."""
    place = waiting_place(turn, request.call)
    priority = max(RAISED, place.priority) if request.raised else place.raised_from
    if (place.raised_from is not None) == request.raised or priority is None:
        return request.call
    fact = PlaceRaised(
        call=request.call, queue=place.queue, by=request.person, priority=priority, raised=request.raised
    )
    turn.record(fact)
    return request.call


def assign(turn: Turn, request: AssignCall) -> str:
    """Ring this colleague for the caller. Who declines leaves the caller at the same place. CallNotFound,
    NotPossibleNow."""
    place = waiting_place(turn, request.call)
    rung = [turn.state.offers[offer].person for offer in place.offers]
    if request.to in rung:
        return request.call
    if rung:
        raise NotPossibleNow(f"it rings at {turn.rules.told_name(rung[0])} just now")
    way = _way_to_free(turn, request.to)
    queue = queue_here(turn, place.call, queue_of(turn, place))
    offering.offer(turn, place, queue, request.to, way, How.ASSIGNED, by=request.person)
    return request.call


def waiting_place(turn: Turn, call: CallId) -> Place:
    """Where the call waits. CallNotFound."""
    place = turn.state.place_of(call)
    if place is None:
        raise CallNotFound(f"nobody waits in the call {call}")
    return place


def queue_of(turn: Turn, place: Place) -> Queue:
    return turn.rules.queues.get(place.queue) or turn.rules_of(place.call).queues[place.queue]


def _way_to_free(turn: Turn, key: PersonKey) -> Way:
    """To the phone of one who takes calls and has none just now: nobody else is rung for a queue."""
    agent, person = turn.state.agents.get(key), turn.rules.person(key)
    name = turn.rules.told_name(key)
    if agent is None or not agent.free:
        raise NotPossibleNow(f"{name} takes no calls just now", "Choose somebody who is logged in and free.")
    if not person_reachable(turn.state, turn.rules, key):
        raise NotPossibleNow(f"the phone of {name} is not registered", "Choose somebody who can be reached.")
    way = way_to_person(turn, turn.rules, person)
    if not isinstance(way, Way):
        raise NotPossibleNow(f"{name} cannot be called just now", "Choose somebody else.")
    return way
