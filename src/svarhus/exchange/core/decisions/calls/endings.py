"""A leg has ended: what that means depends on what the party was there for."""

from collections.abc import Callable

from svarhus.domains.callflows.steps import DialFailed
from svarhus.domains.calls.facts import LegGone
from svarhus.domains.calls.model import Call, CallKind, Leg, LegRole, Outcome
from svarhus.domains.calls.purpose import (
    Asked,
    CalledBack,
    Calling,
    CallingBack,
    Handed,
    Offered,
    Placing,
    Purpose,
    Rejoining,
    Returned,
    Served,
    Supervising,
    Target,
)
from svarhus.domains.calls.reasons import EndReason
from svarhus.domains.presence.state import After
from svarhus.exchange.core.decisions.calls import (
    conferring,
    confirming,
    consulting,
    flow,
    proving,
    rejoining,
    transferring,
)
from svarhus.exchange.core.decisions.calls.closing import close_if_over, end_call, reach
from svarhus.exchange.core.decisions.calls.turning_away import turn_away
from svarhus.exchange.core.decisions.people import after_call
from svarhus.exchange.core.decisions.promises import turns
from svarhus.exchange.core.decisions.queues import offering, rounds
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import CallId, ConversationId, LegId, OfferId, PersonKey
from svarhus.ports.telephony import EndCause, LegEnded


def leg_ended(turn: Turn, event: LegEnded) -> None:
    leg = turn.state.legs.get(event.leg)
    if leg is None:
        return
    cause = event.cause
    if proving.in_vain(turn, leg):
        leg, cause = proving.undo(turn, leg), EndCause.FAILED
    comes_back = rejoining.will_come_back(turn, leg, cause)
    if comes_back:
        rejoining.missing(turn, leg)
    before = turn.state.calls[leg.call]
    turn.record(LegGone(call=leg.call, leg=leg.id, cause=event.cause, detail=event.detail))
    confirming.done(turn, leg.id)
    if leg.person and leg.talked and _serves(before, leg.id, leg.role) and not comes_back:
        _wrap_up(turn, turn.state.calls[leg.call], leg.person)
    if comes_back:
        rejoining.keep_company(turn, leg)
    else:
        _gone(turn, turn.state.calls[leg.call], leg, cause)


def _serves(call: Call, leg: LegId, role: LegRole) -> bool:
    """Whether the person has the customer: rung for that, or handed the call. Not who is only asked."""
    handed = bool(call.parts) and any(step.leg == leg and not step.asked for step in call.path)
    return role is LegRole.MEMBER or (role in (LegRole.TARGET, LegRole.SUPERVISOR) and handed)


def _gone(turn: Turn, call: Call, leg: Leg, cause: EndCause) -> None:
    """The conversation that the party was in, or else what it was there for, says what becomes of the others."""
    if call.ending or leg.released:
        close_if_over(turn, call.id)
    elif leg.conversation:
        _out_of_conversation(turn, call, leg, cause)
    else:
        _GONE[type(leg.purpose)](turn, call, leg, cause)


def _out_of_conversation(turn: Turn, call: Call, leg: Leg, cause: EndCause) -> None:
    if consulting.is_part(call, leg.id):
        _out_of_consultation(turn, call, leg, cause)
    elif leg.conversation and _goes_on(turn, leg.conversation):
        conferring.left(turn, call.id, leg.conversation, leg.id)
    else:
        _talk_over(turn, call, leg, cause)


def _goes_on(turn: Turn, id: ConversationId) -> bool:
    """Two others are in it, or one with another whose phone is waited for."""
    conversation = turn.state.conversations.get(id)
    return conversation is not None and len(conversation.parties) > 1


def _out_of_consultation(turn: Turn, call: Call, leg: Leg, cause: EndCause) -> None:
    consulting.left(turn, call, leg)
    now = turn.state.calls.get(call.id)
    if now is None or now.ending:
        _after_missing(turn, call)


def _talk_over(turn: Turn, call: Call, leg: Leg, cause: EndCause) -> None:
    """One of the two has hung up, perhaps while the other one's phone was waited for."""
    _after_missing(turn, call)
    end_call(turn, call.id, EndReason.ABANDONED if leg.role is LegRole.CALLER else EndReason.LEFT, cause)


def missing_too_long(turn: Turn, call_id: CallId) -> None:
    """A phone that was lost has not come back."""
    call = turn.state.calls.get(call_id)
    if call and call.missing:
        _after_missing(turn, call)
        rejoining.given_up(turn, call_id)


