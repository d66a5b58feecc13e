"""Members pause and come back. Who has paused stays logged in, and is rung for no queue."""

from datetime import timedelta

from svarhus.domains.presence.errors import NoSuchPause, NotLoggedIn
from svarhus.domains.presence.pause import Pause, PauseOver
from svarhus.domains.presence.state import PauseBegan, PauseEnded
from svarhus.exchange.core.decisions.calls.closing import withdraw_offer
from svarhus.exchange.core.facts import PauseTimer
from svarhus.exchange.core.requests import BeginPause, EndPause
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.turn import Turn
from svarhus.kit.clock import Instant, after, seconds_between
from svarhus.kit.ids import PauseKey, PersonKey, QueueKey


def begin(turn: Turn, request: BeginPause) -> str:
    """A call in progress goes on; a phone that rings for a queue stops. PersonNotFound, NotLoggedIn, NoSuchPause."""
    turn.rules.person(request.person)
    agent = turn.state.agents.get(request.person)
    if agent is None or not agent.queues:
        raise NotLoggedIn(f"{request.person} is not logged in to any queue")
    until = _until(turn, request)
    turn.clear_timer(_timer(request.person))
    turn.record(PauseBegan(person=request.person, reason=request.reason, until=until, by=request.by))
    if until is not None:
        turn.set_timer(_timer(request.person), seconds_between(turn.now, until), PauseTimer(request.person))
    for leg in turn.state.offered_legs(request.person):
        offer = turn.state.offer_at(leg)
        if offer:
            withdraw_offer(turn, offer)
    return request.person


def _until(turn: Turn, request: BeginPause) -> Instant | None:
    """When it ends by itself. NoSuchPause."""
    choices = turn.rules.pauses
    if request.reason not in choices:
        raise NoSuchPause(f"there is no reason `{request.reason}` to pause")
    if request.until is None:
        own = choices[request.reason]
        return after(turn.now, timedelta(minutes=own.minutes)) if own and own.minutes else None
    if request.until <= turn.now:
        raise NoSuchPause(f"{request.until} has passed")
    return request.until


def choice(rules: Rules, place: int) -> PauseKey:
    """The reason at this place of the list, from 1. NoSuchPause."""
    reasons = tuple(rules.pauses)
    if not 1 <= place <= len(reasons):
        raise NoSuchPause(f"there is no reason number {place}")
    return reasons[place - 1]


def end(turn: Turn, request: EndPause) -> str:
    turn.rules.person(request.person)
    over(turn, request.person, PauseOver.SAID, request.by)
    return request.person


def over(turn: Turn, person: PersonKey, how: PauseOver, by: PersonKey | None = None) -> None:
    """The person may be rung again, or has left the last queue."""
    if pause_of(turn, person):
        turn.clear_timer(_timer(person))
        turn.record(PauseEnded(person=person, over=how, by=by))


def with_log_in(turn: Turn, person: PersonKey, queues: tuple[QueueKey, ...]) -> None:
    """Who has just come to these first queues of the day begins with a pause, where one of them says so."""
    members = (turn.rules.member(queue, person) for queue in queues)
    if any(member and member.starts_paused for member in members):
        turn.record(PauseBegan(person=person, reason=None))


def pause_of(turn: Turn, person: PersonKey) -> Pause | None:
    agent = turn.state.agents.get(person)
    return agent.pause if agent else None


def _timer(person: PersonKey) -> str:
    return f"pause:{person}"
