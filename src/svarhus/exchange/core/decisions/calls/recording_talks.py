"""Recording conversations: at whose leg, for how long, and when silence is recorded in their place.

It is done at the leg of whoever called or is called, which stays while colleagues come and go; a recording ends when
that party is in no conversation any more, and another begins with the next one. While the party is on hold, or
somebody has paused it, silence is recorded, so that what follows stands at its time.
"""

from collections.abc import Iterator

from svarhus.domains.calls.errors import NotPossibleNow
from svarhus.domains.calls.facts import (
    RecordingBegan,
    RecordingPaused,
    RecordingResumed,
    RecordingSilenced,
    RecordingSilent,
    RecordingStopped,
    RecordingWanted,
)
from svarhus.domains.calls.model import Call, CallKind, Leg
from svarhus.domains.calls.recording import OfCall, Recording
from svarhus.domains.queues.model import Queue
from svarhus.domains.queues.ways import LeftBy
from svarhus.exchange.core.conversations import join_of
from svarhus.exchange.core.decisions.calls.own import own_leg, talking_leg
from svarhus.exchange.core.facts import call_of
from svarhus.exchange.core.requests import PauseRecordingOf, RecordCall
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.state import State
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import QueueKey
from svarhus.ports import telephony
from svarhus.ports.telephony import PauseRecording, RecordTalk, StopRecording

MOST_FAILURES = 3
"""Recordings of a call of which nothing came, before it is given up for this call."""


# ------------------------------------------------------------------ what people ask


def record(turn: Turn, request: RecordCall) -> str:
    """Record the conversation from here on, or no longer. NotPossibleNow where that is not the person's to decide."""
    call, _, _ = talking_leg(turn, request.call, request.person)
    queue = queue_of_talk(turn.rules_of(call.id), turn.state, call)
    if queue and not queue.recording.may_be_asked(call.id):
        raise NotPossibleNow(f"whether calls of {queue.name} are recorded is said by the queue's settings")
    if queue is None and not request.by_right:
        raise NotPossibleNow("this is no call of a queue, and your role may not record such calls")
    if queue and queue.recording.notice and request.on and not call.recorded.told:
        raise NotPossibleNow("the other party has not been told that the call may be recorded")
    if request.on != (call.recorded.asked_by is not None):
        turn.record(RecordingWanted(call=call.id, by=request.person, on=request.on))
    return call.id


def pause(turn: Turn, request: PauseRecordingOf) -> str:
    """Leave out what comes now, or record it again. NotPossibleNow when nothing is being recorded."""
    call, _ = own_leg(turn, request.call, request.person)
    if running_of(call) is None:
        raise NotPossibleNow("this call is not being recorded")
    paused = call.recorded.paused_by is not None
    if request.on and not paused:
        turn.record(RecordingPaused(call=call.id, by=request.person))
    elif paused and not request.on:
        turn.record(RecordingResumed(call=call.id, by=request.person))
    return call.id


def silent(turn: Turn, event: telephony.RecordingPaused) -> None:
    """The engine records silence now, or sound again."""
    for call in turn.state.calls.values():
        for each in call.recordings:
            if each.id == event.recording and each.runs and each.silent != event.on:
                turn.record(RecordingSilent(call=call.id, recording=each.id, on=event.on))
                return


# ------------------------------------------------------------------ what follows


def follow(turn: Turn) -> None:
    """Whatever has happened to calls in this turn: record what should be recorded, and nothing else."""
    for call_id in dict.fromkeys(call_of(fact) for _, fact in turn.facts):
        call = turn.state.calls.get(call_id) if call_id else None
        if call and not call.ending:
            _follow(turn, call)


def _follow(turn: Turn, call: Call) -> None:
    if call.recorded.paused_by and not _is_in(turn, call):
        turn.record(RecordingResumed(call=call.id))
        call = turn.state.calls[call.id]
    running = running_of(call)
    leg = _recorded_leg(turn, call, running) if _is_wanted(turn, call) else None
    if running and (leg is None or leg.id != running.leg):
        if running.leg in turn.state.legs:
            turn.record(RecordingStopped(call=call.id, recording=running.id))
            turn.order(StopRecording(running.id))
        running = None
    if leg and running is None and _may_begin(call, leg):
        running = _begin(turn, call, leg)
    if running:
        _silence(turn, turn.state.calls[call.id], running)


def running_of(call: Call) -> Recording | None:
    """The recording of its conversation, unless that is about to end."""
    return next((each for each in reversed(call.recordings) if each.of_talk and each.runs and not each.stopping), None)


