"""What is recorded, and whether somebody wants that."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

import msgspec

from svarhus.domains.calls import facts as calls
from svarhus.domains.calls.recording import Notice, Recorded, Recording
from svarhus.exchange.core.folds.state import Folds, set_call
from svarhus.exchange.core.state import State
from svarhus.kit.clock import Instant
from svarhus.kit.ids import CallId, RecordingId

replace = msgspec.structs.replace


def _began(state: State, fact: calls.RecordingBegan, at: Instant, zone: ZoneInfo) -> None:
    state.stored.recordings_begun += 1
    recording = Recording(fact.recording, fact.leg, fact.whose, at, fact.longest)
    call = state.calls[fact.call]
    set_call(state, replace(call, recordings=(*call.recordings, recording)))


def _ended(state: State, fact: calls.RecordingEnded, at: Instant, zone: ZoneInfo) -> None:
    _change(state, fact.call, fact.recording, lambda each: replace(each, seconds=fact.seconds))


def _silenced(state: State, fact: calls.RecordingSilenced, at: Instant, zone: ZoneInfo) -> None:
    _change(state, fact.call, fact.recording, lambda each: replace(each, silenced=fact.on))


def _silent(state: State, fact: calls.RecordingSilent, at: Instant, zone: ZoneInfo) -> None:
    _change(state, fact.call, fact.recording, lambda each: replace(each, silent=fact.on))


def _stopped(state: State, fact: calls.RecordingStopped, at: Instant, zone: ZoneInfo) -> None:
    _change(state, fact.call, fact.recording, lambda each: replace(each, stopping=True))


def _change(state: State, call_id: CallId, id: RecordingId, changed: Callable[[Recording], Recording]) -> None:
    call = state.calls[call_id]
    recordings = tuple(changed(each) if each.id == id else each for each in call.recordings)
    set_call(state, replace(call, recordings=recordings))


# ------------------------------------------------------------------ what is wanted


def _notice(state: State, fact: calls.RecordingNotice, at: Instant, zone: ZoneInfo) -> None:
    notice = Notice(fact.queue, fact.priority)
    _want(state, fact.call, replace(state.calls[fact.call].recorded, notice=notice))


def _notice_over(state: State, fact: calls.RecordingNoticeOver, at: Instant, zone: ZoneInfo) -> None:
    before = state.calls[fact.call].recorded
    _want(state, fact.call, replace(before, notice=None, told=before.told or fact.heard))


def _wanted(state: State, fact: calls.RecordingWanted, at: Instant, zone: ZoneInfo) -> None:
    asked_by = fact.by if fact.on else None
    _want(state, fact.call, replace(state.calls[fact.call].recorded, asked_by=asked_by))


def _paused(state: State, fact: calls.RecordingPaused, at: Instant, zone: ZoneInfo) -> None:
    _want(state, fact.call, replace(state.calls[fact.call].recorded, paused_by=fact.by))


def _resumed(state: State, fact: calls.RecordingResumed, at: Instant, zone: ZoneInfo) -> None:
    _want(state, fact.call, replace(state.calls[fact.call].recorded, paused_by=None))


def _want(state: State, call_id: CallId, recorded: Recorded) -> None:
    set_call(state, replace(state.calls[call_id], recorded=recorded))


FOLDS: Folds = {
    calls.RecordingBegan: _began,
    calls.RecordingEnded: _ended,
    calls.RecordingSilenced: _silenced,
    calls.RecordingSilent: _silent,
    calls.RecordingStopped: _stopped,
    calls.RecordingNotice: _notice,
    calls.RecordingNoticeOver: _notice_over,
    calls.RecordingWanted: _wanted,
    calls.RecordingPaused: _paused,
    calls.RecordingResumed: _resumed,
}
