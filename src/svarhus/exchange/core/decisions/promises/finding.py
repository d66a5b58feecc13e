"""A promise that is live, and what holds for it."""

from svarhus.domains.callbacks.errors import BookingNotFound, CannotStart, NoCallbacks
from svarhus.domains.callbacks.state import Booking
from svarhus.domains.queues.keeping import KeepPlaceSettings
from svarhus.domains.queues.model import CallbackSettings, Queue
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import BookingId


def live(turn: Turn, booking: BookingId) -> Booking:
    found = turn.state.bookings.get(booking)
    if found is None:
        raise BookingNotFound(f"there is no live booking {booking}")
    return found


def require_no_kept_place(booking: Booking) -> None:
    """CannotStart for a place that is kept in a queue: its customer is called when the turn comes."""
    if booking.kept:
        raise CannotStart("the customer keeps a place in the queue, and is called at the turn")


def queue_of(rules: Rules, booking: Booking) -> Queue:
    queue = rules.queues.get(booking.queue)
    if queue is None:
        raise NoCallbacks(f"the queue {booking.queue} is no longer there")
    return queue


def settings_of(rules: Rules, booking: Booking) -> CallbackSettings | KeepPlaceSettings:
    """How often the customer is called, how far apart, and how long it rings."""
    queue = rules.queues.get(booking.queue)
    if booking.kept:
        return (queue.keeps_places if queue else None) or KeepPlaceSettings()
    return callbacks_of(rules, booking)


def callbacks_of(rules: Rules, booking: Booking) -> CallbackSettings:
    """How the queue's customers are called back."""
    queue = rules.queues.get(booking.queue)
    return (queue.callbacks if queue else None) or CallbackSettings(schedule=booking.schedule)
