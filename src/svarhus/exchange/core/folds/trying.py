"""What is remembered when a leg is joined to a call, and put back when it was gone at once."""

from zoneinfo import ZoneInfo

import msgspec

from svarhus.domains.calls.facts import AnsweredInVain
from svarhus.domains.calls.model import Call, Tried
from svarhus.domains.queues.offer import Offer
from svarhus.domains.queues.place import Place
from svarhus.domains.queues.state import Wait
from svarhus.exchange.core.conversations import conversation_of
from svarhus.exchange.core.folds import conversations
from svarhus.exchange.core.folds.state import Folds, set_call, set_leg
from svarhus.exchange.core.state import State
from svarhus.kit.clock import Instant
from svarhus.kit.ids import LegId

replace = msgspec.structs.replace


def with_tried(call: Call, leg: LegId, at: Instant, place: Place | None = None, offer: Offer | None = None) -> Call:
    """The call, which remembers what it is before the leg is joined to it."""
    tried = Tried(
        leg=leg,
        at=at,
        outcome=call.outcome,
        talk=call.talk,
        talk_since=call.talk_since,
        hold=call.hold,
        position=call.position,
        wanted=call.wanted,
        transfer=call.transfer,
        parts=call.parts,
        path=call.path,
        place=place,
        offer=offer,
    )
    return replace(call, tried=tried)


def _answered_in_vain(state: State, fact: AnsweredInVain, at: Instant, zone: ZoneInfo) -> None:
    call = state.calls[fact.call]
    tried = call.tried
    assert tried is not None
    conversation = conversation_of(state, fact.leg)
    if conversation:
        conversations.dissolve(state, conversation)
    set_leg(state, replace(state.legs[fact.leg], answered_at=None, talked=False))
    if tried.place and tried.offer:
        _waits_again(state, call, tried.place, tried.offer)
    back = replace(
        call,
        outcome=tried.outcome,
        talk=tried.talk,
        talk_since=tried.talk_since,
        hold=tried.hold,
        hold_since=None,
        position=tried.position,
        wanted=tried.wanted,
        transfer=tried.transfer,
        parts=tried.parts,
        path=tried.path,
        tried=None,
    )
    set_call(state, back)


def _waits_again(state: State, call: Call, place: Place, offer: Offer) -> None:
    """At the same place, as if the phone still rang; and the wait has not come to its end."""
    state.stand(replace(place, offers=(offer.id,)))
    state.offers[offer.id] = offer
    part = call.parts[-1]
    ended = Wait(part.position, part.wait, part.staff)
    waits = state.stored.waits.get(place.queue, ())
    if not part.at_once and ended in waits:
        last = len(waits) - 1 - waits[::-1].index(ended)
        state.stored.waits[place.queue] = (*waits[:last], *waits[last + 1 :])
    state.touch("queues", place.queue)


FOLDS: Folds = {AnsweredInVain: _answered_in_vain}
