"""Customers book and cancel callbacks by SMS."""

from collections.abc import Iterator

from svarhus.domains.callbacks.state import BookingKind, BookingStatus, TextRead
from svarhus.domains.queues.model import Queue
from svarhus.domains.queues.texting import BookingWord, TextOutcome, first_word
from svarhus.domains.schedules.reserving import Asked
from svarhus.exchange.core.decisions.calls.dialling import refusal_to_promise
from svarhus.exchange.core.decisions.promises.promising import book, cancel, free_slot, live_booking, soonest
from svarhus.exchange.core.requests import ReadText
from svarhus.exchange.core.turn import Turn
from svarhus.kit.clock import Instant
from svarhus.kit.ids import BookingId, CategoryKey, QueueKey


def read(turn: Turn, request: ReadText) -> str:
    """Do what a text asks for. Answered with what came of it."""
    word = first_word(request.words)
    if request.sender in turn.rules.numbers:
        # One of our own: whatever it wants would come back to us.
        return _read(turn, request, TextOutcome.OTHER)
    if word in (each.casefold() for each in turn.rules.organisation.cancel_words):
        return _cancel(turn, request)
    found = next(_wanted(turn, word, request.receiver), None)
    return _read(turn, request, TextOutcome.OTHER) if found is None else _book(turn, request, *found)


def _wanted(turn: Turn, word: str, receiver: str) -> Iterator[tuple[Queue, BookingWord]]:
    """The queue that is meant; a number of its own goes before any."""
    found = [
        (queue, each)
        for queue in turn.rules.queues.values()
        for each in (queue.callbacks.by_text if queue.callbacks else ())
        if each.meets(word, receiver)
    ]
    return iter(sorted(found, key=lambda pair: pair[1].number is None))


def _book(turn: Turn, request: ReadText, queue: Queue, word: BookingWord) -> str:
    key, rules = QueueKey(queue.key), turn.rules
    existing = live_booking(turn, rules, key, request.sender)
    if existing:
        return _read(turn, request, TextOutcome.ALREADY, existing)
    if refusal_to_promise(rules, request.sender) is not None:
        return _read(turn, request, TextOutcome.NOT_CALLABLE)
    kind = BookingKind.TIMED if word.stated_time else BookingKind.UNTIMED
    language = word.language or rules.organisation.language
    asked = Asked(CategoryKey(queue.category) if queue.category else None, language)
    at = free_slot(turn, rules, key, None, asked=asked) if word.stated_time else soonest(turn, rules, key)
    if at is None:
        return _read(turn, request, TextOutcome.FULL)
    booking = book(turn, rules, key, request.sender, at, language, kind=kind, category=asked.category)
    return _read(turn, request, TextOutcome.BOOKED, booking)


def _cancel(turn: Turn, request: ReadText) -> str:
    """The sender's bookings; one that is under way is not taken from the agent's hands."""
    theirs = sorted(turn.state.live_bookings_to.get(request.sender, ()))
    if not theirs:
        return _read(turn, request, TextOutcome.NOTHING)
    waiting = [key for key in theirs if turn.state.bookings[key].status is not BookingStatus.IN_ATTEMPT]
    for booking in waiting:
        cancel(turn, booking)
    if not waiting:
        return _read(turn, request, TextOutcome.IN_PROGRESS, theirs[0])
    return _read(turn, request, TextOutcome.CANCELLED, waiting[0])


def _read(turn: Turn, request: ReadText, outcome: TextOutcome, booking: BookingId | None = None) -> str:
    turn.record(
        TextRead(
            text=request.text,
            sender=request.sender,
            outcome=outcome,
            booking=booking,
            at=_time_of(turn, booking),
            language=_language(turn, request, booking),
        )
    )
    return outcome.value


def _time_of(turn: Turn, booking: BookingId | None) -> Instant | None:
    """That the customer was told or is told now."""
    found = turn.state.bookings.get(booking) if booking else None
    return found.promised_at if found else None


def _language(turn: Turn, request: ReadText, booking: BookingId | None) -> str:
    """Of the booking, or of the word that was sent."""
    found = turn.state.bookings.get(booking) if booking else None
    if found:
        return found.language
    meant = next(_wanted(turn, first_word(request.words), request.receiver), None)
    return (meant[1].language if meant else None) or turn.rules.organisation.language
