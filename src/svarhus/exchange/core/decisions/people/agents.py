"""Members log in and out of queues, and end their after-call work."""

from datetime import timedelta

from svarhus.domains.presence.errors import NotAMember, NotInAfterCallWork, PersonNotFound
from svarhus.domains.presence.state import AfterCallWorkEnded, AfterCallWorkExtended, Agent, LoggedIn, LoggedOut
from svarhus.exchange.core.decisions.calls import flow
from svarhus.exchange.core.decisions.calls.closing import withdraw_offer
from svarhus.exchange.core.facts import AfterCallTimer
from svarhus.exchange.core.requests import EndAfterCallWork, ExtendAfterCallWork, LogIn, LogOut
from svarhus.exchange.core.turn import Turn
from svarhus.kit.clock import after, seconds_between
from svarhus.kit.ids import PersonKey, QueueKey

LONGEST_AFTER_CALL = 1800
"""Seconds from its begin to which it can be made longer: who forgets a half-written note is rung again some time."""


def log_in(turn: Turn, request: LogIn) -> str:
    own = _own_queues(turn, request.person)
    wanted = request.queues or tuple(sorted(own))
    foreign = set(wanted) - own
    if foreign or not wanted:
        named = ", ".join(sorted(foreign)) or "any queue"
        raise NotAMember(f"{request.person} is not a member of {named}")
    new = [queue for queue in wanted if queue not in _agent(turn, request.person).queues]
    if new:
        turn.record(LoggedIn(person=request.person, queues=tuple(new)))
    return request.person


def log_out(turn: Turn, request: LogOut) -> str:
    _own_queues(turn, request.person)
    now_in = _agent(turn, request.person).queues
    leaving = tuple(sorted(now_in & set(request.queues) if request.queues else now_in))
    if leaving:
        _leave(turn, request.person, leaving)
    return request.person


def _leave(turn: Turn, person: PersonKey, queues: tuple[QueueKey, ...]) -> None:
    turn.record(LoggedOut(person=person, queues=queues))
    for leg in turn.state.offered_legs(person):
        offer = turn.state.offer_at(leg)
        if offer and offer.queue in queues:
            withdraw_offer(turn, offer)
    for queue in queues:
        flow.nobody_left(turn, queue)


def end_after_call_work(turn: Turn, request: EndAfterCallWork) -> str:
    _own_queues(turn, request.person)
    after_call_work_over(turn, request.person)
    return request.person


def extend_after_call_work(turn: Turn, request: ExtendAfterCallWork) -> str:
    """So many seconds more from now, up to the longest; never less than there is left. NotInAfterCallWork."""
    _own_queues(turn, request.person)
    agent = _agent(turn, request.person)
    if agent.after_call_until is None or agent.after_call_since is None:
        raise NotInAfterCallWork("the after-call work is over already")
    longest = after(agent.after_call_since, timedelta(seconds=LONGEST_AFTER_CALL))
    until = min(after(turn.now, timedelta(seconds=request.seconds)), longest)
    if until > agent.after_call_until:
        turn.record(AfterCallWorkExtended(person=request.person, until=until))
        turn.set_timer(f"after-call:{request.person}", seconds_between(turn.now, until), AfterCallTimer(request.person))
    return request.person


def after_call_work_over(turn: Turn, person: PersonKey) -> None:
    """The person is free again: the time has passed, or the person says so."""
    if _agent(turn, person).after_call_until:
        turn.clear_timer(f"after-call:{person}")
        turn.record(AfterCallWorkEnded(person=person))


def follow_membership(turn: Turn, before: dict[PersonKey, frozenset[QueueKey]]) -> None:
    """A new configuration: who is no longer a member is logged out; who begins logged in, is."""
    now = turn.rules.queues_of
    for agent in list(turn.state.agents.values()):
        gone = agent.queues - now.get(agent.person, frozenset())
        if gone:
            _leave(turn, agent.person, tuple(sorted(gone)))
    for person, queues in sorted(now.items()):
        new = turn.rules.start_logged_in(person) & queues - before.get(person, frozenset())
        missing = tuple(sorted(new - _agent(turn, person).queues))
        if missing:
            turn.record(LoggedIn(person=person, queues=missing))


def _own_queues(turn: Turn, person: PersonKey) -> frozenset[QueueKey]:
    if person not in turn.rules.people:
        raise PersonNotFound(f"there is nobody with the key {person}")
    return turn.rules.queues_of.get(person, frozenset())


def _agent(turn: Turn, person: PersonKey) -> Agent:
    return turn.state.agents.get(person) or Agent(person)
