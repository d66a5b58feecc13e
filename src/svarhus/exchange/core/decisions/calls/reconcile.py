"""After a restart or a lost connection: what should be is compared with what is.

Who hung up meanwhile is closed; who came in meanwhile is taken up; what was decided and perhaps not
carried out is ordered again, which every command allows.
"""

from collections.abc import Mapping

from svarhus.domains.calls.model import Call, Leg, LegRole
from svarhus.domains.calls.purpose import CallingBack, Handed, Offered, Placing, Returned, Served
from svarhus.exchange.core.commands import SayTo
from svarhus.exchange.core.conversations import conversation_of, join_of, joined_in
from svarhus.exchange.core.decisions.calls import confirming, endings, incoming, legs, recording_talks, supervising
from svarhus.exchange.core.decisions.calls.answered import leg_answered
from svarhus.exchange.core.decisions.people import devices
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import LegId, OfferId
from svarhus.ports.telephony import (
    Answer,
    EndCause,
    HangUp,
    Inventory,
    Join,
    Leave,
    LegEnded,
    LiveLeg,
    MusicOff,
    MusicOn,
    Record,
    Ring,
    StopPlaying,
)


def reconcile(turn: Turn, inventory: Inventory, known: frozenset[LegId] | None = None) -> None:
    """`known`: the legs that there were when the inventory was asked for; later ones are not judged by it."""
    live = {leg.leg: leg for leg in inventory.legs}
    _phones(turn, inventory.reachable)
    _gone(turn, live, known)
    for leg in inventory.legs:
        ours = turn.state.legs.get(leg.leg)
        if ours is None:
            _unknown(turn, leg)
        else:
            _known(turn, ours, leg)


def _phones(turn: Turn, reachable: frozenset[str]) -> None:
    for endpoint in sorted(turn.state.stored.reachable ^ reachable):
        devices.phone_changed(turn, endpoint, endpoint in reachable)


def _gone(turn: Turn, live: Mapping[LegId, LiveLeg], known: frozenset[LegId] | None) -> None:
    """Callers first, so that nobody is rung for one who has left."""
    lost = [leg for leg in turn.state.legs.values() if leg.id not in live and (known is None or leg.id in known)]
    cause, detail = _why(turn, live)
    for leg in sorted(lost, key=lambda leg: leg.role is not LegRole.CALLER):
        engine_lost_it = leg.role is not LegRole.CALLER and leg.answered_at is None
        turn_cause = EndCause.ENGINE_FAILED if engine_lost_it else cause
        endings.leg_ended(turn, LegEnded(leg.id, turn_cause, detail))


def _why(turn: Turn, live: Mapping[LegId, LiveLeg]) -> tuple[EndCause, str]:
    """When nothing of ours is alive any more, the engine itself was gone."""
    if any(leg in live for leg in turn.state.legs):
        return EndCause.HUNG_UP, "ended while the application was away"
    return EndCause.ENGINE_FAILED, "the telephony engine was restarted"


def _unknown(turn: Turn, leg: LiveLeg) -> None:
    if leg.offered:
        incoming.offered(turn, leg.offered)
    else:
        turn.order(HangUp(leg.leg))


def _known(turn: Turn, leg: Leg, live: LiveLeg) -> None:
    call = turn.state.calls[leg.call]
    if call.ending or _was_let_go(turn, call, leg):
        turn.order(HangUp(leg.id))
        return
    if live.answered and leg.answered_at is None and live.offered is None:
        leg_answered(turn, leg.id)
        return
    if leg.answered_at and not live.answered:
        turn.order(Answer(leg.id))
    _restore_sound(turn, call, leg, live)
    recording_talks.restore(turn, leg, live)


def _was_let_go(turn: Turn, call: Call, leg: Leg) -> bool:
    """A phone that was told to hang up, or should have been."""
    if leg.released:
        return True
    if leg.conversation or confirming.asked(turn.state, leg.id):
        return False
    match leg.purpose:
        case Offered():
            return turn.state.offers[OfferId(leg.id)].confirming
        case Handed() | Returned():
            # Had the key been pressed, the two would talk.
            return leg.answered_at is not None
        case CallingBack() | Placing():
            return _nothing_comes(turn, call, leg)
        case Served():
            return leg.role is LegRole.MEMBER and _nothing_comes(turn, call, leg)
    return False


def _nothing_comes(turn: Turn, call: Call, leg: Leg) -> bool:
    """The party is on the line, and there is nobody else, and nothing to be waited for."""
    waits = turn.state.place_of(call.id) or call.position or call.transfer or leg.prompt
    return leg.answered_at is not None and len(call.legs) == 1 and not waits


def _restore_sound(turn: Turn, call: Call, leg: Leg, live: LiveLeg) -> None:
    conversation, join = conversation_of(turn.state, leg.id), join_of(turn.state, leg.id)
    if conversation and join:
        if live.join != join:
            turn.order(Join(join, joined_in(turn.state, conversation)))
        return
    if listening := supervising.sound_of(turn.state, leg):
        if (live.listens_to, live.whispers) != (listening.target, listening.whisper):
            turn.order(listening)
        return
    if live.join or live.listens_to:
        turn.order(Leave(leg.id))
    if _hears_ringing(turn, call, leg):
        turn.order(Ring(leg.id))
    turn.order(MusicOn(leg.id, leg.music) if leg.music else MusicOff(leg.id))
    if leg.prompt is None and live.prompts:
        turn.order(StopPlaying(leg.id))
    if leg.prompt and leg.prompt not in live.prompts:
        turn.order(SayTo(leg.id, leg.prompt, leg.saying, call.revision))
    for each in call.recordings:
        if each.runs and not each.of_talk and each.leg == leg.id and each.id not in live.recordings:
            turn.order(Record(leg.id, each.id, longest=each.longest))


def _hears_ringing(turn: Turn, call: Call, leg: Leg) -> bool:
    """Who waits for somebody to answer, and has no music."""
    if call.consult and call.consult.by == leg.id:
        return not turn.state.legs[call.consult.other].talked
    waits = leg.id == call.first_leg and leg.conversation is None and turn.state.place_of(call.id) is None
    unanswered = leg.answered_at is None or (call.position is None and leg.music is None)
    return waits and unanswered and legs.somebody_rung(turn, call)
