"""One who leads listens to a conversation, whispers to the member, joins them, or takes over from the member."""

from svarhus.domains.calls.conversation import Conversation
from svarhus.domains.calls.errors import CallNotFound, NotPossibleNow
from svarhus.domains.calls.facts import Supervised
from svarhus.domains.calls.model import Call, Leg
from svarhus.domains.calls.purpose import Supervising
from svarhus.domains.calls.supervision import UNHEARD, Supervision
from svarhus.exchange.core.conversations import conversation_of
from svarhus.exchange.core.decisions.calls import conferring, confirming, legs
from svarhus.exchange.core.decisions.calls.dialling import idle_way, presented_outside
from svarhus.exchange.core.requests import Supervise
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.state import State
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import CallId, LegId, PersonKey, QueueKey
from svarhus.ports.telephony import LineAddress, Listen

RING_SECONDS = 20


def supervise(turn: Turn, request: Supervise) -> str:
    """Ring the person's own phone, or go over to another way. CallNotFound, NotPossibleNow, and what `idle_way`
    raises."""
    call = turn.state.calls.get(request.call)
    if call is None or call.ending:
        raise CallNotFound(f"there is no call {request.call} in progress")
    own = [turn.state.legs[leg] for leg in call.legs if turn.state.legs[leg].person == request.person]
    own = [leg for leg in own if not leg.released]
    if not own:
        _ring(turn, call, request)
    elif not isinstance(own[0].purpose, Supervising) or own[0].purpose.how is Supervision.TAKES_OVER:
        raise NotPossibleNow("you have a part in this call yourself")
    elif own[0].answered_at is None:
        raise NotPossibleNow("your phone rings for this call already")
    else:
        _go_over(turn, call, own[0], request.how)
    return call.id


def _ring(turn: Turn, call: Call, request: Supervise) -> None:
    queue, member = queue_of(turn.state, call), member_in(turn.state, call, request.member)
    if queue is None:
        raise NotPossibleNow("this call is for no queue")
    if member is None:
        raise NotPossibleNow("none of us talks in this call just now")
    _check(turn, call, member, request.how)
    way = idle_way(turn, request.person)
    purpose = Supervising(request.how, member.id, member.person, queue)
    first = turn.state.legs.get(call.first_leg)
    outside = isinstance(way.target, LineAddress)
    shown = presented_outside(turn.rules, request.person) if outside else (first.party if first else call.caller)
    name = turn.rules.queues[queue].name if queue in turn.rules.queues else turn.rules.organisation.name
    headers = legs.AUTO_ANSWER
    legs.dial(turn, call.id, purpose, way.target, shown or None, name, RING_SECONDS, request.person, headers)


def _check(turn: Turn, call: Call, member: Leg, how: Supervision) -> None:
    """NotPossibleNow for those ways that need a conversation of two."""
    conversation = conversation_of(turn.state, member.id)
    if how in UNHEARD:
        return
    if call.consult or call.missing or conversation is None:
        raise NotPossibleNow("somebody else is asked in this call just now", "Listen until the two talk again.")
    if how is Supervision.JOINS and (conversation.is_conference or conversation.join is None):
        raise NotPossibleNow("one of them is on hold, or three of them talk", "Listen until the two talk again.")


def answered(turn: Turn, call: Call, leg: Leg) -> None:
    """The phone of who leads is picked up. What is not possible any more becomes listening."""
    purpose = leg.purpose
    assert isinstance(purpose, Supervising)
    member = _heard(turn, call, leg)
    if member is None:
        _hear_another(turn, call, leg, purpose)
        return
    how = purpose.how
    try:
        _check(turn, call, member, how)
    except NotPossibleNow:
        how = Supervision.LISTENS
    legs.quiet(turn, leg.id)
    _be(turn, call, leg, member, how)


def _go_over(turn: Turn, call: Call, leg: Leg, how: Supervision) -> None:
    purpose = leg.purpose
    assert isinstance(purpose, Supervising)
    member = _heard(turn, call, leg)
    if member is None or (member.person is None and how is not Supervision.LISTENS):
        raise NotPossibleNow("none of us talks in this call just now")
    if purpose.how is how:
        return
    if how is Supervision.JOINS or leg.conversation is None:
        _check(turn, call, member, how)
    _be(turn, call, leg, member, how)


def _be(turn: Turn, call: Call, leg: Leg, member: Leg, how: Supervision) -> None:
    """From here on. The order of commands lets the customer miss nothing."""
    before = conversation_of(turn.state, leg.id)
    theirs = conversation_of(turn.state, member.id)
    _tell(turn, leg, member, how)
    if how in UNHEARD:
        turn.order(Listen(leg.id, member.id, how is Supervision.WHISPERS))
        if before and before.id in turn.state.conversations:
            conferring.left(turn, call.id, before.id, leg.id)
        return
    if before is None and theirs is not None:
        conferring.take_in(turn, leg.id, theirs.id)
    if how is Supervision.TAKES_OVER and theirs is not None:
        _let_go(turn, call, member, theirs)


