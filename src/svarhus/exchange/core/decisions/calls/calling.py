"""A person asks for a call: the own phone rings first, then the other one."""

from svarhus.domains.callbacks.errors import AgentBusy, NotCallable, PhoneNotReachable
from svarhus.domains.calls.facts import CallBegan, DialWanted, KeysSent
from svarhus.domains.calls.model import Call, CallKind, Leg, Outcome
from svarhus.domains.calls.purpose import Placing, Target
from svarhus.domains.calls.reasons import EndReason
from svarhus.domains.calls.talk import Destination
from svarhus.domains.numbers.outgoing import OutgoingRefusal
from svarhus.domains.queues.state import LedToQueue
from svarhus.domains.queues.ways import CameBy
from svarhus.exchange.core.decisions.calls import endings, flow, legs, rejoining, talking
from svarhus.exchange.core.decisions.calls.closing import end_call, reach
from svarhus.exchange.core.decisions.calls.dialling import (
    Way,
    is_engaged,
    person_reachable,
    presented_outside,
    way_to_person,
)
from svarhus.exchange.core.decisions.calls.own import own_leg, talking_leg
from svarhus.exchange.core.decisions.calls.routes import Route, ToFlow, ToQueue, is_outside, route, usable_route
from svarhus.exchange.core.decisions.calls.turning_away import turn_away
from svarhus.exchange.core.decisions.people import after_call
from svarhus.exchange.core.decisions.queues import offering
from svarhus.exchange.core.requests import DialFor, HangUpOwn, HoldCall, ResumeCall, SendKeys
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import CallId, PersonKey
from svarhus.ports.telephony import EndCause, HangUp, LineAddress, SendDigits

OWN_RING_SECONDS = 20
RING_SECONDS = 30


def dial(turn: Turn, request: DialFor) -> str:
    """Ring the person's own phone. Raises what routes raise; PhoneNotReachable, AgentBusy for the own one."""
    rules = turn.rules
    person = rules.person(request.person)
    wanted = usable_route(turn, rules, request.to, request.person)
    if isinstance(wanted, Way) and wanted.person == request.person:
        raise NotCallable("that is yourself")
    own = _own_way(turn, rules, request.person)
    after_call.over(turn, request.person)
    call = turn.new_call()
    turn.record(
        CallBegan(
            call=call,
            kind=CallKind.OUTGOING if is_outside(wanted) else CallKind.INTERNAL,
            revision=rules.revision,
            caller=None,
            caller_name=person.name,
            dialled=_as_dialled(rules, request.to),
            language=person.language,
            first_leg=turn.new_leg(call),
        )
    )
    turn.record(DialWanted(call=call, to=request.to))
    name = _name_of(rules, request.to)
    legs.dial(
        turn,
        call,
        Placing(),
        own.target,
        _shown_on_own(rules, own, request.to),
        name,
        OWN_RING_SECONDS,
        own.person,
        legs.AUTO_ANSWER,
    )
    return call


def own_answered(turn: Turn, call: Call, leg: Leg) -> None:
    """The person's phone is picked up: ring whom the person wants."""
    assert call.wanted is not None
    # By the configuration that it began on: whom the person wants may have been taken out meanwhile.
    found = route(turn, turn.rules_of(call.id), call.wanted, leg.person)
    if isinstance(found, OutgoingRefusal):
        end_call(turn, call.id, EndReason.refused(found), EndCause.REFUSED)
        return
    legs.quiet(turn, leg.id)
    talking.hold_others(turn, leg.id)
    lead_on(turn, call.id, found, leg.person)
    if isinstance(found, Way) and not turn.state.calls[call.id].ending:
        legs.ring_tone(turn, leg.id)


def lead_on(turn: Turn, call_id: CallId, found: Route, person: PersonKey | None) -> None:
    """The caller, one of us, is led to the queue, the flow, the colleague or the number."""
    match found:
        case ToQueue():
            _to_queue(turn, call_id, found)
        case ToFlow(number):
            turn.record(LedToQueue(call=call_id, came=CameBy.COLLEAGUE))
            flow.begin(turn, call_id, turn.rules_of(call_id).numbers[number])
        case Way():
            _ring(turn, call_id, found, person)


