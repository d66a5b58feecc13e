"""People are away and come back. Calls are not decided by it: who is logged in is offered them."""

from svarhus.domains.presence.errors import AbsenceOver
from svarhus.domains.presence.state import AbsenceBegan, AbsenceEnded
from svarhus.exchange.core.facts import AbsenceTimer
from svarhus.exchange.core.requests import BeginAbsence, EndAbsence
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.turn import Turn
from svarhus.kit.clock import seconds_between
from svarhus.kit.ids import PersonKey


def begin(turn: Turn, request: BeginAbsence) -> str:
    turn.rules.person(request.person)
    wait = seconds_between(turn.now, request.until) if request.until else None
    if wait is not None and wait <= 0:
        raise AbsenceOver(f"{request.until} has passed.")
    turn.clear_timer(_timer(request.person))
    said = AbsenceBegan(person=request.person, kind=request.kind, until=request.until, note=request.note, by=request.by)
    turn.record(said)
    if wait is not None:
        turn.set_timer(_timer(request.person), wait, AbsenceTimer(request.person))
    return request.person


def end(turn: Turn, request: EndAbsence) -> str:
    turn.rules.person(request.person)
    over(turn, request.person)
    return request.person


def over(turn: Turn, person: PersonKey) -> None:
    """The person is back: the time has come, or somebody says so."""
    agent = turn.state.agents.get(person)
    if agent and agent.absence:
        turn.clear_timer(_timer(person))
        turn.record(AbsenceEnded(person=person))


def follow_people(turn: Turn, before: Rules) -> None:
    """A new configuration: nothing is kept about who is no longer there."""
    for person in turn.rules.since(before).of("people").removed:
        over(turn, PersonKey(person))


def _timer(person: PersonKey) -> str:
    return f"absence:{person}"
