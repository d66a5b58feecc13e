"""Conversations: joining, hold, asking a third party, handing over, and parties that are missing."""

from zoneinfo import ZoneInfo

import msgspec

from svarhus.domains.calls import facts as calls
from svarhus.domains.calls.model import Call, Leg, LegRecord, LegRole
from svarhus.domains.calls.purpose import Asked, Handed, Returned, Served, Supervising, Target
from svarhus.domains.calls.reasons import LegCause
from svarhus.domains.calls.supervision import UNHEARD
from svarhus.domains.calls.talk import Consult, Missing, Step, StepKind, Transfer
from svarhus.exchange.core.conversations import is_held
from svarhus.exchange.core.folds import conversations
from svarhus.exchange.core.folds.path import BEFORE_TALK, close_steps, close_steps_of, with_step
from svarhus.exchange.core.folds.state import Folds, agent_of, seconds, set_agent, set_call, set_leg
from svarhus.exchange.core.folds.trying import with_tried
from svarhus.exchange.core.state import State
from svarhus.kit.clock import Instant
from svarhus.kit.ids import CallId, LegId, PersonKey

replace = msgspec.structs.replace


def talk_over(call: Call, at: Instant) -> Call:
    """The time of the conversation is counted."""
    if call.talk_since is None:
        return call
    return replace(call, talk=call.talk + seconds(call.talk_since, at), talk_since=None)


def count_hold(state: State, call_id: CallId, at: Instant) -> None:
    """Hold lasts as long as somebody in the call hears its music."""
    call = state.calls[call_id]
    held = any(is_held(state, leg) for leg in call.legs)
    if held and call.hold_since is None:
        set_call(state, replace(call, hold_since=at))
    elif call.hold_since and not held:
        set_call(state, replace(call, hold=call.hold + seconds(call.hold_since, at), hold_since=None))


def _joined(state: State, fact: calls.Joined, at: Instant, zone: ZoneInfo) -> None:
    state.stored.joins_begun += 1
    _remember_before(state, fact, at)
    conversations.join(state, fact)
    for leg in fact.legs:
        state.legs[leg] = replace(state.legs[leg], music=None, prompt=None, saying=(), talked=True)
        person = state.legs[leg].person
        if person:
            state.touch("agents", person)
    call = state.calls[fact.call]
    call = replace(call, talk_since=call.talk_since or at, position=None, wanted=None)
    call = close_steps(call, at, BEFORE_TALK)
    for leg in fact.legs:
        call = _met(call, state.legs[leg], at)
    set_call(state, call)
    count_hold(state, fact.call, at)


def _remember_before(state: State, fact: calls.Joined, at: Instant) -> None:
    """Of one who talks for the first time; what waited in a queue is remembered already. Who is only asked changes
    nothing for the call."""
    call = state.calls[fact.call]
    came = (state.legs[leg] for leg in fact.legs if leg != call.first_leg)
    new = next((leg.id for leg in came if not leg.talked and not isinstance(leg.purpose, Supervising)), None)
    known = call.tried is not None and (call.tried.leg == new or (call.tried.at == at and call.tried.leg in fact.legs))
    if new and call.consult is None and not known:
        state.calls[fact.call] = with_tried(call, new, at)


def _met(call: Call, leg: Leg, at: Instant) -> Call:
    """Whoever of ours is in the conversation is a step of the call's path; so is a number that we connected it to."""
    if any(step.leg == leg.id and step.until is None for step in call.path):
        return call
    if leg.person is None and leg.role is not LegRole.TARGET:
        return call
    kind = StepKind.PERSON if leg.person else StepKind.OUTSIDE
    by = call.transfer.by if call.transfer and not call.transfer.returning else None
    asked = call.consult is not None and call.consult.other == leg.id
    return with_step(call, Step(kind, leg.person or leg.party, at, by=by, leg=leg.id, asked=asked))


def _parted(state: State, fact: calls.Parted, at: Instant, zone: ZoneInfo) -> None:
    conversations.part(state, fact.call, fact.join)


def _leg_held(state: State, fact: calls.LegPutOnHold, at: Instant, zone: ZoneInfo) -> None:
    conversations.put_on_hold(state, fact.leg, fact.held)
    count_hold(state, fact.call, at)


def _phone_holds(state: State, fact: calls.PhoneHolds, at: Instant, zone: ZoneInfo) -> None:
    set_leg(state, replace(state.legs[fact.leg], phone_holds=fact.holds))


def _stepped_aside(state: State, fact: calls.SteppedAside, at: Instant, zone: ZoneInfo) -> None:
    conversations.step_aside(state, fact.leg, fact.aside)


