"""Members log in and out of queues, and end their after-call work."""

from collections import defaultdict
from collections.abc import Mapping, Set
from datetime import timedelta
from typing import NamedTuple

from svarhus.domains.presence.errors import NoExtension, NotAMember, NotInAfterCallWork, OthersLogIn
from svarhus.domains.presence.pause import PauseOver
from svarhus.domains.presence.state import AfterCallWorkExtended, Agent, LoggedIn, LoggedOut
from svarhus.domains.queues.roster import Roster
from svarhus.exchange.core.decisions.calls import flow
from svarhus.exchange.core.decisions.calls.closing import withdraw_offer
from svarhus.exchange.core.decisions.people import after_call, pauses
from svarhus.exchange.core.facts import AfterCallTimer
from svarhus.exchange.core.requests import EndAfterCallWork, ExtendAfterCallWork, LogIn, LogOut
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.turn import Turn
from svarhus.kit.clock import after, seconds_between
from svarhus.kit.ids import PersonKey, QueueKey

LONGEST_AFTER_CALL = 1800
"""Seconds from its begin to which it can be made longer: who forgets a half-written note is rung again some time."""


def log_in(turn: Turn, request: LogIn) -> str:
    """NotAMember, OthersLogIn, PersonNotFound."""
    own = _own_queues(turn, request.person)
    wanted = request.queues or tuple(sorted(own))
    foreign = set(wanted) - own
    if foreign or not wanted:
        named = ", ".join(sorted(foreign)) or "any queue"
        raise NotAMember(f"{request.person} is not a member of {named}")
    new = tuple(queue for queue in wanted if queue not in _agent(turn, request.person).queues)
    _enter(turn, request.person, _let(turn, request, new))
    return request.person


def _enter(turn: Turn, person: PersonKey, queues: tuple[QueueKey, ...]) -> None:
    if not queues:
        return
    first = not _agent(turn, person).queues
    turn.record(LoggedIn(person=person, queues=queues))
    if first:
        pauses.with_log_in(turn, person, queues)


def _let(turn: Turn, request: LogIn | LogOut, queues: tuple[QueueKey, ...]) -> tuple[QueueKey, ...]:
    """Those of the queues that the person may go in to or out of. OthersLogIn, when one is named that forbids it or
    none is left."""
    if not request.by_oneself:
        return queues
    forbidden = {queue for queue in queues if queue in turn.rules.queues and not turn.rules.queues[queue].self_log_in}
    if forbidden and (request.queues or forbidden == set(queues)):
        named = ", ".join(turn.rules.queues[queue].name for queue in sorted(forbidden))
        raise OthersLogIn(f"who is logged in to {named} is decided by those who lead")
    return tuple(queue for queue in queues if queue not in forbidden)


def log_out(turn: Turn, request: LogOut) -> str:
    """OthersLogIn, PersonNotFound."""
    _own_queues(turn, request.person)
    now_in = _agent(turn, request.person).queues
    wanted = tuple(sorted(now_in & set(request.queues) if request.queues else now_in))
    leaving = _let(turn, request, wanted)
    if leaving:
        _leave(turn, request.person, leaving)
    return request.person


def _leave(turn: Turn, person: PersonKey, queues: tuple[QueueKey, ...]) -> None:
    last_in = tuple(queue for queue in queues if turn.state.logged_in(queue) == 1)
    turn.record(LoggedOut(person=person, queues=queues, last_in=last_in))
    if not _agent(turn, person).queues:
        pauses.over(turn, person, PauseOver.LOGGED_OUT)
    for leg in turn.state.offered_legs(person):
        offer = turn.state.offer_at(leg)
        if offer and offer.queue in queues:
            withdraw_offer(turn, offer)
    for queue in queues:
        flow.nobody_left(turn, queue)


def end_after_call_work(turn: Turn, request: EndAfterCallWork) -> str:
    _own_queues(turn, request.person)
    after_call.over(turn, request.person)
    return request.person


def extend_after_call_work(turn: Turn, request: ExtendAfterCallWork) -> str:
    """So many seconds more from now, up to the longest; never less than there is left.

    NotInAfterCallWork, NoExtension."""
    _own_queues(turn, request.person)
    agent = _agent(turn, request.person)
    if agent.after_call_until is None or agent.after_call_since is None:
        raise NotInAfterCallWork("the after-call work is over already")
    if not may_extend(turn.rules, agent):
        raise NoExtension("the queue does not let its members make it longer")
    longest = after(agent.after_call_since, timedelta(seconds=LONGEST_AFTER_CALL))
    until = min(after(turn.now, timedelta(seconds=request.seconds)), longest)
    if until > agent.after_call_until:
        turn.record(AfterCallWorkExtended(person=request.person, until=until))
        turn.set_timer(
            after_call.timer_of(request.person), seconds_between(turn.now, until), AfterCallTimer(request.person)
        )
    return request.person


def may_extend(rules: Rules, agent: Agent) -> bool:
    """Whether the queue lets its members have more after-call work."""
    queue = rules.queues.get(agent.after_call_queue) if agent.after_call_queue else None
    return queue is None or queue.after_call_work.may_extend


def follow_membership(turn: Turn, before: Rules | None) -> None:
    """A new configuration: who is no longer a member is logged out; who begins logged in, is."""
    moves = _moves(before, turn.rules)
    for person, queues in sorted(moves.out_of.items()):
        leaving = _agent(turn, person).queues & queues
        if leaving:
            _leave(turn, person, tuple(sorted(leaving)))
    for person, queues in sorted(moves.into.items()):
        missing = tuple(sorted(queues - _agent(turn, person).queues))
        _enter(turn, person, missing)


class _Moves(NamedTuple):
    """Who is in other queues than before."""

    out_of: Mapping[PersonKey, Set[QueueKey]]
    into: Mapping[PersonKey, Set[QueueKey]]
    """Only where the person is logged in from the start."""


def _differing(before: Rules, now: Rules) -> Set[QueueKey]:
    """Queues that may have other members than before."""
    changed = now.since(before)
    queues = {QueueKey(key) for key in changed.of("queues").keys}
    return queues | before.with_teams | now.with_teams if "people" in changed.lists else queues


def _moves(before: Rules | None, now: Rules) -> _Moves:
    old: Mapping[QueueKey, Roster] = before.rosters if before else {}
    differing = _differing(before, now) if before else now.rosters.keys()
    out_of, into = defaultdict[PersonKey, set[QueueKey]](set), defaultdict[PersonKey, set[QueueKey]](set)
    for key in differing:
        were, are = old.get(key, {}), now.rosters.get(key, {})
        for person in were.keys() - are.keys():
            out_of[person].add(key)
        for person, seat in are.items():
            if seat.starts_logged_in and person not in were:
                into[person].add(key)
    return _Moves(out_of, into)


def _own_queues(turn: Turn, person: PersonKey) -> frozenset[QueueKey]:
    turn.rules.person(person)
    return turn.rules.queues_of.get(person, frozenset())


def _agent(turn: Turn, person: PersonKey) -> Agent:
    return turn.state.agents.get(person) or Agent(person)
