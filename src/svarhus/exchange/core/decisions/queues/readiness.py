"""Who may be rung for a queue: logged in, with nothing else to do, at a phone that answers."""

from svarhus.exchange.core.decisions.calls.dialling import person_reachable
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.state import State
from svarhus.kit.ids import PersonKey


def follow_configuration(state: State, before: Rules, now: Rules) -> None:
    """Another configuration: those of whom it says something else are to be looked at again.

    Everybody is, when other phones may stand at a PBX.
    """
    state.matching.judge_anew()
    if state.ready_by == before.revision and "trunks" not in now.since(before).lists:
        state.stirred |= {PersonKey(key) for key in now.since(before).of("people").keys}
        state.ready_by = now.revision


def follow(state: State, rules: Rules) -> None:
    """Look again at those of whom it may have changed; at first, at everybody."""
    if state.ready_by != rules.revision:
        stirred = {*state.agents, *state.matching.all_ready()}
        state.ready_by = rules.revision
    else:
        phones = (rules.at_endpoint(phone) for phone in state.stirred_phones)
        stirred = state.stirred | {PersonKey(person.key) for person in phones if person}
    state.stirred.clear()
    state.stirred_phones.clear()
    for person in sorted(stirred):
        agent = state.agents.get(person)
        ready = agent is not None and agent.free and person_reachable(state, rules, person)
        state.matching.is_ready(person, agent.queues if agent and ready else frozenset())
