"""Members are asked to take a caller, as the queue's strategy chooses them."""

from collections.abc import Collection, Sequence, Set

from svarhus.domains.numbers.outgoing import OutgoingRefusal
from svarhus.domains.queues.distribution import STRATEGIES
from svarhus.domains.queues.distribution.strategy import Candidate, Question, Wave
from svarhus.domains.queues.offer import How
from svarhus.domains.queues.place import Place
from svarhus.domains.queues.roster import Roster
from svarhus.domains.queues.state import CalledOut
from svarhus.exchange.core.decisions.calls.closing import withdraw_offer
from svarhus.exchange.core.decisions.calls.dialling import Way, way_to_person
from svarhus.exchange.core.decisions.queues import fitting, offering, readiness, rounds
from svarhus.exchange.core.decisions.queues.here import queue_here
from svarhus.exchange.core.facts import CallOutTimer
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import CallId, PersonKey


def ask(turn: Turn, place: Place) -> bool:
    """Ring those whom the queue's strategy chooses. False: nobody who may be asked can be rung for this queue."""
    ready = fitting.able(turn, place)
    if _ask_one_of(turn, place, ready - place.asked):
        return True
    if not ready & place.asked:
        return False
    rounds.end(turn, place)
    again = turn.state.places.get(place.id)
    return again is None or _ask_one_of(turn, again, ready)


def ask_instead(turn: Turn, place: Place) -> bool:
    """Ring somebody who is free instead of those who talk. False: there is nobody, and those ring on."""
    free = _free(turn, place)
    if not any(isinstance(_way(turn, person), Way) for person in free):
        return False
    for offer in place.offers:
        withdraw_offer(turn, turn.state.offers[offer])
    return _ask_one_of(turn, turn.state.places[place.id], free)


def _free(turn: Turn, place: Place) -> Set[PersonKey]:
    """Those who can be asked and do not talk."""
    return fitting.able(turn, place) - place.asked - turn.state.matching.talking(place.queue)


def _ask_one_of(turn: Turn, place: Place, people: Set[PersonKey]) -> bool:
    """Of those who are free; where none can be rung, of those who talk."""
    talking = turn.state.matching.talking(place.queue)
    return any(_ask_some(turn, place, some) for some in (people - talking, people & talking))


def _ask_some(turn: Turn, place: Place, people: Set[PersonKey]) -> bool:
    free = _candidates(turn, place, people)
    while free:
        wave = _wave(turn, place, _best(turn, place, free), ringing=())
        if _ring(turn, place, wave):
            _call_out_later(turn, place)
            return True
        free = [candidate for candidate in free if candidate not in wave.members] if wave.members else []
    return False


def ask_more(turn: Turn, place: Place) -> None:
    """Ring others as well, for whom phones ring already: others who talk only beside such."""
    offers = [turn.state.offers[offer] for offer in place.offers]
    if any(offer.taken for offer in offers):
        return
    others = fitting.able(turn, place) - place.asked if place.beside else _free(turn, place)
    free = _candidates(turn, place, others)
    if free and all(offer.how is How.DISTRIBUTED for offer in offers):
        ringing = _candidates(turn, place, [offer.person for offer in offers])
        if best := _best(turn, place, free, ringing):
            _ring(turn, place, _wave(turn, place, best, ringing))


def call_out(turn: Turn, call: CallId) -> None:
    """The phones have rung for a ring time: those of the next priority ring as well."""
    place = turn.state.place_of(call)
    if place and place.offers and not any(turn.state.offers[offer].taken for offer in place.offers):
        turn.record(CalledOut(call=call, queue=place.queue))
        _call_out_later(turn, place)


def _call_out_later(turn: Turn, place: Place) -> None:
    rules = _rules(turn, place)
    queue = queue_here(turn, place.call, rules.queues[place.queue])
    numbers = {seat.priority for seat in rules.rosters[place.queue].values()}
    step = turn.state.places[place.id].step
    if STRATEGIES[queue.distribution].escalates and step + 1 < len(numbers):
        turn.set_timer(f"call-out:{place.call}", queue.ring_time, CallOutTimer(place.call), place.call)


def _rules(turn: Turn, place: Place) -> Rules:
    """Those in force, or of then where the queue is no more."""
    return turn.rules if place.queue in turn.rules.queues else turn.rules_of(place.call)


def _candidates(turn: Turn, place: Place, people: Collection[PersonKey]) -> Sequence[Candidate]:
    roster: Roster = _rules(turn, place).rosters[place.queue]
    return [
        Candidate(person, seat.priority, turn.state.agents[person].idle_since, seat.order)
        for person in people
        if (seat := roster.get(person))
    ]


def _best(
    turn: Turn, place: Place, free: Sequence[Candidate], ringing: Sequence[Candidate] = ()
) -> Sequence[Candidate]:
    """Of the free, those who fit best; while phones ring, those who fit no worse than whoever is rung."""
    needs = fitting.needs_of(turn, place)
    if not needs.given:
        return free
    levels = {each: fitting.level(turn, place, needs, each.person) for each in (*free, *ringing)}
    least = min(levels[each] for each in ringing) if ringing else max(levels[each] for each in free)
    return [each for each in free if levels[each] >= least]


def _wave(turn: Turn, place: Place, free: Sequence[Candidate], ringing: Sequence[Candidate]) -> Wave:
    rules = _rules(turn, place)
    queue, roster = rules.queues[place.queue], rules.rosters[place.queue]
    last = roster.get(turn.state.stored.rung_last.get(place.queue, PersonKey("")))
    question = Question(place, free, ringing, last.order if last else -1, queue.most_at_once)
    return STRATEGIES[queue.distribution].choose(question)


def _ring(turn: Turn, place: Place, wave: Wave) -> bool:
    """Whether any of them rings."""
    queue = queue_here(turn, place.call, _rules(turn, place).queues[place.queue])
    ways = [(each.person, _way(turn, each.person)) for each in wave.members]
    reached = [(person, way) for person, way in ways if isinstance(way, Way)]
    for person, way in reached:
        now, during = turn.state.places[place.id], readiness.talks_in(turn.state, turn.state.agents[person])
        offering.offer(turn, now, queue, person, way, How.DISTRIBUTED, wave.ring_times, during=during)
    return bool(reached)


def _way(turn: Turn, person: PersonKey) -> Way | OutgoingRefusal:
    return way_to_person(turn, turn.rules, turn.rules.people[person])
