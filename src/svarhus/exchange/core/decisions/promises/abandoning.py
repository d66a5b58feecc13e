"""Callers who hung up while they waited are called back, where the queue wants it. Nobody has promised them anything:
who calls again and is answered, or is promised a callback, is called back no more for that."""

from svarhus.domains.callbacks.state import BookingKind, BookingStatus
from svarhus.domains.calls.facts import CallClosed
from svarhus.domains.calls.model import CallKind, CallRecord, Outcome
from svarhus.domains.queues.state import QueueLeft
from svarhus.domains.queues.ways import LeftBy
from svarhus.exchange.core.decisions.calls.dialling import callable_number
from svarhus.exchange.core.decisions.promises.promising import book, cancel, soonest
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import CallId


def follow(turn: Turn) -> None:
    """Add who has given up, and take away who is answered now."""
    for _, fact in tuple(turn.facts):
        match fact:
            case CallClosed(record=record) if record.outcome is Outcome.ABANDONED and record.kind is CallKind.INCOMING:
                _add(turn, record)
            case QueueLeft(outcome=LeftBy.ANSWERED, call=call):
                _take_away(turn, call)


def _add(turn: Turn, record: CallRecord) -> None:
    part = record.parts[-1] if record.parts else None
    queue = turn.rules.queues.get(part.queue) if part else None
    if part is None or queue is None or queue.callbacks is None or queue.callbacks.abandoned_after is None:
        return
    number = callable_number(turn.rules, record.caller) if record.caller else None
    if number is None or part.wait < queue.callbacks.abandoned_after or turn.state.live_bookings_to.get(number):
        return
    at = soonest(turn, turn.rules, part.queue)
    if at:
        kind = BookingKind.ABANDONED
        book(turn, turn.rules, part.queue, number, at, record.language, call=record.call, kind=kind)


def _take_away(turn: Turn, call_id: CallId) -> None:
    call = turn.state.calls.get(call_id)
    number = callable_number(turn.rules, call.caller) if call and call.caller else None
    for id in sorted(turn.state.live_bookings_to.get(number, ())) if number else ():
        booking = turn.state.bookings[id]
        resting = booking.status in (BookingStatus.BOOKED, BookingStatus.DUE)
        if booking.kind is BookingKind.ABANDONED and resting:
            cancel(turn, id, call_id)
