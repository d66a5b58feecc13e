"""What is done with a single leg: answering, saying, music."""

from collections.abc import Mapping
from types import MappingProxyType

from svarhus.domains.callflows.keys import TakesKeys
from svarhus.domains.calls.facts import (
    LegBegan,
    LegReleased,
    LegUp,
    MusicBegan,
    MusicEnded,
    PromptEnded,
    PromptStarted,
)
from svarhus.domains.calls.model import Call, LegRole
from svarhus.domains.calls.purpose import (
    RUNG_FOR_THE_SERVED,
    Asked,
    CalledBack,
    CallingBack,
    Handed,
    Offered,
    Placing,
    Purpose,
    Returned,
    Supervising,
    Target,
)
from svarhus.domains.presence.device import DeviceKind, device_of_endpoint, extension_of
from svarhus.exchange.core.commands import SayTo
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import CallId, LegId, PersonKey
from svarhus.ports.speech import Phrase
from svarhus.ports.telephony import (
    Answer,
    Dial,
    DialTarget,
    HangUp,
    LineAddress,
    MusicOff,
    MusicOn,
    PbxAddress,
    PhoneAddress,
    Ring,
    StopPlaying,
)

NO_HEADERS: Mapping[str, str] = MappingProxyType({})

_ROLES: Mapping[type[Purpose], LegRole] = {
    Placing: LegRole.CALLER,
    Offered: LegRole.MEMBER,
    CallingBack: LegRole.MEMBER,
    CalledBack: LegRole.CUSTOMER,
    Target: LegRole.TARGET,
    Asked: LegRole.TARGET,
    Handed: LegRole.TARGET,
    Returned: LegRole.TARGET,
    Supervising: LegRole.SUPERVISOR,
}

AUTO_ANSWER: Mapping[str, str] = MappingProxyType({"X-Svarhus-Auto-Answer": "yes"})
"""The browser picks up by itself: the person has asked for the call."""


def answer(turn: Turn, leg: LegId) -> None:
    """Answer a leg that came in, once."""
    if turn.state.legs[leg].answered_at is None:
        turn.record(LegUp(call=turn.state.legs[leg].call, leg=leg))
        turn.order(Answer(leg))


def say(
    turn: Turn,
    leg: LegId,
    phrases: tuple[Phrase, ...],
    early: bool = False,
    takes_keys: TakesKeys = TakesKeys.ANSWER,
) -> None:
    """Say something to a leg; a leg not yet answered is answered first, unless `early`."""
    if not early:
        answer(turn, leg)
    call = turn.state.legs[leg].call
    prompt = turn.new_prompt(leg)
    turn.record(PromptStarted(call=call, leg=leg, prompt=prompt, phrases=phrases, takes_keys=takes_keys))
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


def music_of(turn: Turn, call: CallId) -> str:
    """What is played in this call: the queue's own music where it came by one."""
    parts = turn.state.calls[call].parts
    queue = turn.rules_of(call).queues.get(parts[-1].queue) if parts else None
    return queue.music if queue else "default"


def music_off(turn: Turn, leg: LegId) -> None:
    if turn.state.legs[leg].music:
        turn.record(MusicEnded(call=turn.state.legs[leg].call, leg=leg))
        turn.order(MusicOff(leg))


def let_ring(turn: Turn, leg: LegId) -> None:
    """Let whoever waits for an answer hear ringing; a caller who is answered already, music."""
    if turn.state.legs[leg].answered_at is None:
        turn.order(Ring(leg))
    else:
        music(turn, leg, "default")


def ring_tone(turn: Turn, leg: LegId) -> None:
    """Let a party that is answered hear that somebody else's phone rings."""
    quiet(turn, leg)
    music_off(turn, leg)
    turn.order(Ring(leg))


def release(turn: Turn, leg: LegId) -> None:
    """The call goes on without this party."""
    turn.record(LegReleased(call=turn.state.legs[leg].call, leg=leg))
    turn.order(HangUp(leg))


def somebody_rung(turn: Turn, call: Call) -> bool:
    """Whether somebody is rung for the party that is served, or was and has answered."""
    found = (turn.state.legs[leg] for leg in call.legs)
    return any(isinstance(leg.purpose, RUNG_FOR_THE_SERVED) and not leg.released for leg in found)


def dial(
    turn: Turn,
    call: CallId,
    purpose: Purpose,
    target: DialTarget,
    presented: str | None,
    name: str,
    ring_seconds: int,
    person: PersonKey | None = None,
    headers: Mapping[str, str] = NO_HEADERS,
    role: LegRole | None = None,
    leg: LegId | None = None,
) -> LegId:
    """Begin a new leg of the call. `role`: as what the log shows it, when the purpose does not say that. `leg`: the id
    that it has already."""
    leg = leg or turn.new_leg(call)
    outside = isinstance(target, LineAddress)
    turn.record(
        LegBegan(
            call=call,
            leg=leg,
            role=role or _ROLES[type(purpose)],
            purpose=purpose,
            party=_party(target),
            person=person,
            outside=outside,
            billing=target.billing if isinstance(target, LineAddress) else "",
            device=_device(target, person),
        )
    )
    turn.order(Dial(leg, target, presented, name, ring_seconds, {"X-Svarhus-Call": call, **headers}))
    return leg


def _party(target: DialTarget) -> str:
    match target:
        case PhoneAddress(endpoint):
            return extension_of(endpoint)
        case LineAddress(number=number) | PbxAddress(extension=number):
            return number


def _device(target: DialTarget, person: PersonKey | None) -> DeviceKind | None:
    if isinstance(target, PhoneAddress):
        return device_of_endpoint(target.endpoint)
    if isinstance(target, PbxAddress):
        return DeviceKind.DESK if person else None
    return DeviceKind.NUMBER if person else None
