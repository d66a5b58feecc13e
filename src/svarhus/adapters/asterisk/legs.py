"""The legs, joins and recordings that the adapter knows of, and why a leg ended."""

import asyncio
from dataclasses import dataclass, field

from svarhus.kit.ids import JoinId, LegId, OrganisationId, PromptId, RecordingId
from svarhus.ports.telephony import CallOffered, EndCause


@dataclass
class Leg:
    """One channel of ours."""

    id: LegId
    organisation: OrganisationId
    offered: CallOffered | None
    """None for a leg that we dialled."""
    answered: bool = False
    ringing: bool = False
    ring_tone: bool = False
    """Hears ringing although it is answered."""
    join: JoinId | None = None
    held: bool = False
    """Taken out of its join's bridge for the time being."""
    holds: bool = False
    """Its phone has put us on hold by a key of its own."""
    music: str | None = None
    prompt: PromptId | None = None
    playback: str = ""
    """Asterisk's id of the prompt that plays now."""
    files: tuple[str, ...] = ()
    recording: RecordingId | None = None
    talk: RecordingId | None = None
    """The recording of its conversation (see talks.py), which may run beside the other."""
    talk_turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while something is done about it."""
    by_ear: bool = False
    """Recorded through a channel that listens to it, whose end is told by itself."""
    unsaved: bool = False
    """What a new process must know of it has changed, and is not written onto the channel yet."""
    listening: str = ""
    """The bridge of its own in which it hears another leg through a channel that listens to that; empty when it does
    not."""
    ear: str = ""
    """That channel; empty when the one to whom it listened is gone."""
    listens_to: LegId | None = None
    whispers: bool = False
    we_hung_up: bool = False
    cause: EndCause | None = None
    """Known from the request to hang up that comes before the end."""
    detail: str = ""


@dataclass
class RunningJoin:
    """A join: the bridge exists as long as someone is in it who is not on hold."""

    organisation: OrganisationId
    legs: set[LegId] = field(default_factory=set)
    bridged: set[LegId] = field(default_factory=set)


@dataclass(frozen=True)
class RunningRecording:
    """Who is being recorded."""

    leg: LegId
    organisation: OrganisationId


@dataclass
class Register:
    """What is alive, as far as the adapter has heard."""

    legs: dict[LegId, Leg] = field(default_factory=dict)
    joins: dict[JoinId, RunningJoin] = field(default_factory=dict)
    recordings: dict[RecordingId, RunningRecording] = field(default_factory=dict)
    """Kept until the recording is finished, which may be after its leg's end."""


NO_SUCH_NUMBER = frozenset({404, 410, 484, 485, 604})
NOT_THERE = frozenset({408, 480, 430})
NOT_LET_THROUGH = frozenset({401, 402, 403, 405, 407, 415, 420, 482, 483, 488, 606})
BY_STATUS = (
    dict.fromkeys(NO_SUCH_NUMBER | NOT_THERE, EndCause.UNREACHABLE)
    | dict.fromkeys(NOT_LET_THROUGH, EndCause.REFUSED)
    | {486: EndCause.BUSY, 600: EndCause.BUSY, 603: EndCause.DECLINED, 607: EndCause.DECLINED}
)

# Q.850 causes, where there was no SIP status.
UNREACHABLE = frozenset({1, 2, 3, 18, 20, 22, 27, 28})
BUSY = 17
NO_CHANNEL = 44
"""What Asterisk says when no sound came for `rtp_timeout`."""

NO_ANSWER_IN_DIALOG = 408
"""Told of a party that did not answer whether it still lives (see the session timers in objects.py)."""


def end_cause(leg: Leg, cause: int, status: int, soft: bool) -> tuple[EndCause, str]:
    """Why the leg ends, from Asterisk's request to hang it up.

    `soft` is set when it was not the far end that asked for it.
    """
    detail = f"SIP {status}" if status else f"Q.850 {cause}" if cause else ""
    if leg.we_hung_up:
        return EndCause.WE_HUNG_UP, detail
    if soft and cause == NO_CHANNEL:
        return EndCause.MEDIA_LOST, detail
    if leg.answered and status == NO_ANSWER_IN_DIALOG:
        return EndCause.MEDIA_LOST, detail
    if leg.answered or leg.offered:
        return (EndCause.ENGINE_FAILED if soft else EndCause.HUNG_UP), detail
    return _refusal(cause, status, soft), detail


def _refusal(cause: int, status: int, soft: bool) -> EndCause:
    """Why a leg that we dialled was not answered."""
    if status:
        return BY_STATUS.get(status, EndCause.FAILED)
    if cause in UNREACHABLE:
        return EndCause.UNREACHABLE
    if cause == BUSY:
        return EndCause.BUSY
    return EndCause.NO_ANSWER if soft else EndCause.FAILED
