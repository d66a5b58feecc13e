"""A member takes one certain caller out of a queue, whoever's turn it is."""

from svarhus.domains.callbacks.errors import AgentBusy, NotCallable, PhoneNotReachable
from svarhus.domains.calls.errors import CallNotFound, NotPossibleNow
from svarhus.domains.numbers.outgoing import OutgoingRefusal
from svarhus.domains.presence.errors import NotAMember
from svarhus.domains.queues.offer import How
from svarhus.exchange.core.decisions.calls import legs
from svarhus.exchange.core.decisions.calls.dialling import Way, person_reachable, way_to_person
from svarhus.exchange.core.decisions.people import agents
from svarhus.exchange.core.decisions.queues import offering
from svarhus.exchange.core.decisions.queues.here import queue_here
from svarhus.exchange.core.requests import PickCall
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import PersonKey


def pick(turn: Turn, request: PickCall) -> str:
    """Ring the person's phone for the caller: a browser picks up by itself."""
    place = turn.state.place_of(request.call)
    if place is None:
        raise CallNotFound(f"nobody waits in the call {request.call}")
    queue = turn.rules.queues.get(place.queue) or turn.rules_of(request.call).queues[place.queue]
    if request.person not in turn.rules.rosters.get(place.queue, {}):
        raise NotAMember(f"you are not a member of {queue.name}")
    rung = [turn.state.offers[offer].person for offer in place.offers]
    if request.person in rung:
        return request.call
    if rung:
        raise NotPossibleNow(f"it rings at {turn.rules.told_name(rung[0])} just now")
    way = _way(turn, request.person)
    agents.after_call_work_over(turn, request.person)
    queue = queue_here(turn, place.call, queue)
    offering.offer(turn, place, queue, request.person, way, How.PICKED, headers=legs.AUTO_ANSWER)
    return request.call


def _way(turn: Turn, key: PersonKey) -> Way:
    """To the phone of somebody who does nothing else. PhoneNotReachable, AgentBusy, NotCallable."""
    agent = turn.state.agents.get(key)
    if agent and (agent.legs or agent.missed_in):
        raise AgentBusy("you are in a call")
    person = turn.rules.people.get(key)
    if person is None or not person_reachable(turn.state, turn.rules, key):
        raise PhoneNotReachable("your phone is not registered")
    way = way_to_person(turn, turn.rules, person)
    if isinstance(way, OutgoingRefusal):
        raise NotCallable(f"your number may not be called: {way.value.replace('_', ' ')}")
    return way
