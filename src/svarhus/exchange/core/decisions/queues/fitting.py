"""Of those who may be rung: who has what the caller needs."""

from collections.abc import Set

from svarhus.domains.queues.needs import Needs, fit
from svarhus.domains.queues.place import Place
from svarhus.domains.queues.state import NeedsWidened
from svarhus.exchange.core.decisions.queues.here import queue_here
from svarhus.exchange.core.facts import WidenTimer
from svarhus.exchange.core.turn import Turn
from svarhus.kit.clock import seconds_between
from svarhus.kit.ids import CallId, PersonKey, QueueKey, TimerId


def needs_of(turn: Turn, place: Place) -> Needs:
    """Of the caller, where in the flow the caller waits."""
    return needs_in(turn, place.call, place.queue)


def needs_in(turn: Turn, call: CallId, queue: QueueKey) -> Needs:
    """What the caller needs in this queue, with what the call is about."""
    rules = turn.rules if queue in turn.rules.queues else turn.rules_of(call)
    needs = queue_here(turn, call, rules.queues[queue]).needs
    about = turn.state.calls[call].category
    category = rules.categories.get(about) if about else None
    return category.added_to(needs) if category else needs


def able(turn: Turn, place: Place) -> Set[PersonKey]:
    """Those who may be rung for the caller now, also beside a conversation; but nobody calls a customer beside one."""
    matching = turn.state.matching
    ready, talking = matching.ready(place.queue), matching.talking(place.queue)
    people = ready if place.kept_for or place.to_call_back else ready | talking
    return people if place.widened else having(turn, place.call, needs_of(turn, place), people)


def having(turn: Turn, call: CallId, needs: Needs, people: Set[PersonKey]) -> Set[PersonKey]:
    """Those of the people who have what the caller needs."""
    if not needs.given:
        return people
    language, everybody = turn.state.calls[call].language, turn.rules.people
    return {key for key in people if (person := everybody.get(key)) and fit(person, needs, language) is not None}


def level(turn: Turn, place: Place, needs: Needs, key: PersonKey) -> int:
    """How well the person fits; 0 for who has not all that is needed."""
    person = turn.rules.people.get(key) if needs.given else None
    return fit(person, needs, turn.state.calls[place.call].language) or 0 if person else 0


def widen_later(turn: Turn, place: Place) -> None:
    """Nobody who fits is free: once the caller has waited for so long, others are asked as well."""
    needs, timer = needs_of(turn, place), f"widen:{place.call}"
    if needs.widens_after is not None and TimerId(timer) not in turn.state.timers:
        left = needs.widens_after - seconds_between(place.entered_at, turn.now)
        turn.set_timer(timer, max(0.0, left), WidenTimer(place.call), place.call)


def widen(turn: Turn, call: CallId) -> None:
    """The caller has waited for so long."""
    place = turn.state.place_of(call)
    if place and not place.widened:
        turn.record(NeedsWidened(call=call, queue=place.queue))
