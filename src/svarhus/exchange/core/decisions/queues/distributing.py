"""Who is rung for whom: those who wait and those who may be asked, brought together."""

from svarhus.domains.queues.distribution.strategy import Candidate
from svarhus.domains.queues.model import Queue
from svarhus.domains.queues.offer import How
from svarhus.domains.queues.place import Place
from svarhus.exchange.core.decisions.calls.dialling import Way, way_to_person
from svarhus.exchange.core.decisions.queues import offering, readiness
from svarhus.exchange.core.decisions.queues.here import queue_here
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import PersonKey, QueueKey


def distribute(turn: Turn) -> None:
    """Ring free members for those who wait: by priority, then arrival, over all queues."""
    if not turn.state.stored.revision:
        return
    matching, passed_over = turn.state.matching, set[QueueKey]()
    readiness.follow(turn.state, turn.rules)
    try:
        while (id := matching.next()) is not None:
            place = turn.state.places[id]
            turn.serving = place.call
            if not _ring_for(turn, place):
                matching.pass_over(place.queue)
                passed_over.add(place.queue)
            readiness.follow(turn.state, turn.rules)
    finally:
        matching.look_again(passed_over)


def _ring_for(turn: Turn, place: Place) -> bool:
    """Ring those whom the queue's strategy chooses. False: nobody of the free can be rung for this queue."""
    rules = turn.rules if place.queue in turn.rules.queues else turn.rules_of(place.call)
    queue = queue_here(turn, place.call, rules.queues[place.queue])
    priorities = rules.priorities[place.queue]
    candidates = [
        Candidate(person, priorities.get(person, 1), turn.state.agents[person].idle_since)
        for person in turn.state.matching.ready(place.queue)
    ]
    while candidates:
        wave = rules.strategies[queue.distribution](place, candidates)
        rung = [candidate for candidate in wave if _ring(turn, place, queue, candidate.person)]
        if rung:
            return True
        candidates = [candidate for candidate in candidates if candidate not in wave]
    return False


def _ring(turn: Turn, place: Place, queue: Queue, person: PersonKey) -> bool:
    way = way_to_person(turn, turn.rules, turn.rules.people[person])
    if isinstance(way, Way):
        offering.offer(turn, place, queue, person, way, How.DISTRIBUTED)
    return isinstance(way, Way)
