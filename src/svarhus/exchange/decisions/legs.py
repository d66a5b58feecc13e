"""What is done with a single leg: answering, saying, music."""

from svarhus.domains.calls.facts import (
    LegBegan,
    LegUp,
    MusicBegan,
    MusicEnded,
    PromptEnded,
    PromptStarted,
)
from svarhus.domains.calls.model import LegRole
from svarhus.exchange.commands import SayTo
from svarhus.exchange.turn import Turn
from svarhus.kit.ids import CallId, LegId, PersonKey
from svarhus.ports.speech import Phrase
from svarhus.ports.telephony import (
    Answer,
    Dial,
    DialTarget,
    LineAddress,
    MusicOff,
    MusicOn,
    Ring,
    StopPlaying,
)


def answer(turn: Turn, leg: LegId) -> None:
    """Answer a leg that came in, once."""
    if turn.state.legs[leg].answered_at is None:
        turn.record(LegUp(call=turn.state.legs[leg].call, leg=leg))
        turn.order(Answer(leg))


def say(turn: Turn, leg: LegId, phrases: tuple[Phrase, ...], early: bool = False) -> None:
    """Say something to a leg; a leg not yet answered is answered first, unless `early`."""
    if not early:
        answer(turn, leg)
    call = turn.state.legs[leg].call
    prompt = turn.new_prompt(leg)
    turn.record(PromptStarted(call=call, leg=leg, prompt=prompt, phrases=phrases))
    turn.order(SayTo(leg, prompt, phrases, turn.state.calls[call].revision))


def quiet(turn: Turn, leg: LegId) -> None:
    """Stop what is being said."""
    prompt = turn.state.legs[leg].prompt
    if prompt:
        turn.record(PromptEnded(call=turn.state.legs[leg].call, leg=leg, prompt=prompt))
        turn.order(StopPlaying(leg))


def music(turn: Turn, leg: LegId, playlist: str) -> None:
    answer(turn, leg)
    turn.record(MusicBegan(call=turn.state.legs[leg].call, leg=leg, playlist=playlist))
    turn.order(MusicOn(leg, playlist))


def music_off(turn: Turn, leg: LegId) -> None:
    if turn.state.legs[leg].music:
        turn.record(MusicEnded(call=turn.state.legs[leg].call, leg=leg))
        turn.order(MusicOff(leg))


def let_ring(turn: Turn, leg: LegId) -> None:
    """Let whoever waits for an answer hear ringing; music when answered already."""
    if turn.state.legs[leg].answered_at is None:
        turn.order(Ring(leg))
    else:
        music(turn, leg, "default")


def dial(
    turn: Turn,
    call: CallId,
    role: LegRole,
    target: DialTarget,
    presented: str | None,
    name: str,
    ring_seconds: int,
    person: PersonKey | None = None,
) -> LegId:
    """Begin a new leg of the call."""
    leg = turn.new_leg(call)
    outside = isinstance(target, LineAddress)
    party = target.number if isinstance(target, LineAddress) else target.endpoint
    turn.record(LegBegan(call=call, leg=leg, role=role, party=party, person=person, outside=outside))
    turn.order(Dial(leg, target, presented, name, ring_seconds, {"X-Svarhus-Call": call}))
    return leg
