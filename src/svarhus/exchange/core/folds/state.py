"""Small changes of the state that several facts make."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from svarhus.domains.calls.model import Call, Leg
from svarhus.domains.presence.state import Agent
from svarhus.exchange.core.state import State
from svarhus.kit.clock import Instant, seconds_between
from svarhus.kit.ids import PersonKey

Folds = dict[type, Callable[[State, Any, Instant, ZoneInfo], None]]
"""By the kind of fact: changes the state as of a moment, in the organisation's zone."""


def seconds(start: Instant, end: Instant) -> float:
    """Never negative, although a machine's clock may be set back."""
    return max(0.0, seconds_between(start, end))


def set_call(state: State, call: Call) -> None:
    state.calls[call.id] = call
    state.touch("calls", call.id)


def set_leg(state: State, leg: Leg) -> None:
    state.legs[leg.id] = leg
    state.touch("calls", leg.call)


def agent_of(state: State, person: PersonKey) -> Agent:
    return state.agents.get(person) or Agent(person)


def set_agent(state: State, agent: Agent) -> None:
    state.set_agent(agent)
