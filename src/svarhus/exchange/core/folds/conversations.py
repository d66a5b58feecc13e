"""Who comes into a conversation, turns to another, and leaves."""

import msgspec

from svarhus.domains.calls.conversation import Conversation, Voice
from svarhus.domains.calls.facts import Joined
from svarhus.domains.calls.model import Leg
from svarhus.domains.calls.talk import Missing
from svarhus.exchange.core.conversations import conversation_of, conversations_in, shared_by
from svarhus.exchange.core.state import State
from svarhus.kit.ids import CallId, ConversationId, LegId

replace = msgspec.structs.replace


def join(state: State, fact: Joined) -> None:
    """The legs hear each other. Those of them who were in another conversation have turned away from it."""
    shared = shared_by(state, fact.legs)
    id = fact.conversation or (shared.id if shared else ConversationId(fact.join))
    before = state.conversations.get(id) or Conversation(id, fact.call, {})
    state.conversations[id] = replace(before.giving(dict.fromkeys(fact.legs, Voice.TALKS)), join=fact.join)
    for leg in fact.legs:
        state.stir(leg)
        turned_from = state.legs[leg].conversation
        state.legs[leg] = replace(state.legs[leg], conversation=id)
        if turned_from and turned_from != id:
            _set(state, state.conversations[turned_from].giving({leg: Voice.HELD}))


def leave(state: State, leg: Leg) -> None:
    """Nobody is in conversation with the leg any more."""
    for conversation in conversations_in(state, leg.call):
        if leg.id in conversation.parties:
            _set(state, conversation.without(leg.id))
    _alone(state, leg.id)


def release(state: State, leg: Leg) -> None:
    """It leaves, and who was in conversation with nobody else is in none."""
    met = [each.id for each in conversations_in(state, leg.call) if leg.id in each.parties]
    leave(state, leg)
    for id in met:
        left = state.conversations.get(id)
        if left and len(left.parties) == 1:
            dissolve(state, left)


def dissolve(state: State, conversation: Conversation) -> None:
    """It has not been one, or is none any more."""
    for party in conversation.parties:
        if party in state.legs and state.legs[party].conversation == conversation.id:
            _alone(state, party)


def part(state: State, call: CallId, join: str) -> None:
    """They hear each other no more, and are in conversation all the same."""
    for conversation in conversations_in(state, call):
        if conversation.join == join:
            _set(state, replace(conversation, join=None))


def put_on_hold(state: State, leg: LegId, held: bool) -> None:
    conversation = conversation_of(state, leg)
    if conversation:
        _set(state, conversation.giving({leg: Voice.HELD if held else Voice.TALKS}))


def step_aside(state: State, leg: LegId, aside: bool) -> None:
    conversation = conversation_of(state, leg)
    if conversation:
        _set(state, conversation.giving({leg: Voice.AWAY if aside else Voice.TALKS}))


def take_place(state: State, call: CallId, old: LegId, new: LegId, missing: Missing | None) -> None:
    """Another leg of the same person goes on where the old one was; it may be gone, and missing."""
    kept, was_there = [each for each in conversations_in(state, call) if old in each.parties], old in state.legs
    before = state.legs[old].conversation if was_there else _place_of_missing(kept, missing)
    for conversation in kept:
        state.conversations[conversation.id] = conversation.renaming(old, new)
    if was_there:
        state.legs[old] = replace(state.legs[old], conversation=None)
    state.legs[new] = replace(state.legs[new], conversation=before)
    state.stir(new)
    if before and not was_there:
        state.conversations[before] = state.conversations[before].giving({new: Voice.TALKS})
    state.touch("calls", call)


def give_up_place(state: State, call: CallId, leg: LegId) -> None:
    """Whose phone was waited for does not come back."""
    for conversation in conversations_in(state, call):
        _set(state, conversation.without(leg))


def gone(state: State, leg: Leg) -> None:
    """The leg, which has a place for as long as its phone is waited for, is there no more."""
    if leg.conversation:
        _drop_if_left(state, leg.conversation)


def _place_of_missing(kept: list[Conversation], missing: Missing | None) -> ConversationId | None:
    """Where the party was, or what is left of where it might be."""
    before = missing.conversation if missing else None
    ids = [each.id for each in kept]
    return before if before in ids else next(iter(ids), None)


def _alone(state: State, leg: LegId) -> None:
    before = state.legs[leg].conversation
    if before:
        state.legs[leg] = replace(state.legs[leg], conversation=None)
        state.stir(leg)
        state.touch("calls", state.legs[leg].call)
        _drop_if_left(state, before)


def _set(state: State, conversation: Conversation) -> None:
    state.conversations[conversation.id] = conversation
    state.touch("calls", conversation.call)
    _drop_if_left(state, conversation.id)


def _drop_if_left(state: State, id: ConversationId) -> None:
    """When nobody is in it any more, whoever may have a place there."""
    conversation = state.conversations.get(id)
    if conversation and not any(
        party in state.legs and state.legs[party].conversation == id for party in conversation.parties
    ):
        del state.conversations[id]
