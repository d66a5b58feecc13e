"""Recordings that have come to their end: what is kept of them, and what that means for the call."""

from svarhus.domains.callflows.steps import MessageTaken
from svarhus.domains.calls.facts import RecordingEnded, VoicemailLeft
from svarhus.domains.calls.model import Call, Outcome
from svarhus.domains.calls.party import number_of
from svarhus.domains.calls.recording import OfQueue, Recording, RecordingEnd
from svarhus.exchange.core.commands import FindRecording
from svarhus.exchange.core.decisions.calls import flow
from svarhus.exchange.core.decisions.calls.closing import close_if_over, reach
from svarhus.exchange.core.turn import Turn
from svarhus.kit.clock import seconds_between
from svarhus.kit.ids import CallId, QueueKey
from svarhus.ports.telephony import RecordingFinished

SHORTEST_VOICEMAIL = 1.0
"""Seconds; less than this is somebody who hung up at the tone."""


MISSED = 5.0
"""Seconds by which a recording may be shorter than the time it ran, such as after the engine was killed."""


def finished(turn: Turn, event: RecordingFinished) -> None:
    """It is on disk, and is kept although the party has hung up meanwhile."""
    found = _found(turn, event)
    if found is None:
        return
    call, recording = found
    kept = _kept(recording, event)
    why = _why(turn, recording, kept) if recording.of_talk else None
    turn.record(RecordingEnded(call=call.id, recording=recording.id, seconds=kept, why=why))
    if isinstance(recording.owner, OfQueue):
        _message_left(turn, call, recording.owner.queue, event, kept)
    close_if_over(turn, call.id)


def _kept(recording: Recording, event: RecordingFinished) -> float:
    """Seconds."""
    too_short = isinstance(recording.owner, OfQueue) and event.seconds < SHORTEST_VOICEMAIL
    return event.seconds if event.file and not too_short else 0.0


def _why(turn: Turn, recording: Recording, kept: float) -> RecordingEnd:
    """Of a conversation."""
    if not kept or kept + MISSED < seconds_between(recording.began_at, turn.now):
        return RecordingEnd.FAILED
    return RecordingEnd.ASKED if recording.stopping else RecordingEnd.OVER


def _message_left(turn: Turn, call: Call, queue: QueueKey, event: RecordingFinished, kept: float) -> None:
    if kept and event.file:
        turn.record(
            VoicemailLeft(
                call=call.id,
                recording=event.recording,
                queue=queue,
                caller=_number_of_first(turn, call),
                seconds=kept,
                file=event.file,
            )
        )
        if turn.state.calls[call.id].outcome is not Outcome.CALLBACK_BOOKED:
            reach(turn, call.id, Outcome.VOICEMAIL)
    if call.legs and not call.ending:
        flow.run(turn, call.id, MessageTaken(kept))


def _number_of_first(turn: Turn, call: Call) -> str | None:
    """Also when that party has hung up."""
    gone = (leg for leg in call.ended_legs if leg.leg == call.first_leg)
    first = turn.state.legs.get(call.first_leg) or next(gone, None)
    return number_of(call, first) if first else call.caller


def _found(turn: Turn, event: RecordingFinished) -> tuple[Call, Recording] | None:
    leg = turn.state.legs.get(event.leg)
    calls = [turn.state.calls[leg.call]] if leg else turn.state.calls.values()
    running = ((call, each) for call in calls for each in call.recordings if each.runs)
    return next(((call, each) for call, each in running if each.id == event.recording), None)


def overdue(turn: Turn, call_id: CallId) -> None:
    """The engine never told. What is on the disk is taken up; the call must not stay open for that."""
    call = turn.state.calls.get(call_id)
    running = [each for each in call.recordings if each.runs] if call and not call.legs else []
    for recording in running:
        turn.order(FindRecording(recording.leg, recording.id))
    if running:
        # Again, should the application die before it has looked.
        close_if_over(turn, call_id)
