"""Who may be rung for a queue: logged in, with nothing else to do, at a phone that answers.

And who talks, in queues that have it so: when nobody else is left to be asked, once in a call that the member does not
leave for it, and never a third one.
"""

from svarhus.domains.calls.model import LegRole
from svarhus.domains.presence.device import DeviceKind
from svarhus.domains.presence.state import Agent
from svarhus.exchange.core.decisions.calls.dialling import device_of, device_reachable, pbx_of, person_reachable
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.state import State
from svarhus.kit.ids import CallId, PersonKey, QueueKey

_NONE: frozenset[QueueKey] = frozenset()


def follow_configuration(state: State, before: Rules, now: Rules) -> None:
    """Another configuration: those of whom it says something else are to be looked at again.

    Everybody is, when other phones may stand at a PBX.
    """
    state.matching.judge_anew()
    if before.call_waiting != now.call_waiting:
        state.stirred |= {agent.person for agent in state.agents.values() if agent.legs}
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
        talks = agent is not None and bool(rules.call_waiting) and talks_in(state, agent) is not None
        state.matching.is_ready(person, _queues(state, rules, agent, talks) if agent else _NONE, talks)


def _queues(state: State, rules: Rules, agent: Agent, talks: bool) -> frozenset[QueueKey]:
    """In which queues the person may be asked."""
    if talks:
        return agent.queues & rules.call_waiting if takes_another(state, rules, agent) else _NONE
    return agent.queues if agent.free and person_reachable(state, rules, agent.person) else _NONE


def talks_in(state: State, agent: Agent) -> CallId | None:
    """The one call in which the person talks, with nothing else to do."""
    if len(agent.legs) != 1 or agent.missed_in or agent.after_call_until or agent.pause:
        return None
    leg = state.legs[next(iter(agent.legs))]
    call = state.calls[leg.call]
    listens = leg.role is LegRole.SUPERVISOR
    talks = leg.conversation is not None and not leg.released and not listens
    return call.id if talks and call.consult is None and not call.ending else None


def takes_another(state: State, rules: Rules, agent: Agent) -> bool:
    """Whether who talks would take another call: at a phone that can, unless one was declined or missed already.

    A mobile and a phone at a PBX keep to themselves what they do with two calls, so nobody could bring the first
    caller back.
    """
    person = rules.people.get(agent.person)
    if person is None or agent.declines_waiting or talks_in(state, agent) == agent.undisturbed_in:
        return False
    device = device_of(state, person)
    at_ours = device.kind is not DeviceKind.NUMBER and pbx_of(rules, person, device) is None
    return at_ours and device_reachable(state, rules, person, device)
