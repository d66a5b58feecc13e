"""Three who talk together: one steps aside and comes back, whoever leaves, the two others talk on."""

from svarhus.domains.calls.conversation import Conversation, Voice
from svarhus.domains.calls.errors import NotPossibleNow
from svarhus.domains.calls.facts import Joined, LegPutOnHold, NowServing, Parted, SteppedAside
from svarhus.domains.calls.model import Leg
from svarhus.exchange.core.conversations import conversation_of, in_conference, is_away, present_in
from svarhus.exchange.core.decisions.calls import legs
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import CallId, ConversationId, LegId
from svarhus.ports.telephony import Join, Leave, Separate


def refuse_in_conference(turn: Turn, leg: LegId) -> None:
    """NotPossibleNow for what can only be done by one of two."""
    if in_conference(turn.state, leg):
        raise NotPossibleNow("three of you talk in this call", "Leave it: the two others talk on.")


def step_aside(turn: Turn, leg: LegId) -> None:
    """The party neither hears the others nor is heard, who talk on."""
    if is_away(turn.state, leg):
        return
    turn.record(SteppedAside(call=turn.state.legs[leg].call, leg=leg, aside=True))
    turn.order(Leave(leg))
    _let_talk(turn, _conversation(turn, leg))


def step_back(turn: Turn, leg: LegId) -> None:
    """The party talks with the others again."""
    if is_away(turn.state, leg):
        turn.record(SteppedAside(call=turn.state.legs[leg].call, leg=leg, aside=False))
        come_in(turn, leg)


def come_in(turn: Turn, leg: LegId) -> None:
    """The party, which has its place, hears those who talk, and they hear it."""
    conversation, call = _conversation(turn, leg), turn.state.legs[leg].call
    talking = tuple(each.id for each in _talkers(turn, conversation))
    if leg in talking and len(talking) > 1:
        join = conversation.join or turn.new_join(call)
        newcomers = (leg,) if conversation.join else talking
        turn.record(Joined(call=call, join=join, legs=newcomers, conversation=conversation.id))
        turn.order(Join(join, talking))
    else:
        _let_talk(turn, conversation)


def take_in(turn: Turn, leg: LegId, id: ConversationId) -> None:
    """Another one talks in the conversation, with whoever was on hold too."""
    conversation, call = turn.state.conversations[id], turn.state.legs[leg].call
    present = tuple(each.id for each in present_in(turn.state, conversation))
    join = conversation.join or turn.new_join(call)
    newcomers = (leg,) if conversation.join else (*present, leg)
    turn.record(Joined(call=call, join=join, legs=newcomers, conversation=id))
    turn.order(Join(join, (*present, leg)))


def left(turn: Turn, call: CallId, id: ConversationId, gone: LegId) -> None:
    """One of three is gone for good. The last two are in an ordinary conversation."""
    conversation = turn.state.conversations[id]
    if turn.state.calls[call].first_leg == gone:
        turn.record(NowServing(call=call, leg=_whom_to_serve(turn, conversation)))
    if conversation.is_conference:
        _let_talk(turn, conversation)
    else:
        _become_two(turn, conversation)


def missed(turn: Turn, id: ConversationId) -> None:
    """The phone of one of three is waited for; the others talk on."""
    _let_talk(turn, turn.state.conversations[id])


def _let_talk(turn: Turn, conversation: Conversation) -> None:
    """Who is left alone by the others hears music."""
    talking = _talkers(turn, conversation)
    if len(talking) > 1:
        return
    _part(turn, conversation)
    for alone in talking:
        if not alone.music:
            legs.music(turn, alone.id, legs.music_of(turn, alone.call))


def _become_two(turn: Turn, conversation: Conversation) -> None:
    """Whoever stepped aside has put the other one on hold from here."""
    present = present_in(turn.state, conversation)
    away = [leg for leg in present if conversation.parties[leg.id] is Voice.AWAY]
    for leg in away:
        turn.record(SteppedAside(call=leg.call, leg=leg.id, aside=False))
    if len(present) == 1:
        _let_talk(turn, turn.state.conversations[conversation.id])
        return
    held = [(other, leg) for leg in away for other in present if other.id != leg.id]
    if held:
        _part(turn, conversation)
    for other, by in held:
        turn.record(LegPutOnHold(call=other.call, leg=other.id, held=True, by=by.id))
        if not other.music:
            legs.music(turn, other.id, legs.music_of(turn, other.call))
    for leg in present:
        if leg.music and leg.id not in {other.id for other, _ in held}:
            legs.music_off(turn, leg.id)


def _part(turn: Turn, conversation: Conversation) -> None:
    if conversation.join:
        turn.record(Parted(call=conversation.call, join=conversation.join))
        turn.order(Separate(conversation.join))


def _whom_to_serve(turn: Turn, conversation: Conversation) -> LegId:
    """Who is none of us, if there is one."""
    present = present_in(turn.state, conversation)
    return next((leg.id for leg in present if leg.person is None), present[0].id)


def _talkers(turn: Turn, conversation: Conversation) -> list[Leg]:
    present = present_in(turn.state, conversation)
    return [leg for leg in present if conversation.parties[leg.id] is Voice.TALKS]


def _conversation(turn: Turn, leg: LegId) -> Conversation:
    found = conversation_of(turn.state, leg)
    assert found is not None
    return found