def _let_go(turn: Turn, call: Call, member: Leg, theirs: Conversation) -> None:
    legs.release(turn, member.id)
    conferring.left(turn, call.id, theirs.id, member.id)


def _tell(turn: Turn, leg: Leg, member: Leg, how: Supervision) -> None:
    turn.record(
        Supervised(call=leg.call, leg=leg.id, person=leg.person, how=how, hears=member.id, member=member.person)
    )


# ------------------------------------------------------------------ whom it hears


def follow(turn: Turn) -> None:
    """Those who listen go on with the caller when the member is gone, and with the next member; not into the call of
    another queue."""
    for id in sorted(turn.state.supervising):
        leg = turn.state.legs[id]
        call = turn.state.calls[leg.call]
        purpose = leg.purpose
        if not isinstance(purpose, Supervising) or not leg.only_listens or leg.released or call.ending:
            continue
        if queue_of(turn.state, call) != purpose.queue:
            legs.release(turn, id)
            continue
        heard = _there(turn.state, call, purpose.hears)
        lost = _is_there(turn.state, leg) and purpose.how not in UNHEARD
        if heard is None or heard.person is None or lost:
            _hear_another(turn, call, leg, purpose)


def _hear_another(turn: Turn, call: Call, leg: Leg, purpose: Supervising) -> None:
    found = member_in(turn.state, call, None) or _there(turn.state, call, call.first_leg)
    if found is None:
        legs.release(turn, leg.id)
    elif found.id != purpose.hears or purpose.how not in UNHEARD:
        same = purpose.how in UNHEARD and found.person is not None and found.person == purpose.member
        how = purpose.how if same else Supervision.LISTENS
        _tell(turn, leg, found, how)
        if _is_there(turn.state, leg):
            turn.order(Listen(leg.id, found.id, how is Supervision.WHISPERS))


def _heard(turn: Turn, call: Call, leg: Leg) -> Leg | None:
    assert isinstance(leg.purpose, Supervising)
    return _there(turn.state, call, leg.purpose.hears)


def _is_there(state: State, leg: Leg) -> bool:
    """Whether the phone of who leads was picked up, and not by a machine."""
    return leg.answered_at is not None and not confirming.asked(state, leg.id)


def _there(state: State, call: Call, id: LegId) -> Leg | None:
    leg = state.legs.get(id)
    gone = leg is None or leg.call != call.id or leg.released or leg.answered_at is None
    return None if gone else leg


def member_in(state: State, call: Call, wanted: PersonKey | None) -> Leg | None:
    """One of ours who is in conversation in the call, with a customer before a colleague; this one, if one is
    wanted."""
    found = [state.legs[leg] for leg in sorted(call.legs, key=lambda leg: leg == call.first_leg)]
    members = (leg for leg in found if leg.person and leg.conversation and not leg.released and not _only_joins(leg))
    return next((leg for leg in members if wanted in (None, leg.person)), None)


def _only_joins(leg: Leg) -> bool:
    return isinstance(leg.purpose, Supervising) and leg.purpose.how is not Supervision.TAKES_OVER


def queue_of(state: State, call: Call) -> QueueKey | None:
    """For which the call is."""
    if call.parts:
        return call.parts[-1].queue
    booking = state.bookings.get(call.booking) if call.booking else None
    return booking.queue if booking else None


def is_supervisor(rules: Rules, queue: QueueKey | None, person: PersonKey | None) -> bool:
    """Whether the person is named as one who leads in the queue."""
    found = rules.queues.get(queue) if queue else None
    return found is not None and person in found.supervision.supervisors


def sound_of(state: State, leg: Leg) -> Listen | None:
    """What a leg that listens should be told to hear; None for others, and while whom it heard is gone."""
    purpose = leg.purpose
    if not isinstance(purpose, Supervising) or purpose.how not in UNHEARD or not _is_there(state, leg):
        return None
    heard = _there(state, state.calls[leg.call], purpose.hears)
    return Listen(leg.id, heard.id, purpose.how is Supervision.WHISPERS) if heard else None


def supervised(state: State, call: CallId) -> list[Leg]:
    """Legs in the call of those who lead."""
    legs_of_call = (state.legs[leg] for leg in state.calls[call].legs)
    return [leg for leg in legs_of_call if isinstance(leg.purpose, Supervising) and not leg.released]