def _supervised(state: State, fact: calls.Supervised, at: Instant, zone: ZoneInfo) -> None:
    before = state.legs[fact.leg]
    assert isinstance(before.purpose, Supervising)
    if fact.how in UNHEARD:
        conversations.leave(state, before)
        set_call(state, close_steps_of(state.calls[fact.call], at, fact.leg))
    purpose = replace(before.purpose, how=fact.how, hears=fact.hears, member=fact.member)
    set_leg(state, replace(state.legs[fact.leg], purpose=purpose))


def _stir_all(state: State, call: Call) -> None:
    for leg in call.legs:
        state.stir(leg)


def _leg_released(state: State, fact: calls.LegReleased, at: Instant, zone: ZoneInfo) -> None:
    conversations.release(state, state.legs[fact.leg])
    set_leg(state, replace(state.legs[fact.leg], released=True, music=None, prompt=None, saying=()))
    state.stir(fact.leg)
    set_call(state, close_steps_of(state.calls[fact.call], at, fact.leg))
    count_hold(state, fact.call, at)


def _now_serving(state: State, fact: calls.NowServing, at: Instant, zone: ZoneInfo) -> None:
    call, leg = state.calls[fact.call], state.legs.get(fact.leg)
    language = (leg.language if leg else "") or call.language
    if leg:
        state.legs[leg.id] = replace(leg, purpose=Served())
    set_call(state, replace(call, first_leg=fact.leg, tried=None, language=language))


def _dial_wanted(state: State, fact: calls.DialWanted, at: Instant, zone: ZoneInfo) -> None:
    set_call(state, replace(state.calls[fact.call], wanted=fact.to))


def _keys_sent(state: State, fact: calls.KeysSent, at: Instant, zone: ZoneInfo) -> None:
    """Only the journal keeps it."""


# ------------------------------------------------------------------ another leg


def _leg_replaced(state: State, fact: calls.LegReplaced, at: Instant, zone: ZoneInfo) -> None:
    old = state.legs.get(fact.old)
    call = state.calls[fact.call]
    missing = call.missing if call.missing and call.missing.leg == fact.old else None
    before = old or missing
    conversations.take_place(state, fact.call, fact.old, fact.new, missing)
    state.legs[fact.new] = replace(state.legs[fact.new], purpose=before.purpose if before else Target(), talked=True)
    if before and isinstance(before.purpose, Supervising):
        state.supervising.add(fact.new)
        unheard = before.purpose.how in UNHEARD
        state.legs[fact.new] = replace(state.legs[fact.new], talked=not unheard)
    if old:
        state.legs[fact.old] = replace(state.legs[fact.old], released=True, talked=False, music=None)
    if missing:
        _set_missing(state, call, None)
    call = state.calls[fact.call]
    path = tuple(replace(step, leg=fact.new) if step.leg == fact.old else step for step in call.path)
    set_call(state, replace(_renamed(call, fact.old, fact.new), path=path))


def _renamed(call: Call, old: LegId, new: LegId) -> Call:
    consult = call.consult
    if consult:
        by, waiting, other = (new if leg == old else leg for leg in (consult.by, consult.waiting, consult.other))
        consult = replace(consult, by=by, waiting=waiting, other=other)
    return replace(call, first_leg=new if call.first_leg == old else call.first_leg, consult=consult)


def _leg_moved(state: State, fact: calls.LegMoved, at: Instant, zone: ZoneInfo) -> None:
    conversations.leave(state, state.legs[fact.leg])
    leg, origin, call = state.legs[fact.leg], state.calls[fact.origin], state.calls[fact.call]
    record = LegRecord(
        leg.id,
        leg.role,
        leg.party,
        leg.person,
        leg.began_at,
        leg.rang_at,
        leg.answered_at,
        at,
        LegCause.MOVED,
        f"goes on in call {fact.call}",
        leg.billing,
    )
    legs = tuple(other for other in origin.legs if other != leg.id)
    origin = close_steps_of(talk_over(origin, at), at, leg.id)
    set_call(state, replace(origin, legs=legs, ended_legs=(*origin.ended_legs, record)))
    language = leg.language or (origin.language if origin.first_leg == leg.id and not leg.person else "")
    state.legs[leg.id] = replace(
        leg,
        call=call.id,
        role=LegRole.TARGET,
        purpose=Target(),
        language=language,
    )
    set_call(state, replace(call, legs=(*call.legs, leg.id)))
    count_hold(state, fact.origin, at)
    if leg.person:
        set_agent(state, agent_of(state, leg.person))


# ------------------------------------------------------------------ a third party


def _consult_began(state: State, fact: calls.ConsultBegan, at: Instant, zone: ZoneInfo) -> None:
    set_leg(state, replace(state.legs[fact.other], purpose=Asked()))
    _stir_all(state, state.calls[fact.call])
    consult = Consult(fact.by, fact.waiting, fact.other, fact.to, at)
    set_call(state, replace(state.calls[fact.call], consult=consult))


