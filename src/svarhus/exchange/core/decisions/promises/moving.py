"""A promise is given another time: in its own queue or in another one, which may be another unit's.

The slot that it had is free when the new one is taken, in one decision.
"""

from svarhus.domains.callbacks.errors import CannotStart, NoCallbacks, NoSlot
from svarhus.domains.callbacks.state import Booking, BookingKind, BookingMoved, BookingStatus, WhyMoved
from svarhus.domains.calls.model import Outcome
from svarhus.domains.queues.model import CallbackSettings
from svarhus.domains.schedules.reserving import Asked
from svarhus.exchange.core.decisions.promises import fitting
from svarhus.exchange.core.decisions.promises.booking import may_be_promised, require_no_attempt
from svarhus.exchange.core.decisions.promises.finding import live
from svarhus.exchange.core.decisions.promises.promising import free_slot, give_up, is_free, wake
from svarhus.exchange.core.requests import MoveCallback
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.turn import Turn
from svarhus.kit.clock import Instant
from svarhus.kit.ids import CallId, PersonKey, QueueKey


def move_for(turn: Turn, request: MoveCallback) -> str:
    """Somebody of ours promises another time. To the time that it has, it need not be moved."""
    rules, booking = turn.rules, live(turn, request.booking)
    _require_to_rest(turn, booking)
    may_be_promised(rules, booking.number)
    queue = request.queue or booking.queue
    settings = _callbacks_of(rules, queue)
    _require_none_there(turn, booking, queue)
    if request.why is WhyMoved.NO_PLACE:
        fitting.require_no_place(turn, booking)
    at = request.at or _next_other_slot(turn, rules, booking, queue, request.why)
    if at == booking.due_at and queue == booking.queue and booking.kind is BookingKind.TIMED:
        return booking.id
    own = at is not None and _its_own(turn, booking, settings, at)
    if at is None or not (own or is_free(turn, rules, queue, at, asked=_asked(booking))):
        raise NoSlot("no place is free at that time")
    _move(turn, booking, queue, settings, at, by=request.person, why=request.why)
    return booking.id


def move_in(turn: Turn, call: CallId, booking: Booking, at: Instant) -> None:
    """The customer has chosen another time in a call. The slot must be free."""
    settings = _callbacks_of(turn.rules_of(call), booking.queue)
    _move(turn, booking, booking.queue, settings, at, call=call)


def may_move(rules: Rules, booking: Booking) -> bool:
    """Whether the customer may choose another time by phone: one was stated, nobody rings at this moment, and the
    queue has times."""
    queue = rules.queues.get(booking.queue)
    rests = booking.status in (BookingStatus.BOOKED, BookingStatus.DUE)
    return rests and booking.promised_at is not None and queue is not None and queue.callbacks is not None


def _move(
    turn: Turn,
    booking: Booking,
    queue: QueueKey,
    settings: CallbackSettings,
    at: Instant,
    by: PersonKey | None = None,
    call: CallId | None = None,
    why: WhyMoved = WhyMoved.ASKED,
) -> None:
    turn.record(
        BookingMoved(
            booking=booking.id,
            queue=queue if queue != booking.queue else None,
            schedule=settings.schedule,
            at=at,
            was=booking.due_at,
            by=by,
            call=call,
            why=why,
        )
    )
    give_up(turn, booking.attempt_call)
    give_up(turn, booking.standing)
    wake(turn, booking.id, at)


def _require_to_rest(turn: Turn, booking: Booking) -> None:
    """Nobody rings; or the customer is on the line, and wants to be called again at another time."""
    if booking.status is BookingStatus.TO_MARK:
        raise CannotStart("the customer has been called, and nobody has said how it went")
    attempt = turn.state.calls.get(booking.attempt_call) if booking.attempt_call else None
    if attempt is None or attempt.ending or attempt.outcome is not Outcome.ANSWERED:
        require_no_attempt(booking)


def _callbacks_of(rules: Rules, queue: QueueKey) -> CallbackSettings:
    found = rules.queues.get(queue)
    if found is None or found.callbacks is None:
        raise NoCallbacks(f"the queue {queue} takes no callbacks")
    return found.callbacks


def _require_none_there(turn: Turn, booking: Booking, queue: QueueKey) -> None:
    """A number has one promise in a queue, also where it may have them in several."""
    there = turn.state.live_bookings.get((queue, booking.number))
    if there and there != booking.id:
        raise NoSlot(f"the number has a live booking there already: {there}")


def _its_own(turn: Turn, booking: Booking, settings: CallbackSettings, at: Instant) -> bool:
    """The slot that was promised: it still counts as taken, by this booking."""
    return at == booking.promised_at and booking.schedule == settings.schedule and at >= turn.now


def _next_other_slot(turn: Turn, rules: Rules, booking: Booking, queue: QueueKey, why: WhyMoved) -> Instant | None:
    """The next free one; of what has lost its place, no sooner than was promised: nobody may be there then."""
    asked = _asked(booking)
    if why is WhyMoved.NO_PLACE:
        return free_slot(turn, rules, queue, booking.promised_at, asked=asked)
    found = free_slot(turn, rules, queue, None, asked=asked)
    same = found == booking.due_at and queue == booking.queue
    return free_slot(turn, rules, queue, found, asked=asked) if same else found


def _asked(booking: Booking) -> Asked:
    """It stays what it is about, also in another queue."""
    return Asked(booking.category, booking.language)
