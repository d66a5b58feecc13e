"""What can be asked about conversations, for decisions and for those who are watching."""

from collections.abc import Iterable

from svarhus.domains.calls.conversation import ABSENT, Conversation, Voice
from svarhus.domains.calls.model import Leg
from svarhus.exchange.core.state import State
from svarhus.kit.ids import CallId, JoinId, LegId


def conversation_of(state: State, leg: LegId) -> Conversation | None:
    """The one that the leg is in now: of several, that to which it has turned."""
    found = state.legs[leg].conversation
    return state.conversations[found] if found else None


def conversations_in(state: State, call: CallId) -> list[Conversation]:
    """Those that somebody in the call is in now."""
    found = dict.fromkeys(state.legs[leg].conversation for leg in state.calls[call].legs)
    return [state.conversations[each] for each in found if each]


def shared_by(state: State, legs: Iterable[LegId]) -> Conversation | None:
    """The one in which all of them are already, whomever they have turned to since."""
    wanted = frozenset(legs)
    found = (conversation_of(state, leg) for leg in wanted)
    return next((each for each in found if each and wanted <= each.parties.keys()), None)


def company_of(state: State, leg: LegId) -> list[Leg]:
    """With whom the leg is in conversation. Not who asks somebody else meanwhile, nor whose phone is waited for."""
    conversation = conversation_of(state, leg)
    return [each for each in present_in(state, conversation) if each.id != leg] if conversation else []


def joined_in(state: State, conversation: Conversation) -> tuple[LegId, ...]:
    """Who hears the others now, or is heard."""
    return tuple(leg.id for leg in present_in(state, conversation) if conversation.parties[leg.id] not in ABSENT)


def is_held(state: State, leg: LegId) -> bool:
    """Whether somebody has put the leg on hold: it hears music."""
    conversation = conversation_of(state, leg)
    return conversation is not None and conversation.parties[leg] is Voice.HELD


def join_of(state: State, leg: LegId) -> JoinId | None:
    """In which the engine should have the leg now."""
    conversation = conversation_of(state, leg)
    return conversation.join if conversation and conversation.parties[leg] not in ABSENT else None


def is_away(state: State, leg: LegId) -> bool:
    """Whether the leg has stepped aside while others of its conversation talk on."""
    conversation = conversation_of(state, leg)
    return conversation is not None and conversation.parties[leg] is Voice.AWAY


def in_conference(state: State, leg: LegId) -> bool:
    """Whether the leg is in a conversation of three or more."""
    conversation = conversation_of(state, leg)
    return conversation is not None and conversation.is_conference


def present_in(state: State, conversation: Conversation) -> list[Leg]:
    """Its parties, but for those who have turned to somebody else and those whose phone is waited for."""
    found = (state.legs[party] for party in conversation.parties if party in state.legs)
    return [leg for leg in found if leg.conversation == conversation.id]