def _consult_ended(state: State, fact: calls.ConsultEnded, at: Instant, zone: ZoneInfo) -> None:
    call = state.calls[fact.call]
    _stir_all(state, call)
    other = call.consult.other if call.consult else None
    if other in state.legs:
        leg = state.legs[LegId(str(other))]
        set_leg(state, replace(leg, purpose=Handed() if fact.completed else Target()))
    stays = fact.completed or fact.together
    path = tuple(
        replace(step, asked=False) if stays and step.leg == other and step.asked else step for step in call.path
    )
    set_call(state, replace(call, consult=None, path=path))


def _transfer_began(state: State, fact: calls.TransferBegan, at: Instant, zone: ZoneInfo) -> None:
    call = talk_over(state.calls[fact.call], at)
    set_call(state, replace(call, transfer=Transfer(fact.by, fact.to, at, fact.return_after)))
    conversations.leave(state, state.legs[call.first_leg])
    count_hold(state, call.id, at)


def _call_parked(state: State, fact: calls.CallParked, at: Instant, zone: ZoneInfo) -> None:
    call = state.calls[fact.call]
    assert call.transfer is not None
    set_call(state, replace(call, transfer=replace(call.transfer, leg=None, parked=fact.place)))


def _transfer_ringing(state: State, fact: calls.TransferRinging, at: Instant, zone: ZoneInfo) -> None:
    call = state.calls[fact.call]
    assert call.transfer is not None
    state.stored.returning.discard(fact.call)
    purpose = Returned() if call.transfer.returning else Handed()
    set_leg(state, replace(state.legs[fact.leg], purpose=purpose))
    set_call(state, replace(call, transfer=replace(call.transfer, leg=fact.leg)))


def _transfer_returning(state: State, fact: calls.TransferReturning, at: Instant, zone: ZoneInfo) -> None:
    call = state.calls[fact.call]
    assert call.transfer is not None
    state.stored.returning.add(fact.call)
    set_call(state, replace(call, transfer=replace(call.transfer, leg=None, returning=True, parked=None)))


def _transfer_ended(state: State, fact: calls.TransferEnded, at: Instant, zone: ZoneInfo) -> None:
    state.stored.returning.discard(fact.call)
    set_call(state, replace(state.calls[fact.call], transfer=None))


# ------------------------------------------------------------------ missing


def _party_missing(state: State, fact: calls.PartyMissing, at: Instant, zone: ZoneInfo) -> None:
    leg = state.legs[fact.leg]
    missing = Missing(fact.leg, fact.person, leg.role.value, leg.purpose, at, leg.conversation)
    _set_missing(state, state.calls[fact.call], missing)


def _party_given_up(state: State, fact: calls.PartyGivenUp, at: Instant, zone: ZoneInfo) -> None:
    call = state.calls[fact.call]
    if call.missing:
        conversations.give_up_place(state, call.id, call.missing.leg)
        set_call(state, close_steps_of(call, at, call.missing.leg))
    _set_missing(state, state.calls[fact.call], None)


def _set_missing(state: State, call: Call, missing: Missing | None) -> None:
    """Also for the person, who takes no other call meanwhile."""
    before: PersonKey | None = call.missing.person if call.missing else None
    person = missing.person if missing else before
    set_call(state, replace(call, missing=missing))
    if person:
        agent = agent_of(state, person)
        calls_of = agent.missed_in | {call.id} if missing else agent.missed_in - {call.id}
        set_agent(state, replace(agent, missed_in=calls_of))


def call_over(state: State, call: Call) -> None:
    """Whatever was pending in the call is not any more."""
    state.stored.returning.discard(call.id)
    _stir_all(state, call)
    if call.missing:
        conversations.give_up_place(state, call.id, call.missing.leg)
    _set_missing(state, call, None)
    set_call(state, replace(state.calls[call.id], consult=None, transfer=None, wanted=None))


FOLDS: Folds = {
    calls.Joined: _joined,
    calls.Parted: _parted,
    calls.LegPutOnHold: _leg_held,
    calls.PhoneHolds: _phone_holds,
    calls.SteppedAside: _stepped_aside,
    calls.Supervised: _supervised,
    calls.LegReleased: _leg_released,
    calls.NowServing: _now_serving,
    calls.DialWanted: _dial_wanted,
    calls.KeysSent: _keys_sent,
    calls.LegReplaced: _leg_replaced,
    calls.LegMoved: _leg_moved,
    calls.ConsultBegan: _consult_began,
    calls.ConsultEnded: _consult_ended,
    calls.TransferBegan: _transfer_began,
    calls.CallParked: _call_parked,
    calls.TransferRinging: _transfer_ringing,
    calls.TransferReturning: _transfer_returning,
    calls.TransferEnded: _transfer_ended,
    calls.PartyMissing: _party_missing,
    calls.PartyGivenUp: _party_given_up,
}