def _may_begin(call: Call, leg: Leg) -> bool:
    """One that is about to end does so first; where one ended by itself, the leg's end is about to be told; and what
    fails again and again is let be."""
    before = [each for each in call.recordings if each.of_talk]
    failed = [each for each in before if each.seconds == 0.0]
    ends = any(each.leg == leg.id and (each.runs or (each.seconds and not each.stopping)) for each in before)
    return len(failed) < MOST_FAILURES and not ends


def _begin(turn: Turn, call: Call, leg: Leg) -> Recording:
    queue, recording = queue_of_talk(turn.rules_of(call.id), turn.state, call), turn.new_recording(call.id)
    settings = queue.recording if queue else None
    turn.record(
        RecordingBegan(
            call=call.id,
            leg=leg.id,
            recording=recording,
            owner=OfCall(call.id),
            longest=0,
            of_queue=QueueKey(queue.key) if queue else None,
            asked_by=call.recorded.asked_by,
            keep_days=settings.keep_days if settings else turn.rules_of(call.id).organisation.keep_direct_recordings,
            party=leg.party,
            person=leg.person,
        )
    )
    turn.order(RecordTalk(leg.id, recording))
    return turn.state.calls[call.id].recordings[-1]


def _silence(turn: Turn, call: Call, running: Recording) -> None:
    quiet = call.recorded.paused_by is not None or join_of(turn.state, running.leg) is None
    if quiet != running.silenced:
        turn.record(RecordingSilenced(call=call.id, recording=running.id, on=quiet))
        turn.order(PauseRecording(running.id, quiet))


def _is_wanted(turn: Turn, call: Call) -> bool:
    queue = queue_of_talk(turn.rules_of(call.id), turn.state, call)
    if queue is None:
        return call.recorded.asked_by is not None
    settings = queue.recording
    asked = call.recorded.asked_by is not None and settings.may_be_asked(call.id)
    return (settings.records(call.id) or asked) and (call.recorded.told or not settings.notice)


def may_be_recorded(rules: Rules, state: State, call: Call) -> bool | None:
    """Whether who talks in it decides if it is recorded; None: by the right to record calls of no queue."""
    queue = queue_of_talk(rules, state, call)
    if queue is None:
        return None
    told = call.recorded.told or not queue.recording.notice
    return queue.recording.may_be_asked(call.id) and told


def queue_of_talk(rules: Rules, state: State, call: Call) -> Queue | None:
    """For which queue the conversation is: the last that the caller stood in, or that of the callback."""
    booking = state.bookings.get(call.booking) if call.booking else None
    stood_in = call.parts[-1].queue if call.parts and call.parts[-1].outcome is LeftBy.ANSWERED else None
    key = stood_in or (booking.queue if booking and call.kind is CallKind.CALLBACK else None)
    return rules.queues.get(key) if key else None


def _recorded_leg(turn: Turn, call: Call, running: Recording | None) -> Leg | None:
    """Of those in conversation: the one that is recorded already, else who is none of us, else the first."""
    found = list(_in_conversation(turn, call))
    same = [leg for leg in found if running and leg.id == running.leg]
    others = [leg for leg in found if leg.person is None]
    served = [leg for leg in found if leg.id == call.first_leg]
    return next(iter([*same, *[leg for leg in served if leg in others], *others, *served, *found]), None)


def _in_conversation(turn: Turn, call: Call) -> Iterator[Leg]:
    """Not those who are only asked meanwhile: the caller waits for whoever asks."""
    asked = call.consult.other if call.consult else None
    for leg in (turn.state.legs[each] for each in call.legs):
        if leg.conversation and not leg.released and leg.id != asked:
            yield leg


def _is_in(turn: Turn, call: Call) -> bool:
    """Whether the one who has paused it is still there, or is waited for."""
    by = call.recorded.paused_by
    there = any(turn.state.legs[leg].person == by and not turn.state.legs[leg].released for leg in call.legs)
    return there or (call.missing is not None and call.missing.person == by)


def restore(turn: Turn, leg: Leg, live: telephony.LiveLeg) -> None:
    """After a restart or a lost connection: what was perhaps not carried out is ordered again."""
    for each in turn.state.calls[leg.call].recordings:
        if not (each.of_talk and each.runs and each.leg == leg.id):
            continue
        if each.stopping:
            turn.order(StopRecording(each.id))
            continue
        if each.id not in live.recordings:
            turn.order(RecordTalk(leg.id, each.id))
        turn.order(PauseRecording(each.id, each.silenced))
