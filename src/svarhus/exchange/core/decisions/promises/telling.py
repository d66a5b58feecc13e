"""What customers are told of their promises, and when: reminders, and that we are late.

A customer is told that we are late once for each promised time, when nobody has begun to call and it is seen, in turn:

1. `late_minutes` before the time: as many calls of the queue come before it as members work, so that each of them has
   one to make first. While nobody works yet, nothing is known.
2. at the time: the same, or nobody works.
3. when half of the time has passed within which the promise still counts as kept: it is about to be broken.

A member works who is logged in to the queue and has not paused.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from svarhus.domains.callbacks.state import (
    AttemptMarked,
    Booked,
    Booking,
    BookingCancelled,
    BookingKind,
    BookingMoved,
    BookingStatus,
    TellingDue,
    TextRead,
)
from svarhus.domains.queues.model import CallbackSettings
from svarhus.domains.queues.telling import Telling
from svarhus.exchange.core.facts import TellingTimer
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.turn import Turn
from svarhus.kit.clock import Instant, after, seconds_between
from svarhus.kit.ids import BookingId, QueueKey, TimerId

_BY_TIME = (Telling.REMINDER, Telling.LATE)
_NOT_BEGUN = frozenset({BookingStatus.BOOKED, BookingStatus.DUE})


def follow(turn: Turn) -> None:
    """Record what follows from the facts of this turn."""
    for _, fact in tuple(turn.facts):
        step = _STEPS.get(type(fact))
        if step is not None:
            step(turn, fact)


def follow_configuration(turn: Turn, before: Rules) -> None:
    """Where a queue tells other things, or at other times, it holds also for what is booked."""
    changed = {key for key in turn.rules.queues if _tells(before, key) != _tells(turn.rules, key)}
    for booking in tuple(turn.state.bookings.values()) if changed else ():
        if booking.queue in changed and _is_first(booking):
            _await(turn, booking)


def time_has_come(turn: Turn, booking_id: BookingId, what: Telling) -> None:
    """For a reminder, or for a look whether we are late."""
    booking = turn.state.bookings.get(booking_id)
    if booking is None or not _is_first(booking):
        return
    if what is Telling.REMINDER:
        if booking.status is BookingStatus.BOOKED and turn.now < booking.due_at:
            _tell(turn, booking, what, booking.promised_at)
    elif booking.status in _NOT_BEGUN and _is_late(turn, booking):
        _tell(turn, booking, what, booking.promised_at)
    else:
        _look_again(turn, booking)


def _is_first(booking: Booking) -> bool:
    """There is a promised time, and it is still the one at which the customer is to be called."""
    return booking.due_at == booking.promised_at


# ------------------------------------------------------------------ what happens to promises


def _booked(turn: Turn, fact: Booked) -> None:
    booking = turn.state.bookings.get(fact.booking)
    if booking is not None:
        # Who has hung up while waiting was promised nothing.
        if fact.kind is not BookingKind.ABANDONED and not _is_answered(turn, fact.booking):
            _tell(turn, booking, Telling.CONFIRMATION, booking.promised_at)
        _await(turn, booking)


def _moved(turn: Turn, fact: BookingMoved) -> None:
    booking = turn.state.bookings.get(fact.booking)
    if booking is not None:
        _tell(turn, booking, Telling.MOVED, booking.promised_at)
        _await(turn, booking)


def _cancelled(turn: Turn, fact: BookingCancelled) -> None:
    if _is_answered(turn, fact.booking):
        _await_nothing(turn, fact.booking)
    else:
        _tell_of_the_end(turn, fact.booking, Telling.CANCELLED)


def _is_answered(turn: Turn, booking: BookingId) -> bool:
    """The customer has written, and gets an answer that says as much."""
    return any(isinstance(fact, TextRead) and fact.booking == booking for _, fact in turn.facts)


def _marked(turn: Turn, fact: AttemptMarked) -> None:
    booking = turn.state.bookings.get(fact.booking)
    if booking is not None and fact.next_at:
        _tell(turn, booking, Telling.UNANSWERED, fact.next_at)
    elif not fact.answered:
        _tell_of_the_end(turn, fact.booking, Telling.NOT_REACHED)
    else:
        _await_nothing(turn, fact.booking)


def _tell(turn: Turn, booking: Booking, what: Telling, at: Instant | None) -> None:
    settings = _settings(turn.rules, booking.queue)
    if settings and settings.tells.tells(what):
        turn.record(TellingDue(booking=booking.id, what=what, at=at))


def _tell_of_the_end(turn: Turn, booking: BookingId, what: Telling) -> None:
    """Of whose queue it was, those know who send it."""
    _await_nothing(turn, booking)
    if any(queue.callbacks and queue.callbacks.tells.tells(what) for queue in turn.rules.queues.values()):
        turn.record(TellingDue(booking=booking, what=what))


# ------------------------------------------------------------------ time


def _await(turn: Turn, booking: Booking) -> None:
    """What comes by time alone: by the settings as they are now, in place of what was awaited before."""
    settings = _settings(turn.rules, booking.queue)
    for what in _BY_TIME:
        told = settings is not None and settings.tells.tells(what)
        told = told and _is_first(booking)
        moment = next(_moments(settings, booking, what, turn.now), None) if settings and told else None
        if moment is None:
            turn.clear_timer(_timer(booking.id, what))
        else:
            _wake(turn, booking.id, what, moment)


def _look_again(turn: Turn, booking: Booking) -> None:
    settings = _settings(turn.rules, booking.queue)
    moment = next(_moments(settings, booking, Telling.LATE, turn.now), None) if settings else None
    if moment is not None:
        _wake(turn, booking.id, Telling.LATE, moment)


def _moments(settings: CallbackSettings, booking: Booking, what: Telling, now: Instant) -> Iterator[Instant]:
    """Those that are still to come, in order."""
    tells, promised = settings.tells, booking.due_at
    if what is Telling.REMINDER:
        moments = [after(promised, -timedelta(minutes=tells.reminder_minutes))]
    else:
        moments = [after(promised, -timedelta(minutes=tells.late_minutes)), promised, _last_look(settings, booking)]
    return (moment for moment in moments if moment > now)


def _last_look(settings: CallbackSettings, booking: Booking) -> Instant:
    """When the promise is about to be broken."""
    return after(booking.due_at, timedelta(minutes=settings.kept_within_minutes) / 2)


def _wake(turn: Turn, booking: BookingId, what: Telling, at: Instant) -> None:
    known = turn.state.timers.get(TimerId(_timer(booking, what)))
    if known is None or known.due != at:
        turn.set_timer(_timer(booking, what), seconds_between(turn.now, at), TellingTimer(booking, what))


def _await_nothing(turn: Turn, booking: BookingId) -> None:
    for what in _BY_TIME:
        turn.clear_timer(_timer(booking, what))


def _is_late(turn: Turn, booking: Booking) -> bool:
    """See the rule above."""
    settings = _settings(turn.rules, booking.queue)
    if settings is None or turn.now >= _last_look(settings, booking):
        return True
    working = turn.state.staff[booking.queue] - turn.state.paused[booking.queue]
    if working <= 0:
        return turn.now >= booking.due_at
    return sum(1 for _ in _before(turn, booking)) >= working


def _before(turn: Turn, booking: Booking) -> Iterator[Booking]:
    """Those of the queue that come before it and that nobody has begun."""
    mine = (booking.due_at, booking.booked_at, booking.id)
    for other in turn.state.bookings.values():
        waits = other.queue == booking.queue and other.status in _NOT_BEGUN
        if waits and (other.due_at, other.booked_at, other.id) < mine:
            yield other


# ------------------------------------------------------------------ settings


def _settings(rules: Rules, queue: QueueKey) -> CallbackSettings | None:
    found = rules.queues.get(queue)
    return found.callbacks if found else None


def _tells(rules: Rules, queue: QueueKey) -> object:
    settings = _settings(rules, queue)
    return settings and (settings.tells, settings.kept_within_minutes)


def _timer(booking: BookingId, what: Telling) -> str:
    return f"{what.value}:{booking}"


_STEPS: Mapping[type, Callable[[Turn, Any], None]] = {
    Booked: _booked,
    BookingMoved: _moved,
    BookingCancelled: _cancelled,
    AttemptMarked: _marked,
}
