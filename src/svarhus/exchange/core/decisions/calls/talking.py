"""Conversations: joining, hold, and the one who talks in several calls."""

from svarhus.domains.calls.facts import Joined, LegPutOnHold, Parted, PhoneHolds
from svarhus.domains.calls.model import Leg, Outcome
from svarhus.exchange.core.conversations import company_of, in_conference, is_held, join_of, shared_by
from svarhus.exchange.core.decisions.calls import conferring, legs
from svarhus.exchange.core.decisions.calls.closing import reach
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import CallId, ConversationId, LegId
from svarhus.ports.telephony import Join, Separate


def join(turn: Turn, call: CallId, first: LegId, second: LegId, outcome: Outcome) -> None:
    """A conversation begins. What was said or played to the two stops."""
    legs.answer(turn, first)
    bring_together(turn, first, second)
    reach(turn, call, outcome)


def bring_together(turn: Turn, *together: LegId) -> None:
    """Let them hear each other. What else they were talking in is on hold from here."""
    call = turn.state.legs[together[0]].call
    joined, shared = turn.new_join(call), shared_by(turn.state, together)
    conversation = shared.id if shared else ConversationId(joined)
    turn.record(Joined(call=call, join=joined, legs=together, conversation=conversation))
    turn.order(Join(joined, together))
    for leg in together:
        hold_others(turn, leg)


def part(turn: Turn, leg: LegId) -> None:
    """Nobody hears the party any more, nor the other way round."""
    joined = join_of(turn.state, leg)
    if joined:
        turn.record(Parted(call=turn.state.legs[leg].call, join=joined))
        turn.order(Separate(joined))


def hold(turn: Turn, by: LegId) -> None:
    """Those with whom the party talks hear music; two who have each other talk on."""
    if in_conference(turn.state, by):
        conferring.step_aside(turn, by)
        return
    others = [other for other in company_of(turn.state, by) if not is_held(turn.state, other.id)]
    if others:
        part(turn, by)
    for other in others:
        turn.record(LegPutOnHold(call=other.call, leg=other.id, held=True, by=by))
        legs.music(turn, other.id, legs.music_of(turn, other.call))


def resume(turn: Turn, by: LegId) -> None:
    """They hear each other again, unless they hold the party as well."""
    if in_conference(turn.state, by):
        conferring.step_back(turn, by)
        hold_others(turn, by)
        return
    others = [other for other in company_of(turn.state, by) if is_held(turn.state, other.id)]
    if others and not is_held(turn.state, by):
        bring_together(turn, by, *(other.id for other in others))
        return
    for other in others:
        turn.record(LegPutOnHold(call=other.call, leg=other.id, held=False, by=by))
        legs.music_off(turn, other.id)


def partner(turn: Turn, leg: LegId) -> Leg | None:
    """With whom the party is in conversation: of several, who came first.

    None for one who waits while the other one asks somebody.
    """
    return next(iter(company_of(turn.state, leg)), None)


def hold_others(turn: Turn, leg_id: LegId) -> None:
    """A person talks in one call at a time: the others of this leg's person are put on hold."""
    leg = turn.state.legs[leg_id]
    agent = turn.state.agents.get(leg.person) if leg.person else None
    for other in sorted(agent.legs - {leg_id}) if agent else ():
        theirs = join_of(turn.state, other)
        if theirs and theirs != join_of(turn.state, leg_id):
            hold(turn, other)


# ------------------------------------------------------------------ by the phone's own key


def phone_holds(turn: Turn, leg_id: LegId, holds: bool) -> None:
    """The party's phone has put us on hold, or has taken us back."""
    leg = turn.state.legs.get(leg_id)
    if leg is None or leg.phone_holds == holds:
        return
    turn.record(PhoneHolds(call=leg.call, leg=leg.id, holds=holds))
    if leg.conversation and not turn.state.calls[leg.call].ending:
        (hold if holds else resume)(turn, leg.id)
