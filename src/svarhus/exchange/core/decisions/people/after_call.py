"""After-call work: a while in which nothing is offered to the person."""

from datetime import timedelta

from svarhus.domains.presence.state import After, AfterCallWorkBegan, AfterCallWorkEnded
from svarhus.exchange.core.facts import AfterCallTimer
from svarhus.exchange.core.turn import Turn
from svarhus.kit.clock import after
from svarhus.kit.ids import CallId, PersonKey, QueueKey


def begin(turn: Turn, person: PersonKey, seconds: int, call: CallId, queue: QueueKey, after_what: After) -> None:
    """Nothing is offered to the person for so long; 0 seconds is none at all."""
    if seconds > 0:
        until = after(turn.now, timedelta(seconds=seconds))
        turn.record(AfterCallWorkBegan(person=person, until=until, call=call, queue=queue, after=after_what))
        turn.set_timer(timer_of(person), seconds, AfterCallTimer(person))


def over(turn: Turn, person: PersonKey) -> None:
    """The person is free again: the time has passed, or the person says so or goes on with something else."""
    agent = turn.state.agents.get(person)
    if agent and agent.after_call_until:
        turn.clear_timer(timer_of(person))
        turn.record(AfterCallWorkEnded(person=person))


def timer_of(person: PersonKey) -> str:
    return f"after-call:{person}"