def _to_queue(turn: Turn, call: CallId, found: ToQueue) -> None:
    """A colleague waits in the queue as callers do; with nobody logged in there is nothing to wait for."""
    if turn.state.logged_in(found.queue) and found.queue in turn.rules_of(call).queues:
        flow.wait_in(turn, call, found.queue, CameBy.COLLEAGUE)
    else:
        reach(turn, call, Outcome.UNANSWERED)
        end_call(turn, call, EndReason.NOBODY, EndCause.BUSY)


def _ring(turn: Turn, call_id: CallId, way: Way, person: PersonKey | None) -> None:
    rules = turn.rules
    if is_engaged(turn.state, way):
        reach(turn, call_id, Outcome.UNANSWERED)
        turn_away(turn, call_id, EndReason.ENGAGED, EndCause.BUSY)
        return
    caller = rules.people.get(person) if person else None
    outside = is_outside(way)
    presented = presented_outside(rules, person) if outside else (caller.extension if caller else None)
    first = turn.state.calls[call_id].first_leg
    if turn.state.legs[first].answered_at is None:
        legs.let_ring(turn, first)
    name = rules.organisation.name if outside or caller is None else caller.name
    legs.dial(turn, call_id, Target(), way.target, presented, name, RING_SECONDS, way.person)


def _own_way(turn: Turn, rules: Rules, key: PersonKey) -> Way:
    agent = turn.state.agents.get(key)
    if agent and (agent.missed_in or any(turn.state.legs[leg].answered_at is None for leg in agent.legs)):
        raise AgentBusy("another call of yours is just beginning")
    if not person_reachable(turn.state, rules, key):
        raise PhoneNotReachable("your phone is not registered")
    way = way_to_person(turn, rules, rules.people[key])
    if isinstance(way, OutgoingRefusal):
        raise NotCallable(f"your number may not be called: {way.value.replace('_', ' ')}")
    return way


def _as_dialled(rules: Rules, to: Destination) -> str:
    if to.person:
        person = rules.people[to.person]
        return person.extension or person.number or to.person
    if to.queue:
        return rules.queues[to.queue].extension or to.queue
    return to.number or ""


def _shown_on_own(rules: Rules, own: Way, to: Destination) -> str | None:
    """On the own phone: whom one is going to talk with; over a trunk only numbers of ours may be shown."""
    return presented_outside(rules, own.person) if isinstance(own.target, LineAddress) else _as_dialled(rules, to)


def _name_of(rules: Rules, to: Destination) -> str:
    if to.person:
        return rules.people[to.person].name
    return rules.queues[to.queue].name if to.queue else rules.organisation.name


# ------------------------------------------------------------------ one's own calls


def hold(turn: Turn, request: HoldCall) -> str:
    """The other one hears music until `resume`. NotPossibleNow, CallNotFound."""
    call, leg, _ = talking_leg(turn, request.call, request.person)
    talking.hold(turn, leg.id)
    return call.id


def resume(turn: Turn, request: ResumeCall) -> str:
    call, leg, _ = talking_leg(turn, request.call, request.person)
    talking.resume(turn, leg.id)
    return call.id


def hang_up(turn: Turn, request: HangUpOwn) -> str:
    """The person's own leg; a call that is offered is declined by it. CallNotFound.

    Whoever has hung up does not come back: neither is the phone rung for it, nor is it waited for.
    """
    rejoining.let_go(turn, request.call, request.person)
    if endings.missing_for_good(turn, request.call, request.person):
        return request.call
    call, leg = own_leg(turn, request.call, request.person)
    offer = turn.state.offer_at(leg.id)
    if offer and leg.answered_at is None:
        offering.offer_failed(turn, offer, EndCause.DECLINED)
        flow.nobody_left(turn, offer.queue)
    turn.order(HangUp(leg.id))
    return call.id


def send_keys(turn: Turn, request: SendKeys) -> str:
    """To the one with whom the person talks. What was pressed may be a secret, and is in no journal."""
    call, _, other = talking_leg(turn, request.call, request.person)
    turn.record(KeysSent(call=call.id, leg=other.id, count=len(request.digits)))
    turn.order(SendDigits(other.id, request.digits))
    return call.id