def missing_for_good(turn: Turn, call_id: CallId, person: PersonKey) -> bool:
    """Whose phone was waited for has hung up; whether it was waited for."""
    call = turn.state.calls.get(call_id)
    if call is None or call.missing is None or call.missing.person != person:
        return False
    missing_too_long(turn, call_id)
    return True


def _after_missing(turn: Turn, call: Call) -> None:
    if call.missing and _serves(call, call.missing.leg, LegRole(call.missing.role)):
        _wrap_up(turn, call, call.missing.person)


# ------------------------------------------------------------------ what each was there for


def _served_gone(turn: Turn, call: Call, leg: Leg, cause: EndCause) -> None:
    """The caller hung up, or in a callback the agent's own leg ended."""
    if call.kind is not CallKind.CALLBACK:
        reach(turn, call.id, _outcome_without_caller(turn, call))
    end_call(turn, call.id, EndReason.ABANDONED, cause)


def _outcome_without_caller(turn: Turn, call: Call) -> Outcome:
    if turn.state.place_of(call.id):
        return Outcome.ABANDONED
    return Outcome.UNANSWERED if call.wanted else Outcome.HUNG_UP


def _offered_gone(turn: Turn, call: Call, leg: Leg, cause: EndCause) -> None:
    offer = turn.state.offers[OfferId(leg.id)]
    if offer.taken:
        turns.member_gone(turn, offer, cause)
        return
    offering.offer_failed(turn, offer, cause)
    flow.nobody_left(turn, offer.queue)
    rounds.after_offer(turn, offer.place)


def _customer_gone(turn: Turn, call: Call, leg: Leg, cause: EndCause) -> None:
    if leg.talked:
        _served_gone(turn, call, leg, cause)
    elif turn.state.place_of(call.id):
        turns.customer_gone(turn, call, cause)
    else:
        end_call(turn, call.id, EndReason.UNANSWERED, cause)


def _target_gone(turn: Turn, call: Call, leg: Leg, cause: EndCause) -> None:
    if call.position is not None:
        flow.run(turn, call.id, DialFailed(cause))
    else:
        turn_away(turn, call.id, EndReason.UNANSWERED, cause)


def _handed_gone(turn: Turn, call: Call, leg: Leg, cause: EndCause) -> None:
    transferring.not_taken(turn, call, cause)


def _page_gone(turn: Turn, call: Call, leg: Leg, cause: EndCause) -> None:
    """The page did not pick up: what there was goes on."""


def _supervisor_gone(turn: Turn, call: Call, leg: Leg, cause: EndCause) -> None:
    """The others talk on. Where nobody else is left, nothing more comes of the call."""
    if not call.legs:
        end_call(turn, call.id, EndReason.LEFT, cause)


_GONE: dict[type[Purpose], Callable[[Turn, Call, Leg, EndCause], None]] = {
    Calling: _served_gone,
    Placing: _served_gone,
    CallingBack: _served_gone,
    Served: _served_gone,
    Offered: _offered_gone,
    CalledBack: _customer_gone,
    Target: _target_gone,
    Asked: _out_of_consultation,
    Handed: _handed_gone,
    Returned: _handed_gone,
    Rejoining: _page_gone,
    Supervising: _supervisor_gone,
}


# ------------------------------------------------------------------ after the call


def _serves_another(turn: Turn, person: PersonKey) -> bool:
    """The person goes on with another customer: there is after-call work once the last one is gone."""
    agent = turn.state.agents.get(person)
    legs = [turn.state.legs[leg] for leg in agent.legs] if agent else []
    return any(leg.conversation and _serves(turn.state.calls[leg.call], leg.id, leg.role) for leg in legs)


def _wrap_up(turn: Turn, call: Call, person: PersonKey) -> None:
    """After-call work as it is in the queue for which the person spoke, the call may stand in another one by now; who
    was handed the call, for the one that it came by."""
    booking = turn.state.bookings.get(call.booking) if call.booking else None
    own = (part.queue for part in reversed(call.parts) if part.person == person)
    by_way_of = call.parts[-1].queue if call.parts else None
    key = next(own, booking.queue if booking else by_way_of)
    queue = turn.rules_of(call.id).queues.get(key) if key else None
    if key and queue and not _serves_another(turn, person):
        member = turn.rules.member(key, person)
        seconds = max(queue.after_call_work.answered, member.least_after_call if member else 0)
        after_call.begin(turn, person, seconds, call.id, key, After.TALK)
